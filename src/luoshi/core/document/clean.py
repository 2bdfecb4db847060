"""From what a reader found to one clean text in which every character still knows where it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.core.document.errors import EmptyDocument, TooLarge
from luoshi.core.document.joining import PAGE_LINE, goes_on, is_page_mark
from luoshi.core.document.limits import Limits
from luoshi.core.document.marks import line_mark
from luoshi.core.document.model import (
    Block,
    Cell,
    Defect,
    Document,
    Extract,
    Origin,
    Paragraph,
    Piece,
    RawCell,
    RawTable,
    Run,
    Style,
    Table,
)
from luoshi.core.document.spacing import is_plain, respace
from luoshi.core.errors import Phrase
from luoshi.core.source import Span

# Two Latin letters or digits that meet at a line end were parted by a blank. Sample: rule | of law
_LATIN = re.compile(r"[A-Za-z0-9]")
# So much of a paragraph is looked at when a line may go on it, in characters.
_TAIL = 2000
# How much of the neighbourhood a defect quotes, in characters to each side.
_AROUND = 6


@dataclass(slots=True)
class _Line:
    """A piece without its meaningless white space; `apart` says that a blank line stands before it.

    Its runs follow one another without gaps; None stands for a blank that cleaning added.
    """

    text: str
    runs: Sequence[Run | None]
    style: Style
    wrapped: bool
    stray: Sequence[tuple[int, str]] = ()
    apart: bool = False


@dataclass(slots=True)
class _Writer:
    """The clean text as it grows, with the origin of every character and the defects seen on the way."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    starts: list[int] = field(default_factory=list)
    runs: list[Run | None] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)

    def add(self, line: _Line, skip: int = 0) -> None:
        """Append a line, leaving out its first `skip` characters."""
        base = self.length - skip
        if not skip and len(line.runs) == 1 and not line.stray:
            self.starts.append(base)
            self.runs.append(line.runs[0])
            self.parts.append(line.text)
            self.length += len(line.text)
            return
        at = 0
        for run in line.runs:
            length = run.length if run else 1
            if at + length > skip:
                cut = max(skip - at, 0)
                self.starts.append(base + at + cut)
                self.runs.append(run.cut(cut, run.length) if run and cut else run)
            at += length
        for at, was in line.stray:
            if at > skip:
                self.defects.append(Defect("stray-space", Span(base + at - 1, base + at + 1), was, True))
        self.parts.append(line.text[skip:])
        self.length = base + len(line.text)

    def mark(self, text: str) -> None:
        """Append characters that do not stand in the file: line feeds and cell borders."""
        self.starts.append(self.length)
        self.runs.append(None)
        self.parts.append(text)
        self.length += len(text)


def clean(extract: Extract, *, name: str, sha256: str, limits: Limits | None = None) -> Document:
    """The document that a reader's extract amounts to.

    Args:
        extract: pieces in reading order.
        name: file name, for errors.
        sha256: of the file's bytes.
        limits: bounds; only `characters` is looked at here.

    Raises:
        EmptyDocument: there is no visible character.
        TooLarge: there are more than `limits.characters`.
    """
    limit = (limits or Limits()).characters
    original = "\n".join([p.text if isinstance(p, Piece) else _words(p) for p in extract.pieces])
    if len(original) > limit:
        raise TooLarge(
            file=name,
            what=Phrase("字数", "a number of characters"),
            size=len(original),
            limit=limit,
            setting="LUOSHI_LIMIT_CHARACTERS",
        )
    writer = _Writer()
    blocks: list[Block] = []
    prose: list[_Line] = []
    apart = turned = False
    for piece in extract.pieces:
        if isinstance(piece, RawTable):
            _write_prose(writer, blocks, prose)
            prose = []
            _write_table(writer, blocks, piece)
            continue
        line = _line(piece)
        if PAGE_LINE.match(line.text):
            # Where a page turns, blank lines part nothing.
            apart, turned = False, True
            continue
        if line.text:
            line.apart = apart
            prose.append(line)
            turned = False
        apart = not line.text and not turned
    _write_prose(writer, blocks, prose)
    text = "".join(writer.parts)
    if not text.strip():
        raise EmptyDocument(file=name)
    return Document(
        name=name,
        format=extract.format,
        sha256=sha256,
        original=original,
        text=text,
        blocks=tuple(blocks),
        origin=Origin(tuple(writer.starts), tuple(writer.runs)),
        defects=tuple(writer.defects),
        declared=dict(extract.declared),
        notes=extract.notes,
    )


def _words(table: RawTable) -> str:
    return "\n".join(piece.text for cell in table.cells for piece in cell.pieces)


