"""Glyphs with places become rows, and rows become lines of text with the spaces that a reader would see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from luoshi.core.document.page_model import Glyph, Line, Page

# Two glyphs stand on one baseline if theirs differ by no more than this part of the font size.
_SAME_BASELINE = 0.25
# A glyph this much smaller than its neighbours may be a superscript or subscript.
_SMALL = 0.8
# A gap this wide parts columns where a gutter is known to be.
_GUTTER_GAP = 0.8
# The same character drawn again within this part of the font size makes it look bold (or gives it a shadow).
_OVERPRINT = 0.15
# A glyph this far (in font sizes) left of the one drawn before it is out of order.
_OUT_OF_ORDER = 0.1
# A gap parts a row into segments (candidates for columns) from this many font sizes on…
_WIDE_GAP = 1.5
# …and always from this many on, even in a row that is spread over its width.
_HUGE_GAP = 4.0
# Without a space glyph, a gap this much wider than usual in its line (in font sizes) reads as a space:
# between two Latin letters or digits, between two Han characters, and anywhere else. Chinese and Latin are
# often set apart by a quarter, and marks by more.
_LATIN_GAP, _HAN_GAP, _MIXED_GAP = 0.2, 0.22, 1.2
# A space glyph between two Han characters that touch is an artefact of the program that made the file. Marks
# do not count: they are often set half as wide as their fonts say.
_NO_GAP = 0.05

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACES = {"\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\t": " "}
# Marks that fill only one half of their square; at the edge of a column the other half may hang over it.
_CLOSING, _OPENING = frozenset("、，。；：！？）〕】》〉”’」』"), frozenset("（〔【《〈“‘「『")
# Marks of Chinese typesetting that Unicode files among the Latin ones.
_CHINESE_MARKS = frozenset("“”‘’—…·①②③④⑤⑥⑦⑧⑨⑩")


@dataclass(frozen=True, slots=True)
class Row:
    """Glyphs on one baseline, from left to right."""

    glyphs: list[Glyph]
    baseline: float
    size: float

    @property
    def left(self) -> float:
        """Left edge of the first visible glyph's ink."""
        return _ink(next(glyph for glyph in self.glyphs if not glyph.text.isspace()))[0]

    @property
    def right(self) -> float:
        """Right edge of the last visible glyph's ink."""
        return _ink(next(glyph for glyph in reversed(self.glyphs) if not glyph.text.isspace()))[1]


def _ink(glyph: Glyph) -> tuple[float, float]:
    """Left and right edge of a glyph without the empty half that marks carry."""
    half = 0.5 * glyph.size
    if glyph.text in _CLOSING and glyph.right - glyph.left > half:
        return glyph.left, glyph.left + half
    if glyph.text in _OPENING and glyph.right - glyph.left > half:
        return glyph.right - half, glyph.right
    return glyph.left, glyph.right


def is_chinese(char: str) -> bool:
    """Whether a character takes a full square in Chinese typesetting.

    Example:
        >>> is_chinese("区"), is_chinese("，"), is_chinese("a"), is_chinese("“")
        (True, True, False, True)
    """
    return char >= "\u2e80" or char in _CHINESE_MARKS


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"


def rows(glyphs: list[Glyph]) -> list[Row]:
    """The rows of a page or a cell, from top to bottom; superscripts stand in the row they belong to."""
    groups: list[list[int]] = []
    first = None
    for index in sorted(range(len(glyphs)), key=lambda index: glyphs[index].baseline):
        glyph = glyphs[index]
        if first is None or glyph.baseline - first.baseline > _SAME_BASELINE * max(first.size, glyph.size):
            groups.append([])
            first = glyph
        groups[-1].append(index)
    drawn = [[glyphs[index] for index in sorted(group)] for group in groups]
    made = [_row(group) for group in drawn if not all(glyph.text.isspace() for glyph in group)]
    return _attach_scripts(made)


def _row(glyphs: list[Glyph]) -> Row:
    ink = [glyph for glyph in glyphs if not glyph.text.isspace()]
    size = median([glyph.size for glyph in ink])
    # The glyphs of the usual size say where the baseline is.
    baseline = next(glyph.baseline for glyph in ink if glyph.size >= _SMALL * size)
    kept: list[Glyph] = []
    for glyph in _from_left(glyphs):
        if kept and kept[-1].text == glyph.text and glyph.left - kept[-1].left < _OVERPRINT * glyph.size:
            kept[-1] = kept[-1]._replace(bold=True)
        else:
            kept.append(glyph)
    return Row(kept, baseline, size)


def _from_left(glyphs: list[Glyph]) -> list[Glyph]:
    """Glyphs of one row from left to right.

    The order of drawing is trusted as long as it goes to the right: marks that are set narrower than their
    fonts say overlap their neighbours, and no box tells which comes first.
    """
    chunks: list[list[Glyph]] = []
    for glyph in glyphs:
        before = chunks[-1][-1] if chunks else None
        if before is None or _middle(glyph) < _middle(before) - _OUT_OF_ORDER * glyph.size:
            chunks.append([])
        chunks[-1].append(glyph)
    chunks.sort(key=lambda chunk: _middle(chunk[0]))
    for chunk, following in pairwise(chunks):
        if _middle(chunk[-1]) > _middle(following[0]):
            return sorted(glyphs, key=_middle)
    return [glyph for chunk in chunks for glyph in chunk]


