"""The grammar of plans, page three: which numbers are to be reached.

A number is a target only beside a word that asks for it. Rates of tax, subsidies, eligibility, results already
achieved, years, article numbers and slogans are none.
"""

from __future__ import annotations

from luoshi.core.plan.rules import rule
from luoshi.core.quantity import ARABIC_NUMBER, CHINESE_NUMBER

NUMBER = rf"(?P<number>{ARABIC_NUMBER}|(?<![第十百]){CHINESE_NUMBER}(?![、项](?:是|要)))"
UNIT = (
    r"(?P<unit>%|个百分点|千分点|‰|[万亿]?(?:个工作日|工作日|个月|个小时|小时|分钟|个|项|件|次|场次|场|家|名|人次|人|户次|户|所|处|座|条|平方公里|平方千米|平方米|公里|千米|立方米|米|亩|公顷|吨标准煤|吨|元"
    r"|册|台|套|辆|张|篇|期|批|支|部|首|分|倍|门|例|宗|间|棵|株|千瓦时|千瓦|兆瓦|种|位|对|片|幢|栋|盏|班|节|课时|学时|天|类|块|份|头|只|口|眼|枚|面|本|幅|对|组|轮|辈|岁|立方|公斤|千克|床|张床位|车位)(?![月号]))"
)
NOT_LESS = "达到|达|至少有?|不少于|不低于|不得低于|不得少于|不小于|提高到|提升到|提高至|提升至|扩大到|扩大至|增加到|增加至|增至|上升到|突破|超过|超|保持在|稳定在|稳定在|力争达到|力争|达成"
NOT_MORE = "压缩至|压缩到|压减至|压减到|缩短至|缩短到|缩减至|缩减到|减至|减少至|减少到|降至|降到|降低到|降低至|下降到|下降至|控制在|控制到|不超过|不高于|不大于|不得超过|不多于|低于|少于|精简至|精简到|压降至"
EXACT = "完成|建成|建设|新建|改建|改造|新改建|扩建|培育|培养|打造|新增|创建|培训|引进|储备|孵化|组建|设立|命名|评选|选树|推出|开展|举办|组织|实施|新开|开工|开行|整治|治理|修复|建立|配备|选派|吸纳|帮扶|救助|资助|推广|发展|制定|出台|修订|征集|创作|排查|检查|抽查|办理|化解|清理|取消|下放|压减|落实|认定|申报|布局|投放|种植|植树|供应|筹集|安排|招引|签约|引育"

PER_EACH = r"(?:(?P<per>我?[省市区县旗州]|(?:每|各)(?:一|1)?个?[^,。;:、\d]{1,14}?(?:、[^,。;:\d]{1,8}?)?)(?:要|均|都|应|需|按照)?(?:至少)?)?"

