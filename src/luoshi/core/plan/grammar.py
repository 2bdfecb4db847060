"""The grammar of plans, page one: who is to do it.

Read from top to bottom. Every pattern is written in simplified characters with half-width points (see
`luoshi.core.plan.reading`) and stands beside its reason and one sample that it must match.
"""

from __future__ import annotations

from luoshi.core.plan.rules import rule

# --- words ---------------------------------------------------------------------------------------------

LEAD_WORD = "牵头|主办|主责|第一责任|汇总|总牵头|首要责任|主管责任|主体责任"
HELP_WORD = "责任|配合|协办|协同|协助|参加|参与|承办|指导|负责|落实|实施|完成|承担|会办|协作|支持|督导|具体责任|主要责任|共同责任|推进|监管"
BODY_WORD = (
    "责任部门|责任单位|责任科室|部门和单位|部门及单位|部门|单位|机关|科室|处室|股室|机构|主体|局|方|处"
)
PERSON_WORD = "领导|责任人|负责人|联系人|分管|主管市长|包联|县级干部|联络员|电话|人员|同志"

# --- labels and columns --------------------------------------------------------------------------------

LEAD_LABEL = rule(
    "bodies.lead-label",
    "标签写明“牵头单位”“主办单位”等,其后所列为牵头部门。",
    "A label names lead bodies; the list behind it leads.",
    "牵头部门:区司法局",
    rf"(?:{LEAD_WORD})(?:{BODY_WORD})?(?:\([^()]{{0,12}}\))?\s?:",
)
RESPONSIBLE_LABEL = rule(
    "bodies.responsible-label",
    "标签写明“责任单位”“配合单位”“承办部门”“指导部门”等,其后所列为责任部门。",
    "A label names responsible, cooperating, undertaking or guiding bodies.",
    "责任单位:区教育局",
    rf"(?:{HELP_WORD})(?:{BODY_WORD})(?:\([^()]{{0,12}}\))?\s?:",
)
ANY_LABEL = rule(
    "bodies.label",
    "一行或一个括号里以冒号结尾的角色标签。",
    "A role label with its colon, at a line's start, in a bracket, or behind a point.",
    "〔牵头单位:区政府办",
    rf"(?:(?<=^)|(?<=[\n\s。;,、(\[|>*〔“-]))"
    rf"(?P<label>(?P<lead>(?:{LEAD_WORD})(?:{BODY_WORD})?)|(?P<help>(?:{HELP_WORD})(?:{BODY_WORD})|配合|协办|参与))"
    rf"(?:\([^()\n]{{0,12}}\))?[*\]]{{0,2}}\s?:\s?\**",
)
PERSON_LABEL = rule(
    "bodies.person-label",
    "写明领导、责任人、联系人的标签:其后是人员,不是单位。",
    "A label for a person: what follows is no body.",
    "责任领导:",
    rf"[一-鿿]{{0,6}}(?:{PERSON_WORD})\s?:",
)

# --- verbs in brackets ---------------------------------------------------------------------------------

ROLE_VERB = rule(
    "bodies.role-verb",
    "括号内名单后的动词决定角色:牵头为牵头部门,负责、配合、参与、指导、落实为责任部门。",
    "The verb behind a list in a bracket gives the role: 牵头 leads; 负责, 配合, 参与, 指导, 落实 are responsible.",
    "市发展改革委牵头,各区按职责分工负责",
    r"(?:等)?(?:(?:[,、]?\s?(?:按照?|根据|依据?)(?:各自|各)?(?:职责|职能|职责权限|工作职责|职责范围)?(?:分工|范围)?,?)?(?:分别|共同|具体|各自|组织|联合)?"
    r"(?:(?P<lead>(?:为)?(?:总)?牵头(?:单位|部门)?(?:负责|组织|实施|落实|推进|汇总|抓总|总负责|主抓|制定)?|主办|主责)"
    r"|(?P<help>分工负责(?:落实)?|负责落实|负责实施|负责组织实施|组织实施|负责(?:指导|推进|督促|配合|完成)?|配合(?:实施|落实|做好)?|参与|参加|协助|协同(?:配合|推进)?|协办|承办|指导|落实|实施|推进|支持|按职责分工|分工|联合)))"
    r"(?=[,;。、\s)\]]|$)",
)
TOGETHER_WITH = rule(
    "bodies.together-with",
    "“A会同B”:A牵头,B为责任部门。",
    "“A会同B”: A leads, B is responsible.",
    "市教育局会同市财政局",
    r"会同|商(?=[省市区县国财发])|联合(?=[省市区县国各有财发公])",
)

