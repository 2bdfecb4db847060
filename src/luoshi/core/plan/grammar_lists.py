"""The grammar of plans, page two: how a list of bodies is read, and the conventions that rule all lists."""

from __future__ import annotations

from luoshi.core.plan.rules import maybe, one_of, rule

# --- what parts the names of a list ----------------------------------------------------------------------

LIST_SEPARATOR = rule(
    "list.separator",
    "顿号、逗号、分号、斜杠、空格隔开各单位;括号内的不隔开。",
    "Enumeration commas, commas, semicolons, slashes and blanks part bodies, but not inside a name's brackets.",
    "区司法局、区财政局",
    r"[、,;/|。\n\s()\[\]]",
)
LIST_AND = rule(
    "list.and",
    "“和、及、以及、与”只在两边都是单位名称时才分开。",
    "和, 及, 以及, 与 part two names only if both sides are bodies.",
    "区司法局和区财政局",
    one_of("以及 及其 和 及 与 并"),
)

# --- what stands in a list and is no name ----------------------------------------------------------------

AND_SO_ON = rule(
    "list.and-so-on",
    "“等部门”是省略,不另算单位。",
    "“等部门” stands for an ellipsis and is no body.",
    "区司法局等有关部门",
    r"等(?:[一-鿿]{0,3}(?:国务院|中央|省|市|区|县|州|旗|镇)?[一-鿿]{0,4}?",
    one_of("部门 单位 成员单位 部委 地区 机关 方面 机构 科室 企业"),
    r")?(?:和(?:部门|单位))?$",
)
DUTY_WORDS = rule(
    "list.duty-words",
    "名单末尾的“按职责分工负责”“共同负责”是分工用语,不属于名称。",
    "Words of duty behind a list belong to no name.",
    "区财政局按职责分工负责",
    r"(?:[,、]?(?:按照?|根据)(?:各自)?(?:职责|职能)?(?:分工)?(?:分别)?(?:负责|落实)?|",
    one_of("分别负责 共同负责 分工负责 负责 按职责 共同 分别 落实 组织 牵头 配合 为牵头单位"),
    ")+$",
)
OPENING_WORDS = rule(
    "list.opening-words",
    "名单开头的“由、请、其中”不属于名称。",
    "由, 请, 其中 open a list and belong to no name.",
    "由区司法局",
    r"^(?:由(?!于)|请|以及|及|和|与|并由|并|其中,?|主要由|具体由|[-*·>“”\"']+)+",
)
ROLE_NOTE = rule(
    "list.role-note",
    "名称后括号里的“牵头”“负责”是角色说明,不属于名称。",
    "A role in brackets behind a name is a note on it.",
    "区教育局(牵头)",
    r"\(" + one_of("牵头 主办 第一责任单位 负责 配合 协办 参与 指导 按职责分工 排名不分先后") + r"[^()]*\)$",
)
REMARK_IN_LIST = rule(
    "list.remark",
    "名单中的日期、“无”、“长期”等是说明,不是名称。",
    "Dates, 无, 长期 and the like in a list are remarks.",
    "6月底完成",
    r"\d|完成|[年月日]底|持续|长期|以上|排名|下同|如下|另行|。|是指|需要|应当|以及其他|^等$|^无$|^[-/]+$",
)
PERSON = rule(
    "list.person",
    "单位后面隔空格写的人名、职务不是单位。",
    "The name or post of a person behind a body, parted by a blank, is no body.",
    "刘宁",
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪",
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]",
    r"[一-鿿]{1,2}$",
)
POST = rule(
    "list.post",
    "“局长、书记、主任”是职务,不是单位。",
    "A name that ends in a post is a person.",
    "区司法局局长",
    one_of(
        "局长 书记 主任 区长 县长 市长 镇长 乡长 州长 旗长 科长 处长 部长 院长 校长 队长 组长 所长 站长 委员 同志"
    )
    + r"(?:[一-鿿]{2,3}(?<![局委办部院会区县市]))?$",
)
NOBODY = rule(
    "list.nobody",
    "“会同有关部门”没有指明任何单位。",
    "有关部门 behind 会同 is nobody in particular.",
    "有关部门",
    r"各?(?:有关|相关)(?:部门|单位|方面|地区)",
)