RATE = rule(
    "target.rate",
    "“某某率达到100%”:比率要达到的数值。",
    "A rate that is to reach a percentage.",
    "合法性审查率达到100%",
    rf"(?P<of>[^,。;:\n、和及]{{1,30}}?(?:率|比例|比重|占比|覆盖面|满意度|准确度|合格率|面))(?:均|都|要|应|力争|保持|稳定|基本|分别|平均|总体|全部|必须|须|确保)*"
    rf"(?P<cue>{NOT_LESS}|{NOT_MORE}|为|在|:)?[^,。;\d]{{0,4}}?(?P<number>\d+(?:\.\d+)?)(?P<unit>%)(?P<tail>以上|以内|以下|左右)?",
)
AT_LEAST = rule(
    "target.at-least",
    "“达到、至少、不少于、提高到”之后的数量是下限。",
    "A quantity behind 达到, 至少, 不少于, 提高到 is a lower bound.",
    "每个社区至少有1个宣传栏",
    rf"(?P<cue>{NOT_LESS})(?:[^,。;、\d一二两三四五六七八九十百千%“”]{{0,8}}?){NUMBER}\s?{UNIT}(?P<tail>以上|以内|以下|左右)?",
)
AT_MOST = rule(
    "target.at-most",
    "“压缩至、控制在、不超过”之后的数量是上限。",
    "A quantity behind 压缩至, 控制在, 不超过 is an upper bound.",
    "压缩至5个工作日以内",
    rf"(?P<cue>{NOT_MORE})(?:[^,。;、\d一二两三四五六七八九十百千%“”]{{0,6}}?){NUMBER}\s?{UNIT}(?P<tail>以上|以内|以下|左右)?",
)
DAYS = rule(
    "target.days",
    "“不少于30日、不超过3周”:时间长短的下限或上限;没有这些词的“30日”是日期。",
    "The least or greatest length of time; a bare 30日 is a date.",
    "公布期不少于7日",
    r"(?P<cue>不得?少于|不低于|至少|不得?超过|不多于)(?P<number>\d{1,3})\s?(?P<unit>日|周)",
)
CHANGE = rule(
    "target.change",
    "“下降14%以上、增长8%”:变化的幅度。",
    "The size of a change.",
    "能源消耗比2020年下降14%以上",
    rf"(?P<cue>下降|降低|减少|压减|压缩|缩短|精简|增长|提高|提升|增加|上升)(?:率|幅度|比例)?(?:不低于|不少于|超过|达到|达|约|至少|了)?\s?{NUMBER}\s?(?P<unit>%|个百分点|倍)(?P<tail>以上|以内|以下|左右)?",
)
BOUND = rule(
    "target.bound",
    "“在90分以上”“100项以上”:带“以上、以内”的数量。",
    "A quantity with 以上 or 以内.",
    "在90分(含90分)以上",
    rf"(?:在|于){NUMBER}{UNIT}(?:\(含[^()]{{1,10}}\))?(?P<tail>以上|以内|以下)",
)
COUNT = rule(
    "target.count",
    "“培育10个、完成200户”:动词之后要完成的数量。",
    "A quantity to be done behind a verb of action.",
    "培育和打造10个产业基地",
    rf"(?P<cue>{EXACT})(?:(?:和|与|、|并|或)(?:{EXACT}))?(?:[^,。;、\d%“”\n()]{{0,10}}?)(?P<number>{ARABIC_NUMBER})\s?(?!(?:个工作日|个月|个?小时|天)内){UNIT}(?P<tail>以上|以内|以下|左右)?",
)
BENEFICIARIES = rule(
    "target.beneficiaries",
    "“为1.3万名子女发放”:要惠及的人数或户数。",
    "How many persons or households a task is to reach.",
    "为1.3万名学生发放助学金",
    rf"(?:为|对|给|向|惠及|覆盖|服务|涉及)(?:[^,。;\d\n]{{0,8}}?)(?P<number>{ARABIC_NUMBER})(?P<unit>万?(?:名|人|户|家|个))(?=[^,。;\n]{{0,40}}?(?:发放|提供|开展|实施|进行|补助|资助|培训|配备|安装|改造|免费))",
)
MEASURED = rule(
    "target.measured",
    "“10条河道断面达到目标”:要达标的数量。",
    "How many things are to meet a standard.",
    "10条河道断面达到水质目标",
    rf"(?<![\d.第])(?P<number>{ARABIC_NUMBER})(?P<unit>条|个|家|处|所|座|户|项|村|台)(?=[^,。;\d\n]{{2,20}}?(?:达到|达标|达成|通过验收|完成改造|建成投用|实现))",
)
COVERAGE = rule(
    "target.coverage",
    "“100%全覆盖”:要全部做到。",
    "A share that is to be covered.",
    "100%全覆盖巡查",
    r"(?P<number>\d+(?:\.\d+)?)(?P<unit>%)(?=(?:的)?(?:全覆盖|覆盖|巡查|排查|完成|办结|整改|达标|落实|公开|公示|回访|处置|上报|审查|审核|纳入|入库|登记|建档|到位|实现))",
)
FURTHER = rule(
    "target.further",
    "“分别达到 A、B、C”:并列的各个数值。",
    "Further values of a list that one verb governs.",
    "、263吨",
    rf"(?:、|和|,)(?:(?P<of>[^,。;、\d]{{0,16}}?(?:{NOT_LESS}|{NOT_MORE}|具备|力争)?))?{NUMBER}\s?{UNIT}(?P<tail>以上|以内|以下)?",
)

# Words in the same clause that make a number something other than a target.
NOT_A_TARGET = rule(
    "target.not",
    "税率、补助标准、资格条件、已有结果中的数字不是目标。",
    "Rates of tax, subsidies, conditions and results are no targets.",
    "减按25%计入应纳税所得额",
    r"税|减按|扣除|计入|补助|补贴|奖励|贴息|利率|罚款|处以|征收|缴纳|注册资本|年满|周岁|给予|兑现|资金来源|已(?:经)?(?:完成|建成|达|实现|建立|累计|有|全部|培育|投入)|同比|累计完成了|上年|去年|目前|现有|截至|以来|部分|的企业|的单位,|标准为|上浮|下浮|提前还款",
)