def _middle(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2


# --- superscripts -------------------------------------------------------------------------------------


def _attach_scripts(found: list[Row]) -> list[Row]:
    """Move small glyphs that stand beside larger ones, a little up or down, into the row of those."""
    result: list[Row] = []
    moved: dict[int, list[Glyph]] = {}
    left_over: dict[int, list[Glyph]] = {}
    for index, row in enumerate(found):
        for host_index, reach in ((index + 1, 0.6), (index - 1, 0.35)):
            if not 0 <= host_index < len(found):
                continue
            host = found[host_index]
            if row.size <= _SMALL * host.size and abs(host.baseline - row.baseline) <= reach * host.size:
                glyphs = left_over.get(index, row.glyphs)
                beside = [glyph for glyph in glyphs if _is_beside(glyph, host)]
                moved.setdefault(host_index, []).extend(beside)
                left_over[index] = [glyph for glyph in glyphs if glyph not in beside]
    if not moved:
        return found
    for index, row in enumerate(found):
        glyphs = left_over.get(index, row.glyphs) + moved.get(index, [])
        if any(not glyph.text.isspace() for glyph in glyphs):
            result.append(Row(_from_left(glyphs), row.baseline, row.size))
    return result


def _is_beside(glyph: Glyph, host: Row) -> bool:
    middle = _middle(glyph)
    near = 0.6 * host.size
    close = [other for other in host.glyphs if other.left - near < middle < other.right + near]
    return bool(close) and not any(other.left + 1 < middle < other.right - 1 for other in close)


# --- text ---------------------------------------------------------------------------------------------


def segments(row: Row, gutters: Sequence[float] = ()) -> list[Row]:
    """The parts of a row between gaps so wide that they may part columns.

    Args:
        row: to be parted.
        gutters: where columns are parted on other pages; there a smaller gap will do.
    """
    ink = [at for at, glyph in enumerate(row.glyphs) if not glyph.text.isspace()]
    edges = [(_ink(row.glyphs[before])[1], _ink(row.glyphs[after])[0]) for before, after in pairwise(ink)]
    gaps = [end - start for start, end in edges]
    if not gaps or max(gaps) < _GUTTER_GAP * row.size:
        return [row]
    wide = min(max(_WIDE_GAP * row.size, 2.5 * median(gaps)), _HUGE_GAP * row.size)
    cuts = [0]
    for at, gap, (start, end) in zip(ink[1:], gaps, edges, strict=True):
        in_gutter = gap >= _GUTTER_GAP * row.size and any(start < gutter < end for gutter in gutters)
        if gap >= wide or in_gutter:
            cuts.append(at)
    parts = [row.glyphs[start:end] for start, end in pairwise([*cuts, len(row.glyphs)])]
    return [Row(part, row.baseline, row.size) for part in parts] if len(parts) > 1 else [row]


def line(parts: list[Row], page: Page) -> Line:
    """The line of text that the segments of a row spell, one space between two of them."""
    text: list[str] = []
    edges: list[float] = []
    right = parts[0].left
    for part in parts:
        if text and text[-1] != " ":
            text.append(" ")
            edges.append(right)
        right = _spell(part, text, edges)
    glyphs = [glyph for part in parts for glyph in part.glyphs]
    edges.append(max(edges[-1], right, glyphs[-1].right))
    return Line(
        page=page,
        text="".join(text),
        edges=tuple(edges),
        right=right,
        baseline=parts[0].baseline,
        size=parts[0].size,
        bold=all(glyph.bold for glyph in glyphs if not glyph.text.isspace()),
    )


def _spell(row: Row, text: list[str], edges: list[float]) -> float:
    """Append the characters of a segment and their left edges; returns the right edge of its ink."""
    usual = _usual_gap(row.glyphs)
    before: Glyph | None = None
    spaces: list[Glyph] = []
    for glyph in row.glyphs:
        if glyph.text.isspace():
            if before is not None:
                spaces.append(glyph)
            continue
        if before is not None:
            gap = (glyph.left - before.right) / row.size
            if spaces:
                if gap >= _NO_GAP or not (_is_han(before.text) and _is_han(glyph.text)):
                    _append_spaces(spaces, text, edges)
                spaces = []
            elif gap - usual / row.size > _least_gap(before.text, glyph.text):
                text.append(" ")
                edges.append(before.right)
        raised = row.baseline - glyph.baseline > 0.2 * row.size and glyph.size <= _SMALL * row.size
        text.append(glyph.text.translate(_SUPERSCRIPTS) if raised else glyph.text)
        edges.append(max(glyph.left, edges[-1]) if edges else glyph.left)
        before = glyph
    _append_spaces(spaces, text, edges)
    return before.right if before is not None else row.right


def _append_spaces(spaces: list[Glyph], text: list[str], edges: list[float]) -> None:
    for space in spaces:
        text.append(_SPACES.get(space.text, space.text))
        edges.append(space.left)


def _usual_gap(glyphs: list[Glyph]) -> float:
    """The gap between neighbours in this row: not 0 where letters are spread to fill the width."""
    gaps = [after.left - before.right for before, after in pairwise(glyphs)]
    return max(median(gaps), 0.0) if gaps else 0.0


def _least_gap(before: str, after: str) -> float:
    if _is_han(before) and _is_han(after):
        return _HAN_GAP
    return _MIXED_GAP if is_chinese(before) or is_chinese(after) else _LATIN_GAP
