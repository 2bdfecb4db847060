"""Lists of bodies: from the words of a list to the bodies that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from luoshi.core.plan import grammar_lists as g
from luoshi.core.plan.lexicon import COLLECTIVE, is_certain_body, line_of, looks_like_body
from luoshi.core.plan.model import BodyMention
from luoshi.core.plan.reading import Reading

# What may stand around a name. Sample: **区司法局**
_EDGE = " \t\n*-·。.:;,、\"“”'…_"
# Signs that mark leads where a convention says so.
_STARS = "☆★△▲※#"
# How much of a list is looked at around a blank inside it, in characters; no name is longer.
_LONGEST_NAME = 20


class Name(NamedTuple):
    """A name in a list.

    Attributes:
        start: where it is printed in the view.
        end: the character behind it.
        read: the name as it is to be read, in simplified characters.
        governed: a quantifier before it in the list belongs to it, too ("各镇、街道").
        repaired: a doubled piece was dropped.
        starred: a star marks it.
        collective: it is one of many ("各镇", "区直有关单位").
    """

    start: int
    end: int
    read: str
    governed: bool = False
    repaired: bool = False
    starred: bool = False
    collective: bool = False

    def moved(self, offset: int) -> Name:
        """The same name counted from `offset` characters earlier."""
        return self._replace(start=self.start + offset, end=self.end + offset)


def parse_names(view: str, start: int, end: int) -> list[Name]:
    """The names of the list that stands at `start` to `end` of a view.

    Whatever stands in the list and is no ellipsis is kept, known or not: an unknown name is for a person to
    settle, not for the reader to drop.

    Example:
        >>> text = "区委宣传部、区直各部门,各镇、街道等"
        >>> [n.read for n in parse_names(text, 0, len(text))]
        ['区委宣传部', '区直各部门', '各镇', '各街道']
    """
    return [name.moved(start) for name in names_of(view[start:end])]


@lru_cache(maxsize=16384)
def names_of(words: str) -> tuple[Name, ...]:
    """The names of a list, counted from its start.

    The same lists come again and again in a plan ("区直各部门,各镇、街道"); each is taken apart once.
    """
    names: list[Name] = []
    quantifier = ""
    for first, last in _tokens(words):
        name = _name(words, first, last, quantifier)
        if name is None or _is_person(words, names, name):
            continue
        names.append(name)
        if not name.governed:
            quantifier = "各" if g.QUANTIFIER.pattern.match(name.read) else ""
    return tuple(names)


def mention(reading: Reading, name: Name, rule: str, offset: int = 0) -> BodyMention:
    """The name as the plan keeps it: in the document's own characters.

    Args:
        reading: the text.
        name: a name in a list.
        rule: the rule that assigns it.
        offset: the character of the view from which the name is counted.
    """
    span = reading.span(offset + name.start, offset + name.end)
    printed = reading.text[span.start : span.end]
    kept = printed if printed == name.read else _kept(printed, name)
    return BodyMention(kept, printed, span, name.collective, rule)


def _kept(printed: str, name: Name) -> str:
    own = name.read if name.repaired else "".join(printed.split())
    return "各" + own if name.governed else own


def _is_person(words: str, names: list[Name], name: Name) -> bool:
    if g.POST.pattern.search(name.read):
        return True
    behind = bool(names) and words[names[-1].end : name.start].isspace()
    return behind and not looks_like_body(name.read) and g.PERSON.pattern.match(name.read) is not None


def _person_behind(read: str) -> int:
    """How many characters at the end of a name are a person's that a lost blank has glued to it."""
    if line_of(read) is not None or looks_like_body(read):
        return 0
    for size in (2, 3):
        person = read[-size:]
        if g.PERSON.pattern.match(person) and line_of(read[:-size]) is not None:
            return size
    return 0


# --- parting a list ------------------------------------------------------------------------------------


def _tokens(words: str) -> Iterator[tuple[int, int]]:
    for first, last in _split_at_points(words):
        yield from _split_at_and(words, first, last)


def _split_at_points(words: str) -> Iterator[tuple[int, int]]:
    """The pieces between separators; brackets keep theirs to themselves, as in 市(区、县)."""
    depth = first = 0
    for found in g.LIST_SEPARATOR.pattern.finditer(words):
        char, at = found.group(), found.start()
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(depth - 1, 0)
        elif depth == 0 and not (char.isspace() and _inside_name(words, at)):
            if first < at:
                yield first, at
            first = at + 1
    if first < len(words):
        yield first, len(words)


