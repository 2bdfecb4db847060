"""Where a text assigns bodies: labelled lines, brackets, and sentences that assign."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from luoshi.core.plan import grammar
from luoshi.core.plan.bodies import Name, parse_names
from luoshi.core.plan.conventions import cut_conventions
from luoshi.core.plan.lexicon import is_certain_body, looks_like_body


@dataclass(frozen=True, slots=True)
class Assigned:
    """A name with its role (`lead` or `responsible`), the rule that gave it, and whether a word said so."""

    name: Name
    lead: bool
    rule: str
    explicit: bool


@dataclass(slots=True)
class Group:
    """Bodies assigned together: one bracket, one run of labelled lines, or one sentence.

    `start` and `end` are characters of the view; `own_lines` says that nothing else stands on its lines;
    `prose` that it is a sentence of the task rather than an appendage.
    """

    start: int
    end: int
    assigned: list[Assigned] = field(default_factory=list)
    own_lines: bool = False
    prose: bool = False


def find_groups(view: str, paragraphs: list[tuple[int, int]], marks: list[int]) -> list[Group]:
    """All groups of the given paragraphs, in order, without overlap.

    Args:
        view: the reading's view.
        paragraphs: start and end characters of each.
        marks: where the numbers of the outline stand, ascending; a list never runs across one.
    """
    groups: list[Group] = []
    for index, (start, end) in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        found = list(_brackets(view, start, end, marks))
        if view.find(":", start, end) >= 0:
            found += _labels(view, start, end, following, marks, found)
        groups += sorted(found, key=lambda group: group.start)
    groups += _sentences(view, groups)
    groups.sort(key=lambda group: group.start)
    return _merged(view, groups)


def _merged(view: str, groups: list[Group]) -> list[Group]:
    """Groups with nothing between them but points and line ends are one."""
    merged: list[Group] = []
    for group in groups:
        if merged and group.start < merged[-1].end:
            continue
        if merged and not merged[-1].prose and not view[merged[-1].end : group.start].strip(" \n;,。:)]>*"):
            last = merged[-1]
            last.end = group.end
            last.assigned += group.assigned
            last.own_lines = last.own_lines and group.own_lines
        else:
            merged.append(group)
    return merged


# --- brackets ------------------------------------------------------------------------------------------

# What makes a bracket worth a look: a role word. Sample: 负责
_ROLE_WORD = re.compile("牵头|负责|单位|部门|配合|参与|会同|指导|主办|协办|承办|落实|科室|协助|参加|分工")


def _brackets(view: str, start: int, end: int, marks: list[int]) -> Iterator[Group]:
    for opening, closing, closed in outer_brackets(view, start, end, marks):
        inner = (opening + 1, closing)
        words = view[opening + 1 : closing]
        after = closing + 1 if closed else closing
        if _ROLE_WORD.search(words):
            assigned = parse_assignment(view, *inner)
            if assigned:
                yield Group(opening, after, assigned, own_lines=_alone(view, start, end, opening, after))
                continue
        if closed and _names_only(view, start, end, opening, closing):
            names = parse_names(view, *cut_conventions(view, *inner))
            rule = grammar.NAMES_ONLY.key
            listed = [Assigned(name, False, rule, False) for name in names]
            yield Group(opening, after, listed, own_lines=_alone(view, start, end, opening, after))


def outer_brackets(view: str, start: int, end: int, marks: list[int]) -> Iterator[tuple[int, int, bool]]:
    """The outermost brackets of a paragraph: (opening, closing, closed).

    One that is never closed ends before the next number, or where the paragraph ends; it counts only if a
    role label stands right behind it.
    """
    at = start
    while (found := _OPENING.search(view, at, end)) is not None:
        opening = found.start()
        closing = _closing(view, opening, end)
        if closing is None:
            if _LABEL_FOLLOWS.match(view, opening + 1, end) or "牵头" in view[opening : opening + 40]:
                slot = bisect_right(marks, opening)
                yield opening, min(end, marks[slot]) if slot < len(marks) else end, False
            at = opening + 1
        else:
            yield opening, closing, True
            at = closing + 1


# An opening bracket.
_OPENING = re.compile(r"[(\[]")
# A role label right behind an opening bracket. Sample: 责任单位:
_LABEL_FOLLOWS = re.compile(r"\s?[一-鿿]{2,8}\s?:")
_BRACKET = re.compile(r"[()\[\]]")


def _closing(view: str, opening: int, end: int) -> int | None:
    depth = 0
    for found in _BRACKET.finditer(view, opening, min(end, opening + 2000)):
        depth += 1 if found.group() in "([" else -1
        if depth == 0:
            return found.start()
    return None


def _alone(view: str, start: int, end: int, first: int, last: int) -> bool:
    return not view[start:first].strip(" *->") and not view[last:end].strip(" 。*;")


def _names_only(view: str, start: int, end: int, opening: int, closing: int) -> bool:
    before, after = view[start:opening].rstrip(), view[closing + 1 : end].lstrip()
    if before and before[-1] not in "。;!?”…":
        return False
    if not before and not after:
        return False
    first, last = cut_conventions(view, opening + 1, closing)
    names = parse_names(view, first, last)
    return bool(names) and all(is_certain_body(name.read) for name in names)


# --- the words inside ----------------------------------------------------------------------------------


def parse_assignment(view: str, start: int, end: int) -> list[Assigned]:
    """The bodies that the words of a bracket or a labelled line assign; empty if they assign none.

    Example:
        >>> text = "市教育局牵头,市财政局、各区按职责分工负责"
        >>> [(a.name.read, a.lead) for a in parse_assignment(text, 0, len(text))]
        [('市教育局', True), ('市财政局', False), ('各区', False)]
    """
    start, end = cut_conventions(view, start, end)
    labels = list(role_labels(view, start, end))
    if not labels:
        return _by_verbs(view, start, end)
    assigned: list[Assigned] = []
    for index, label in enumerate(labels):
        last = labels[index + 1].start() if index + 1 < len(labels) else end
        assigned += _labelled(view, label, _value_end(view, label.end(), last))
    return assigned


def _value_end(view: str, start: int, end: int) -> int:
    """Where a label's list ends: at the next label of another kind, or at a full stop."""
    pattern = grammar.OTHER_LABEL.pattern
    assert pattern is not None
    other = pattern.search(view, start, end)
    stop = view.find("。", start, other.start() if other else end)
    return stop if stop >= 0 else other.start() if other else end


