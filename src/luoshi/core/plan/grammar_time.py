"""The grammar of plans, page three: by when, and how often.

Read from top to bottom; of the rules that one sign announces (see `SIGNS`) the first that matches wins.
"""

from __future__ import annotations

from luoshi.core.plan.rules import maybe, one_of, rule

# --- words ---------------------------------------------------------------------------------------------

BEFORE = "(?:之?前|以前|前夕)"
# Words behind a month that make it a deadline.
DONE = one_of("完成 建成 实现 达到 落实 开展 结束 形成 出台 印发 报 前 之前 以前")
YEAR, MONTH, DAY = r"(?P<year>\d{4})年", r"(?P<month>\d{1,2})月", r"(?P<day>\d{1,2})"
QUARTER = "第?(?P<quarter>[一二三四1-4])季度"
HALF = "(?P<half>[上下])半年"
EVERY_YEAR = "每年(?:度)?的?"
PART_OF_MONTH = one_of("底 末 中旬 上旬 下旬")

# --- every so often ------------------------------------------------------------------------------------

COMMEMORATION = rule(
    "time.commemoration",
    "“12·4”国家宪法日一类固定纪念日:每年该日。",
    "A fixed day of commemoration such as 12·4: that day every year.",
    "“12·4”国家宪法日",
    r"(?<![\d.·])[“\"]?(?P<month>1[0-2]|0?[1-9])[·.](?P<day>3[01]|[12]\d|0?[1-9])(?![\d%个万亿百千倍元天公平立米吨亩小名人户场项件次])",
    r"[”\"]?(?=[一-鿿“]{0,10}?(?:日|周|节|宣传|活动))",
)
YEARLY_DAY = rule(
    "time.yearly-day",
    "每年某月某日。",
    "A day of every year.",
    "每年12月4日前",
    rf"{EVERY_YEAR}{MONTH}{DAY}日{BEFORE}?",
)
YEARLY_MONTH = rule(
    "time.yearly-month",
    "每年某月。",
    "A month of every year.",
    "每年12月份",
    rf"{EVERY_YEAR}{MONTH}(?:份|{PART_OF_MONTH})?{BEFORE}?",
)
YEARLY_QUARTER = rule(
    "time.yearly-quarter",
    "每年某季度。",
    "A quarter of every year.",
    "每年一季度",
    rf"{EVERY_YEAR}{QUARTER}[末底内]?(?:之?前)?",
)
HALF_YEARLY = rule(
    "time.half-yearly",
    "每半年、半年报送:每半年一次。",
    "Every half year.",
    "半年报送制度",
    "每半年|半年度?" + one_of("报送 报告 通报 调度 总结 评估 一次 1次"),
    "|一年(?:至少|不少于)?(?:两次|2次|二次)",
)
QUARTERLY = rule(
    "time.quarterly",
    "每季度、按季度。",
    "Every quarter.",
    "每季度末",
    r"(?:每个?|按|逐)季度?[末底]?前?|季度" + one_of("通报 调度 报告 报送") + "制度",
)
MONTHLY_DAY = rule(
    "time.monthly-day",
    "每月某日。",
    "A day of every month.",
    "每月28日前",
    rf"每个?月{DAY}[日号]{BEFORE}?",
)
MONTHLY = rule(
    "time.monthly",
    "每月、按月。",
    "Every month.",
    "每月调度",
    r"(?<!每[生人户名家])每个?月[末底]?(?!\d)|按月(?!份)|月调度|月通报",
)
WEEKLY = rule("time.weekly", "每周。", "Every week.", "每周例会", r"每周(?![边围])|按周|每星期")
YEARLY = rule(
    "time.yearly",
    "每年、年度报告制度:每年一次。",
    "Every year.",
    "每年开展检查",
    r"(?<!每[生人户名])每年度?(?!\d)|",
    one_of("推行 实行 落实 建立 执行 完善 健全") + r"[^,。;\n]{0,20}年度[^,。;\n]{0,10}",
    one_of("报告 评议 考核 述职 述法") + r"[^,。;\n]{0,10}制度|一年一次|年年",
)

# --- once ----------------------------------------------------------------------------------------------

