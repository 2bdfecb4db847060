"""Draws glyphs, lines and tables on pages without any file, and says what was read in a short form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, PagePlace, Piece, RawTable
from luoshi.core.document.page_model import Glyph, Page, Rule
from luoshi.core.document.pages import lay_out
from tools.sample.typeset import break_lines, width

A4 = (595.0, 842.0)


def glyphs(text: str, x: float, baseline: float, size: float = 16, *, gap: float = 0.0) -> list[Glyph]:
    """The glyphs of `text`, side by side, `gap` points apart."""
    drawn = []
    for char in text:
        wide = width(char) * size
        drawn.append(Glyph(char, x, x + wide, baseline, size))
        x += wide + gap
    return drawn


def paragraph(
    text: str, x: float, baseline: float, *, room: float = 20, indent: float = 2, size: float = 16
) -> list[Glyph]:
    """A paragraph set in lines of `room` characters, 1.8 font sizes apart."""
    drawn = []
    for index, line in enumerate(break_lines(text, room, indent=indent)):
        start = x + (indent * size if index == 0 else 0)
        drawn += glyphs(line, start, baseline + index * 1.8 * size, size)
    return drawn


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """The rules of a table with columns between `xs` and rows between `ys`."""
    across = [Rule(False, y, xs[0], xs[-1]) for y in ys]
    return across + [Rule(True, x, ys[0], ys[-1]) for x in xs]


def sheet(drawn: Iterable[Glyph], rules: Iterable[Rule] = (), number: int = 1) -> Page:
    """An A4 page."""
    return Page(number, *A4, list(drawn), list(rules))


def read(*pages: Page) -> list[str | list[list[str]]]:
    """What is read from pages: texts, and tables as rows of cells."""
    return said(Extract("pdf", lay_out(list(pages), file="页面", limits=Limits())))


def said(extract: Extract) -> list[str | list[list[str]]]:
    """The texts of an extract, and its tables as rows; paragraphs of a cell are parted by a line feed."""
    return [table_rows(piece) if isinstance(piece, RawTable) else piece.text for piece in extract.pieces]


def table_rows(table: RawTable) -> list[list[str]]:
    """The rows of a table; a merged cell stands in its first row only."""
    found: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        found[cell.row].append("\n".join(piece.text for piece in cell.pieces))
    return found


def boxes(piece: Piece) -> list[tuple[str, int, tuple[float, float, float, float]]]:
    """Each character of a piece with its page and box."""
    found = []
    text = iter(piece.text)
    for run in piece.runs:
        for index in range(run.length):
            place = run.at(index)
            assert isinstance(place, PagePlace)
            found.append((next(text), place.page, place.box))
    assert next(text, None) is None
    return found