def _labelled(view: str, label: re.Match[str], end: int) -> list[Assigned]:
    lead = label.group("lead") is not None
    rule = (grammar.LEAD_LABEL if lead else grammar.RESPONSIBLE_LABEL).key
    if not lead and _LEAD_VERB.search(view, label.end(), end):
        if any(verb.group("lead") for verb in _verbs(view, label.end(), end)):
            return _by_verbs(view, label.end(), end)
    names = [n for n in parse_names(view, label.end(), end) if _may_be_name(n)]
    if not names or not (
        any(looks_like_body(n.read) for n in names) or all(len(n.read) <= 12 for n in names)
    ):
        return []
    return [Assigned(name, lead, rule, lead) for name in names]


# A word that makes a list behind 责任单位 more than a list. Sample: 牵头
_LEAD_VERB = re.compile("牵头|主办|主责")


def _may_be_name(name: Name) -> bool:
    return looks_like_body(name.read) or (len(name.read) <= 30 and _NO_NAME.search(name.read) is None)


# Words that show that a piece of a list is a remark. Sample: 6月底完成
_NO_NAME = re.compile(
    r"\d|完成|[年月日]底|持续|长期|以上|排名|下同|如下|另行|。|是指|需要|应当|以及其他|^等$|^无$|^[-/]+$"
)


