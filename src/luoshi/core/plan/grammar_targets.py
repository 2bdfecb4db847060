"""The grammar of plans, page four: which numbers are to be reached.

A number is a target only beside a word that asks for it. Rates of tax, subsidies, eligibility, results already
achieved, years, article numbers and slogans are none.
"""

from __future__ import annotations

from luoshi.core.plan.rules import maybe, one_of, rule
from luoshi.core.quantity import ARABIC_NUMBER, CHINESE_NUMBER

# --- words ---------------------------------------------------------------------------------------------

NUMBER = rf"(?P<number>{ARABIC_NUMBER}|(?<![第十百]){CHINESE_NUMBER}(?![、项](?:是|要)))"
UNITS = one_of(
    # shares and times
    "% 个百分点 千分点 ‰ 倍 分",
    # time
    "个工作日 工作日 天 个月 个小时 小时 分钟 课时 学时",
    # things
    "个 项 件 条 处 所 座 家 户 部 首 册 台 套 辆 张 篇 期 批 支 门 例 宗 间 棵 株 种 位 对 片 幢 栋 盏 类 块 份",
    "头 只 口 眼 枚 面 本 幅 组 轮 节 张床位 床 车位 根 架 艘 列 趟 段 道 款 集 单 笔 泊位 标箱 标准箱",
    # persons and occasions
    "名 人 人次 户次 家次 件次 次 场 场次 班 班次 批次 台次",
    # measures
    "公里 千米 平方公里 平方千米 平方米 立方米 立方 延米 米 亩 公顷 吨标准煤 吨 公斤 千克 千瓦时 千瓦 兆瓦 千伏安",
    "元 美元",
)
UNIT = rf"(?P<unit>[万亿]?{UNITS}(?![月号]))"
TAIL = "(?P<tail>以上|以内|以下|左右)?"

# What makes the number behind it a lower bound.
NOT_LESS = one_of(
    "达到 达 达成 力争达到 至少 至少有 不少于 不低于 不小于 不得低于 不得少于 超过 超 突破 保持在 稳定在",
    "提高到 提高至 提升到 提升至 扩大到 扩大至 增加到 增加至 增至 上升到",
)
# What makes it an upper bound.
NOT_MORE = one_of(
    "压缩至 压缩到 压减至 压减到 压降至 缩短至 缩短到 缩减至 缩减到 精简至 精简到",
    "减至 减少至 减少到 降至 降到 降低到 降低至 下降到 下降至 控制在 控制到 低于 少于",
    "不超过 不得超过 不高于 不大于 不多于",
)
# What is done so and so often, or to so and so many things.
ACTION = one_of(
    "完成 建成 建设 新建 改建 改造 新改建 扩建 新开 开工 开行 整治 治理 修复 建立 组建 设立 布局 打造 创建 新增",
    "培育 培养 培训 孵化 引进 引育 储备 招引 签约 选派 配备 吸纳 帮扶 救助 资助 发展 推广 推出 开展 举办 组织",
    "实施 制定 出台 修订 征集 创作 命名 评选 选树 认定 申报 安排 投放 种植 植树 供应 筹集 落实",
    "排查 检查 抽查 办理 化解 清理 取消 下放 压减 走访 慰问 调解 受理 查处 立案 整改 关停 淘汰 腾退 搬迁 安置",
    "打通 开通 拓宽 铺设 敷设 架设 安装 增设 布设 设置 更换 更新 采购 购置 拆除 盘活 收储 出让 供地 清淤 疏浚 造林",
    "栽植 栽种 绿化 硬化 亮化 发放 投入 争取 实现 转移 转化 接入 归集 上线 发布 出版 聘请 招募 招聘 招收 扶持 认证",
)
# How much something grows or shrinks.
GROWTH = one_of("下降 降低 减少 压减 压缩 缩短 精简 增长 提高 提升 增加 上升")
# Adverbs between a rate and its verb.
FIRMLY = f"{one_of('均 都 要 应 力争 保持 稳定 基本 分别 平均 总体 全部 必须 须 确保')}*"
# What stands between a verb and its number, in characters.
NEAR = r"(?:[^,。;、\d一二两三四五六七八九十百千%“”]{{0,{0}}}?)"

# --- rules ---------------------------------------------------------------------------------------------

