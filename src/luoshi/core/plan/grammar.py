"""The grammar of plans, page one: who is to do it.

Read from top to bottom: first the words, then the rules that are made of them, each with its reason and a sample.
Everything is written in simplified characters with half-width points (see `luoshi.core.plan.reading`).
"""

from __future__ import annotations

from luoshi.core.plan.rules import maybe, one_of, procedure, rule

# --- words ---------------------------------------------------------------------------------------------

# Words that make a lead of the body they belong to.
LEAD_WORD = one_of("牵头 总牵头 主办 主责 汇总 第一责任 首要责任 主管责任 主体责任")
# Words that make a responsible body.
HELP_WORD = one_of(
    "责任 具体责任 主要责任 共同责任 负责 承办 承担 落实 实施 完成 推进",
    "配合 协办 会办 协同 协助 协作 参加 参与 支持 指导 督导 督促指导 监管",
)
# What a label calls the bodies it lists.
BODY_WORD = one_of(
    "部门 单位 部门和单位 部门及单位 责任部门 责任单位 责任科室 机关 机构 科室 处室 股室 主体 局 方 处",
    "县区 区县 县市区 市县 镇街 街镇 乡镇 地区",
)
# What a label may name beside its bodies. Sample: 责任单位及责任人
BESIDE = r"(?:[和及、/]" + one_of("责任单位 责任部门 配合单位 责任人 负责人 联系人") + ")?"
# What a label says of the level of its bodies. Sample: 市级牵头单位
LEVEL_WORD = maybe("省级 市级 区级 县级 州级 旗级 镇级 省直 市直 区直 县直 中央 国家")
# What a label calls persons.
PERSON_WORD = one_of("领导 责任人 负责人 联系人 联络员 分管 包联 主管市长 县级干部 人员 同志 电话")

# A remark in brackets inside a label. Sample: (排名不分先后)
REMARK = r"(?:\([^()\n]{0,12}\))?"

# Verbs that lead, behind a list; with what often follows them. Sample: 牵头负责
LEAD_VERB = (
    one_of("牵头 总牵头 为牵头 为总牵头")
    + maybe("单位 部门")
    + maybe("负责 组织 实施 落实 推进 汇总 抓总 总负责 主抓 制定")
)
LEAD_VERBS = f"(?:{LEAD_VERB}|主办|主责)"
# Verbs that are responsible, behind a list. Sample: 按职责分工负责
HELP_VERBS = one_of(
    "负责 分工负责 分工负责落实 负责落实 负责实施 负责组织实施 负责指导 负责推进 负责督促 负责配合 负责完成",
    "组织实施 落实 实施 推进 承办 指导 督促指导 督促落实",
    "配合 配合实施 配合落实 配合做好 协同 协同配合 协同推进 协助 协办 参与 参加 支持 联合 分工 按职责分工",
)
# Words before a verb that say how, not who. Sample: ,按各自职责分工
BY_DUTY = (
    r"(?:[,、]?\s?(?:按照?|根据|依据?)"
    + maybe("各自 各")
    + maybe("职责 职能 职责权限 工作职责 职责范围")
    + maybe("分工 范围")
    + ",?)?"
)
MANNER = maybe("分别 共同 具体 各自 组织 联合 积极 密切")

# --- labels --------------------------------------------------------------------------------------------

LEAD_LABEL = rule(
    "bodies.lead-label",
    "标签写明“牵头单位”“主办单位”等,其后所列为牵头部门。",
    "A label names lead bodies; the list behind it leads.",
    "牵头部门:区司法局",
    rf"{LEAD_WORD}{BODY_WORD}?{REMARK}\s?:",
)
RESPONSIBLE_LABEL = rule(
    "bodies.responsible-label",
    "标签写明“责任单位”“配合单位”“承办部门”“指导部门”等,其后所列为责任部门。",
    "A label names responsible, cooperating, undertaking or guiding bodies.",
    "责任单位:区教育局",
    rf"{HELP_WORD}{BODY_WORD}{REMARK}\s?:",
)
ANY_LABEL = rule(
    "bodies.label",
    "一行或一个括号里以冒号结尾的角色标签。",
    "A role label with its colon, at a line's start, in a bracket, or behind a point.",
    "〔牵头单位:区政府办",
    r"(?:(?<=^)|(?<=[\n\s。;,、(\[|>*〔“-]))",
    rf"{LEVEL_WORD}(?P<label>(?P<lead>{LEAD_WORD}{BODY_WORD}?{BESIDE})|(?P<help>{HELP_WORD}{BODY_WORD}{BESIDE}",
    "|配合|协办|会办|协助|参与|参加|承办))",
    rf"{REMARK}[*\]]{{0,2}}\s?:\s?\**",
)
OTHER_LABEL = rule(
    "bodies.other-label",
    "名单在下一个标签处结束。",
    "A list ends where the next label of any kind begins.",
    ";完成时限:",
    r"[;,。\s](?=[一-鿿、]{2,10}\s?:)",
)

