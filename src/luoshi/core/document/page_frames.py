"""Where the lines of a document usually begin and end, how far apart they stand, and how paragraphs begin.

A page knows no paragraphs. What a reader's eye goes by are the habits of the document: the left and right
edge of the column, the first-line indent, the distance between lines. They are measured here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from luoshi.core.document.joining import NEVER_OPENS
from luoshi.core.document.page_model import Line
from luoshi.core.document.page_order import Column

# A frame of odd or even pages alone needs this many lines; with fewer, both sides share one.
_OWN_FRAME = 12
# From this many lines on an edge must be shared by two of them.
_SUPPORT_FROM = 50
# A first-line indent in font sizes: two characters, give or take the grid.
_LEAST_INDENT, _MOST_INDENT = 1.2, 3.4
# A line that begins less than this many font sizes from the left edge is flush.
_FLUSH = 0.5
# Lines further apart than this many usual distances belong to different paragraphs.
_GAP = 1.25
# With this share of paragraphs set apart, those that are not are none.
_SPACED_SHARE, _LEAST_SPACED = 0.8, 4
# What a line must leave free, beyond the next word, to be short on purpose (font sizes).
_SLACK = 0.3

_OPENING = frozenset("（(〔[【《〈“‘「『")


@dataclass(frozen=True, slots=True)
class Frame:
    """The habits of a column, in points.

    Attributes:
        left, right: where full lines begin and end.
        indent: usual first-line indent, 0 where paragraphs begin at the left edge.
        body: usual font size.
        spaced: whether paragraphs stand further apart than their lines.
        pitches: usual distance between the baselines of a paragraph, by rounded font size.
    """

    left: float
    right: float
    indent: float
    body: float
    pitches: dict[int, float]
    spaced: bool = False

    def apart(self, before: Line, line: Line) -> bool:
        """Whether a gap parts two lines of one column, or something stands between them."""
        if before.page is not line.page or line.baseline <= before.baseline:
            return False
        usual = self.pitches.get(round(line.size), 1.5 * line.size)
        return line.baseline - before.baseline > _GAP * max(usual, line.size)

    def offset(self, line: Line) -> float:
        """How far from the left edge a line begins, in font sizes."""
        return (line.left - self.left) / line.size

    def room(self, line: Line) -> float:
        """How much a line leaves free at its end, in points."""
        return self.right - line.right

    def fills(self, line: Line, after: Line, slack: float = _SLACK) -> bool:
        """Whether the first word of the line `after` would not have fitted at the end of `line`.

        Args:
            line: that may be full.
            after: the next one.
            slack: how much more it may leave free, in font sizes.
        """
        return self.room(line) < first_word_width(after) + slack * line.size

    def centered(self, line: Line) -> bool:
        """Whether a line stands in the middle, with room at both sides."""
        before, behind = line.left - self.left, self.room(line)
        return min(before, behind) > line.size and abs(before - behind) < 1.2 * line.size

    def at_right(self, line: Line) -> bool:
        """Whether a line stands at the right, as signatures and dates do."""
        before = line.left - self.left
        return before > 0.3 * (self.right - self.left) and before > 1.5 * self.room(line)


def first_word_width(line: Line) -> float:
    """Width of what cannot be parted at the start of a line: a character or word, and marks bound to it."""
    text, end = line.text, 0
    while end < len(text) and text[end] in _OPENING:
        end += 1
    if end < len(text) and _in_word(text[end]):
        while end < len(text) and _in_word(text[end]):
            end += 1
    else:
        end += 1
    while end < len(text) and NEVER_OPENS.match(text[end]):
        end += 1
    end = min(end, len(text))
    return min(line.edges[end], line.right) - line.left


def _in_word(char: str) -> bool:
    return char.isascii() and not char.isspace() and char not in "()[]<>,;:!?"


def frames(columns: list[Column]) -> list[Frame]:
    """The frame of each column, in the same order."""
    lines = [line for column in columns for line in column.lines]
    body = body_size((line.size, len(line.text)) for line in lines)
    pitches = _pitches(columns)
    groups: dict[tuple[int, ...], list[Column]] = {}
    for column in columns:
        for key in _keys(column):
            groups.setdefault(key, []).append(column)
    made = {key: _frame(group, body, pitches) for key, group in groups.items()}
    result = []
    for column in columns:
        own, shared = _keys(column)
        enough = column.index == 0 and sum(len(part.lines) for part in groups[own]) >= _OWN_FRAME
        result.append(made[own if enough else shared])
    return result


def _keys(column: Column) -> tuple[tuple[int, ...], tuple[int, ...]]:
    page = column.lines[0].page
    shared = (round(page.width), column.index)
    return (*shared, page.number % 2), shared


def _frame(columns: list[Column], body: float, pitches: dict[int, float]) -> Frame:
    lines = [line for column in columns for line in column.lines]
    left = _edge([line.left for line in lines], body)
    right = -_edge([-line.right for line in lines], body)
    if columns[0].index == 0:
        # No line reaches far to the right: the text has only short ones, and the paper says where it ends.
        width = lines[0].page.width
        if right < width - 2 * max(left, 0.06 * width):
            right = width - left
    bare = Frame(left, right, 0.0, body, pitches)
    return replace(bare, indent=_indent(columns, bare), spaced=_is_spaced(columns, bare))


def _edge(values: list[float], size: float) -> float:
    """The outermost value that another one shares, within a font size."""
    values = sorted(values)
    if len(values) >= _SUPPORT_FROM:
        for value, following in pairwise(values):
            if following - value <= size:
                return value
    return values[0]


def body_size(parts: Iterable[tuple[float, int]]) -> float:
    """The font size of most characters; `parts` gives sizes and numbers of characters."""
    sizes: Counter[float] = Counter()
    for size, characters in parts:
        sizes[round(size * 2) / 2] += characters
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.5


def _pitches(columns: list[Column]) -> dict[int, float]:
    """The lower quartile of line distances: paragraphs stand no closer than their own lines."""
    steps: dict[int, list[float]] = {}
    for column in columns:
        for before, after in zip(column.lines, column.lines[1:], strict=False):
            if abs(before.size - after.size) < 1:
                steps.setdefault(round(after.size), []).append(after.baseline - before.baseline)
    return {size: sorted(found)[len(found) // 4] for size, found in steps.items()}


def _indent(columns: list[Column], frame: Frame) -> float:
    """The indent of first lines, if more paragraphs begin with one than without."""
    indents: list[float] = []
    flush = 0
    for column in columns:
        for before, line, after in _neighbours(column.lines):
            offset = frame.offset(line)
            fresh = before is not None and not frame.fills(before, line)
            if _LEAST_INDENT <= offset <= _MOST_INDENT:
                # A full line that begins further in than the next one begins a paragraph as well.
                opens = after is not None and frame.offset(after) < _FLUSH and frame.fills(line, after)
                if fresh or opens:
                    indents.append(line.left - frame.left)
            elif fresh and offset < _FLUSH:
                flush += 1
    return median(indents) if indents and len(indents) >= flush else 0.0


def _is_spaced(columns: list[Column], frame: Frame) -> bool:
    """Whether a gap follows (nearly) every short line."""
    gaps = []
    for column in columns:
        for before, line in pairwise(column.lines):
            same = abs(before.size - line.size) < 1
            if same and frame.offset(line) < _MOST_INDENT and not frame.fills(before, line, 2.0):
                gaps.append(frame.apart(before, line))
    return len(gaps) >= _LEAST_SPACED and sum(gaps) >= _SPACED_SHARE * len(gaps)


def _neighbours(lines: tuple[Line, ...]) -> Iterator[tuple[Line | None, Line, Line | None]]:
    """Each line with the ones before and after it."""
    yield from zip((None, *lines[:-1]), lines, (*lines[1:], None), strict=True)
