"""Two people edited one text: both edits are brought together, and no word that either wrote is lost.

The text is compared clause by clause. A clause that only one of them touched takes that change. A clause
that both touched is compared word by word (Chinese character by character) and woven together when it is
still much the same clause and their changes lie apart; otherwise both versions stand, one after the other,
and the place is marked. The result says of every part who wrote it. Own work over difflib, because the merge
libraries at hand are copyleft or know lines only, and a Chinese paragraph is one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from luoshi.core.source import Span

# A clause with the marks that end it. Sample: "召开会议," of "召开会议,形成纪要。"
CLAUSE = re.compile(r"[^,，;；。!！?？\n]*[,，;；。!！?？\n]+|[^,，;；。!！?？\n]+")

ENDS = (",", "，", ";", "；", "。", "!", "！", "?", "？", "\n")
"""The marks that end a clause."""

# What may not be cut when a clause is compared: a number, a foreign word, a blank. Samples: "99.5%", "WiFi"
WORD = re.compile(r"\d+(?:[.,]\d+)*[%％]?|[A-Za-z]+|\s+|.", re.DOTALL)

ALIKE = 0.6
"""A clause of which less than this share is left was rewritten, and is not woven."""

LONGEST = 600
"""Clauses with more words are not woven: comparing grows with the square of the length."""

By = Literal["nobody", "first", "second", "both"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the merged text.

    Attributes:
        text: what stands in the merged text; empty where something was deleted.
        by: who changed it; `nobody` for words that stood there before.
        was: the words it replaces.
        conflict: whether two versions stand in it because only a person can choose.
        first: the first person's version, in a conflict.
        second: the second person's version, in a conflict.
        woven: whether it lies in a clause that both changed without conflict; worth a look.
    """

    text: str
    by: By = "nobody"
    was: str = ""
    conflict: bool = False
    first: str = ""
    second: str = ""
    woven: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged text as its parts, in order."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The merged text; both versions stand in it where they could not be brought together."""
        return "".join(part.text for part in self.parts)

    @property
    def clean(self) -> bool:
        """Whether nothing is left for a person to choose."""
        return not any(part.conflict for part in self.parts)

    def spans(self) -> Iterator[tuple[Span, Part]]:
        """Every part with its place in `text`."""
        start = 0
        for part in self.parts:
            end = start + len(part.text)
            yield Span(start, end), part
            start = end


@dataclass(frozen=True, slots=True)
class _Edit:
    """`start` to `end` of the base become `tokens`, for one of the two."""

    start: int
    end: int
    tokens: tuple[str, ...]
    by: Literal["first", "second"]


def merge(base: str, first: str, second: str) -> Merged:
    """Bring two edits of one text together.

    Args:
        base: the text that both started from.
        first: what the first person made of it.
        second: what the second person made of it.

    Example:
        >>> merged = merge("召开会议1次。印发通知。", "召开会议2次。印发通知。", "召开会议1次。印发通知3份。")
        >>> merged.text, merged.clean
        ('召开会议2次。印发通知3份。', True)
        >>> [(part.by, part.text) for part in merged.parts]
        [('first', '召开会议2次。'), ('second', '印发通知3份。')]
    """
    cut = [CLAUSE.findall(text) for text in (base, first, second)]
    return Merged(tuple(_joined(_merge(*cut, fine=False))))


def compare(old: str, new: str) -> tuple[Part, ...]:
    """How one text became another: the parts that stayed, and of the others what they were and are.

    Clause by clause, and word by word in a clause that is still much the same. The parts that stayed and what
    the others were make up the old text, and the `text` of all parts the new one.

    Example:
        >>> [(part.was, part.text) for part in compare("召开会议1次。印发通知。", "召开会议12次。")]
        [('', '召开会议'), ('1', '12'), ('', '次。'), ('印发通知。', '')]
    """
    return tuple(_joined(finer for part in merge(old, new, old).parts for finer in _finer(part)))