def _line(piece: Piece) -> _Line:
    if is_plain(piece.text):
        return _Line(piece.text, piece.runs, piece.style, piece.wrapped)
    kept = respace(piece.text)
    texts: list[str] = []
    runs: list[Run | None] = []
    stray: list[tuple[int, str]] = []
    length = 0
    for index, part in enumerate(kept.parts):
        if part.space:
            texts.append(" ")
            runs.append(None)
            length += 1
        elif index in kept.stray:
            stray.append((length, piece.text[max(part.start - _AROUND, 0) : part.start + _AROUND].strip()))
        texts.append(piece.text[part.start : part.end])
        runs += _cut(piece.runs, part.start, part.end)
        length += part.end - part.start
    return _Line("".join(texts), runs, piece.style, piece.wrapped, stray)


def _cut(runs: tuple[Run, ...], start: int, end: int) -> list[Run]:
    if len(runs) == 1:
        return [runs[0].cut(start, end)]
    found, at = [], 0
    for run in runs:
        first, last = max(start - at, 0), min(end - at, run.length)
        if first < last:
            found.append(run if (first, last) == (0, run.length) else run.cut(first, last))
        at += run.length
        if at >= end:
            break
    return found


# --- paragraphs ---------------------------------------------------------------------------------------


def _write_prose(writer: _Writer, blocks: list[Block], lines: list[_Line]) -> None:
    """Write lines as paragraphs, joining those that a page's width has parted."""
    numbers: dict[str, int] = {}
    # Where most lines have a blank one before them, blank lines part nothing.
    spaced = sum(line.apart for line in lines) * 5 > len(lines) * 3
    start, tail, style, wrapped = writer.length, "", Style(), False
    for line in lines:
        skip = _joined_from(tail, line, wrapped, numbers, apart=line.apart and not spaced)
        if skip is None:
            if tail:
                _end_paragraph(writer, blocks, start, style)
            start, style, tail = writer.length, line.style, ""
            skip = 0
        else:
            _note_join(writer, tail, line, skip, wrapped)
        writer.add(line, skip)
        tail = (tail + line.text[skip:])[-_TAIL:] if tail or skip else line.text[-_TAIL:]
        wrapped = line.wrapped
    if tail:
        _end_paragraph(writer, blocks, start, style)


def _joined_from(
    tail: str, line: _Line, wrapped: bool, numbers: dict[str, int], *, apart: bool = False
) -> int | None:
    """How many characters of `line` to leave out when it goes on the paragraph; None if it does not."""
    mark = line_mark(line.text)
    if mark is not None:
        look = mark.style + line.text[mark.end - 1]
        if is_page_mark(tail, mark, numbers.get(look)):
            return mark.end
        numbers[look] = mark.value
        return None
    return 0 if goes_on(tail, line.text, wrapped=wrapped, apart=apart) else None


def _note_join(writer: _Writer, tail: str, line: _Line, skip: int, expected: bool) -> None:
    rest = line.text[skip:]
    if skip == 0 and _LATIN.match(tail[-1]) and _LATIN.match(rest[:1]):
        writer.mark(" ")
    if expected and skip == 0:
        return  # The reader itself saw the width of the page: joining the lines repairs nothing.
    was = tail[-_AROUND:] + "⏎" + line.text[: skip + _AROUND]
    before = min(_AROUND, len(tail))
    span = Span(writer.length - before, writer.length + min(_AROUND, len(rest)))
    writer.defects.append(Defect("broken-line", span, was, True))


def _end_paragraph(writer: _Writer, blocks: list[Block], start: int, style: Style) -> None:
    blocks.append(Paragraph(Span(start, writer.length), style))
    writer.mark("\n")


# --- tables -------------------------------------------------------------------------------------------


def _write_table(writer: _Writer, blocks: list[Block], table: RawTable) -> None:
    start = writer.length
    cells: list[Cell] = []
    row = None
    for raw in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if row is not None:
            writer.mark(" | " if raw.row == row else "\n")
        row = raw.row
        cells.append(_write_cell(writer, raw))
    blocks.append(Table(Span(start, writer.length), table.rows, table.columns, tuple(cells)))
    writer.mark("\n")


def _write_cell(writer: _Writer, raw: RawCell) -> Cell:
    """Write a cell; its paragraphs are joined like those of prose, and parted by line feeds."""
    start = writer.length
    tail, wrapped, numbers = "", False, dict[str, int]()
    for piece in raw.pieces:
        line = _line(piece)
        if not line.text:
            continue
        skip = _joined_in_cell(tail, line, wrapped, numbers)
        if skip is None:
            if tail:
                writer.mark("\n")
            tail, skip = "", 0
        else:
            _note_join(writer, tail, line, skip, wrapped)
        writer.add(line, skip)
        tail += line.text[skip:]
        wrapped = line.wrapped
    return Cell(Span(start, writer.length), raw.row, raw.column, raw.row_span, raw.column_span)


def _joined_in_cell(tail: str, line: _Line, wrapped: bool, numbers: dict[str, int]) -> int | None:
    return _joined_from(tail, line, wrapped, numbers) if tail else None
