"""Styles of a docx: what a paragraph or a run looks like once everything it inherits is known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from luoshi.core.document.ooxml import W, is_on, means_on, number

_VAL = f"{W}val"
_ALIGNMENT = f"{W}jc"
_OUTLINE = f"{W}outlineLvl"
_LIST = f"{W}numPr"
_RUN = f"{W}rPr"
_BOLD = f"{W}b"
_SIZE = f"{W}sz"
_HIDDEN = f"{W}vanish"
_STYLE = f"{W}rStyle"
# Justified and distributed lines still begin at the left.
_ALIGN = {
    "left": "left",
    "start": "left",
    "both": "left",
    "center": "center",
    "right": "right",
    "end": "right",
}
# Built-in names of headings, the same in every language of the program. Sample: heading 2
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
# Built-in names of the lines of a table of contents. Sample: toc 1
_CONTENTS = re.compile(r"toc \d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look; None where nothing is said. `hidden` characters are not printed."""

    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None

    def over(self, below: Look) -> Look:
        """This look where it says something, and `below` elsewhere."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.size if self.size is None else self.size,
            below.hidden if self.hidden is None else self.hidden,
        )


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph looks.

    Attributes:
        style: identifier of its style.
        align: as in `Style`.
        heading: as in `Style`; None where nothing is said.
        list_id: `w:numId` of its list; 0 for a paragraph that left its list, None where nothing is said.
        level: level in the list from 0; None where nothing is said.
        look: of its characters.
        contents: whether it is a line of a table of contents.
        mark_gone: whether its end is deleted or hidden, so that the next paragraph goes on in it.
    """

    style: str = ""
    align: str = ""
    heading: int | None = None
    list_id: int | None = None
    level: int | None = None
    look: Look = Look()
    contents: bool = False
    mark_gone: bool = False


