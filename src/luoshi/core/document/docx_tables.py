"""Tables of a docx: grid, merged cells, and changes to rows and cells taken as accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from luoshi.core.document.docx_text import ALTERNATE, chosen
from luoshi.core.document.model import Piece, RawCell, RawTable
from luoshi.core.document.ooxml import W, number

_VAL = f"{W}val"
_ROW = f"{W}tr"
_CELL = f"{W}tc"
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
# Far more columns than a word processor allows (63), and few enough that a false span costs nothing.
_MOST_COLUMNS = 1_000

ReadCell = Callable[[etree._Element], tuple[Piece, ...]]
Hidden = Callable[[etree._Element], None]


@dataclass(slots=True)
class _Cell:
    """A cell that may still grow."""

    element: etree._Element
    form: _Form
    row: int
    column: int
    columns: int
    rows: int = 1
    pieces: tuple[Piece, ...] = ()

    def raw(self) -> RawCell:
        return RawCell(self.row, self.column, self.pieces, self.rows, self.columns)


def read_table(table: etree._Element, read_cell: ReadCell, hidden: Hidden) -> RawTable:
    """The cells of `w:tbl`.

    Args:
        table: the element.
        read_cell: gives the paragraphs of a cell.
        hidden: told about a merged-away cell, whose content no reader sees.
    """
    open_cells: dict[int, _Cell] = {}
    cells: list[_Cell] = []
    rows = columns = 0
    for element in _inside(table, _ROW):
        row = _row(element, rows, hidden)
        if row is None:
            continue
        merged: dict[int, _Cell] = {}
        for cell in row:
            above = open_cells.get(cell.column)
            if cell.form.below and above is not None and above.columns == cell.columns:
                above.rows += 1
                merged[cell.column] = above
                hidden(cell.element)
                continue
            cell.pieces = read_cell(cell.element)
            cells.append(cell)
            if cell.form.merges:
                merged[cell.column] = cell
        open_cells = merged
        columns = max(columns, *(cell.column + cell.columns for cell in row), 0)
        rows += 1
    return RawTable(rows, columns, tuple(cell.raw() for cell in cells))


def _row(element: etree._Element, index: int, hidden: Hidden) -> list[_Cell] | None:
    """The cells of a row with those merged beside them; None for a deleted row."""
    properties = element.find(f"{W}trPr")
    if properties is not None and properties.find(f"{W}del") is not None:
        return None
    column = _amount(properties, "gridBefore", 0)
    row: list[_Cell] = []
    for cell in _inside(element, _CELL):
        form = _Form(cell)
        if form.deleted or column >= _MOST_COLUMNS:
            continue
        span = min(form.span, _MOST_COLUMNS - column)
        if form.beside and row:
            row[-1].columns += span
            hidden(cell)
        else:
            row.append(_Cell(cell, form, index, column, span))
        column += span
    return row


class _Form:
    """What the properties of a cell say of its form."""

    __slots__ = ("below", "beside", "deleted", "merges", "span")

    def __init__(self, cell: etree._Element) -> None:
        properties = cell.find(f"{W}tcPr")
        self.span = max(_amount(properties, "gridSpan", 1), 1)
        self.deleted = self.below = self.beside = self.merges = False
        for element in properties if properties is not None else ():
            match element.tag.removeprefix(W):
                case "vMerge":
                    self.merges = True
                    self.below = element.get(_VAL, "continue") != "restart"
                case "hMerge":
                    self.beside = element.get(_VAL, "continue") != "restart"
                case "cellDel":
                    self.deleted = True
                case "cellMerge":
                    self.merges = True
                    self.below = element.get(f"{W}vMerge", "") == "cont"


def _amount(properties: etree._Element | None, name: str, default: int) -> int:
    element = properties.find(f"{W}{name}") if properties is not None else None
    return number(element.get(_VAL), default) if element is not None else default


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The elements `tag` of a table or row, through content controls and the like."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)
        elif child.tag == ALTERNATE:
            for branch in chosen(child):
                yield from _inside(branch, tag)