# The Chinese characters before a blank, and those behind it. Sample: 区乡村振 | 兴局
_BEFORE_BLANK, _AFTER_BLANK = re.compile(r"[一-鿿)]*$"), re.compile(r"[一-鿿]+")


def _inside_name(words: str, at: int) -> bool:
    """Whether the blank at `at` stands inside a broken name rather than between two."""
    before = _BEFORE_BLANK.search(words[max(at - _LONGEST_NAME, 0) : at])
    after = _AFTER_BLANK.match(words[at + 1 : at + 1 + _LONGEST_NAME])
    if before is None or after is None:
        return False
    follows = _opens_a_name(after.group()) or g.PERSON.pattern.match(after.group())
    return not (looks_like_body(before.group()) and follows)


def _opens_a_name(words: str) -> bool:
    return any(is_certain_body(words[:length]) for length in range(2, len(words) + 1))


def _split_at_and(words: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Part "A和B" when both sides are bodies; "住房和城乡建设局" stays whole."""
    at = first
    for found in g.LIST_AND.pattern.finditer(words, first, last):
        left, right = words[at : found.start()].strip(_EDGE), words[found.end() : last].strip(_EDGE)
        if not looks_like_body(left.removesuffix("等")) or _depth(words[at : found.start()]):
            continue
        if _right_side(right):
            yield at, found.start()
            at = found.end()
    yield at, last


# Where the first name behind "和" ends. Sample: 区财政局以及…
_NAME_END = re.compile("以及|及|和|与|等|[,、;]")


def _right_side(right: str) -> bool:
    cut = _NAME_END.split(right, maxsplit=1)[0]
    if g.BARE_GENERIC.pattern.match(cut):
        return False
    whole = g.DUTY_WORDS.pattern.sub("", right.removesuffix("等"))
    return any(is_certain_body(side) or _is_generic(side) for side in (whole, cut))


def _depth(words: str) -> int:
    return words.count("(") + words.count("[") - words.count(")") - words.count("]")


# --- one name ------------------------------------------------------------------------------------------


def _name(words: str, first: int, last: int, quantifier: str) -> Name | None:
    """The name in a piece of a list, once all that is no name is taken off its ends."""
    piece = words[first:last]
    start, end = _trim(piece)
    if start >= end:
        return None
    starred = piece[start] in _STARS or piece[end - 1] in _STARS
    if starred:
        start, end = start + (piece[start] in _STARS), end - (piece[end - 1] in _STARS)
    printed = piece[start:end]
    if not printed or g.NOT_REPEATED.pattern.search(printed):
        return None
    read = "".join(printed.split())
    repaired = _without_repetition(read)
    governed = bool(quantifier) and _is_generic(read)
    read = repaired or (quantifier + read if governed else read)
    if printed == read and (person := _person_behind(read)):
        end, read = end - person, read[:-person]
    collective = COLLECTIVE.search(read) is not None
    return Name(first + start, first + end, read, governed, repaired is not None, starred, collective)


def _trim(piece: str) -> tuple[int, int]:
    """Take off what belongs to the list, not to the name: points, 由, 等, words of duty, notes."""
    first, last = 0, len(piece)
    while True:
        before = first, last
        words = piece[first:last]
        first += len(words) - len(words.lstrip(_EDGE))
        last = max(last - (len(words) - len(words.rstrip(_EDGE))), first)
        opening = g.OPENING_WORDS.pattern.match(piece[first:last])
        if opening and opening.end() < last - first:
            first += opening.end()
        for rule in (g.ROLE_NOTE, g.AND_SO_ON, g.DUTY_WORDS):
            found = rule.pattern.search(piece[first:last])
            # A name that merely ends like a word of duty must not be cut to nothing.
            if found and not (found.start() == 0 and looks_like_body(piece[first:last])):
                last = first + found.start()
        last = first + _balanced(piece[first:last])
        if (first, last) == before:
            return first, last


def _balanced(words: str) -> int:
    """Length of `words` without a closing bracket that was never opened at its end."""
    length = len(words)
    while length and words[length - 1] in ")]" and _depth(words[:length]) < 0:
        length -= 1
    return length


def _is_generic(read: str) -> bool:
    return g.GENERIC_NAME.pattern.match(read) is not None


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
