"""Lines become paragraphs: which line ends are the width of the page, and which end a paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from luoshi.core.document.joining import SENTENCE_END
from luoshi.core.document.marks import BULLETS, LABEL, line_mark
from luoshi.core.document.model import Piece, Run, Style
from luoshi.core.document.page_frames import Frame
from luoshi.core.document.page_lines import is_chinese
from luoshi.core.document.page_model import Line

# Lines of one paragraph differ in size by no more than this factor.
_SAME_SIZE = 1.12
# A centred line this much larger than the body belongs to a title, which may take several lines.
_TITLE = 1.15
# A line further from the left edge than this (font sizes) is indented.
_INDENTED = 0.7
_SAME_LEFT = 0.35
# In text that is not justified, lines may leave free this much more than the next word needs (font sizes).
_RAGGED = 2.2
# Lines that end in a space glyph say nothing when this share of all full lines does so.
_SPACE_HABIT = 0.5


class _End(Enum):
    """What a line end means."""

    WIDTH = "the width of the page only"
    PARAGRAPH = "the end of a paragraph"
    DOUBT = "either"


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph, with their frames. `doubtful` says that its end may be a mere line end."""

    lines: list[Line]
    frames: list[Frame]
    doubtful: bool = False

    def add(self, line: Line, frame: Frame) -> None:
        """Append a line."""
        self.lines.append(line)
        self.frames.append(frame)


@dataclass(slots=True)
class Flow:
    """Takes lines in reading order and parts them into paragraphs.

    A table, or anything else that stands between two lines, ends a paragraph: call `end`.
    """

    _open: Paragraph | None = None

    def add(self, line: Line, frame: Frame) -> Paragraph | None:
        """Take the next line; returns the paragraph that it begins, or None if it goes on with one."""
        if self._open is not None:
            end = _body_end(self._open, line, frame)
            if end is _End.WIDTH:
                self._open.add(line, frame)
                return None
            self._open.doubtful = end is _End.DOUBT
        self._open = Paragraph([line], [frame])
        return self._open

    def end(self) -> None:
        """End the paragraph that is open."""
        self._open = None


def cell_paragraphs(lines: list[Line], left: float, right: float) -> list[Paragraph]:
    """The paragraphs of a table cell whose text reaches from `left` to `right`."""
    frame = Frame(left, right, 0.0, 0.0, {})
    paragraphs: list[Paragraph] = []
    for line in lines:
        if paragraphs:
            end = _cell_end(paragraphs[-1], line, frame)
            if end is _End.WIDTH:
                paragraphs[-1].add(line, frame)
                continue
            paragraphs[-1].doubtful = end is _End.DOUBT
        paragraphs.append(Paragraph([line], [frame]))
    return paragraphs


# --- line ends ----------------------------------------------------------------------------------------


def _body_end(paragraph: Paragraph, line: Line, frame: Frame) -> _End:
    before, own = paragraph.lines[-1], paragraph.frames[-1]
    ratio = line.size / before.size
    if not 1 / _SAME_SIZE <= ratio <= _SAME_SIZE or frame.apart(before, line):
        return _End.PARAGRAPH
    if _continues_title(paragraph, line, frame):
        return _End.WIDTH
    if len(paragraph.lines) == 1 and own.at_right(before):
        return _End.PARAGRAPH
    offset = frame.offset(line)
    flush = offset <= _INDENTED
    aligned = not flush and len(paragraph.lines) > 1 and _same_left(own.offset(before), offset)
    if not own.fills(before, line):
        return _short_end(before, line, own, indented=frame.indent > 0, flush=flush or aligned)
    if flush or aligned:
        return _flush_end(before, line, frame, hanging=aligned)
    return _indented_end(paragraph, line, frame)


def _short_end(before: Line, line: Line, own: Frame, *, indented: bool, flush: bool) -> _End:
    """What a line means that leaves room for the next word: in ragged text a little of it may be chance."""
    if not flush or line_mark(line.text) or not own.fills(before, line, _RAGGED):
        return _End.PARAGRAPH
    if indented or (own.spaced and before.page is line.page):
        # Where paragraphs begin with an indent or a gap, a flush line without one begins none.
        return _End.WIDTH
    return _End.PARAGRAPH if SENTENCE_END.search(before.text.rstrip()) else _End.DOUBT


def _continues_title(paragraph: Paragraph, line: Line, frame: Frame) -> bool:
    before, own = paragraph.lines[-1], paragraph.frames[-1]
    if before.page is not line.page or line.size < _TITLE * frame.body or begins_something(line.text):
        return False
    whole = own.offset(before) < _INDENTED and own.fills(before, line)
    return frame.centered(line) and (own.centered(before) or whole) and before.bold == line.bold


def _indented_end(paragraph: Paragraph, line: Line, frame: Frame) -> _End:
    """What an indented line after a full one means."""
    before, own = paragraph.lines[-1], paragraph.frames[-1]
    offset = frame.offset(line)
    if frame.indent and abs(offset * line.size - frame.indent) < _SAME_LEFT * line.size:
        return _End.PARAGRAPH
    if len(paragraph.lines) == 1 and _hangs(before, own, line, frame):
        return _End.WIDTH
    if frame.centered(line):
        return _End.DOUBT
    if _same_left(own.offset(before), offset):
        # A block that is indented as a whole.
        return _flush_end(before, line, frame, hanging=True)
    return _End.PARAGRAPH


