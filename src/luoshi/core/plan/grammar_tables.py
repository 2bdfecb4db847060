"""The grammar of plans, page four: what the columns of a task table hold.

A column's role is told by the words of its head. The first rule whose pattern matches a head wins.
"""

from __future__ import annotations

from luoshi.core.plan.grammar import BODY_WORD, HELP_WORD, LEAD_WORD, PERSON_WORD
from luoshi.core.plan.rules import rule

NUMBER_COLUMN = rule(
    "table.number",
    "序号、编号列。",
    "The column of numbers.",
    "序号",
    r"^(?:序\s?号|编号|项目编号|任务编号|No\.?|no|id|number|index)$",
)
PERSON_COLUMN = rule(
    "table.person",
    "责任人、牵头领导列:人员,不是单位。",
    "A column of persons is no column of bodies.",
    "责任领导",
    rf"(?:{PERSON_WORD})(?:姓名|电话|及电话)?$|^(?:领导|姓名|电话|联系方式)$",
)
LEAD_COLUMN = rule(
    "table.lead",
    "牵头单位、主办单位列:牵头部门。",
    "A column headed 牵头单位, 主办 holds leads.",
    "牵头单位",
    rf"^(?:任务)?(?:{LEAD_WORD})(?:{BODY_WORD})?(?:\([^()]*\))?$|^(?:owner|lead|leads?_?(?:unit|dept|department)?)$",
)
RESPONSIBLE_COLUMN = rule(
    "table.responsible",
    "责任单位、配合单位、指导部门、负责科室列:责任部门。",
    "A column headed 责任单位, 配合单位, 指导部门, 负责科室 holds responsible bodies.",
    "责任科室",
    rf"^(?:任务|主要|第二)?(?:{HELP_WORD})(?:或(?:{HELP_WORD}))?(?:{BODY_WORD})(?:\([^()]*\))?$|^(?:责任分工|任务分工|分工|实施单位|建设单位|落实单位|单位|部门|责任|co|support|cooperat\w*|responsible|units?|departments?)$",
)
DEADLINE_COLUMN = rule(
    "table.deadline",
    "完成时限、时间节点、进度安排列。",
    "The column of dates.",
    "完成时限",
    r"(?:时限|时间|节点|期限|进度|日期|工期)(?:要求|安排|计划|节点)?$|^(?:计划(?:完成)?(?:时间|节点|安排)|实施进度和完成时限|time|deadline|due|date|when)$",
)
PROGRESS_COLUMN = rule(
    "table.progress",
    "进展情况、备注列:不是任务内容。",
    "Columns of progress and remarks ask for nothing.",
    "进展情况",
    r"(?:进展|落实|完成|推进|整改)(?:落实)?情况|备注|说明|销号|是否|资金|投资|来源|评分|得分|分值|dimension|remark|note|status",
)
TITLE_COLUMN = rule(
    "table.title",
    "工作任务、重点任务、项目名称、改革举措列:任务名称。",
    "The column that names the task.",
    "工作任务",
    r"^(?:(?:重点|主要|工作|年度|改革|目标|具体|序号及)?(?:工作|任务|事项|举措|项目|目标)(?:任务|事项|名称|内容|举措)?|项目名称|任务名称|指标名称|改革举措|实事内容|实事项目|重点工作|工作项目|名称|title|name|group|问题|存在问题|反馈问题)$",
)
CONTENT_COLUMN = rule(
    "table.content",
    "具体要求、主要内容、工作措施列:任务内容。",
    "The column that says what is to be done.",
    "具体要求",
    r"(?:内容|要求|措施|标准|举措|目标|任务|做法|要点|计划)(?:及[^,]{0,10})?$|^(?:task|content|measure|requirement|action|text)s?$",
)
CHAPTER_COLUMN = rule(
    "table.chapter",
    "领域、类别、板块列:所属章节。",
    "The column of fields or categories is the chapter.",
    "领域",
    r"^(?:领域|类别|板块|方面|分类|类型|章节|一级|专项|专项行动|category|field|section|chapter)$",
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
SAME_AS_ABOVE = rule(
    "table.same-as-above",
    "“同上”:与上一行相同。",
    "“同上” repeats the cell above.",
    "同上",
    r"^(?:同上|同前|〃|″|\")$",
)