# --- brackets ------------------------------------------------------------------------------------------

ROLE_VERB = rule(
    "bodies.role-verb",
    "括号内名单后的动词决定角色:牵头为牵头部门,负责、配合、参与、指导、落实为责任部门。",
    "The verb behind a list in a bracket gives the role: 牵头 leads; 负责, 配合, 参与, 指导, 落实 are responsible.",
    "市发展改革委牵头,各区按职责分工负责",
    rf"等?{BY_DUTY}{MANNER}",
    rf"(?:(?P<lead>{LEAD_VERBS})|(?P<help>{HELP_VERBS}))",
    r"(?=[,;。、\s)\]]|$)",
)
TOGETHER_WITH = rule(
    "bodies.together-with",
    "“A会同B”:A牵头,B为责任部门。",
    "“A会同B”: A leads, B is responsible.",
    "市教育局会同市财政局",
    r"会同|商(?=[省市区县国财发])|联合(?=[省市区县国各有财发公])",
)
NAMES_ONLY = procedure(
    "bodies.names-only",
    "句末括号里只有单位名称,没有角色词:均为责任部门。",
    "A bracket behind a sentence that holds nothing but bodies: all responsible.",
    "(工信部、应急管理部)",
)

# --- sentences -----------------------------------------------------------------------------------------

PROSE_BY = rule(
    "bodies.prose-by",
    "“由某单位牵头”在正文中分派任务。",
    "“由 … 牵头” assigns in prose.",
    "由区司法局牵头组织",
    r"由(?P<names>[^,;。:由\n]{2,60}?)" + maybe("各司其职 共同 具体 统一 按职责"),
    r"(?P<lead>牵头)" + one_of("组织 负责 实施 落实 制定 会同 开展 推进 , 、"),
)
PROSE_TOGETHER = rule(
    "bodies.prose-together",
    "“由A会同B负责”在正文中分派任务:A牵头,B为责任部门。",
    "“由 A 会同 B 负责 …” assigns in prose: A leads, B is responsible.",
    "由区发展改革局会同区财政局负责",
    r"由(?P<leads>[^,;。:由\n]{2,40}?)(?:会同|联合)(?P<helps>[^,;。:\n]{2,80}?)(?:等(?:有关|相关)?(?:部门|单位))?",
    maybe("共同 具体 统一 按职责 按职责分工 研究"),
    one_of("负责 牵头 组织 制定 实施 落实 开展 推进 办理 提出 编制 研究 完成 建立 出台 指导 督促")
    + "(?!解释)",
)
PROSE_CHARGE = rule(
    "bodies.prose-charge",
    "在分派任务的方案里,“由某单位负责”在正文中分派任务。",
    "In a plan that assigns its tasks, “由 X 负责” assigns in prose.",
    "由区民政局负责组织实施",
    r"由(?P<names>[^,;。:由\n]{2,60}?)(?:等(?:有关|相关)?(?:部门|单位))?",
    maybe("共同 具体 统一 分别 按职责 按职责分工 按照职责分工") + "负责(?!解释)",
)
PROSE_LEAD_HELP = rule(
    "bodies.prose-lead-help",
    "整句写明“某单位牵头,某单位配合”。",
    "A sentence of its own: “X 牵头, Y 配合”.",
    "县退役军人事务局牵头,县公安局、县司法局等部门配合。",
    r"(?:(?<=^)|(?<=[\n。;:\s*|>]))由?(?P<leads>[^,;。:\s*]{2,80}?)牵头(?:负责|组织)?,",
    r"由?(?P<helps>[^;。:\n]{2,300}?)(?:等(?:部门|单位|有关部门|相关部门)?)?",
    maybe("按职责分工 按职责分工负责 按职责分工配合 积极 协同 协助 密切"),
    one_of("配合 参与 协助 参加 协办 负责") + r"(?=[。;\n]|$)",
)
BODY_FIRST = rule(
    "bodies.body-first",
    "段首即为单位名称,后接“负责”或“要…负责”:该单位为责任部门。",
    "A paragraph opens with a body and its duty: “X 负责 …”.",
    "区住建局负责全区村庄环境整治",
    r"(?P<names>[^,;。:\s负\n]{2,60}?)(?:[:,]\s?)?",
    r"(?P<verb>具体负责|主要负责|牵头负责|负责|(?:要|应当?)[^;。\n]{0,40}?负责|承担)(?=[一-鿿“《:])",
)
