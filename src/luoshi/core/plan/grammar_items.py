"""The grammar of plans, page five: what is a task, its title, its measures and its citations.

These rules are procedures (see `luoshi.core.plan.items`, `wording`, `tables`); here they are named and reasoned,
so that every reading can be explained.
"""

from __future__ import annotations

from luoshi.core.plan.rules import rule

BODIES = rule(
    "item.bodies",
    "一段编号文字,其后写明部门:是一项任务;一个编号内有几组部门的,各组对应其前的文字。",
    "Numbered words with bodies behind them are a task; each group of bodies answers for the words before it.",
    "3.完善普法责任清单制度。牵头部门:区司法局",
)
PROSE = rule(
    "item.prose",
    "编号文字中有“由某单位牵头”一类的句子:整段是一项任务。",
    "A numbered item in which a sentence assigns bodies is a task as a whole.",
    "5.组织应急演练。由各行业主管部门牵头组织",
)
LEAF = rule(
    "item.leaf",
    "同级编号中没有写明部门的一项,仍是任务。",
    "An item of the same level without bodies is a task all the same.",
    "(二)推行政务服务承诺制。",
)
ANNOUNCED = rule(
    "item.announced",
    "“具体措施:”引出的没有编号的内容,单列一项。",
    "What “具体措施:” announces without a number is an item of its own.",
    "具体措施:2021年3月底前设立试点。",
)
UNNUMBERED = rule(
    "item.unnumbered",
    "没有编号而写明部门的段落,是一项任务。",
    "A paragraph without a number that assigns bodies is a task.",
    "优化管理体制。(区生态环境局负责)",
)
ROW = rule(
    "table.row", "任务表的一行是一项任务。", "A row of a task table is a task.", "1 | 完善制度 | 区司法局"
)
LABELLED = rule(
    "table.labelled",
    "左列为标签、右列为内容的表格,整表是一项任务。",
    "A table of labels and values is one task.",
    "重点工作: | 完善制度",
)
TITLE = rule(
    "wording.title",
    "第一句简短、像标题,且后面还有正文:作为任务名称。",
    "A first sentence that is short and followed by more is the title.",
    "完善普法责任清单制度。",
)
MEASURE = rule(
    "wording.measure",
    "含有“完善、推动、开展”等动词的句子:一项举措。",
    "A sentence with a verb that asks for something is a measure.",
    "推动公开目录。",
)
CITATION = rule(
    "wording.citation",
    "书名号中的名称:引用的文件。",
    "A title in 《》 is a cited document.",
    "《优化营商环境条例》",
    r"《[^《》]+》",
)
