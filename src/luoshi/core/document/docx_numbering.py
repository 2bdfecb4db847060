"""Automatic numbers of a docx: what stands before a paragraph though no one typed it.

A paragraph names a list (`w:num`) and a level. The list refers to an abstract list, which holds the levels:
where they start, how they count, what text they make of it. Lists with one abstract list share its counters,
unless a list says where it starts anew.

Source: ISO/IEC 29500-1, 17.9. That a level which is skipped counts as begun follows Microsoft's Q110380.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.document.ooxml import MC, W, is_on, number
from luoshi.core.document.ordinals import ordinal

_VAL = f"{W}val"
_LEVELS = 9
# A number of another level within the text of a level. Sample: "%2" in "%1.%2"
_PLACEHOLDER = re.compile(r"%([1-9])")
# Bullets of symbol fonts (Wingdings, Symbol) are private characters. Sample: "\uf06c"
_SYMBOL_FONT = re.compile("[\uf000-\uf0ff]")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts.

    Attributes:
        start: its first number.
        format: as in `luoshi.core.document.ordinals.ordinal`.
        text: what is shown, with `%1` … `%9` for the numbers of the levels.
        parted: whether a tab or a space parts it from the paragraph.
        restart: the level (from 1) after which it starts anew, 0 for never, None for any higher one.
        legal: whether all its numbers are shown in decimal digits.
        style: paragraph style that stands for this level.
    """

    start: int = 0
    format: str = "decimal"
    text: str = ""
    parted: bool = True
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A list: the abstract list whose counters it uses, its levels, and where it starts levels anew."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int]

    def start(self, level: int) -> int:
        """The first number of a level in this list."""
        defined = self.levels.get(level)
        return self.restarts.get(level, defined.start if defined else 1)


@dataclass(slots=True)
class Counters:
    """The numbers given so far."""

    _values: dict[str, dict[int, int]] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)

    def advance(self, list_id: int, definition: ListDefinition, level: int) -> dict[int, int]:
        """Count one more paragraph of a level.

        Returns:
            The current number of that level and of all above it.
        """
        values = self._values.setdefault(definition.abstract, {})
        if list_id not in self._used:
            self._used.add(list_id)
            for restarted in definition.restarts:
                values.pop(restarted, None)
        for above in range(level):
            values.setdefault(above, definition.start(above))
        values[level] = values[level] + 1 if level in values else definition.start(level)
        for below in range(level + 1, _LEVELS):
            restart = definition.levels[below].restart if below in definition.levels else None
            if restart is None or level < restart:
                values.pop(below, None)
        return {above: values[above] for above in range(level + 1)}


class Numbering:
    """The lists of a docx and the numbers that its paragraphs take from them, in reading order."""

    def __init__(self, root: etree._Element | None, style_list: Callable[[str], int | None]) -> None:
        """Read `numbering.xml`; `style_list` gives the list that a numbering style refers to."""
        self._abstracts: dict[str, etree._Element] = {}
        self._lists: dict[int, etree._Element] = {}
        self._definitions: dict[int, ListDefinition | None] = {}
        self._style_list = style_list
        self._counters = Counters()
        for element in root if root is not None else ():
            if element.tag == f"{W}abstractNum":
                self._abstracts.setdefault(element.get(f"{W}abstractNumId", ""), element)
            elif element.tag == f"{W}num":
                list_id = number(element.get(f"{W}numId"), 0, most=2**31 - 1)
                self._lists.setdefault(list_id, element)

    def label(self, list_id: int | None, level: int | None, style: str, text: str) -> str:
        """Count a paragraph and give what stands before its text.

        The tab behind a number is layout, as the indent is: it becomes a blank only where number and text
        would run into one word ("第一章 总则", "1. 2022年").

        Args:
            list_id: `w:numId`; nothing is counted for None and 0.
            level: from 0; None takes the level that `style` stands for, or the first.
            style: identifier of the paragraph's style.
            text: what the paragraph itself says.
        """
        definition = self._definition(list_id) if list_id else None
        if definition is None or list_id is None:
            return ""
        if level is None:
            level = next((index for index, of in definition.levels.items() if of.style == style), 0)
        shown = definition.levels.get(level)
        if shown is None:
            return ""
        values = self._counters.advance(list_id, definition, level)
        label = _label(definition, shown, values)
        return label + " " if shown.parted and _would_merge(label, text) else label

    def _definition(self, list_id: int) -> ListDefinition | None:
        if list_id not in self._definitions:
            self._definitions[list_id] = self._read_list(list_id)
        return self._definitions[list_id]

    def _read_list(self, list_id: int) -> ListDefinition | None:
        element = self._lists.get(list_id)
        if element is None:
            return None
        key, abstract = self._abstract(element)
        if abstract is None:
            return None
        levels = {_index(level): _level(level) for level in abstract.iterchildren(f"{W}lvl")}
        restarts: dict[int, int] = {}
        for override in element.iterchildren(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                restarts[_index(override)] = number(start.get(_VAL), 0)
            replacement = override.find(f"{W}lvl")
            if replacement is not None:
                levels[_index(override)] = _level(replacement)
        return ListDefinition(key, levels, restarts)

    def _abstract(self, element: etree._Element) -> tuple[str, etree._Element | None]:
        """The abstract list behind a list; one that only names a numbering style is followed to it."""
        seen: set[str] = set()
        while True:
            reference = element.find(f"{W}abstractNumId")
            key = reference.get(_VAL, "") if reference is not None else ""
            abstract = self._abstracts.get(key)
            link = abstract.find(f"{W}numStyleLink") if abstract is not None else None
            if link is None or key in seen:
                return key, abstract
            seen.add(key)
            linked = self._lists.get(self._style_list(link.get(_VAL, "")) or 0)
            if linked is None:
                return key, abstract
            element = linked


def _index(level: etree._Element) -> int:
    return number(level.get(f"{W}ilvl"), 0, most=_LEVELS - 1)


def _level(element: etree._Element) -> Level:
    def value(name: str, default: str) -> str:
        found = element.find(f"{W}{name}")
        return found.get(_VAL, default) if found is not None else default

    # Formats of newer programs stand beside one that older programs know.
    format = element.find(f"{W}numFmt")
    if format is None:
        format = element.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
    legal, hidden = element.find(f"{W}isLgl"), element.find(f"{W}rPr/{W}vanish")
    restart = value("lvlRestart", "")
    return Level(
        start=number(value("start", "0")),
        format=format.get(_VAL, "decimal") if format is not None else "decimal",
        text=value("lvlText", "") if hidden is None or not is_on(hidden) else "",
        parted=value("suff", "tab") != "nothing",
        restart=number(restart) if restart else None,
        legal=legal is not None and is_on(legal),
        style=value("pStyle", ""),
    )


def _label(definition: ListDefinition, shown: Level, values: dict[int, int]) -> str:
    def fill(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        if index not in values:
            return ""
        format = definition.levels[index].format if index in definition.levels else "decimal"
        return ordinal(values[index], "decimal" if shown.legal else format)

    return _SYMBOL_FONT.sub("•", _PLACEHOLDER.sub(fill, shown.text))


def _would_merge(label: str, text: str) -> bool:
    return bool(label) and (label[-1].isalnum() or (text[:1].isascii() and text[:1].isalnum()))