def _verbs(view: str, start: int, end: int) -> list[re.Match[str]]:
    pattern = grammar.ROLE_VERB.pattern
    assert pattern is not None
    return list(pattern.finditer(view, start, end))


def _by_verbs(view: str, start: int, end: int) -> list[Assigned]:
    """Names before each verb get the verb's role; names behind the last one are responsible."""
    assigned: list[Assigned] = []
    at = start
    for verb in _verbs(view, start, end):
        if verb.start() > at:
            assigned += _before_verb(view, at, verb.start(), lead=verb.group("lead") is not None)
        at = verb.end()
    if not assigned and at == start:
        return _together(view, start, end)
    if at < end and assigned:
        rest = [n for n in parse_names(view, at, end) if is_certain_body(n.read)]
        assigned += [Assigned(n, False, grammar.ROLE_VERB.key, False) for n in rest]
    return assigned if _credible(assigned) else []


def _before_verb(view: str, start: int, end: int, *, lead: bool) -> list[Assigned]:
    pattern = grammar.TOGETHER_WITH.pattern
    assert pattern is not None
    together = pattern.search(view, start + 2, end) if end - start > 2 else None
    if together and _all_bodies(view, start, together.start()):
        others = [n for n in parse_names(view, together.end(), end) if _may_be_name(n)]
        # "会同有关部门" names nobody: whoever stands before it is simply in charge.
        first = lead or not all(_NOBODY.match(n.read) for n in others)
        rule = grammar.TOGETHER_WITH.key
        firsts = parse_names(view, start, together.start())
        return [Assigned(n, first, rule, first) for n in firsts] + [
            Assigned(n, False, rule, True) for n in others
        ]
    names = [n for n in parse_names(view, start, end) if _may_be_name(n)]
    return [Assigned(n, lead, grammar.ROLE_VERB.key, lead) for n in names]


# A collective that stands for nobody in particular. Sample: 有关部门
_NOBODY = re.compile(r"各?(?:有关|相关)(?:部门|单位|方面|地区)")


def _together(view: str, start: int, end: int) -> list[Assigned]:
    pattern = grammar.TOGETHER_WITH.pattern
    assert pattern is not None
    if pattern.search(view, start, end) is None:
        return []
    assigned = _before_verb(view, start, end, lead=False)
    return assigned if _credible(assigned) else []


def _all_bodies(view: str, start: int, end: int) -> bool:
    names = parse_names(view, start, end)
    return bool(names) and all(looks_like_body(n.read) for n in names)


def _credible(assigned: list[Assigned]) -> bool:
    """Words before a verb are a list of bodies only if most have that shape and one is sure."""
    if not assigned:
        return False
    shaped = sum(looks_like_body(a.name.read) for a in assigned)
    certain = any(is_certain_body(a.name.read) for a in assigned)
    return (certain and shaped * 3 >= len(assigned) * 2) or shaped == len(assigned)


# --- labelled lines ------------------------------------------------------------------------------------


def _labels(
    view: str, start: int, end: int, following: tuple[int, int] | None, marks: list[int], taken: list[Group]
) -> Iterator[Group]:
    labels = [
        m for m in role_labels(view, start, end) if not any(g.start <= m.start() < g.end for g in taken)
    ]
    for index, label in enumerate(labels):
        slot = bisect_right(marks, label.start())
        last = min(end, marks[slot]) if slot < len(marks) else end
        if index + 1 < len(labels):
            last = min(last, labels[index + 1].start())
        last = _value_end(view, label.end(), last)
        empty = not view[label.end() : last].strip()
        if empty and following and last == end and not _is_taken(view, following, marks):
            last = following[1]
        assigned = _labelled(view, label, cut_conventions(view, label.end(), last)[1])
        if assigned:
            alone = not view[start : label.start()].strip(" *->")
            yield Group(label.start(), last, assigned, own_lines=alone)


# The longest label, its note in brackets included, in characters.
_LABEL_REACH = 30


