"""Places in a file in words: line and column, paragraph, page, or cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from luoshi.core.document.model import CellPlace, Document, FilePlace, PagePlace, ParagraphPlace, Place
from luoshi.core.source import Span

# Where one line of a file ends, as an editor counts lines. Samples: "\r\n", "\n", "\r"
LINE_END = re.compile(r"\r\n|\n|\r")

PARTS = {
    "body": ("正文", "body"),
    "footnotes": ("脚注", "footnotes"),
    "endnotes": ("尾注", "endnotes"),
    "textbox": ("文本框", "text box"),
    "header": ("页眉", "header"),
    "footer": ("页脚", "footer"),
}


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of a text file start, in characters of the decoded file."""

    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of a decoded file."""
        return cls((0, *(match.end() for match in LINE_END.finditer(text))))

    def locate(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1.

        Example:
            >>> Lines.of("甲乙\\r\\n丙").locate(4)
            (2, 1)
        """
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def place_of(document: Document, span: Span) -> Place | None:
    """Where the first character of `span` that stands in the file stands there.

    A span of characters that cleaning added belongs to what comes before it.
    """
    runs = document.origin.over(span)
    if runs:
        return runs[0].place
    for index in range(min(span.start, len(document.text)) - 1, -1, -1):
        place = document.origin.at(index)
        if place is not None:
            return place
    return None


def place_words(place: Place | None, language: str = "zh", lines: Lines | None = None) -> str:
    """A place as a person looks it up; empty when there is none.

    Args:
        place: from `Origin` or `place_of`.
        language: `zh` or `en`.
        lines: of the decoded file; without it a character of a text file is told by its offset.

    Example:
        >>> place_words(PagePlace(3, (72.0, 90.5, 300.0, 104.0)), "en")
        'page 3 (72, 90)'
        >>> place_words(CellPlace("分工", 4, 28, 0))
        '分工!AB4'
    """
    english = language.startswith("en")
    if place is None:
        return ""
    match place:
        case FilePlace(offset):
            if lines is None:
                return f"character {offset + 1}" if english else f"第{offset + 1}字"
            line, column = lines.locate(offset)
            return f"{line}:{column}"
        case ParagraphPlace(part, paragraph, _):
            zh, en = PARTS.get(part, (part, part))
            return f"{en}, paragraph {paragraph + 1}" if english else f"{zh}第{paragraph + 1}段"
        case PagePlace(page, box):
            at = f"({box[0]:.0f}, {box[1]:.0f})"
            return f"page {page} {at}" if english else f"第{page}页 {at}"
        case CellPlace(sheet, row, column, _):
            return f"{sheet}!{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """The letters of a column that is counted from 1, as spreadsheets name it.

    Example:
        >>> column_letters(1), column_letters(26), column_letters(27)
        ('A', 'Z', 'AA')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
