"""The objects on an ofd page: text, outlines, pictures, and units made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.document.errors import SuspiciousContent
from luoshi.core.document.ofd_values import box, child, children, local, number, numbers, placed, steps
from luoshi.core.document.page_checks import is_unreadable
from luoshi.core.document.page_drawn import Drawn
from luoshi.core.document.page_geometry import Transform, add_outline, quarter, turn_back
from luoshi.core.document.page_lines import is_chinese
from luoshi.core.document.page_model import ASCENT, DESCENT, Glyph
from luoshi.core.errors import Phrase

_BOLD_WEIGHT = 600
# Units may hold units; a file whose units refer to one another would never end.
_MOST_NESTING, _MOST_UNITS = 8, 100_000
# An outline with more words than this is a drawing, not a line of a table.
_MOST_WORDS = 20_000
_MOST_SHAPES = 20_000
# A character reaches to the next one unless that is further away than this (font sizes): then there is a gap.
_GAP = 0.6
# Some converters write this sign for every character that they do not know.
_UNKNOWN = "\u00a4"


@dataclass(slots=True)
class Resources:
    """What the resource files of a document declare.

    Attributes:
        bold: ids of bold fonts.
        units: composite units by id.
    """

    bold: set[str] = field(default_factory=set)
    units: dict[str, etree._Element] = field(default_factory=dict)

    def add(self, root: etree._Element) -> None:
        """Take a resource file."""
        for fonts in children(root, "Fonts"):
            for font in children(fonts, "Font"):
                name = f"{font.get('FontName', '')} {font.get('FamilyName', '')}".lower()
                if font.get("Bold", "").lower() == "true" or "bold" in name or "粗" in name:
                    self.bold.add(font.get("ID", ""))
        for group in children(root, "CompositeGraphicUnits"):
            for unit in children(group, "CompositeGraphicUnit"):
                self.units[unit.get("ID", "")] = unit


@dataclass(slots=True)
class Painter:
    """Draws objects on a page that is displayed with `width` × `height` points."""

    drawn: Drawn
    resources: Resources
    width: float
    height: float
    file: str
    _units: int = 0

    def paint(self, holder: etree._Element, to_page: Transform, depth: int = 0) -> None:
        """Draw everything in a layer, a block or a unit."""
        for item in holder:
            name = local(item)
            if name == "TextObject":
                self._text(item, to_page)
            elif name == "PathObject":
                self._path(item, to_page)
            elif name == "ImageObject":
                self._picture(item, to_page)
            elif name in ("PageBlock", "Layer"):
                self.paint(item, to_page, depth)
            elif name == "CompositeObject":
                self._unit(item, to_page, depth)

    def _unit(self, item: etree._Element, to_page: Transform, depth: int) -> None:
        content = child(self.resources.units.get(item.get("ResourceID", "")), "Content")
        if content is None:
            return
        self._units += 1
        if depth >= _MOST_NESTING or self._units > _MOST_UNITS:
            what = Phrase("循环引用的图元", "graphic units that refer to one another")
            raise SuspiciousContent(file=self.file, what=what)
        self.paint(content, placed(item, to_page), depth + 1)

    def _picture(self, item: etree._Element, to_page: Transform) -> None:
        area = box(item.get("Boundary"))
        if area is not None:
            self.drawn.pictures += abs(area[2] * area[3] * (to_page.a * to_page.d - to_page.b * to_page.c))

    def _path(self, item: etree._Element, to_page: Transform) -> None:
        data = child(item, "AbbreviatedData")
        self.drawn.shapes += 1
        words = ((data.text or "") if data is not None else "").split()
        fill = item.get("Fill", "false").lower() == "true"
        stroke = item.get("Stroke", "true").lower() == "true"
        if len(words) > _MOST_WORDS or self.drawn.shapes > _MOST_SHAPES or not (fill or stroke):
            return
        transform = placed(item, to_page)
        for points in _outlines(words):
            add_outline(self.drawn.rules, [transform.at(*point) for point in points], stroke=stroke)

    # --- text -----------------------------------------------------------------------------------------

    def _text(self, item: etree._Element, to_page: Transform) -> None:
        size = number(item.get("Size"), 0.0)
        if size <= 0:
            return
        place = placed(item, to_page)
        bold = number(item.get("Weight"), 400) >= _BOLD_WEIGHT or item.get("Font", "") in self.resources.bold
        hidden = item.get("Visible", "true").lower() == "false"
        wide = number(item.get("HScale"), 1.0)
        known = child(item, "CGTransform") is None
        x = y = 0.0
        for code in children(item, "TextCode"):
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            text = "".join(char for char in code.text or "" if char not in "\r\n\t")
            word = _Word(text, x, y, size, wide)
            word.lay(code, upright=number(item.get("ReadDirection"), 0) % 180 == 0)
            self._add_word(word, place, bold=bold, hidden=hidden)
            self.drawn.unreadable += sum(
                1 for char in text if is_unreadable(ord(char)) or (char == _UNKNOWN and not known)
            )

    def _add_word(self, word: _Word, place: Transform, *, bold: bool, hidden: bool) -> None:
        """Add the characters of a word, turned so that they read from left to right."""
        down = word.goes_down()
        turn = quarter(place.c, place.d) if down else quarter(place.a, place.b)
        if turn is None:
            self.drawn.askew.append(word.text)
            return
        to_text = place.then(turn_back(turn, self.width, self.height))
        size = max(word.size * place.stretch(), 0.5)
        for char, (x, y), end in zip(word.text, word.places, word.ends(down=down), strict=True):
            if down:
                # The box of an upright character in a column, read as if the column were a line.
                left, baseline = to_text.at(x + DESCENT * word.size, y - ASCENT * word.size)
                right, _ = to_text.at(x, y - ASCENT * word.size + end)
            else:
                left, baseline = to_text.at(x, y)
                right, _ = to_text.at(x + end, y)
            glyph = Glyph(char, left, max(right, left), baseline, size, bold)
            at_x, at_y = place.at(x, y)
            if hidden or not (-1 <= at_x <= self.width + 1 and -1 <= at_y <= self.height + 1):
                self.drawn.hidden.append(glyph)
            else:
                self.drawn.upright.setdefault(turn, []).append(glyph)


@dataclass(slots=True)
class _Word:
    """Characters that one TextCode places one after the other, in the space of their object."""

    text: str
    x: float
    y: float
    size: float
    wide: float
    places: list[tuple[float, float]] = field(default_factory=list)

    def lay(self, code: etree._Element, *, upright: bool) -> None:
        """Find the place of each character; without steps, characters follow by their widths."""
        count = len(self.text)
        across, down = steps(code.get("DeltaX"), count), steps(code.get("DeltaY"), count)
        x, y = self.x, self.y
        for index, char in enumerate(self.text):
            self.places.append((x, y))
            natural = self._width(char)
            if index < len(across) or index < len(down):
                x += across[index] if index < len(across) else 0.0
                y += down[index] if index < len(down) else 0.0
            elif upright and not (down and not across):
                x += natural
            else:
                y += natural

    def _width(self, char: str) -> float:
        return self.size * (self.wide if is_chinese(char) else 0.5 * self.wide)

    def goes_down(self) -> bool:
        """Whether the characters stand under one another."""
        if len(self.places) < 2:
            return False
        (x0, y0), (x1, y1) = self.places[0], self.places[-1]
        return abs(y1 - y0) > abs(x1 - x0)

    def ends(self, *, down: bool) -> list[float]:
        """How far each character reaches in the direction of the text."""
        found = []
        axis = 1 if down else 0
        for index, char in enumerate(self.text):
            width = self.size if down else self._width(char)
            if index + 1 < len(self.text):
                step = self.places[index + 1][axis] - self.places[index][axis]
                if 0 < step < width + _GAP * self.size:
                    width = step
            found.append(width)
        return found


def _outlines(words: list[str]) -> list[list[tuple[float, float]]]:
    """The straight-lined parts of an outline written as "M 0 0 L 10 0 C"."""
    outlines: list[list[tuple[float, float]]] = []
    at, command = 0, ""
    lengths = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
    while at < len(words):
        command = words[at].upper()
        length = lengths.get(command)
        if length is None:
            at += 1
            continue
        values = numbers(" ".join(words[at + 1 : at + 1 + length]))
        at += 1 + length
        if len(values) != length:
            continue
        if command == "C":
            if outlines and len(outlines[-1]) > 1:
                outlines[-1].append(outlines[-1][0])
        elif command == "L" and outlines:
            outlines[-1].append((values[0], values[1]))
        else:
            # A curve is no border; what follows goes on from its end.
            outlines.append([(values[-2], values[-1])])
    return [outline for outline in outlines if len(outline) > 1]