# --- names of many ---------------------------------------------------------------------------------------

QUANTIFIER = rule(
    "list.quantifier",
    "“各镇、街道”中的“各”管到后面的通名:各镇、各街道。",
    "A quantifier governs the generic names behind it: 各镇、街道 is 各镇 and 各街道.",
    "各镇、街道",
    r"^(?:全市|全区|全县|区直|市直)?各",
)
GENERIC_NAME = rule(
    "list.generic-name",
    "通名:没有自己的专名,受前面的“各”管辖。",
    "A generic name that an earlier quantifier governs.",
    "街道",
    "^"
    + one_of(
        "镇 乡 街 街道 镇街 街镇 乡镇 镇乡 苏木 嘎查 村 社区 村居 办事处 派出所 司法所",
        "县 市 区 州 盟 旗 旗县 县区 市区 县市区 市县区",
        "园区 开发区 功能区 管理区 新区 景区 度假区 示范区 平台",
        "部门 单位 有关部门 相关部门 有关单位 相关单位 成员单位 区直 科室 股室 处室",
        "企业 国有企业 学校 中小学校 高校 医院 银行 党组织 党支部",
    ),
    r"(?:\([^()]{1,12}\))?",
    maybe("人民政府 政府 党委 党工委 党政办 管委会 办事处 园区 办 委 分局 机关"),
    r"(?:\([^()]{1,12}\))?$",
)
BARE_GENERIC = rule(
    "list.bare-generic",
    "“有关部门和单位”是一个整体,“和”不分开。",
    "有关部门和单位 is one collective; 和 does not part it.",
    "单位",
    f"^{one_of('单位 部门 机关 企业 组织 机构 个人')}$",
)

# --- conventions -----------------------------------------------------------------------------------------

_LEADING = one_of("牵头 汇总 主办 主责") + "(?:责任)?" + one_of("单位 部门 机关")

FIRST_LISTED = rule(
    "convention.first-listed-leads",
    "写明“列第一位的为牵头单位”,自此处起每个名单的第一个单位为牵头部门。",
    "“The first listed leads” holds from there to the end.",
    "排在第一位的部门为牵头部门,下同",
    r"(?:(?:以上|上述|各项(?:任务|工作)|责任单位中|责任分解中),?)?",
    maybe("排 列 位列 排列 排名 名列 居") + maybe("在 于 为"),
    one_of("第一位 首位 第一个 第1位 第一名 首个 最前 最前面 第一") + maybe("的 者"),
    "(?:责任)?" + maybe("部门 单位 机关 责任单位 责任部门") + maybe("即 均") + one_of("为 是"),
    r"(?:本项(?:工作|任务))?总?",
    one_of("牵头 汇总 主办 主责") + "(?:责任)?" + maybe("单位 部门 机关"),
    r"(?:或(?:汇总|主办)(?:单位|部门))?(?:[,、]\s?下同)?",
)
STARRED = rule(
    "convention.starred-leads",
    "写明“标☆(★、*、△)的为牵头单位”。",
    "“Those marked with a star lead”.",
    "标☆的为牵头单位",
    maybe("标 带 加 注 打") + maybe("有 注") + r"[“\"]?(?P<star>[☆★*△▲※#])[”\"]?",
    maybe("号 标识 标记 标注") + maybe("的 者") + maybe("部门 单位") + one_of("为 是") + _LEADING,
)
BEFORE_COMMA = rule(
    "convention.before-comma-leads",
    "写明“逗号(分号)前为牵头单位”。",
    "“Those before the comma lead”.",
    "逗号前为牵头单位",
    r"(?P<point>逗号|分号|顿号)之?前面?的?" + maybe("单位 部门") + one_of("为 是") + _LEADING,
)
NOT_REPEATED = rule(
    "convention.not-repeated",
    "“以下均需某单位落实,不再列出”只是说明,不新增单位。",
    "“All of the following also concern X; not repeated” adds no body here.",
    "以下均需各区政府落实,不再列出",
    r"(?:以下|下列|以上|其他|各项)[^。;()\n]{0,40}?" + one_of("不再 不一一 不另"),
    maybe("单独 逐一 一一 重复") + one_of("列出 列明 标注 注明 赘述") + "|下同",
)
