"""A page as it is drawn: glyphs and ruling lines, the common ground of pdf and ofd.

All lengths are points (1/72 inch), counted from the top left corner of the page as it is read: x to the
right, y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from luoshi.core.document.model import PagePlace, Run

# The box of a character reaches this far above and below its baseline, in parts of the font size: the em box
# of Chinese fonts. Latin letters stand inside it, so the boxes of a line are of one height.
ASCENT, DESCENT = 0.88, 0.12


class Glyph(NamedTuple):
    """One drawn character: a tuple, because a long document has a million of them.

    `left` and `right` bound its advance, not its ink; `size` is the font size as it appears.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight horizontal or vertical line at `at`, from `start` to `end` along the other axis."""

    vertical: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """A drawn page.

    Attributes:
        number: from 1.
        width, height: of the page as its text reads.
        glyphs: in the order of drawing.
        rules: ruling lines, straight ones only.
        turn: quarter turns (clockwise, 0 to 3) by which the text stands against the displayed page;
            glyphs and rules are already turned back.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in reading order.

    `edges` has the left edge of each character and the right edge of the last; `right` is the right edge of
    the last visible one. White space at the end of the line is kept, at the start it is not.
    """

    page: Page
    text: str
    edges: tuple[float, ...]
    right: float
    baseline: float
    size: float
    bold: bool

    @property
    def left(self) -> float:
        """Left edge of the first visible character."""
        return self.edges[0]

    def run(self) -> Run:
        """Where the characters of the line stand."""
        top, bottom = self.baseline - ASCENT * self.size, self.baseline + DESCENT * self.size
        box = (self.edges[0], top, self.edges[-1], bottom)
        if self.page.turn:
            # Edges run along x; text that reads upwards has one box for the whole line.
            return Run(len(self.text), PagePlace(self.page.number, _turned(box, self.page)))
        edges = tuple([round(edge, 2) for edge in self.edges])
        return Run(len(self.text), PagePlace(self.page.number, _rounded(box)), edges)


_Box = tuple[float, float, float, float]


def _rounded(box: _Box) -> _Box:
    left, top, right, bottom = box
    return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)


def _turned(box: _Box, page: Page) -> _Box:
    """The box as it stands on the displayed page: `box` turned clockwise by the page's quarter turns."""
    left, top, right, bottom = box
    match page.turn:
        case 1:
            box = (page.height - bottom, left, page.height - top, right)
        case 2:
            box = (page.width - right, page.height - bottom, page.width - left, page.height - top)
        case _:
            box = (top, page.width - right, bottom, page.width - left)
    return _rounded(box)
