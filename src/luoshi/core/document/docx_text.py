"""The text inside a paragraph of a docx: runs, fields, tracked changes, symbols, and what hangs on them.

Changes are taken as accepted, fields by their result, and what is hidden does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from luoshi.core.document.docx_styles import Look, Styles
from luoshi.core.document.model import Style
from luoshi.core.document.ooxml import MC, W

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"

ALTERNATE = f"{MC}AlternateContent"
TEXT_BOX = f"{W}txbxContent"
_RUN = f"{W}r"
_RUN_PROPERTIES = f"{W}rPr"
_TEXT = f"{W}t"
_MATH_TEXT = f"{_M}t"
_FIELD = f"{W}fldChar"
_INSTRUCTION = f"{W}instrText"
_SIMPLE_FIELD = f"{W}fldSimple"
_SYMBOL = f"{W}sym"
_PICTURES = frozenset({f"{_DRAWING}blip", f"{_VML}imagedata"})
_GRAPHICS = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
# Elements that only wrap what is read; deletions, glosses (`w:rt`) and properties are left out by absence.
_WRAPPERS = frozenset(
    f"{W}{name}"
    for name in (
        "hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo", "ruby",
        "rubyBase",
    )
) | frozenset(f"{_M}{name}" for name in ("oMath", "oMathPara"))  # fmt: skip
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
# A line feed stands for any break until the paragraph is cut into pieces.
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
# Characters of the font Wingdings that official forms use; others stay the private characters they are.
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0xA1: "○", 0xA8: "□", 0xAB: "★", 0xD8: "➢",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_LINE_FEEDS = str.maketrans({"\n": " ", "\r": " "})


class ParagraphText:
    """Collects the visible text of one paragraph.

    Attributes:
        boxes: text boxes anchored in the paragraph, in order.
        notes: footnotes and endnotes referred to: part and identifier.
        pictures: how many pictures stand in the paragraph.
    """

    def __init__(self, styles: Styles, fields: Fields, base: Look) -> None:
        self._styles = styles
        self._fields = fields
        self._base = base
        self._parts: list[str] = []
        self._all_bold = True
        self._sizes: dict[float, int] = {}
        self.boxes: list[etree._Element] = []
        self.notes: list[tuple[str, str]] = []
        self.pictures = 0

    def read(self, parent: etree._Element) -> str:
        """The text below `parent`, with a line feed for every break."""
        self._inline(parent)
        return "".join(self._parts)

    def style(self, align: str, heading: int | None) -> Style:
        """How the paragraph looks: its size is that of most of its characters."""
        size = max(self._sizes, key=lambda size: (self._sizes[size], size)) if self._sizes else 0.0
        return Style(align, heading or 0, bool(self._sizes) and self._all_bold, size)

    def _inline(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag in _WRAPPERS:
                self._inline(child)
            elif tag == _SIMPLE_FIELD:
                if not is_contents(child.get(f"{W}instr", "")):
                    self._inline(child)
            elif tag == ALTERNATE:
                for branch in chosen(child):
                    self._inline(branch)
            elif tag.startswith(_M):
                text = "".join(text.text or "" for text in child.iter(_MATH_TEXT))
                self._add(text, self._base)

    def _run(self, run: etree._Element) -> None:
        look = self._base
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                text = child.text
                if text:
                    self._add(text if child.get(_XML_SPACE) == "preserve" else text.strip(" \t\r\n"), look)
            elif tag == _RUN_PROPERTIES:
                look = self._styles.run(child, self._base)
            elif tag == _FIELD:
                self._fields.mark(child.get(f"{W}fldCharType", ""))
            elif tag == _INSTRUCTION:
                self._fields.instruct(child.text or "")
            elif tag in _CHARACTERS:
                self._add(_CHARACTERS[tag], look)
            elif tag in _BREAKS:
                if self._visible(look):
                    self._parts.append("\n")
            elif tag == _SYMBOL:
                self._add(_symbol(child), look)
            elif tag in _NOTES:
                if self._visible(look):
                    self.notes.append((_NOTES[tag], child.get(f"{W}id", "")))
            elif tag in _GRAPHICS or tag == ALTERNATE:
                if self._visible(look):
                    self._graphic(child)
            elif tag in _WRAPPERS:
                self._inline(child)

    def _visible(self, look: Look) -> bool:
        return not look.hidden and not self._fields.silent

    def _add(self, text: str, look: Look) -> None:
        if look.hidden or self._fields.silent or not text:
            return
        if "\n" in text or "\r" in text:
            text = text.translate(_LINE_FEEDS)
        self._parts.append(text)
        count = len(text.strip())
        if count:
            self._all_bold = self._all_bold and bool(look.bold)
            size = look.size or 0.0
            self._sizes[size] = self._sizes.get(size, 0) + count

    def _graphic(self, graphic: etree._Element) -> None:
        """Find text boxes and pictures. Text boxes in text boxes are found when the outer one is read."""
        waiting = [graphic]
        while waiting:
            element = waiting.pop()
            if element.tag == TEXT_BOX:
                self.boxes.append(element)
            elif element.tag == ALTERNATE:
                waiting.extend(reversed(chosen(element)))
            else:
                self.pictures += element.tag in _PICTURES
                waiting.extend(reversed(element))


class Fields:
    """The fields that are open: of a field only the result is read, of a table of contents not even that."""

    def __init__(self, *, balanced: bool) -> None:
        """Fields of one part; `balanced` says whether as many end as begin, so that ends can be relied on."""
        self._balanced = balanced
        self._open: list[_Field] = []
        self.silent = False

    def mark(self, kind: str) -> None:
        """A field begins, its code ends, or its result ends."""
        if kind == "begin":
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].in_code = False
        elif self._open and kind == "end":
            self._open.pop()
        self._listen()

    def instruct(self, code: str) -> None:
        """Words of the code of the innermost field."""
        if self._open and self._open[-1].in_code:
            self._open[-1].code += code[:80]

    def end_paragraph(self) -> None:
        """Codes end with their paragraph at the latest, so that a damaged field cannot swallow the rest."""
        if not self._open:
            return
        if not self._balanced:
            self._open.clear()
        for field in self._open:
            field.in_code = False
        self._listen()

    @property
    def unended_contents(self) -> bool:
        """Whether a table of contents is open."""
        return any(is_contents(field.code) for field in self._open)

    def _listen(self) -> None:
        self.silent = any(field.in_code or is_contents(field.code) for field in self._open)


class _Field:
    __slots__ = ("code", "in_code")

    def __init__(self) -> None:
        self.code = ""
        self.in_code = True


def is_contents(code: str) -> bool:
    """Whether a field code asks for a table of contents, an index or the like."""
    return code.strip().upper().split(" ")[0] in ("TOC", "TOA", "INDEX")


def chosen(alternate: etree._Element) -> list[etree._Element]:
    """The one branch of `mc:AlternateContent` to read: the first choice with content, else the fallback."""
    fallback: list[etree._Element] = []
    choices: list[etree._Element] = []
    for branch in alternate:
        if branch.tag == f"{MC}Choice":
            choices.append(branch)
        elif branch.tag == f"{MC}Fallback":
            fallback.append(branch)
    for choice in choices:
        if next(_marks(choice), None) is not None:
            return [choice]
    return fallback or choices[:1]


def _marks(branch: etree._Element) -> Iterator[etree._Element]:
    return branch.iter(_TEXT, TEXT_BOX, *_PICTURES)


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(f"{W}char", ""), 16)
        character = chr(code)
    except (ValueError, OverflowError):
        return ""
    if 0xF000 <= code <= 0xF0FF and element.get(f"{W}font", "").casefold() == "wingdings":
        return _WINGDINGS.get(code - 0xF000, character)
    # A lone surrogate is no character: it could not even be written out.
    return "" if 0xD800 <= code <= 0xDFFF else character