NAMES_ONLY = rule(
    "bodies.names-only",
    "句末括号里只有单位名称,没有角色词:均为责任部门。",
    "A bracket behind a sentence that holds nothing but bodies: all responsible.",
    "(工信部、应急管理部)",
)
OTHER_LABEL = rule(
    "bodies.other-label",
    "名单在下一个标签处结束。",
    "A list ends where the next label of any kind begins.",
    ";完成时限:",
    r"[;,。\s](?=[一-鿿、]{2,10}\s?:)",
)

# --- prose ---------------------------------------------------------------------------------------------

PROSE_BY = rule(
    "bodies.prose-by",
    "“由某单位牵头/负责”在正文中分派任务。",
    "“由 … 牵头” assigns in prose.",
    "由区司法局牵头组织",
    r"由(?P<names>[^,;。:由\n]{2,60}?)(?:各司其职|共同|具体|统一|按职责)?(?P<lead>牵头)(?:组织|负责|实施|落实|制定|会同|开展|推进|,|、)",
)
PROSE_LEAD_HELP = rule(
    "bodies.prose-lead-help",
    "整句写明“某单位牵头,某单位配合”。",
    "A sentence of its own: “X 牵头, Y 配合”.",
    "县退役军人事务局牵头,县公安局、县司法局等部门配合。",
    r"(?:(?<=^)|(?<=[\n。;:\s*|>]))(?:由)?(?P<leads>[^,;。:\s*]{2,80}?)牵头(?:负责|组织)?,(?:由)?(?P<helps>[^;。:\n]{2,300}?)(?:等(?:部门|单位|有关部门|相关部门)?)?"
    r"(?:按职责分工(?:负责|配合)?|积极|协同|协助|密切)?(?:配合|参与|协助|参加|协办|负责)(?=[。;\n]|$)",
)
BODY_FIRST = rule(
    "bodies.body-first",
    "段首即为单位名称,后接“负责”或“要…负责”:该单位为责任部门。",
    "A paragraph opens with a body and its duty: “X 负责 …”.",
    "区住建局负责全区村庄环境整治",
    r"(?P<names>[^,;。:\s负\n]{2,60}?)(?:[:,]\s?)?(?P<verb>具体负责|主要负责|牵头负责|负责|(?:要|应当?)[^;。\n]{0,40}?负责|承担)(?=[一-鿿“《:])",
)

# --- conventions ---------------------------------------------------------------------------------------

