"""Lists of bodies: from the words of a list to the bodies that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from luoshi.core.plan.grammar import AND_SO_ON, GENERIC_NAME, LIST_AND, NOT_REPEATED, QUANTIFIER
from luoshi.core.plan.lexicon import COLLECTIVE, is_certain_body, line_of, looks_like_body
from luoshi.core.plan.model import BodyMention
from luoshi.core.plan.reading import Reading
from luoshi.core.plan.rules import Rule

# Words that belong to the assignment, not to a name, at the end of a list. Sample: 按职责分工负责
_TRAILING = re.compile(
    r"(?:[,、]?(?:按照?|根据)(?:各自)?(?:职责|职能)?(?:分工)?(?:分别)?(?:负责|落实)?|分别负责|共同负责|分工负责|负责|按职责|共同|分别|落实|组织|牵头|配合|为牵头单位)+$"
)
# Words that open a list and belong to no name. Sample: 由
_LEADING = re.compile(r"^(?:由(?!于)|请|以及|及|和|与|并由|并|其中,?|主要由|具体由|[-*·>“”\"']+)+")
# What may stand around a name. Sample: **区司法局**
_EDGE = " \t\n*-·。.:;,、\"“”'…_"
# The end of one name and the start of the next with nothing between but a bracket. Sample: 区教育局(牵头)
_NOTE_BRACKET = re.compile(
    r"\((?:牵头|负责|配合|主办|协办|参与|指导|排名不分先后|按职责分工|第一责任单位)[^()]*\)$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a list: where it is printed in the view, and how it is to be read there."""

    start: int
    end: int
    read: str
    governed: bool = False
    repaired: bool = False
    starred: bool = False

    def shift(self, offset: int) -> Name:
        """The same name counted from `offset` characters earlier."""
        return Name(
            self.start + offset, self.end + offset, self.read, self.governed, self.repaired, self.starred
        )


def parse_names(view: str, start: int, end: int) -> list[Name]:
    """The names of the list that stands at `start` to `end` of a view.

    Whatever stands in the list and is no ellipsis is kept, known or not: an unknown name is for a person to
    settle, not for the reader to drop.

    Example:
        >>> text = "区委宣传部、区直各部门,各镇、街道等"
        >>> [n.read for n in parse_names(text, 0, len(text))]
        ['区委宣传部', '区直各部门', '各镇', '各街道']
    """
    return [name.shift(start) for name in _names_of(view[start:end])]


@lru_cache(maxsize=16384)
def _names_of(words: str) -> tuple[Name, ...]:
    # The same lists come again and again in a plan ("区直各部门,各镇、街道"); each is taken apart once.
    names: list[Name] = []
    quantifier = ""
    for first, last in _tokens(words, 0, len(words)):
        name = _name(words, first, last, quantifier)
        if name is None:
            continue
        names.append(name)
        if not name.governed:
            quantifier = "各" if _QUANTIFIER.match(name.read) else ""
    return tuple(names)


def _pattern(rule: Rule) -> re.Pattern[str]:
    assert rule.pattern is not None, rule.key
    return rule.pattern


_QUANTIFIER, _AND, _AND_SO_ON = _pattern(QUANTIFIER), _pattern(LIST_AND), _pattern(AND_SO_ON)
_GENERIC, _NOT_REPEATED = _pattern(GENERIC_NAME), _pattern(NOT_REPEATED)


