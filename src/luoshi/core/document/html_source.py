"""The source of a page, cut into tags and stretches of text that know their offsets.

lxml builds good trees from bad pages but forgets where a character stood. So before parsing each stretch of
text is replaced by a token with its number, each tag gets its offset as an attribute, and everything that is
never text (scripts, styles, comments) is left out. After parsing the tokens lead back to the source.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from luoshi.core.document.encoding import decode_declared
from luoshi.core.document.errors import DamagedDocument
from luoshi.core.errors import Phrase

# The opening of a tag with its name; a "<" before anything else is text. Sample: "<td", "</p", "<o:p"
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,63})")
# What stands in a tag up to its end or its next quotation mark. Sample: ' align=center href='
_ATTRIBUTES = re.compile(r"[^>\"']*")
# A comment, declaration or processing instruction: none of them shows. Sample: "<!-- x -->", "<!DOCTYPE"
_HIDDEN = re.compile(r"<(?:!--|[!?])")
# A character reference, closed or (as browsers allow) not. Sample: "&nbsp;", "&#12304;", "&lt"
_REFERENCE = re.compile(r"&(?:#[0-9]{1,9};?|#[xX][0-9a-fA-F]{1,8};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")

# Elements whose content is no markup and never read as text.
_RAW = frozenset(
    {"script", "style", "xmp", "iframe", "noembed", "noframes", "template", "object", "svg", "math"}
)
# Elements whose content is text even where it looks like markup.
_TEXT_ONLY = frozenset({"title", "textarea"})
# Tags that are not handed on: closing them early would orphan what follows.
_DROPPED = frozenset({"html", "body"})
_PAGE = frozenset({"html", "head", "body"})

# A token in the parsed tree. The two private characters are the borders; they are in no decoded text.
TOKEN = re.compile("\ue000([0-9]+)\ue001")
# The attribute that carries a tag's offset: list items are numbered by their tags, titles are found by them.
AT = "luoshi-at"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text between two tags: parts of text, offset, and whether a character reference stands there."""

    parts: tuple[tuple[str, int, bool], ...]

    @property
    def text(self) -> str:
        """The characters, references resolved."""
        return "".join(part for part, _, _ in self.parts)


@dataclass(slots=True)
class Source:
    """A page ready for the parser: `markup` with tokens, and the stretches they stand for.

    `whole` says that it is a page, with html, head or body tags, and no fragment of one.
    """

    text: str
    whole: bool = False
    stretches: list[Stretch] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def markup(self) -> str:
        """What the parser gets."""
        return "".join(self.pieces)

    def _text(self, start: int, end: int) -> None:
        parts: list[tuple[str, int, bool]] = []
        at = start
        for reference in _REFERENCE.finditer(self.text, start, end):
            read = html.unescape(reference.group())
            if read == reference.group():
                continue
            if at < reference.start():
                parts.append((self.text[at : reference.start()], at, False))
            at = reference.end()
            parts.append((read, reference.start(), True))
        if at < end:
            parts.append((self.text[at:end], at, False))
        if parts:
            self.pieces.append(f"\ue000{len(self.stretches)}\ue001")
            self.stretches.append(Stretch(tuple(parts)))


def source_of(data: bytes, *, file: str) -> Source:
    """The page in `data`, decoded as it declares and cut into markup and text.

    Raises:
        DamagedDocument: it breaks off inside a tag, a comment or a script.
    """
    text, _ = decode_declared(data, file=file)
    return _Cutter(text, file).cut()


class _Cutter:
    """One pass over the source; every loop moves forward, so the time is linear in its length."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.source = Source(text)
        self.missing: set[str] = set()

    def cut(self) -> Source:
        text, at, start = self.text, 0, 0
        while (at := text.find("<", at)) >= 0:
            tag = _TAG.match(text, at)
            hidden = None if tag else _HIDDEN.match(text, at)
            if tag is None and hidden is None:
                at += 1
                continue
            self.source._text(start, at)
            at = start = self._tag(tag) if tag else self._hidden(at)
        self.source._text(start, len(text))
        return self.source

    def _tag(self, tag: re.Match[str]) -> int:
        """Hand a tag on; the offset behind it, or behind the whole element where its content is no markup."""
        end = self._end_of_tag(tag.end())
        closing, name = tag.group(1), tag.group(2).lower()
        if name in _RAW or name in _TEXT_ONLY:
            return end if closing or self.text[end - 2] == "/" else self._element(name, tag.start(), end)
        self.source.whole = self.source.whole or name in _PAGE
        if name not in _DROPPED:
            attributes = self.text[tag.end() : end]
            place = "" if closing else f' {AT}="{tag.start()}"'
            self.source.pieces.append(f"<{closing}{name}{place}{attributes}")
        return end

    def _element(self, name: str, start: int, end: int) -> int:
        close = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(self.text, end)
        if close is None:
            raise self._broken(start, f"<{name}>")
        if name == "title":
            self.source.pieces.append("<title>")
            self.source._text(end, close.start())
            self.source.pieces.append("</title>")
        return close.end()

    def _end_of_tag(self, at: int) -> int:
        """The offset behind the ">" that ends a tag; one inside a quoted value does not."""
        start = at
        while True:
            found = _ATTRIBUTES.match(self.text, at)
            at = found.end() if found else at
            if at >= len(self.text):
                raise self._broken(start, "<…")
            quote = self.text[at]
            if quote == ">":
                return at + 1
            # A quotation mark opens a value only behind "="; elsewhere it is a slip of the pen.
            opens = self.text[max(start, at - 8) : at].rstrip().endswith("=")
            close = self._find(quote, at + 1) if opens else -1
            at = close + 1 if close >= 0 else at + 1

    def _hidden(self, at: int) -> int:
        if not self.text.startswith("<!--", at):
            end = self._find(">", at)
        elif self.text.startswith(("<!-->", "<!--->"), at):
            end = self.text.index(">", at)
        else:
            end = self._find("-->", at + 4)
            end = end + 2 if end >= 0 else -1
        if end < 0:
            raise self._broken(at, "<!--")
        return end + 1

    def _find(self, wanted: str, at: int) -> int:
        """`str.find`, but what was once not found is not searched for again."""
        if wanted in self.missing:
            return -1
        found = self.text.find(wanted, at)
        if found < 0:
            self.missing.add(wanted)
        return found

    def _broken(self, at: int, what: str) -> DamagedDocument:
        line = self.text.count("\n", 0, at) + 1
        return DamagedDocument(
            file=self.file, where=Phrase(f"第{line}行的 {what} 没有结束", f"line {line}: {what} does not end")
        )