class Styles:
    """The styles of a docx, resolved when they are first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._paragraphs: dict[str, ParagraphLook] = {}
        self._characters: dict[str, Look] = {}
        # Documents have thousands of runs and a dozen ways for them to look.
        self._runs: dict[tuple[object, ...], Look] = {}
        self._default = ""
        base = ParagraphLook()
        if root is not None:
            for style in root.iter(f"{W}style"):
                kind, identifier = style.get(f"{W}type", "paragraph"), style.get(f"{W}styleId", "")
                self._styles.setdefault((kind, identifier), style)
                if kind == "paragraph" and style.get(f"{W}default", "0") in ("1", "true", "on"):
                    self._default = identifier
            base = self._document_defaults(root)
        self._base = base

    def paragraph(self, identifier: str) -> ParagraphLook:
        """The look that a paragraph style gives; that of the default style for an empty or unknown name."""
        if ("paragraph", identifier) not in self._styles:
            identifier = self._default
        found = self._paragraphs.get(identifier)
        if found is None:
            found = self._base
            for style in reversed(self._chain("paragraph", identifier)):
                found = self._below(style, found)
            found = self._paragraphs[identifier] = replace(found, style=identifier)
        return found

    def character(self, identifier: str) -> Look:
        """The look that a character style gives."""
        found = self._characters.get(identifier)
        if found is None:
            found = Look()
            for style in reversed(self._chain("character", identifier)):
                found = _own_look(style.find(f"{W}rPr")).over(found)
            self._characters[identifier] = found
        return found

    def run(self, properties: etree._Element, base: Look) -> Look:
        """The look of a run with these properties in a paragraph whose characters look like `base`."""
        said = _said(properties)
        key = (base.bold, base.size, base.hidden, said)
        found = self._runs.get(key)
        if found is None:
            bold, size, hidden, style = said
            found = _look(bold, size, hidden).over(self.character(style).over(base) if style else base)
            self._runs[key] = found
        return found

    def numbering_list(self, identifier: str) -> int | None:
        """The list that a numbering style refers to."""
        style = self._styles.get(("numbering", identifier))
        properties = style.find(f"{W}pPr") if style is not None else None
        return paragraph_look(properties, ParagraphLook()).list_id

    def _chain(self, kind: str, identifier: str) -> list[etree._Element]:
        """The style and those it is based on, nearest first. A circle ends where it closes."""
        chain: list[etree._Element] = []
        seen: set[str] = set()
        while identifier not in seen and (kind, identifier) in self._styles:
            seen.add(identifier)
            style = self._styles[kind, identifier]
            chain.append(style)
            based_on = style.find(f"{W}basedOn")
            identifier = based_on.get(_VAL, "") if based_on is not None else ""
        return chain

    def _below(self, style: etree._Element, inherited: ParagraphLook) -> ParagraphLook:
        found = paragraph_look(style.find(f"{W}pPr"), inherited)
        name_element = style.find(f"{W}name")
        name = name_element.get(_VAL, "") if name_element is not None else ""
        # Some programs leave the outline level of the built-in headings to be known.
        named = _HEADING.fullmatch(name) if style.find(f"{W}pPr/{_OUTLINE}") is None else None
        return replace(
            found,
            look=_own_look(style.find(f"{W}rPr")).over(inherited.look),
            heading=int(named.group(1)) if named else found.heading,
            contents=found.contents or _CONTENTS.fullmatch(name) is not None,
            mark_gone=False,
        )

    def _document_defaults(self, root: etree._Element) -> ParagraphLook:
        defaults = root.find(f"{W}docDefaults")
        if defaults is None:
            return ParagraphLook()
        found = paragraph_look(defaults.find(f"{W}pPrDefault/{W}pPr"), ParagraphLook())
        return replace(found, look=_own_look(defaults.find(f"{W}rPrDefault/{W}rPr")))


def paragraph_look(properties: etree._Element | None, inherited: ParagraphLook) -> ParagraphLook:
    """What `w:pPr` says, over what is inherited. The character look is not touched."""
    if properties is None:
        return inherited
    align, heading, mark_gone = inherited.align, inherited.heading, False
    list_id, level = inherited.list_id, inherited.level
    for element in properties:
        tag = element.tag
        if tag == _ALIGNMENT:
            align = _ALIGN.get(element.get(_VAL, ""), "")
        elif tag == _OUTLINE:
            outline = number(element.get(_VAL), 9)
            heading = outline + 1 if outline < 9 else 0
        elif tag == _LIST:
            list_id, level = _list_place(element, list_id, level)
        elif tag == _RUN:
            mark_gone = _mark_gone(element)
    return ParagraphLook(
        inherited.style, align, heading, list_id, level, inherited.look, inherited.contents, mark_gone
    )


def _said(properties: etree._Element | None) -> tuple[str | None, str | None, str | None, str]:
    """What `w:rPr` says: bold, size and hidden as they are written there, and the character style."""
    bold = size = hidden = None
    style = ""
    for element in properties if properties is not None else ():
        tag = element.tag
        if tag == _BOLD:
            bold = element.get(_VAL, "1")
        elif tag == _SIZE:
            size = element.get(_VAL)
        elif tag == _HIDDEN:
            hidden = element.get(_VAL, "1")
        elif tag == _STYLE:
            style = element.get(_VAL, "")
    return bold, size, hidden, style


def _look(bold: str | None, size: str | None, hidden: str | None) -> Look:
    return Look(
        None if bold is None else means_on(bold),
        None if size is None else number(size, 0, most=3_276) / 2,
        None if hidden is None else means_on(hidden),
    )


def _own_look(properties: etree._Element | None) -> Look:
    return _look(*_said(properties)[:3])


def _list_place(
    element: etree._Element, list_id: int | None, level: int | None
) -> tuple[int | None, int | None]:
    for part in element:
        if part.tag == f"{W}numId":
            list_id = number(part.get(_VAL), 0, most=2**31 - 1)
        elif part.tag == f"{W}ilvl":
            level = number(part.get(_VAL), 0, most=8)
    return list_id, level


def _mark_gone(properties: etree._Element) -> bool:
    for element in properties:
        if element.tag in (f"{W}del", f"{W}moveFrom"):
            return True
        if element.tag == _HIDDEN and is_on(element):
            return True
    return False