def _finer(part: Part) -> list[Part]:
    """A part that was changed word by word, where it is still much the same; else as it is."""
    return (_weave(part.was, part.text, part.was) if part.was and part.text else []) or [part]


def _merge(base: list[str], first: list[str], second: list[str], *, fine: bool) -> Iterator[Part]:
    edits = sorted(
        [*_edits(base, first, "first"), *_edits(base, second, "second")],
        key=lambda edit: (edit.start, edit.end, edit.by),
    )
    at = 0
    for group in _groups(edits, touching=fine):
        start, end = group[0].start, max(edit.end for edit in group)
        yield Part("".join(base[at:start]))
        yield from _settle(base, group, start, end, fine=fine)
        at = end
    yield Part("".join(base[at:]))


def _edits(base: list[str], tokens: list[str], by: Literal["first", "second"]) -> list[_Edit]:
    matcher = SequenceMatcher(None, base, tokens, autojunk=False)
    return [
        _Edit(start, end, tuple(tokens[low:high]), by)
        for tag, start, end, low, high in matcher.get_opcodes()
        if tag != "equal"
    ]


def _groups(edits: Sequence[_Edit], *, touching: bool) -> Iterator[list[_Edit]]:
    """Edits that bear on each other: words side by side do, clauses side by side do not."""
    group: list[_Edit] = []
    end = -1
    for edit in edits:
        same_place = group and edit.start == edit.end == end == group[0].start
        if group and (edit.start < end or same_place or (touching and edit.start == end)):
            group.append(edit)
        else:
            if group:
                yield group
            group = [edit]
        end = max(end, edit.end)
    if group:
        yield group


def _settle(base: list[str], group: list[_Edit], start: int, end: int, *, fine: bool) -> Iterator[Part]:
    was = "".join(base[start:end])
    versions = {by: _version(base, group, by, start, end) for by in ("first", "second")}
    first, second = versions["first"], versions["second"]
    authors = {edit.by for edit in group}
    if len(authors) == 1:
        by = group[0].by
        yield Part(versions[by], by, was)
    elif first == second:
        yield Part(first, "both", was)
    elif not any(edit.tokens for edit in group):
        deleted = {place for edit in group for place in range(edit.start, edit.end)}
        yield Part("".join(base[n] for n in range(start, end) if n not in deleted), "both", was)
    elif longer := _continued(first, second):
        author, shorter, rest = longer
        yield from (Part(shorter, "both", was), Part(rest, author))
    elif not fine and (woven := _weave(was, first, second)):
        yield from woven
    else:
        yield Part(_both(first, second), "both", was, True, first, second)


def _version(base: list[str], group: list[_Edit], by: str, start: int, end: int) -> str:
    """What one of the two made of the base from `start` to `end`."""
    found, at = [], start
    for edit in group:
        if edit.by == by:
            found += [*base[at : edit.start], *edit.tokens]
            at = edit.end
    return "".join([*found, *base[at:end]])


def _weave(was: str, first: str, second: str) -> list[Part]:
    """The parts of a clause that both changed, or none when only a person can say what it should be."""
    words = [WORD.findall(text) for text in (was, first, second)]
    if not was or max(map(len, words)) > LONGEST:
        return []
    if min(SequenceMatcher(None, words[0], side, autojunk=False).ratio() for side in words[1:]) < ALIKE:
        return []
    parts = list(_merge(*words, fine=True))
    return [] if any(part.conflict for part in parts) else [replace(part, woven=True) for part in parts]


def _continued(first: str, second: str) -> tuple[By, str, str] | None:
    """Who wrote the same clauses as the other and more, with the same and the rest; None when neither did."""
    if first.endswith(ENDS) and second.startswith(first):
        return "second", first, second.removeprefix(first)
    if second.endswith(ENDS) and first.startswith(second):
        return "first", second, first.removeprefix(second)
    return None


def _both(first: str, second: str) -> str:
    """Both versions in one text, parted where the first does not end by itself."""
    return first + ("\n" if first and second and not first.endswith(ENDS) else "") + second


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    return (part for part in parts if part.text or part.was)