FIRST_LISTED = rule(
    "convention.first-listed-leads",
    "写明“列第一位的为牵头单位”,自此处起每个名单的第一个单位为牵头部门。",
    "“The first listed leads” holds from there to the end.",
    "排在第一位的部门为牵头部门,下同",
    r"(?:(?:以上|上述|各项(?:任务|工作)|责任单位中|责任分解中),?)?(?:排|列|位列|排列|名列|居)?(?:在|于|为)?(?:第一位|首位|第一个|第1位|首个|最前|第一)(?:的|者)?(?:责任)?(?:部门|单位|机关|责任单位|责任部门)?(?:即|均)?(?:为|是)(?:本项(?:工作|任务))?(?:总)?(?:牵头|汇总|主办|主责)(?:责任)?(?:单位|部门|机关)?(?:或(?:汇总|主办)(?:单位|部门))?(?:[,、]\s?下同)?",
)
STARRED = rule(
    "convention.starred-leads",
    "写明“标☆(★、*、△)的为牵头单位”。",
    "“Those marked with a star lead”.",
    "标☆的为牵头单位",
    r"(?:标|带|加|注|打)(?:有|注)?[“\"]?(?P<star>[☆★*△▲※#])[”\"]?(?:号|标识|标记)?(?:的|者)?(?:为|是)(?:牵头|主办)(?:责任)?(?:单位|部门)",
)
BEFORE_COMMA = rule(
    "convention.before-comma-leads",
    "写明“逗号(分号)前为牵头单位”。",
    "“Those before the comma lead”.",
    "逗号前为牵头单位",
    r"(?P<point>逗号|分号|顿号)(?:之)?前(?:面)?(?:的)?(?:单位|部门)?(?:为|是)(?:牵头|主办)(?:责任)?(?:单位|部门)",
)
NOT_REPEATED = rule(
    "convention.not-repeated",
    "“以下均需某单位落实,不再列出”只是说明,不新增单位。",
    "“All of the following also concern X; not repeated” adds no body here.",
    "以下均需各区政府落实,不再列出",
    r"(?:以下|下列|以上|其他|各项)[^。;()\n]{0,40}?(?:不再|不一一|不另)(?:单独|逐一|一一|重复)?(?:列出|列明|标注|注明|赘述)|下同",
)

# --- lists ---------------------------------------------------------------------------------------------

LIST_SEPARATOR = rule(
    "list.separator",
    "顿号、逗号、分号、斜杠、空格隔开各单位。",
    "Enumeration commas, commas, semicolons, slashes and blanks part bodies.",
    "区司法局、区财政局",
    r"[、,;/\s|]+",
)
LIST_AND = rule(
    "list.and",
    "“和、及、以及、与”只在两边都是单位名称时才分开。",
    "和, 及, 以及, 与 part two names only if both sides are bodies.",
    "区司法局和区财政局",
    r"以及|及其|和|及|与|并",
)
AND_SO_ON = rule(
    "list.and-so-on",
    "“等部门”是省略,不另算单位。",
    "“等部门” stands for an ellipsis and is no body.",
    "区司法局等有关部门",
    r"等(?:[一-鿿]{0,3}(?:国务院|中央|省|市|区|县|州|旗|镇)?[一-鿿]{0,4}?(?:部门|单位|部委|地区|机关|方面|机构|科室|成员单位|企业))?(?:和(?:部门|单位))?$",
)
QUANTIFIER = rule(
    "list.quantifier",
    "“各镇、街道”中的“各”管到后面的通名:各镇、各街道。",
    "A quantifier governs the generic names behind it: 各镇、街道 is 各镇 and 各街道.",
    "各镇、街道",
    r"^(?:各|全市各|全区各|全县各|区直各|市直各)",
)
GENERIC_NAME = rule(
    "list.generic-name",
    "通名:没有自己的专名,受前面的“各”管辖。",
    "A generic name that an earlier quantifier governs.",
    "街道",
    r"^(?:镇街|乡镇|镇乡|镇|乡|街道|街镇|街|苏木|嘎查|社区|村居|村|园区|县市区|市县区|县区|市区|县|市|区|州|盟|旗|旗县|开发区|功能区|管理区|新区|景区|高新区|经开区|度假区|示范区|平台|部门|单位|企业|学校|中小学校|高校|科室|股室|处室|医院|银行|派出所|司法所|国有企业|区直|成员单位|办事处|党组织|党支部|有关部门|相关部门|有关单位|相关单位)"
    r"(?:\([^()]{1,12}\))?(?:人民政府|政府|党委|党工委|党政办|管委会|办事处|园区|办|委|分局|机关)?(?:\([^()]{1,12}\))?$",
)
