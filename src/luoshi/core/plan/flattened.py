"""Tables that a copy has flattened: cells on lines of their own, or all in one line parted by blanks.

Only what is beyond doubt is read: the words of the head tell how many columns hold bodies; cells that are
nothing but bodies then end a row.
"""

from __future__ import annotations

import re

from luoshi.core.plan import grammar_tables as g
from luoshi.core.plan.bodies import parse_names
from luoshi.core.plan.items import Item
from luoshi.core.plan.lexicon import is_certain_body
from luoshi.core.plan.roles import Assigned, Group, Placed

# A word of a head. Sample: 责任单位
_HEAD_WORD = re.compile(g.HEAD_WORD)
# A cell of a flattened row. Sample: 市教育局
_CELL = re.compile(r"[^\s|]+")
# A person's name between the bodies. Sample: 张三
_PERSON = re.compile(r"[一-鿿]{2,4}$")


def _body_columns(words: str) -> list[bool]:
    """For each body column of a head, in order, whether it holds leads."""
    columns = []
    for found in _HEAD_WORD.finditer(words):
        head = found.group()
        for role, one in (("lead", g.LEAD_COLUMN), ("responsible", g.RESPONSIBLE_COLUMN)):
            if len(head) > 2 and one.pattern.search(head):
                columns.append(role == "lead")
                break
    return columns


def listed_cells(view: str, paragraphs: list[tuple[int, int]]) -> list[Group]:
    """Lines that hold nothing but bodies, below a head that has columns for them."""
    columns: list[bool] = []
    groups: list[Group] = []
    place = 0
    for start, end in paragraphs:
        head = g.HEAD_RUN.pattern.match(view, start, end)
        if head and head.end() >= end - 1:
            columns, place = _body_columns(view[start:end]) or columns, 0
            continue
        names = parse_names(view, start, end) if columns and end - start <= 120 else []
        if not names or not all(is_certain_body(name.read) for name in names):
            place = 0
            continue
        lead = columns[min(place, len(columns) - 1)]
        listed = [(0, Assigned(name, lead, g.LISTED_CELL.key, lead)) for name in names]
        groups.append(Group(start, end, listed, own_lines=True))
        place += 1
    return groups


def flattened_rows(view: str, paragraphs: list[tuple[int, int]]) -> list[Item]:
    """The rows of tables that stand flattened in one line."""
    rows: list[Item] = []
    for start, end in paragraphs:
        head = g.HEAD_RUN.pattern.search(view, start, min(end, start + 200))
        if head is None or head.end() >= end - 1:
            continue
        columns = _body_columns(head.group())
        if columns:
            rows += _rows(view, head.end(), end, columns)
    return rows


def _rows(view: str, start: int, end: int, columns: list[bool]) -> list[Item]:
    rows: list[Item] = []
    assigned: list[Placed] = []
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
            assigned += [(0, Assigned(name, lead, g.FLATTENED_ROW.key, lead)) for name in names]
            bodies += 1
        last = cell.end()
    if bodies == len(columns):
        rows.append(_row(first, last, number, assigned))
    return rows


def _row(start: int, end: int, number: tuple[int, int] | None, assigned: list[Placed]) -> Item:
    group = Group(start, end, assigned, prose=True)
    return Item(start, number[1] if number else start, end, None, False, group, g.FLATTENED_ROW.key, number)