FULL_DATE = rule(
    "time.date",
    "某年某月某日前。",
    "By a date.",
    "2023年12月1日前",
    rf"{YEAR}{MONTH}{DAY}日{BEFORE}",
)
MONTH_OF_YEAR = rule(
    "time.month",
    "某年某月底前:该月最后一日。",
    "By the end of a month: its last day.",
    "2022年10月底前",
    rf"{YEAR}(?P<month>\d{{1,2}})(?:月份?{PART_OF_MONTH}?(?=,?{DONE})|月[底末]|底(?=前)){BEFORE}?",
)
QUARTER_OF_YEAR = rule(
    "time.quarter",
    "某年某季度:该季度最后一日。",
    "By a quarter: its last day.",
    "2020年第三季度",
    rf"(?<!每){YEAR}{QUARTER}[末底内]?{BEFORE}?",
)
HALF_OF_YEAR = rule(
    "time.half",
    "某年上半年、下半年。",
    "By a half of a year.",
    "2023年上半年",
    rf"{YEAR}{HALF}[内底]?{BEFORE}?",
)
END_OF_YEAR = rule(
    "time.year-end",
    "某年底、到某年、某年内:该年12月31日。",
    "By the end of a year, or up to it: 31 December.",
    "2025年年底",
    maybe("力争 争取 确保") + maybe("到 至 于 在 截至") + rf"{YEAR}(?:年?底|年?末|年内|内|全年){BEFORE}?",
    r"|(?:力争|争取)?(?<![从自由起\d年])[到至](?P<year2>\d{4})年",
    "(?=[,、全各我区市县省基实累建达形城乡农主规完初总]|$)",
)
YEAR_GOAL = rule(
    "time.year-goal",
    "句首写明某年建成、实现、完成。",
    "A sentence that says a thing will be done in a year.",
    "2022年全区基本建成",
    rf"(?:(?<=[,。;:\n])|(?<=^)){YEAR}(?=[^,。;\d度]{{0,10}}?(?:基本)?",
    one_of("建成 实现 完成 达到 启动 建立") + ")",
)
PLAN_PERIOD_END = rule(
    "time.plan-period-end",
    "“十四五”末:规划期最后一年的12月31日。",
    "The end of a five-year plan.",
    "“十四五”末",
    r"(?:到)?“?十(?P<period>[二三四五])五”?(?:规划)?(?:时期|期)?(?:末|结束前)",
)
MONTH_ONLY = rule(
    "time.month-only",
    "没有写年份的某月底前。",
    "By the end of a month without a year.",
    "6月底完成",
    rf"(?<![\d年每])(?P<month>1[0-2]|[1-9])月(?:{DAY}日{BEFORE}|份?[底末]{BEFORE}?(?:完成)?|份?{BEFORE}|份?完成)",
)
BARE_DATE = (
    # Where a range is printed, its end counts; its year may stand at the beginning. Sample: 2024年3月至6月
    r"(?:(?:(?P<year3>\d{4})[年.])?[\d月日.]{0,6}\s?(?:-{1,2}|~|至|到)\s?)?"
    r"(?:(?P<year>\d{4})(?:年|[.\-/](?=\d)))?"
    r"(?:(?P<month>1[0-2]|0?[1-9])(?:(?:月(?:份|[底末上中下]旬?)?|(?<=\d{4}[.\-/]\d{2})|(?<=\d{4}[.\-/]\d))"
    r"(?:[.\-/]?(?P<day>3[01]|[12]\d|0?[1-9])[日号]?)?)|(?<=\d年))"
    r"(?:之?前)?(?:完成)?(?![\d度个%])"
)
LABELLED_DATE = rule(
    "time.labelled-date",
    "“完成时限:2024年11月”:时限标签之后的日期,不必写“前”。",
    "Behind a label of deadlines a bare date is one.",
    "完成时限:2024年11月",
    rf"(?<=[限间点期成]):\s?(?P<when>{BARE_DATE})",
)
CELL_DATE = rule(
    "time.cell-date",
    "时限一栏里的日期,不必写“前”。",
    "In a column of deadlines a bare date is one.",
    "2024年11月",
    rf"(?P<when>{BARE_DATE})",
)
QUARTER_ONLY = rule(
    "time.quarter-only",
    "没有写年份的某季度。",
    "By a quarter without a year.",
    "第三季度:",
    rf"(?<!每年)(?<!年){QUARTER}(?=:|末|底|前|完成|内|,?(?:完成|启动)|\s?\||$)[末底内]?(?:之?前)?(?:完成)?",
)
HALF_ONLY = rule(
    "time.half-only",
    "没有写年份的上半年、下半年。",
    "By a half of a year without a year.",
    "上半年完成",
    rf"(?<!年){HALF}(?=:|底|前|完成|内)[底内]?(?:之?前)?",
)
END_OF_THIS_YEAR = rule(
    "time.this-year-end",
    "年底前、年内:当年12月31日。",
    "By the end of the year.",
    "年底前",
    r"(?<![\d年])(?:今年|本年度?|当年)?年[底末](?:之?前)?(?:完成)?|(?<!\d)(?<!\d年)(?:年内|全年)(?:完成|建成)?",
)