def _hangs(first: Line, own: Frame, line: Line, frame: Frame) -> bool:
    """Whether `line` begins under the text behind the number or label of the line `first`."""
    if not begins_something(first.text) or own.offset(first) > frame.offset(line) - _INDENTED:
        return False
    start = line.left - frame.left
    edges = [edge - own.left for edge in first.edges[1:9]]
    return any(abs(edge - start) < _SAME_LEFT * line.size for edge in edges)


def _flush_end(before: Line, line: Line, frame: Frame, *, hanging: bool) -> _End:
    """What a full line means when the next one begins at the left edge."""
    ended = SENTENCE_END.search(before.text.rstrip()) is not None
    if frame.indent or hanging or (frame.spaced and before.page is line.page):
        # Labels and bullets may come to stand at the start of any line; a number hardly does.
        return _End.DOUBT if ended and line_mark(line.text) else _End.WIDTH
    if begins_something(line.text) or ended:
        return _End.DOUBT
    return _End.WIDTH


def _cell_end(paragraph: Paragraph, line: Line, frame: Frame) -> _End:
    before = paragraph.lines[-1]
    if not frame.fills(before, line):
        # Short centred lines are often one heading, broken by hand.
        centred = frame.centered(line) and frame.centered(before)
        return _End.DOUBT if centred and not SENTENCE_END.search(before.text) else _End.PARAGRAPH
    if begins_something(line.text):
        return _End.DOUBT
    start = frame.offset(paragraph.lines[0])
    if frame.offset(line) - min(start, frame.offset(before)) > _INDENTED and not frame.centered(line):
        return _End.PARAGRAPH if SENTENCE_END.search(before.text) else _End.DOUBT
    return _End.WIDTH


def _same_left(one: float, other: float) -> bool:
    return abs(one - other) < _SAME_LEFT


def begins_something(text: str) -> bool:
    """Whether a line opens with a number, a bullet or a label.

    Example:
        >>> [begins_something(text) for text in ("（一）加强领导", "牵头部门：区司法局", "区司法局")]
        [True, True, False]
    """
    return line_mark(text) is not None or text[:1] in BULLETS or LABEL.match(text) is not None


# --- pieces -------------------------------------------------------------------------------------------


def ends_in_spaces(paragraphs: list[Paragraph]) -> bool:
    """Whether the program that made the file puts a space glyph at the end of every line."""
    ends = [line.text[-1:].isspace() for paragraph in paragraphs for line in paragraph.lines[:-1]]
    return len(ends) >= 4 and sum(ends) >= _SPACE_HABIT * len(ends)


def piece(paragraph: Paragraph, *, drop_spaces: bool = False) -> Piece:
    """The paragraph as a piece with one run a line.

    Args:
        paragraph: the lines.
        drop_spaces: whether space glyphs at line ends mean nothing.
    """
    texts: list[str] = []
    runs: list[Run] = []
    lines = paragraph.lines
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        text = line.text if after is not None else line.text.rstrip()
        run = line.run()
        if after is not None:
            text = _joint(text, after.text, drop_spaces)
        if len(text) <= run.length:
            run = run.cut(0, len(text)) if len(text) < run.length else run
        else:
            run = Run(len(text), run.place, (*run.edges, run.edges[-1]) if run.edges else ())
        texts.append(text)
        runs.append(run)
    return Piece("".join(texts), tuple(runs), _style(paragraph), paragraph.doubtful)


def _joint(text: str, after: str, drop_spaces: bool) -> str:
    """A line's text as it stands before the next line of its paragraph."""
    bare = text.rstrip()
    last, first = bare[-1], after[0]
    if last == "\u00ad" or (last == "-" and bare[-2:-1].islower() and first.islower() and first.isascii()):
        return bare[:-1]
    if len(bare) < len(text):
        return bare if drop_spaces and (is_chinese(last) or is_chinese(first)) else text
    if last == "-" or is_chinese(last) or is_chinese(first):
        return text
    # A number is parted only where the line had no other choice; letters are parted at a space.
    if last.isalpha() or first.isalpha() or last in ",.;:)":
        return text + " "
    return text


def join(first: Piece, second: Piece) -> Piece:
    """Two halves of one paragraph as one piece."""
    text = _joint(first.text, second.text, False)
    runs = first.runs
    if len(text) > len(first.text):
        last = runs[-1]
        end = (*last.edges, last.edges[-1]) if last.edges else ()
        runs = (*runs[:-1], Run(last.length + 1, last.place, end))
    elif len(text) < len(first.text):
        runs = (*runs[:-1], runs[-1].cut(0, runs[-1].length - 1))
    return Piece(text + second.text, runs + second.runs, first.style, second.wrapped)


def _style(paragraph: Paragraph) -> Style:
    first, frame = paragraph.lines[0], paragraph.frames[0]
    size = round(first.size * 2) / 2
    return Style(_align(paragraph, first, frame), 0, all(line.bold for line in paragraph.lines), size)


def _align(paragraph: Paragraph, first: Line, frame: Frame) -> str:
    last, own = paragraph.lines[-1], paragraph.frames[-1]
    indented = frame.indent and abs(first.left - frame.left - frame.indent) < _SAME_LEFT * first.size
    if own.centered(last) and not indented:
        return "center"
    if len(paragraph.lines) == 1 and frame.at_right(first):
        return "right"
    return "left"
