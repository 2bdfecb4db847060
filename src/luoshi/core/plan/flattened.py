"""Tables that a copy has flattened: cells on lines of their own, or all in one line parted by blanks.

Only what is beyond doubt is read: the words of the head tell how many columns hold bodies; cells that are
nothing but bodies then end a row.
"""

from __future__ import annotations

import re

from luoshi.core.plan import grammar_tables as g
from luoshi.core.plan.assignment import Assigned, Group
from luoshi.core.plan.bodies import parse_names
from luoshi.core.plan.items import Item
from luoshi.core.plan.lexicon import is_certain_body
from luoshi.core.plan.rules import rule

LISTED_CELL = rule(
    "table.listed-cell",
    "表格被压平后,单独成行的单位名单按表头为责任部门或牵头部门。",
    "In a flattened table a line that holds nothing but bodies is the cell of its column.",
    "区教育局,各平台、镇街",
)
FLATTENED_ROW = rule(
    "table.flattened-row",
    "表格被压成一行后,按表头中部门列的数目分行。",
    "In a table flattened to one line the body columns of its head tell where a row ends.",
    "张三 市教育局 李四 市教育局",
)

# Words that heads are made of, longest first. Sample: 实事内容 | 工作任务 | 责任单位 | 进展情况
_HEADS = (
    "实事内容|实事项目|工作任务|重点任务|主要任务|工作内容|主要内容|任务内容|项目内容|项目名称|任务名称|具体要求|具体措施|具体工作标准|工作要求|工作措施|工作目标|目标任务|"
    "牵头责任单位|协同责任单位|牵头单位|牵头部门|责任单位|责任部门|配合单位|配合部门|承办单位|承办部门|责任科室|完成时限|时限要求|完成时间|时间节点|实施进度|进展情况|"
    "进度安排|责任领导|牵头领导|分管领导|责任人|联系人|序号|备注|任务|事项|领域|类别|及预期效果|资金来源|及数额|和完成时限|主管|市领导|县领导|区领导|部门"
)
_HEAD_RUN = re.compile(rf"(?:(?:{_HEADS})[\s|]*){{3,}}")
_HEAD_WORD = re.compile(_HEADS)


def _body_columns(words: str) -> list[bool]:
    """For each body column of a head, in order, whether it holds leads."""
    columns = []
    for found in _HEAD_WORD.finditer(words):
        head = found.group()
        for role, one in (("lead", g.LEAD_COLUMN), ("responsible", g.RESPONSIBLE_COLUMN)):
            if len(head) > 2 and one.pattern is not None and one.pattern.search(head):
                columns.append(role == "lead")
                break
    return columns


def listed_cells(view: str, paragraphs: list[tuple[int, int]]) -> list[Group]:
    """Lines that hold nothing but bodies, below a head that has columns for them."""
    columns: list[bool] = []
    groups: list[Group] = []
    place = 0
    for start, end in paragraphs:
        head = _HEAD_RUN.match(view, start, end)
        if head and head.end() >= end - 1:
            columns, place = _body_columns(view[start:end]) or columns, 0
            continue
        names = parse_names(view, start, end) if columns and end - start <= 120 else []
        if not names or not all(is_certain_body(name.read) for name in names):
            place = 0
            continue
        lead = columns[min(place, len(columns) - 1)]
        listed = [Assigned(name, lead, LISTED_CELL.key, lead) for name in names]
        groups.append(Group(start, end, listed, own_lines=True))
        place += 1
    return groups


# A cell of a flattened row. Sample: 市教育局
_CELL = re.compile(r"[^\s|]+")
# A person's name between the bodies. Sample: 张三
_PERSON = re.compile(r"[一-鿿]{2,4}$")


def flattened_rows(view: str, paragraphs: list[tuple[int, int]]) -> list[Item]:
    """The rows of tables that stand flattened in one line."""
    rows: list[Item] = []
    for start, end in paragraphs:
        head = _HEAD_RUN.search(view, start, min(end, start + 200))
        if head is None or head.end() >= end - 1:
            continue
        columns = _body_columns(head.group())
        if columns:
            rows += _rows(view, head.end(), end, columns)
    return rows


def _rows(view: str, start: int, end: int, columns: list[bool]) -> list[Item]:
    rows: list[Item] = []
    assigned: list[Assigned] = []
    number: tuple[int, int] | None = None
    first, bodies, last = start, 0, start
    for cell in _CELL.finditer(view, start, end):
        words = cell.group()
        if bodies == len(columns) and not _PERSON.match(words):
            rows.append(_row(first, last, number, assigned))
            assigned, first, number, bodies = [], cell.start(), None, 0
        if words.isdigit() and len(words) <= 3 and not assigned:
            first, number = cell.start(), cell.span()
        names = parse_names(view, *cell.span())
        if names and bodies < len(columns) and all(is_certain_body(name.read) for name in names):
            lead = columns[bodies]
            assigned += [Assigned(name, lead, FLATTENED_ROW.key, lead) for name in names]
            bodies += 1
        last = cell.end()
    if bodies == len(columns):
        rows.append(_row(first, last, number, assigned))
    return rows


def _row(start: int, end: int, number: tuple[int, int] | None, assigned: list[Assigned]) -> Item:
    group = Group(start, end, assigned, prose=True)
    return Item(start, number[1] if number else start, end, None, False, group, FLATTENED_ROW.key, number)
