"""What every reader gives and what cleaning makes of it.

A reader turns bytes into an `Extract`: pieces of text in reading order, each character with its place in the
file. Cleaning turns an `Extract` into a `Document`: one clean text, its blocks, and the origin of every
character. Nothing after that looks at the file again.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from typing import NamedTuple

from luoshi.core.source import Span, value

# --- places -------------------------------------------------------------------------------------------


@value(frozen=True, slots=True)
class FilePlace:
    """A character of a txt or html file: its offset in the decoded file."""

    offset: int


@value(frozen=True, slots=True)
class ParagraphPlace:
    """A character of a docx: the part (`body`, `footnotes`, …), its paragraph, and the offset in it.

    `paragraph` counts from 0 in document order; automatic numbers that the file does not spell out have
    the offset -1.
    """

    part: str
    paragraph: int
    offset: int


@value(frozen=True, slots=True)
class PagePlace:
    """A character of a pdf or ofd: page from 1, box (left, top, right, bottom) in points from top left."""

    page: int
    box: tuple[float, float, float, float]


@value(frozen=True, slots=True)
class CellPlace:
    """A character of an xlsx: sheet name, row and column from 1, and the offset in the cell's text."""

    sheet: str
    row: int
    column: int
    offset: int


Place = FilePlace | ParagraphPlace | PagePlace | CellPlace


class Run(NamedTuple):
    """`length` characters whose first stands at `place` and whose others follow it there.

    For pages `edges` holds the left edge of each character and the right edge of the last (length + 1
    numbers, in points), so that a box can be drawn around any part of the run.
    """

    length: int
    place: Place
    edges: tuple[float, ...] = ()

    def at(self, index: int) -> Place:
        """The place of the character `index` of this run."""
        place = self.place
        match place:
            case FilePlace(offset):
                return FilePlace(offset + index)
            case ParagraphPlace(part, paragraph, offset):
                return place if offset < 0 else ParagraphPlace(part, paragraph, offset + index)
            case CellPlace(sheet, row, column, offset):
                return CellPlace(sheet, row, column, offset + index)
            case PagePlace(page, box):
                if not self.edges:
                    return place
                return PagePlace(page, (self.edges[index], box[1], self.edges[index + 1], box[3]))

    def cut(self, start: int, end: int) -> Run:
        """The run of the characters `start` to `end` of this one."""
        edges = self.edges[start : end + 1] if self.edges else ()
        return Run(end - start, self.at(start), edges)


# --- what a reader gives ------------------------------------------------------------------------------


@value(frozen=True, slots=True)
class Style:
    """What the eye sees and the reading may use: all optional, all unknown in plain text.

    Attributes:
        align: `left`, `center`, `right` or empty when the file does not say.
        heading: outline level from 1, or 0.
        bold: whether every visible character is bold.
        size: font size in points, or 0.
    """

    align: str = ""
    heading: int = 0
    bold: bool = False
    size: float = 0.0


class Piece(NamedTuple):
    """A paragraph (or a line, where the format knows no paragraphs) as the file gives it.

    `text` holds no line feed; the lengths of `runs` add up to its length. `wrapped` says that the reader saw
    a line end here that may be only the width of the page: cleaning may join such lines.
    """

    text: str
    runs: tuple[Run, ...]
    style: Style = Style()
    wrapped: bool = False


@value(frozen=True, slots=True)
class RawCell:
    """A cell of a table: its paragraphs and how many rows and columns it covers (1 and 1 if not merged)."""

    row: int
    column: int
    pieces: tuple[Piece, ...]
    row_span: int = 1
    column_span: int = 1


@value(frozen=True, slots=True)
class RawTable:
    """A table with `rows` × `columns` places; a merged cell stands once, at its top left place."""

    rows: int
    columns: int
    cells: tuple[RawCell, ...]


@value(frozen=True, slots=True)
class Extract:
    """What a reader found, in reading order, before cleaning.

    Attributes:
        format: `txt`, `html`, `docx`, `pdf`, `ofd`, `xlsx`, `doc` or `wps`.
        pieces: paragraphs and tables.
        declared: metadata that the format itself declares, for example `title` or `author` of a docx.
        notes: codes of things that a person should know about the reading, with a quotation or place.
    """

    format: str
    pieces: tuple[Piece | RawTable, ...]
    declared: dict[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()


# --- what cleaning makes ------------------------------------------------------------------------------


@value(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the clean text."""

    span: Span
    style: Style = Style()


@value(frozen=True, slots=True)
class Cell:
    """A cell of the clean text, with its place in the table (row and column from 0)."""

    span: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@value(frozen=True, slots=True)
class Table:
    """A table of the clean text."""

    span: Span
    rows: int
    columns: int
    cells: tuple[Cell, ...]


Block = Paragraph | Table


@value(frozen=True, slots=True)
class Defect:
    """Damage that cleaning saw: its code (see `luoshi.core.plan.findings`), where, and what stood there.

    `repaired` says that the clean text is already mended; `was` is the original wording.
    """

    code: str
    span: Span
    was: str = ""
    repaired: bool = False


@value(frozen=True, slots=True)
class Origin:
    """Where every character of a clean text came from. Characters that cleaning added have no place."""

    starts: tuple[int, ...]
    runs: tuple[Run | None, ...]

    def at(self, index: int) -> Place | None:
        """The place of character `index` of the clean text, or None for one that cleaning added."""
        slot = bisect_right(self.starts, index) - 1
        run = self.runs[slot] if slot >= 0 else None
        return run.at(index - self.starts[slot]) if run is not None else None

    def over(self, span: Span) -> list[Run]:
        """The runs behind the characters of `span`, in order, cut to it."""
        found: list[Run] = []
        slot = max(bisect_right(self.starts, span.start) - 1, 0)
        while slot < len(self.starts) and self.starts[slot] < span.end:
            run, start = self.runs[slot], self.starts[slot]
            if run is not None:
                first, last = max(span.start - start, 0), min(span.end - start, run.length)
                if first < last:
                    found.append(run.cut(first, last))
            slot += 1
        return found


@value(frozen=True, slots=True)
class Document:
    """A document that has been read.

    Attributes:
        name: file name without folders.
        format: as in `Extract`.
        sha256: of the file's bytes, in hexadecimal.
        original: the text before cleaning, one line a piece.
        text: the clean text; paragraphs end with a line feed, cells of a row are parted by " | ".
        blocks: paragraphs and tables, in order; their spans do not overlap.
        origin: the place of every character of `text`.
        defects: damage that was seen, and whether it was repaired.
        declared: as in `Extract`.
        notes: as in `Extract`; the plan's reading makes findings of them.
    """

    name: str
    format: str
    sha256: str
    original: str
    text: str
    blocks: tuple[Block, ...]
    origin: Origin
    defects: tuple[Defect, ...] = ()
    declared: dict[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()