# --- without an end, without a date --------------------------------------------------------------------

STANDING = rule(
    "time.standing",
    "长期坚持、持续推进、常态化:没有终点的任务。",
    "A duty without an end.",
    "持续推进",
    one_of("长期坚持 长期实施 长期推进 长期开展 长效坚持 持续推进 持续实施 持续深化推进 常态化"),
    r"|(?:长期|持续)(?=\s?(?:\||\n|$))",
)
VAGUE = rule(
    "time.vague",
    "定期、适时:没有写明时间。",
    "A vague rhythm or date.",
    "定期",
    r"(?<![不约固到])定期(?!间|存|限)|适时|不定期",
)

# --- where to look ---------------------------------------------------------------------------------------

# Two characters that announce a time: one of the first, one of the second; how many characters before them the
# time may begin; and the rules that they may announce, in order.
_NUMERAL = "0123456789"
SIGNS = (
    ("半年季月按逐一", "年季度月调通周", 24, (HALF_YEARLY, QUARTERLY, MONTHLY, WEEKLY, YEARLY)),
    ("·.", _NUMERAL, 4, (COMMEMORATION,)),
    (":", _NUMERAL + " ", 0, (LABELLED_DATE,)),
    (
        *(_NUMERAL, "年", 8),
        (FULL_DATE, MONTH_OF_YEAR, QUARTER_OF_YEAR, HALF_OF_YEAR, END_OF_YEAR, YEAR_GOAL),
    ),
    (_NUMERAL, "月", 2, (MONTH_ONLY,)),
    ("二三四五", "五", 3, (PLAN_PERIOD_END,)),
    ("季", "度", 2, (QUARTER_ONLY,)),
    ("半", "年", 1, (HALF_ONLY,)),
    ("年全", "底末内年", 2, (END_OF_THIS_YEAR,)),
    ("长常持", "期态续效", 0, (STANDING,)),
    ("定适", "期时", 1, (VAGUE,)),
)
# Rules that begin with their year: the sign is its last digit, so they can begin at one place only.
YEAR_FIRST = frozenset(
    (FULL_DATE.key, MONTH_OF_YEAR.key, QUARTER_OF_YEAR.key, HALF_OF_YEAR.key, YEAR_GOAL.key)
)
BEFORE_YEAR_SIGN = 3
# The rules that 每 announces.
EVERY = (
    YEARLY_DAY,
    YEARLY_MONTH,
    YEARLY_QUARTER,
    HALF_YEARLY,
    QUARTERLY,
    MONTHLY_DAY,
    MONTHLY,
    WEEKLY,
    YEARLY,
)

# What the value of a recurrence looks like; the names are groups of the pattern.
RECURRENCES = {
    COMMEMORATION.key: "yearly:{month:02d}-{day:02d}",
    YEARLY_DAY.key: "yearly:{month:02d}-{day:02d}",
    YEARLY_MONTH.key: "yearly:{month:02d}",
    YEARLY_QUARTER.key: "yearly:Q{quarter}",
    HALF_YEARLY.key: "half-yearly",
    QUARTERLY.key: "quarterly",
    MONTHLY_DAY.key: "monthly:{day:02d}",
    MONTHLY.key: "monthly",
    WEEKLY.key: "weekly",
    YEARLY.key: "yearly",
}
