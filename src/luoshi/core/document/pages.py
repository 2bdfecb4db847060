"""Drawn pages become paragraphs and tables in reading order: the half of reading that pdf and ofd share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.core.document.errors import TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Piece, RawTable
from luoshi.core.document.page_cells import CONTINUED, PageTable, goes_on, joined, page_table
from luoshi.core.document.page_flow import Flow, Paragraph, ends_in_spaces, piece
from luoshi.core.document.page_frames import Frame, body_size, frames
from luoshi.core.document.page_lines import Row, line, rows
from luoshi.core.document.page_model import Glyph, Line, Page
from luoshi.core.document.page_order import Column, columns
from luoshi.core.document.page_running import plain, without_running
from luoshi.core.document.page_tables import find_grids
from luoshi.core.errors import Phrase

# How a footnote begins. Samples: ①, 1 , [1], *
_NOTE_MARK = re.compile(r"[①-⑳⁰¹²³⁴-⁹*※†]|\[\d{1,2}\]|\d{1,2}[\s.．、]?")
# Footnotes are set smaller than the body, by this factor at the least.
_NOTE_SIZE = 0.87
# Footnotes have edges of their own: this stands for their column.
_NOTES = -1


@dataclass(frozen=True, slots=True)
class _Parts:
    """A page taken apart: rows of running text, and tables."""

    page: Page
    rows: list[Row]
    tables: list[PageTable]


_Item = Column | PageTable


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """A page in reading order, its footnotes, and the gutters between its columns."""

    items: list[_Item]
    notes: list[Column]
    gutters: list[float]


def lay_out(pages: list[Page], *, file: str, limits: Limits) -> tuple[Piece | RawTable, ...]:
    """Paragraphs and tables of a document, in the order in which a person reads them.

    Running heads, running feet and page numbers are left out; a paragraph or a table that goes on over the
    page is one.

    Args:
        pages: the drawn pages, in order.
        file: name of the document, for errors.
        limits: `cells` is kept here.

    Raises:
        TooLarge: there are too many table cells.
    """
    taken = [_take_apart(page) for page in pages]
    cells = sum(len(table.cells) for parts in taken for table in parts.tables)
    if cells > limits.cells:
        what = Phrase("单元格数", "a number of cells")
        raise TooLarge(file=file, what=what, size=cells, limit=limits.cells, setting="LUOSHI_LIMIT_CELLS")
    kept = without_running([(parts.page, parts.rows) for parts in taken])
    size = body_size((row.size, len(row.glyphs)) for rows_ in kept for row in rows_)
    read = _read_all(taken, kept, size)
    found = [item for page in read for item in (*page.items, *page.notes) if isinstance(item, Column)]
    frame_of = {id(column): frame for column, frame in zip(found, frames(found), strict=True)}
    composer = _Composer(frame_of)
    for page in read:
        composer.add_page(page)
    order = composer.finish()
    drop = ends_in_spaces([item for item in order if isinstance(item, Paragraph)])
    return tuple(
        [piece(item, drop_spaces=drop) if isinstance(item, Paragraph) else item.raw() for item in order]
    )


def _take_apart(page: Page) -> _Parts:
    grids = find_grids(page.rules)
    free: list[Glyph] = page.glyphs
    tables = []
    for grid in grids:
        inside = [glyph for glyph in free if grid.holds(glyph)]
        if not any(not glyph.text.isspace() for glyph in inside) and len(grid.cells) < 4:
            continue
        free = [glyph for glyph in free if not grid.holds(glyph)]
        tables.append(page_table(grid, inside, page))
    return _Parts(page, rows(free), tables)


def _read_all(taken: list[_Parts], kept: list[list[Row]], size: float) -> list[_ReadPage]:
    """All pages in reading order; the columns of some tell where to look for them on the others."""
    first = [_read(parts, body, size, ()) for parts, body in zip(taken, kept, strict=True)]
    known: dict[int, list[float]] = {}
    for parts, page in zip(taken, first, strict=True):
        known.setdefault(round(parts.page.width), []).extend(page.gutters)
    if not any(known.values()):
        return first
    return [
        _read(parts, body, size, known[round(parts.page.width)])
        for parts, body in zip(taken, kept, strict=True)
    ]


def _read(parts: _Parts, body: list[Row], size: float, known: Sequence[float]) -> _ReadPage:
    """Columns, tables and footnotes of a page; `size` is that of the body, `known` are gutters."""
    end = _footnotes(body, size)
    notes = [Column(tuple(line([row], parts.page) for row in body[end:]), _NOTES)] if body[end:] else []
    items: list[_Item] = []
    gutters: list[float] = []

    def add(rows_: list[Row]) -> None:
        found, between = columns(rows_, parts.page, known)
        items.extend(found)
        gutters.extend(between)

    body = body[:end]
    beside = []
    for table in parts.tables:
        if any(table.top < row.baseline < table.bottom for row in body):
            beside.append(table)
            continue
        above = [row for row in body if row.baseline <= table.top]
        body = [row for row in body if row.baseline > table.top]
        add(above)
        items.append(table)
    add(body)
    for table in beside:
        items[:] = _inserted(items, table)
    return _ReadPage(items, notes, gutters)


def _inserted(items: list[_Item], table: PageTable) -> list[_Item]:
    """The items with a table that stands in one of several columns put between the lines of its column."""
    for index, item in enumerate(items):
        if not isinstance(item, Column) or not _stands_in(table, item):
            continue
        above = tuple(text for text in item.lines if text.baseline <= table.top)
        below = tuple(text for text in item.lines if text.baseline > table.top)
        parts: list[_Item] = [Column(lines, item.index) for lines in (above, below) if lines]
        parts.insert(1 if above else 0, table)
        return [*items[:index], *parts, *items[index + 1 :]]
    # It stands alone in its column: left of the text comes first.
    first = next((index for index, item in enumerate(items) if isinstance(item, Column)), len(items))
    at = first if table.xs[-1] <= _left_of(items[first:]) else len(items)
    return [*items[:at], table, *items[at:]]


def _stands_in(table: PageTable, column: Column) -> bool:
    left = min(text.left for text in column.lines)
    right = max(text.right for text in column.lines)
    middle = (table.xs[0] + table.xs[-1]) / 2
    return left < middle < right and not any(
        table.top < text.baseline < table.bottom for text in column.lines
    )


def _left_of(items: list[_Item]) -> float:
    return min([text.left for item in items if isinstance(item, Column) for text in item.lines], default=0.0)


def _footnotes(body: list[Row], size: float) -> int:
    """Where the footnotes of a page begin: rows at its foot, smaller than the body and marked as notes."""
    start = len(body)
    while start > 0 and body[start - 1].size <= _NOTE_SIZE * size:
        start -= 1
    while start < len(body) and not _NOTE_MARK.match(plain(body[start])):
        start += 1
    # A page all in small type holds a table or an annex, not notes.
    return start if start > 0 else len(body)


@dataclass(slots=True)
class _Composer:
    """Puts the items of all pages one behind the other; footnotes wait for the end of a paragraph."""

    frame_of: dict[int, Frame]
    order: list[Paragraph | PageTable] = field(default_factory=list)
    flow: Flow = field(default_factory=Flow)
    notes: list[Paragraph] = field(default_factory=list)

    def add_page(self, page: _ReadPage) -> None:
        """Take the items of the next page."""
        for item in page.items:
            if isinstance(item, PageTable):
                self._add_table(item)
                continue
            for text in item.lines:
                begun = self.flow.add(text, self.frame_of[id(item)])
                if begun is not None:
                    self._release_notes()
                    self.order.append(begun)
        for column in page.notes:
            self._add_notes(column.lines, self.frame_of[id(column)])

    def finish(self) -> list[Paragraph | PageTable]:
        """Everything in reading order."""
        self._release_notes()
        return self.order

    def _add_table(self, table: PageTable) -> None:
        self.flow.end()
        above = self.order[-2:]
        caption = len(above) == 2 and isinstance(above[1], Paragraph) and _is_continued(above[1])
        if caption:
            above.pop()
        if above and isinstance(above[-1], PageTable) and goes_on(above[-1], table):
            del self.order[-1 - caption :]
            self.order.append(joined(above[-1], table))
        else:
            self._release_notes()
            self.order.append(table)

    def _add_notes(self, lines: tuple[Line, ...], frame: Frame) -> None:
        flow = Flow()
        for text in lines:
            if _NOTE_MARK.match(text.text):
                flow.end()
            begun = flow.add(text, frame)
            if begun is not None:
                self.notes.append(begun)

    def _release_notes(self) -> None:
        self.order += self.notes
        self.notes = []


def _is_continued(paragraph: Paragraph) -> bool:
    return len(paragraph.lines) == 1 and CONTINUED.fullmatch(paragraph.lines[0].text) is not None
