"""Lines of a page: white space as a browser shows it, and the look of the words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from luoshi.core.document.html_source import Stretch
from luoshi.core.document.model import FilePlace, Piece, Run, Style

# White space that a browser folds, or a word. Other spaces are words. Sample: "\n  ", "法治"
_PART = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_BLANK = " \t\n\r\f"
# Line ends inside preformatted text.
_LINE_END = re.compile(r"\r\n|[\r\n\f\v]")
# Ideographs and their punctuation: a line end of the source between two of them shows as nothing.
_WIDE = re.compile(r"[　-〿㐀-鿿豈-﫿︰-﹏＀-￯“”‘’—…]")


@dataclass(frozen=True, slots=True)
class Look:
    """What the elements around a word say of it."""

    align: str = ""
    heading: int = 0
    bold: bool = False
    size: float = 0.0
    pre: bool = False


@dataclass(slots=True)
class LineWriter:
    """Collects words and gives a `Piece` for each line."""

    pieces: list[Piece] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _looks: list[tuple[int, Look]] = field(default_factory=list)
    _space: tuple[int, bool] | None = None
    _number: tuple[str, int] = ("", 0)

    def number(self, text: str, offset: int) -> None:
        """Put an automatic number, which stands at the tag at `offset`, before the next word."""
        self._number = (text, offset)

    def drop_number(self) -> None:
        """The list item ended without a word."""
        self._number = ("", 0)

    def add(self, stretch: Stretch, look: Look) -> None:
        """Add the text between two tags."""
        for text, offset, entity in stretch.parts:
            if look.pre:
                self._add_pre(text, offset, entity, look)
            elif entity:
                self._add_word(text, offset, True, look)
            else:
                for part in _PART.finditer(text):
                    self._add_part(part.group(), offset + part.start(), look)

    def _add_part(self, part: str, offset: int, look: Look) -> None:
        if part[0] not in _BLANK:
            self._add_word(part, offset, False, look)
        elif self._texts and self._space is None:
            self._space = (offset, "\n" in part or "\r" in part)

    def _add_word(self, word: str, offset: int, entity: bool, look: Look) -> None:
        number, place = self._number
        if number:
            self._number = ("", 0)
            if not _OWN_NUMBER.match(word):
                # "1." and "2022" must not become the figure 1.2022.
                number += " " if number[-1] == "." and word[0].isascii() else ""
                self._put(number, place, True, look)
        if self._space is not None:
            at, line_end = self._space
            self._space = None
            if not (line_end and _WIDE.match(self._texts[-1][-1]) and _WIDE.match(word)):
                self._put(" ", at, False, look)
        self._put(word, offset, entity, look)

    def _add_pre(self, text: str, offset: int, entity: bool, look: Look) -> None:
        start = 0
        for end in _LINE_END.finditer(text):
            if start < end.start():
                self._put(text[start : end.start()], offset + start, entity, look)
            self.end_line()
            start = end.end()
        if start < len(text):
            self._put(text[start:], offset + start, entity, look)

    def _put(self, text: str, offset: int, entity: bool, look: Look) -> None:
        self._texts.append(text)
        self._looks.append((len(text), look))
        if entity:
            self._runs.extend(Run(1, FilePlace(offset)) for _ in text)
            return
        last = self._runs[-1] if self._runs else None
        if last and isinstance(last.place, FilePlace) and last.place.offset + last.length == offset:
            self._runs[-1] = Run(last.length + len(text), last.place)
        else:
            self._runs.append(Run(len(text), FilePlace(offset)))

    def end_line(self) -> None:
        """Close the line; one without a visible character leaves nothing."""
        text = "".join(self._texts)
        if text.strip():
            self.pieces.append(Piece(text, tuple(self._runs), self._style()))
        self._texts, self._runs, self._looks, self._space = [], [], [], None

    def take(self) -> list[Piece]:
        """The lines closed since the last call."""
        taken, self.pieces = self.pieces, []
        return taken

    def _style(self) -> Style:
        looks = [look for _, look in self._looks]
        sizes = Counter[float]()
        for (length, look), text in zip(self._looks, self._texts, strict=True):
            if text.strip():
                sizes[look.size] += length
        visible = [look for look, text in zip(looks, self._texts, strict=True) if text.strip()]
        return Style(
            align=looks[0].align,
            heading=max(look.heading for look in looks),
            bold=all(look.bold for look in visible),
            size=sizes.most_common(1)[0][0],
        )


# A list item that prints its own number shows it instead of the automatic one. Sample: "（一）加强", "3、"
_OWN_NUMBER = re.compile(
    r"(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．](?!\d)|第.章)"
)
