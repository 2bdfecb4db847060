"""Where a text assigns bodies: labelled lines, brackets, and sentences that assign."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from luoshi.core.plan import grammar
from luoshi.core.plan.bodies import names_of, parse_names
from luoshi.core.plan.conventions import cut_conventions
from luoshi.core.plan.lexicon import is_certain_body
from luoshi.core.plan.prose import sentences_that_assign
from luoshi.core.plan.roles import Assigned, Group, Placed, behind_label, parse_assignment, role_labels

# What makes a bracket worth a look: a role word. Sample: 负责
_ROLE_WORD = re.compile(
    "牵头|负责|单位|部门|配合|参与|会同|指导|主办|协办|承办|落实|科室|协助|参加|分工|处室"
)
# An opening bracket; any bracket.
_OPENING, _BRACKET = re.compile(r"[(\[]"), re.compile(r"[()\[\]]")
# A label right behind an opening bracket. Sample: 责任单位:
_LABEL_FOLLOWS = re.compile(r"\s?[一-鿿]{2,8}\s?:")
# The longest bracket, in characters.
_BRACKET_REACH = 2000
# What may stand between two groups that are one.
_BETWEEN = " \n;,。:)]>*-"


def find_groups(view: str, paragraphs: list[tuple[int, int]], marks: list[int]) -> list[Group]:
    """All groups of the given paragraphs, in order, without overlap.

    Args:
        view: the reading's view.
        paragraphs: start and end characters of each.
        marks: where the numbers of the outline stand, ascending; a list never runs across one.
    """
    groups: list[Group] = []
    for index, (start, end) in enumerate(paragraphs):
        bracketed = view.find("(", start, end) >= 0 or view.find("[", start, end) >= 0
        found = list(_brackets(view, start, end, marks)) if bracketed else []
        if view.find(":", start, end) >= 0:
            following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
            found += _labels(view, start, end, following, marks, found)
        groups += found
    groups += sentences_that_assign(view, groups)
    groups.sort(key=lambda group: group.start)
    return _merged(view, groups)


def _merged(view: str, groups: list[Group]) -> list[Group]:
    """Groups with nothing between them but points and line ends are one."""
    merged: list[Group] = []
    for group in groups:
        last = merged[-1] if merged else None
        if last is not None and group.start < last.end:
            continue
        if last is not None and not last.prose and not view[last.end : group.start].strip(_BETWEEN):
            last.end = group.end
            last.assigned += group.assigned
            last.own_lines = last.own_lines and group.own_lines
        else:
            merged.append(group)
    return merged


# --- brackets ------------------------------------------------------------------------------------------


def _brackets(view: str, start: int, end: int, marks: list[int]) -> Iterator[Group]:
    for opening, closing, closed in _outer_brackets(view, start, end, marks):
        assigned: list[Placed] = []
        if _ROLE_WORD.search(view, opening + 1, closing):
            assigned = parse_assignment(view, opening + 1, closing)
        if not assigned and closed and _names_only(view, start, end, opening, closing):
            names = parse_names(view, opening + 1, cut_conventions(view, opening + 1, closing))
            assigned = [(0, Assigned(name, False, grammar.NAMES_ONLY.key, False)) for name in names]
        if assigned:
            after = closing + 1 if closed else closing
            yield Group(opening, after, assigned, own_lines=_alone(view, start, end, opening, after))


def _outer_brackets(view: str, start: int, end: int, marks: list[int]) -> Iterator[tuple[int, int, bool]]:
    """The outermost brackets of a paragraph: (opening, closing, closed).

    One that is never closed ends before the next number, or where the paragraph ends; it counts only if a
    role label stands right behind it.
    """
    pairs = _pairs(view, start, end)
    at = start
    while (found := _OPENING.search(view, at, end)) is not None:
        opening = found.start()
        closing = pairs.get(opening)
        if closing is None:
            at = opening + 1
            if _LABEL_FOLLOWS.match(view, opening + 1, end) or view.find("牵头", opening, opening + 40) >= 0:
                at = max(at, _before_next(marks, opening, end))
                yield opening, at, False
        else:
            yield opening, closing, True
            at = closing + 1


def _pairs(view: str, start: int, end: int) -> dict[int, int]:
    """The closing bracket of each opening one that is closed within reach."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACKET.finditer(view, start, end):
        at = found.start()
        if found.group() in "([":
            opened.append(at)
        elif opened:
            opening = opened.pop()
            if at - opening < _BRACKET_REACH:
                pairs[opening] = at
    return pairs


def _before_next(marks: list[int], at: int, end: int) -> int:
    """The next mark at or behind `at`, or `end` if that comes first."""
    slot = bisect_right(marks, at)
    return min(end, marks[slot]) if slot < len(marks) else end


def _alone(view: str, start: int, end: int, first: int, last: int) -> bool:
    return not view[start:first].strip(" *->") and not view[last:end].strip(" 。*;")


def _names_only(view: str, start: int, end: int, opening: int, closing: int) -> bool:
    before, after = view[start:opening].rstrip(), view[closing + 1 : end].lstrip()
    if before[-1:] not in "。;!?”…" or not (before or after):
        return False
    names = names_of(view[opening + 1 : cut_conventions(view, opening + 1, closing)])
    return bool(names) and all(is_certain_body(name.read) for name in names)


# --- labelled lines ------------------------------------------------------------------------------------


def _labels(
    view: str, start: int, end: int, following: tuple[int, int] | None, marks: list[int], taken: list[Group]
) -> Iterator[Group]:
    """Groups of the role labels of a paragraph; an empty label takes the paragraph behind it."""
    labels = role_labels(view, start, end)
    if taken:
        labels = [one for one in labels if not any(g.start <= one.start() < g.end for g in taken)]
    for index, label in enumerate(labels):
        first, last = label.end(), _before_next(marks, label.start(), end)
        if index + 1 < len(labels):
            last = min(last, labels[index + 1].start())
        elif (
            following and last == end and not view[first:last].strip() and _goes_below(view, following, marks)
        ):
            last = following[1]
        last, assigned = behind_label(view, label, last)
        if assigned:
            at = label.start()
            alone = at == start or not view[start:at].strip(" *->")
            yield Group(at, last, assigned, own_lines=alone)


def _goes_below(view: str, following: tuple[int, int], marks: list[int]) -> bool:
    """Whether neither a label nor a number opens the paragraph behind an empty label."""
    start, end = following
    slot = bisect_right(marks, start - 1)
    numbered = slot < len(marks) and marks[slot] < end
    return not numbered and grammar.ANY_LABEL.pattern.match(view, start, end) is None
