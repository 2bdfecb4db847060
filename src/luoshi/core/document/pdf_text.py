"""The characters of a pdf page with their places, as pdfium sees them."""

from __future__ import annotations

from ctypes import addressof, c_double, create_string_buffer
from typing import Any, NamedTuple

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from luoshi.core.document.page_checks import is_unreadable
from luoshi.core.document.page_drawn import Drawn
from luoshi.core.document.page_geometry import Transform, quarter, turn_back
from luoshi.core.document.page_model import Glyph

# Text that is drawn without ink: under a scanned picture it is what text recognition drawn.
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_STROKED = (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)
_BOLD_WEIGHT = 700
_BOLD_NAMES = (b"bold", b"black", b"heavy")
_REPLACEMENT = "\ufffd"
_SPACES = frozenset(" \t\u00a0\u2002\u2003\u2009\u202f\u3000")


class _Look(NamedTuple):
    """What the characters of one text object share; `to_text` leads to a page on which they stand upright."""

    turn: int | None
    to_text: Transform
    size: float
    bold: bool
    hidden: bool


def add_text(drawn: Drawn, textpage: Any, to_page: Transform, width: float, height: float) -> None:
    """Add the characters of a page to what is drawn on it.

    Args:
        drawn: takes the glyphs.
        textpage: pdfium's text page.
        to_page: from pdf's space to points from the top left corner of the displayed page.
        width, height: of the displayed page.
    """
    looks: dict[int, _Look] = {}
    together, last_place = 0, (0, 0.0, 0.0)
    box, x, y = raw.FS_RECTF(), c_double(), c_double()
    get_unicode, get_object = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject
    get_box, get_origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    for index in range(raw.FPDFText_CountChars(textpage)):
        code = get_unicode(textpage, index)
        if code <= 0x20 and (code in (0x0A, 0x0D) or raw.FPDFText_IsGenerated(textpage, index) == 1):
            continue
        # A broken file may give characters without an object: they are not drawn.
        item = get_object(textpage, index)
        if not item or not get_box(textpage, index, box) or not get_origin(textpage, index, x, y):
            continue
        key = addressof(item.contents)
        look = looks.get(key)
        if look is None:
            look = looks[key] = _look(textpage, index, item, to_page, (width, height))
        text = _character(textpage, index, code)
        if text not in _SPACES and is_unreadable(ord(text)):
            drawn.unreadable += 1
        if look.turn is None:
            drawn.askew.append(text)
            continue
        a, _, c, _, e, _ = look.to_text
        one, other = a * box.left + c * box.bottom + e, a * box.right + c * box.top + e
        _, baseline = look.to_text.at(x.value, y.value)
        left, right = (one, other) if one <= other else (other, one)
        glyph = Glyph(text, left, right, baseline, look.size, look.bold)
        at_x, at_y = to_page.at(x.value, y.value)
        shown = not look.hidden and -1 <= at_x <= width + 1 and -1 <= at_y <= height + 1
        glyphs = drawn.upright.setdefault(look.turn, []) if shown else drawn.hidden
        # The characters of a ligature come with one box.
        place = (key, left, right)
        together = together + 1 if place == last_place else 1
        last_place = place
        glyphs.append(glyph)
        if together > 1:
            _share_box(glyphs, together)


def _share_box(glyphs: list[Glyph], count: int) -> None:
    """Part the box of the last glyph among the last `count` ones."""
    _, left, right, *_ = glyphs[-1]
    step = (right - left) / count
    for index, glyph in enumerate(glyphs[-count:]):
        start = left + index * step
        glyphs[index - count] = glyph._replace(left=start, right=start + step)


def _look(textpage: Any, index: int, item: Any, to_page: Transform, size: tuple[float, float]) -> _Look:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    own = Transform(matrix.a, matrix.b, matrix.c, matrix.d).then(to_page)
    mode = raw.FPDFTextObj_GetTextRenderMode(item)
    turn = quarter(own.a, own.b)
    return _Look(
        turn,
        to_page.then(turn_back(turn or 0, *size)),
        # Text without extent cannot be laid out; a point is as good as any other size.
        max(abs(raw.FPDFText_GetFontSize(textpage, index)) * own.stretch(), 1.0),
        _is_bold(item, mode),
        mode in _INVISIBLE,
    )


def _is_bold(item: Any, mode: int) -> bool:
    font = raw.FPDFTextObj_GetFont(item)
    if not font or mode in _STROKED:
        return mode in _STROKED
    if raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT:
        return True
    name = create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(font, name, len(name))
    return any(part in name.value.lower() for part in _BOLD_NAMES)


def _character(textpage: Any, index: int, code: int) -> str:
    if raw.FPDFText_IsHyphen(textpage, index) == 1:
        return "-"
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return _REPLACEMENT
    text = chr(code)
    if text in _SPACES:
        return text
    if code < 0x20 or raw.FPDFText_HasUnicodeMapError(textpage, index) == 1:
        return _REPLACEMENT
    return text
