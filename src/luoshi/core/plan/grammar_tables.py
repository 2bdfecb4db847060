"""The grammar of plans, page five: task tables.

A column's role is told by the words of its head; the first rule of `COLUMNS` that matches a head wins. A head is
compared without its white space, colons and stars.
"""

from __future__ import annotations

from luoshi.core.plan.grammar import BODY_WORD, HELP_WORD, LEAD_WORD, PERSON_WORD
from luoshi.core.plan.rules import maybe, one_of, procedure, rule

NOTE = r"(?:\([^()]*\))?"

# --- columns -------------------------------------------------------------------------------------------

NUMBER_COLUMN = rule(
    "table.number",
    "序号、编号列。",
    "The column of numbers.",
    "序号",
    rf"^{one_of('序号 编号 项目编号 任务编号 No. No no id number index')}$",
)
PERSON_COLUMN = rule(
    "table.person",
    "责任人、牵头领导列:人员,不是单位。",
    "A column of persons is no column of bodies.",
    "责任领导",
    PERSON_WORD + maybe("姓名 电话 及电话") + f"$|^{one_of('领导 姓名 电话 联系方式')}$",
)
LEAD_COLUMN = rule(
    "table.lead",
    "牵头单位、主办单位列:牵头部门。",
    "A column headed 牵头单位, 主办 holds leads.",
    "牵头单位",
    rf"^(?:任务)?{LEAD_WORD}{BODY_WORD}?{NOTE}$",
    r"|^(?:owner|lead|leads?_?(?:unit|dept|department)?)$",
)
RESPONSIBLE_COLUMN = rule(
    "table.responsible",
    "责任单位、配合单位、指导部门、负责科室列:责任部门。",
    "A column headed 责任单位, 配合单位, 指导部门, 负责科室 holds responsible bodies.",
    "责任科室",
    rf"^(?:任务|主要|第二)?{HELP_WORD}(?:[或及和]{HELP_WORD})?{BODY_WORD}{NOTE}$",
    rf"|^{one_of('责任分工 任务分工 分工 实施单位 建设单位 落实单位 单位 部门 责任')}$",
    r"|^(?:co|support|cooperat\w*|responsible|units?|departments?)$",
)
PROGRESS_COLUMN = rule(
    "table.progress",
    "进展情况、备注列:不是任务内容。",
    "Columns of progress and remarks ask for nothing.",
    "进展情况",
    one_of("进展 落实 完成 推进 整改") + "(?:落实)?情况|",
    one_of("备注 说明 销号 是否 资金 投资 来源 评分 得分 分值 dimension remark note status"),
)
DEADLINE_COLUMN = rule(
    "table.deadline",
    "完成时限、时间节点、进度安排列。",
    "The column of dates.",
    "完成时限",
    one_of("时限 时间 节点 期限 进度 日期 工期") + maybe("要求 安排 计划 节点") + "$",
    r"|^(?:计划(?:完成)?(?:时间|节点|安排)|实施进度和完成时限|time|deadline|due|date|when)$",
)
CHAPTER_COLUMN = rule(
    "table.chapter",
    "领域、类别、板块列:所属章节。",
    "The column of fields or categories is the chapter.",
    "领域",
    rf"^{one_of('领域 类别 板块 方面 分类 类型 章节 一级 专项 专项行动 category field section chapter')}$",
)
TITLE_COLUMN = rule(
    "table.title",
    "工作任务、重点任务、项目名称、改革举措列:任务名称。",
    "The column that names the task.",
    "工作任务",
    "^" + maybe("重点 主要 工作 年度 改革 目标 具体 序号及") + one_of("工作 任务 事项 举措 项目 目标"),
    maybe("任务 事项 名称 内容 举措") + "$|^",
    one_of(
        "项目名称 任务名称 指标名称 改革举措 实事内容 实事项目 重点工作 工作项目 名称 title name group",
        "问题 存在问题 反馈问题",
    )
    + "$",
)
CONTENT_COLUMN = rule(
    "table.content",
    "具体要求、主要内容、工作措施列:任务内容。",
    "The column that says what is to be done.",
    "具体要求",
    one_of("内容 要求 措施 标准 举措 目标 任务 做法 要点 计划") + r"(?:及[^,]{0,10})?$",
    r"|^(?:task|content|measure|requirement|action|text)s?$",
)

# In the order in which a head is tried.
COLUMNS = (
    ("number", NUMBER_COLUMN),
    ("person", PERSON_COLUMN),
    ("lead", LEAD_COLUMN),
    ("responsible", RESPONSIBLE_COLUMN),
    ("progress", PROGRESS_COLUMN),
    ("deadline", DEADLINE_COLUMN),
    ("chapter", CHAPTER_COLUMN),
    ("title", TITLE_COLUMN),
    ("content", CONTENT_COLUMN),
)

# --- rows ----------------------------------------------------------------------------------------------

ROW = procedure(
    "table.row",
    "任务表的一行是一项任务。",
    "A row of a task table is a task.",
    "1 | 完善制度 | 区司法局",
)
CHAPTER_ROW = rule(
    "table.chapter-row",
    "只有一格、横贯全表的一行是章节。",
    "A row of one cell across the table is a chapter.",
    "二、强化监督",
    r"(?P<number>第?[一二三四五六七八九十\d]+[章、.]|[（(][一二三四五六七八九十\d]+[)）])\s*",
)
SAME_AS_ABOVE = rule(
    "table.same-as-above",
    "“同上”:与上一行相同。",
    "“同上” repeats the cell above.",
    "同上",
    r"^(?:同上|同前|〃|″|\")$",
)
LABELLED = procedure(
    "table.labelled",
    "左列为标签、右列为内容的表格,整表是一项任务。",
    "A table of labels and values is one task.",
    "重点工作: | 完善制度",
)

# --- tables that a copy has flattened ------------------------------------------------------------------

# Words that heads are made of. Sample: 实事内容 | 工作任务 | 责任单位 | 进展情况
HEAD_WORD = one_of(
    "序号 领域 类别 任务 事项 任务名称 任务内容 主要任务 重点任务 目标任务 工作任务 工作内容 工作要求 工作措施 工作目标",
    "主要内容 项目名称 项目内容 实事内容 实事项目 具体要求 具体措施 具体工作标准 及预期效果 及数额 资金来源 备注 主管",
    "牵头单位 牵头部门 牵头责任单位 责任单位 责任部门 责任科室 协同责任单位 配合单位 配合部门 承办单位 承办部门 部门",
    "完成时限 完成时间 和完成时限 时限要求 时间节点 实施进度 进度安排 进展情况",
    "责任人 联系人 责任领导 牵头领导 分管领导 市领导 县领导 区领导",
)
HEAD_RUN = rule(
    "table.flattened-head",
    "连续三个以上表头用语:被压平的表格的表头。",
    "Three or more words of a head in a row are the head of a flattened table.",
    "序号 工作任务 责任单位",
    rf"(?:{HEAD_WORD}[\s|]*){{3,}}",
)
LISTED_CELL = procedure(
    "table.listed-cell",
    "表格被压平后,单独成行的单位名单按表头为责任部门或牵头部门。",
    "In a flattened table a line that holds nothing but bodies is the cell of its column.",
    "区教育局,各平台、镇街",
)
FLATTENED_ROW = procedure(
    "table.flattened-row",
    "表格被压成一行后,按表头中部门列的数目分行。",
    "In a table flattened to one line the body columns of its head tell where a row ends.",
    "张三 市教育局 李四 市教育局",
)