RATE = rule(
    "target.rate",
    "“某某率达到100%”:比率要达到的数值。",
    "A rate that is to reach a percentage.",
    "合法性审查率达到100%",
    r"(?P<of>[^,。;:\n、和及]{1,30}?" + one_of("率 比例 比重 占比 覆盖面 满意度 准确度 面") + f"){FIRMLY}",
    rf"(?P<cue>{NOT_LESS}|{NOT_MORE}|为|在|:)?[^,。;\d]{{0,4}}?(?P<number>\d+(?:\.\d+)?)(?P<unit>%){TAIL}",
)
AT_LEAST = rule(
    "target.at-least",
    "“达到、至少、不少于、提高到”之后的数量是下限。",
    "A quantity behind 达到, 至少, 不少于, 提高到 is a lower bound.",
    "每个社区至少有1个宣传栏",
    rf"(?P<cue>{NOT_LESS}){NEAR.format(8)}{NUMBER}\s?{UNIT}{TAIL}",
)
AT_MOST = rule(
    "target.at-most",
    "“压缩至、控制在、不超过”之后的数量是上限。",
    "A quantity behind 压缩至, 控制在, 不超过 is an upper bound.",
    "压缩至5个工作日以内",
    rf"(?P<cue>{NOT_MORE}){NEAR.format(6)}{NUMBER}\s?{UNIT}{TAIL}",
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
    rf"(?P<cue>{GROWTH})" + maybe("率 幅度 比例") + maybe("不低于 不少于 超过 达到 达 约 至少 了"),
    rf"\s?{NUMBER}\s?(?P<unit>%|个百分点|倍){TAIL}",
)
BOUND = rule(
    "target.bound",
    "“在90分以上”“100项以上”:带“以上、以内”的数量。",
    "A quantity with 以上 or 以内.",
    "在90分(含90分)以上",
    rf"[在于]{NUMBER}{UNIT}(?:\(含[^()]{{1,10}}\))?(?P<tail>以上|以内|以下)",
)
COUNT = rule(
    "target.count",
    "“培育10个、完成200户”:动词之后要完成的数量。",
    "A quantity to be done behind a verb of action.",
    "培育和打造10个产业基地",
    rf"(?P<cue>{ACTION})(?:[和与、并或]{ACTION})?(?:[^,。;、\d%“”\n()]{{0,10}}?)",
    rf"(?P<number>{ARABIC_NUMBER})\s?(?!(?:个工作日|个月|个?小时|天)内){UNIT}{TAIL}",
)
FURTHER_NAMED = rule(
    "target.further-named",
    "“示范村10个、示范户100户”:并列的各个数量,前面各有所指。",
    "Further quantities of a list, each behind the name of what it counts.",
    "、示范户100户",
    rf"[、和及](?P<of>[一-鿿]{{2,10}}?)(?P<number>{ARABIC_NUMBER})\s?{UNIT}{TAIL}(?=[、,。;和及\n)]|$)",
)
BENEFICIARIES = rule(
    "target.beneficiaries",
    "“为1.3万名子女发放”:要惠及的人数或户数。",
    "How many persons or households a task is to reach.",
    "为1.3万名学生发放助学金",
    one_of("为 对 给 向 惠及 覆盖 服务 涉及") + r"(?:[^,。;\d\n]{0,8}?)",
    rf"(?P<number>{ARABIC_NUMBER})(?P<unit>万?(?:名|人|户|家|个))(?=[^,。;\n]{{0,40}}?",
    one_of("发放 提供 开展 实施 进行 补助 资助 培训 配备 安装 改造 免费") + ")",
)
REACHED = rule(
    "target.reached",
    "“惠及居民1.2万户”:惠及、带动、服务的人数或户数。",
    "How many persons or households a task is to reach, said by a verb of its own.",
    "惠及居民1.2万户",
    r"(?P<cue>惠及|带动|吸引|服务|覆盖)(?:[^,。;\d\n%]{0,8}?)",
    rf"(?P<number>{ARABIC_NUMBER})(?P<unit>万?(?:名|人次|人|户|家))",
)
MEASURED = rule(
    "target.measured",
    "“10条河道断面达到目标”:要达标的数量。",
    "How many things are to meet a standard.",
    "10条河道断面达到水质目标",
    rf"(?<![\d.第])(?P<number>{ARABIC_NUMBER})(?P<unit>[条个家处所座户项村台])(?=[^,。;\d\n]{{2,20}}?",
    one_of("达到 达标 达成 通过验收 完成改造 建成投用 实现") + ")",
)
COVERAGE = rule(
    "target.coverage",
    "“100%全覆盖”:要全部做到。",
    "A share that is to be covered.",
    "100%全覆盖巡查",
    r"(?P<number>\d+(?:\.\d+)?)(?P<unit>%)(?=的?",
    one_of(
        "全覆盖 覆盖 巡查 排查 完成 办结 整改 达标 落实 公开 公示 回访 处置 上报 审查 审核 纳入 入库 登记 建档 到位 实现"
    ),
    ")",
)
FURTHER = rule(
    "target.further",
    "“分别达到 A、B、C”:并列的各个数值。",
    "Further values of a list that one verb governs.",
    "、263吨",
    rf"[、和,](?:(?P<of>[^,。;、\d]{{0,16}}?(?:{NOT_LESS}|{NOT_MORE}|具备|力争)?))?",
    rf"{NUMBER}\s?{UNIT}(?P<tail>以上|以内|以下)?",
)

# --- what is none ---------------------------------------------------------------------------------------

# Words in the same clause that make a number something other than a target.
NOT_A_TARGET = rule(
    "target.not",
    "税率、补助标准、资格条件、已有结果中的数字不是目标。",
    "Rates of tax, subsidies, conditions and results are no targets.",
    "减按25%计入应纳税所得额",
    one_of(
        "税 减按 扣除 计入 补助 补贴 奖励 贴息 利率 罚款 处以 征收 缴纳 注册资本 给予 兑现 资金来源 标准为 上浮 下浮",
        "额度 限额 上限 最高不超过 最高可 年满 周岁 部分 的企业 的单位, 提前还款",
        "同比 累计完成了 上年 去年 目前 现有 截至 以来",
    ),
    "|已(?:经)?" + one_of("完成 建成 达 实现 建立 累计 有 全部 培育 投入"),
)

BASELINE = rule(
    "target.baseline",
    "“由5天减至2天”:前一个数是原来的,不是目标。",
    "The number that something comes down or up from is no target.",
    "由",
    r"(?:[由从]|原来?的?|比\d{4}年的?)(?:现行|现在|目前|原来|法定|平均|不到|近|约)?的?$",
)

# The unit of distribution before a count. Sample: 每个社区
PER_EACH = rule(
    "target.per",
    "“每个社区至少有1个”:按什么分布。",
    "By what a number is distributed.",
    "每个社区至少",
    r"(?:(?<=[,。;、\n])|^|在)(?P<per>(?:每一?个?|各)[^,。;\d]{1,16}?|[我全][省市区县旗州])",
    r"(?:(?:要|均|都|应|需|原则上)*" + one_of("至少 不少于 不低于 建 设 有 配 培 打造 达到") + ")",
)