def _tokens(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for first, last in _split_at_points(view, start, end):
        yield from _split_at_and(view, first, last)


# Points that part names; brackets keep theirs to themselves. Sample: 市(区)、县
_POINT = re.compile(r"[、,;/|。\n\s()\[\]]")


def _split_at_points(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, first = 0, start
    for found in _POINT.finditer(view, start, end):
        char, at = found.group(), found.start()
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(depth - 1, 0)
        elif depth == 0 and not (char.isspace() and _inside_name(view, start, end, at)):
            if first < at:
                yield first, at
            first = at + 1
    if first < end:
        yield first, end


def _inside_name(view: str, start: int, end: int, at: int) -> bool:
    # A blank between two names parts them, a blank inside a broken name does not.
    before = re.search(r"[一-鿿)]*$", view[max(start, at - 20) : at])
    after = re.match(r"[一-鿿]+", view[at + 1 : min(end, at + 21)])
    if before is None or after is None:
        return False
    return not (looks_like_body(before.group()) and _opens_a_name(after.group()))


def _opens_a_name(words: str) -> bool:
    return any(is_certain_body(words[:length]) for length in range(2, min(len(words), 20) + 1))


def _split_at_and(view: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Part "A和B" when both sides are bodies; "住房和城乡建设局" stays whole."""
    at = first
    for found in _AND.finditer(view, first, last):
        left, right = view[at : found.start()].strip(_EDGE), view[found.end() : last].strip(_EDGE)
        left_name = re.sub(r"等$", "", left)
        if not looks_like_body(left_name) or _depth(view, at, found.start()) or not _right_side(right):
            continue
        yield at, found.start()
        at = found.end()
    yield at, last


# Generic words that go with the name before "和": 有关部门和单位. Sample: 单位
_BARE_GENERIC = re.compile(r"^(?:单位|部门|机关|企业|组织|机构|个人)$")


def _right_side(right: str) -> bool:
    cut = re.split(r"以及|及|和|与|等|[,、;]", right, maxsplit=1)[0]
    if _BARE_GENERIC.match(cut):
        return False
    whole = _TRAILING.sub("", re.sub(r"等$", "", right))
    return any(is_certain_body(side) or _is_generic(side) for side in (whole, cut))


def _depth(view: str, start: int, end: int) -> int:
    words = view[start:end]
    return words.count("(") + words.count("[") - words.count(")") - words.count("]")


def _name(view: str, first: int, last: int, quantifier: str) -> Name | None:
    cut = _cut(view[first:last])
    if cut is None:
        return None
    governed = bool(quantifier) and cut.generic
    read = quantifier + cut.read if governed else cut.read
    return Name(first + cut.start, first + cut.end, read, governed, cut.repaired, cut.starred)


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is left of a piece of a list when all that is no name is taken off its ends."""

    start: int
    end: int
    read: str
    generic: bool
    repaired: bool
    starred: bool


@lru_cache(maxsize=16384)
def _cut(piece: str) -> _Cut | None:
    # The same few dozen names come again and again in a plan; each is looked at once.
    first, last = _trim(piece)
    if first >= last:
        return None
    starred = piece[first] in _STARS or piece[last - 1] in _STARS
    if starred:
        first, last = first + (piece[first] in _STARS), last - (piece[last - 1] in _STARS)
    words = piece[first:last]
    if not words or _NOT_REPEATED.search(words):
        return None
    read = re.sub(r"\s+", "", words)
    repaired = _without_repetition(read)
    return _Cut(first, last, repaired or read, _is_generic(read), repaired is not None, starred)


# Signs that mark leads where a convention says so.
_STARS = "☆★△▲※#"


def _trim(piece: str) -> tuple[int, int]:
    """Take off what belongs to the list, not to the name: edges, 由, 等, 按职责分工负责, notes in brackets."""
    first, last = 0, len(piece)
    while True:
        before = first, last
        while first < last and piece[first] in _EDGE:
            first += 1
        while first < last and piece[last - 1] in _EDGE:
            last -= 1
        lead = _LEADING.match(piece[first:last])
        if lead and lead.end() < last - first:
            first += lead.end()
        for pattern in (_NOTE_BRACKET, _AND_SO_ON, _TRAILING):
            found = pattern.search(piece[first:last])
            if found and not _whole_name(piece[first:last], found.start()):
                last = first + found.start()
        last = first + _balanced(piece[first:last])
        if (first, last) == before:
            return first, last


def _whole_name(words: str, cut: int) -> bool:
    # "平等…" or a name that merely ends like a duty word must not be cut to nothing useful.
    return cut == 0 and looks_like_body(words)


def _balanced(words: str) -> int:
    """Length of `words` without a closing bracket that was never opened at its end."""
    length = len(words)
    while length and words[length - 1] in ")]" and _depth(words, 0, length) < 0:
        length -= 1
    return length


def _is_generic(read: str) -> bool:
    return _GENERIC.match(read) is not None


def _without_repetition(read: str) -> str | None:
    """The known body that a name amounts to once a doubled piece is dropped: 区检察院院 is 区检察院."""
    if line_of(read) is not None or len(read) < 4 or COLLECTIVE.search(read):
        return None
    found = set()
    for size in range(1, len(read) // 2 + 1):
        for at in range(len(read) - 2 * size + 1):
            if read[at : at + size] == read[at + size : at + 2 * size]:
                shorter = read[: at + size] + read[at + 2 * size :]
                if line_of(shorter) is not None:
                    found.add(shorter)
    return found.pop() if len(found) == 1 else None


def mention(reading: Reading, name: Name, rule: str) -> BodyMention:
    """The name as the plan keeps it: in the document's own characters."""
    span = reading.span(name.start, name.end)
    printed = span.of(reading.text)
    own = name.read if name.repaired else "".join(printed.split())
    return BodyMention("各" + own if name.governed else own, printed, span, _collective(name.read), rule)


@lru_cache(maxsize=16384)
def _collective(read: str) -> bool:
    return COLLECTIVE.search(read) is not None
