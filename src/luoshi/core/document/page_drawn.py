"""Everything that a file draws on a page, and the decision which of it is the text of the page."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.core.document.page_checks import PageFacts
from luoshi.core.document.page_geometry import through, turn_back
from luoshi.core.document.page_model import Glyph, Page, Rule

# How much of a hidden or slanting text a note quotes.
_QUOTED = 40

# A page, what was seen on it, and notes for a person.
Settled = tuple[Page, PageFacts, list[tuple[str, str]]]


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page, sorted by whether and how it shows.

    Attributes:
        upright: glyphs by the quarter turns of their text; each set is already turned back.
        hidden: glyphs that are drawn without ink, or beyond the edge of the page.
        askew: characters on slanting lines, such as watermarks.
        unreadable: number of characters that stand for nothing.
        rules: ruling lines, on the displayed page.
        pictures: area of pictures, in square points.
        shapes: number of outlines.
    """

    upright: dict[int, list[Glyph]] = field(default_factory=dict)
    hidden: list[Glyph] = field(default_factory=list)
    askew: list[str] = field(default_factory=list)
    unreadable: int = 0
    rules: list[Rule] = field(default_factory=list)
    pictures: float = 0.0
    shapes: int = 0


def settle(drawn: Drawn, *, number: int, width: float, height: float) -> Settled:
    """The page with the text that counts; notes tell of text that was left out.

    Args:
        drawn: all of it.
        number: of the page, from 1.
        width, height: of the displayed page, in points.
    """
    upright = drawn.upright
    turn = max(upright, key=lambda quarters: (len(upright[quarters]), -quarters), default=0)
    glyphs = upright.get(turn, [])
    notes: list[tuple[str, str]] = []
    hidden = _characters(drawn.hidden)
    if hidden and len(_characters(glyphs)) < len(hidden) / 10:
        # A scan whose text was recognised: the characters lie unseen under the picture.
        glyphs = glyphs + drawn.hidden
        notes.append(("recognised-text", str(number)))
    elif hidden:
        notes.append(("hidden-text", f"{number}: {hidden[:_QUOTED]}"))
    aside = "".join(_characters(upright[quarters]) for quarters in sorted(upright) if quarters != turn)
    aside += "".join(drawn.askew)
    if aside.strip():
        notes.append(("turned-text", f"{number}: {aside[:_QUOTED]}"))
    shown = _characters(glyphs)
    share = min(drawn.pictures / max(width * height, 1.0), 1.0)
    facts = PageFacts(number, len(shown), drawn.unreadable, share, drawn.shapes, shown[:_QUOTED])
    rules = through(turn_back(turn, width, height), drawn.rules) if turn else drawn.rules
    if turn % 2:
        width, height = height, width
    return Page(number, width, height, glyphs, rules, turn), facts, notes


def _characters(glyphs: list[Glyph]) -> str:
    return "".join([glyph.text for glyph in glyphs if not glyph.text.isspace()])