def role_labels(view: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The role labels between two characters; looked for only before colons, which are few."""
    pattern = grammar.ANY_LABEL.pattern
    assert pattern is not None
    done = start
    colon = view.find(":", start, end)
    while colon >= 0:
        found = pattern.search(view, max(done, colon - _LABEL_REACH), min(end, colon + 4))
        while found is not None and found.end() <= colon:
            found = pattern.search(view, found.end(), min(end, colon + 4))
        if found is not None:
            yield found
            done = found.end()
        colon = view.find(":", colon + 1, end)


def _is_taken(view: str, paragraph: tuple[int, int], marks: list[int]) -> bool:
    pattern = grammar.ANY_LABEL.pattern
    assert pattern is not None
    slot = bisect_right(marks, paragraph[0] - 1)
    return pattern.match(view, *paragraph) is not None or (slot < len(marks) and marks[slot] < paragraph[1])


# --- sentences -----------------------------------------------------------------------------------------


def _sentences(view: str, taken: list[Group]) -> Iterator[Group]:
    if "牵头" not in view:
        return
    lead_help, by = grammar.PROSE_LEAD_HELP.pattern, grammar.PROSE_BY.pattern
    assert lead_help is not None
    assert by is not None
    for found in _around(lead_help, _LEADS_AND, view, 90):
        leads = parse_names(view, *found.span("leads"))
        helps = parse_names(view, *found.span("helps"))
        if _sure(leads) and _sure(helps) and _free(taken, found):
            rule = grammar.PROSE_LEAD_HELP.key
            assigned = [Assigned(n, True, rule, True) for n in leads] + [
                Assigned(n, False, rule, True) for n in helps
            ]
            yield Group(found.start(), found.end(), assigned, prose=True)
    for found in _around(by, _BY, view, 0):
        names = parse_names(view, *found.span("names"))
        if _sure(names) and _free(taken, found):
            listed = [Assigned(n, True, grammar.PROSE_BY.key, True) for n in names]
            yield Group(found.start(), found.end(), listed, prose=True)


# The words in the middle of "X牵头,Y配合", and those that open "由X牵头".
_LEADS_AND, _BY = re.compile("牵头(?:负责|组织)?,"), re.compile("由(?=[^,;。:\n]{2,60}牵头)")


def _around(
    pattern: re.Pattern[str], sign: re.Pattern[str], view: str, before: int
) -> Iterator[re.Match[str]]:
    """The matches of a slow pattern, looked for only where its sign stands."""
    done = 0
    for hit in sign.finditer(view):
        found = pattern.search(view, max(done, hit.start() - before), min(len(view), hit.start() + 480))
        if found is not None and done <= found.start() <= hit.start():
            yield found
            done = found.end()


def _sure(names: list[Name]) -> bool:
    return bool(names) and all(is_certain_body(name.read) for name in names)


def _free(taken: list[Group], found: re.Match[str]) -> bool:
    return not any(g.start < found.end() and found.start() < g.end for g in taken)


def body_first(view: str, paragraphs: list[tuple[int, int]]) -> list[Group]:
    """Groups of a text in which each paragraph (or clause) opens with a body and its duty: "X负责…"."""
    pattern = grammar.BODY_FIRST.pattern
    assert pattern is not None
    groups: list[Group] = []
    prose = 0
    for start, end in paragraphs:
        prose += end - start > 20
        for at in _clause_starts(view, start, end):
            found = pattern.match(view, at, end)
            names = parse_names(view, *found.span("names")) if found else []
            if found and _sure(names):
                lead = found.group("verb").startswith("牵头")
                listed = [Assigned(n, lead, grammar.BODY_FIRST.key, lead) for n in names]
                groups.append(Group(found.start(), found.end("names"), listed, prose=True))
    # One such sentence is only a sentence; a text built of them is a plan.
    return groups if len(groups) >= 3 and len(groups) * 2 >= prose else []


def _clause_starts(view: str, start: int, end: int) -> list[int]:
    return [start, *(stop.end() for stop in re.compile(r";\s?").finditer(view, start, end))]
