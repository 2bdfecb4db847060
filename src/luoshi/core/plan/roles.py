"""Bodies and their roles: what the words of a bracket or of a labelled line assign."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from luoshi.core.plan import grammar
from luoshi.core.plan.bodies import Name, names_of, parse_names
from luoshi.core.plan.conventions import cut_conventions
from luoshi.core.plan.grammar_lists import NOBODY, REMARK_IN_LIST
from luoshi.core.plan.lexicon import is_certain_body, looks_like_body


class Assigned(NamedTuple):
    """A name, whether it leads, the rule that says so, and whether a word of the text does (`explicit`)."""

    name: Name
    lead: bool
    rule: str
    explicit: bool


# A body that is assigned, behind the character from which its name is counted: the same lists come again and
# again, and what they assign is the same wherever they stand.
Placed = tuple[int, Assigned]


@dataclass(slots=True)
class Group:
    """Bodies assigned together: one bracket, one run of labelled lines, or one sentence.

    Attributes:
        start: character of the view where it begins.
        end: the character behind it.
        assigned: its bodies, in the order of the text.
        own_lines: nothing else stands on its lines.
        prose: it is a sentence of the task rather than an appendage.
    """

    start: int
    end: int
    assigned: list[Placed] = field(default_factory=list)
    own_lines: bool = False
    prose: bool = False


# The longest label, its note in brackets included, in characters.
_LABEL_REACH = 30
# A word that makes a list behind 责任单位 more than a list. Sample: 牵头
_LEAD_VERB = re.compile("牵头|主办|主责")
# Names of this many characters or fewer are kept behind a label though they do not look like bodies.
_SHORT = 12


def parse_assignment(view: str, start: int, end: int) -> list[Placed]:
    """The bodies that the words of a bracket or a labelled line assign; empty if they assign none.

    Example:
        >>> text = "市教育局牵头,市财政局、各区按职责分工负责"
        >>> [(a.name.read, a.lead) for _, a in parse_assignment(text, 0, len(text))]
        [('市教育局', True), ('市财政局', False), ('各区', False)]
    """
    return [(start + offset, one) for offset, one in _assignment_of(view[start:end])]


@lru_cache(maxsize=16384)
def _assignment_of(words: str) -> tuple[Placed, ...]:
    # Like lists, whole brackets come again and again in a plan.
    end = cut_conventions(words, 0, len(words))
    labels = role_labels(words, 0, end)
    if not labels:
        return tuple((0, one) for one in _by_verbs(words, 0, end))
    assigned: list[Placed] = []
    for index, label in enumerate(labels):
        last = labels[index + 1].start() if index + 1 < len(labels) else end
        assigned += behind_label(words, label, last)[1]
    return tuple(assigned)


# --- behind a label ------------------------------------------------------------------------------------


def role_labels(view: str, start: int, end: int) -> list[re.Match[str]]:
    """The role labels between two characters; looked for only before colons, which are few."""
    labels: list[re.Match[str]] = []
    pattern = grammar.ANY_LABEL.pattern
    done = start
    colon = view.find(":", start, end)
    while colon >= 0:
        found = pattern.search(view, max(done, colon - _LABEL_REACH), min(end, colon + 4))
        while found is not None and found.end() <= colon:
            found = pattern.search(view, found.end(), min(end, colon + 4))
        if found is not None:
            labels.append(found)
            done = found.end()
        colon = view.find(":", colon + 1, end)
    return labels


def behind_label(view: str, label: re.Match[str], end: int) -> tuple[int, list[Placed]]:
    """Where the list behind a role label ends, and the bodies that it assigns.

    Args:
        view: the text.
        label: the role label.
        end: the character that the list cannot reach, because another label or number stands there.
    """
    start = label.end()
    length, assigned = _listed(view[start:end], label.group("lead") is not None)
    return start + length, [(start, one) for one in assigned]


@lru_cache(maxsize=16384)
def _listed(words: str, lead: bool) -> tuple[int, tuple[Assigned, ...]]:
    """Where the list at the start of some words ends, and what it assigns behind a label of leads or others.

    The same lists stand behind label after label; each is taken apart once.
    """
    end = list_end(words)
    if lead and (both := _lead_and_help(words[:end])):
        return end, tuple(both)
    last = cut_conventions(words, 0, end)
    verbs = grammar.ROLE_VERB.pattern.finditer(words, 0, last) if _LEAD_VERB.search(words, 0, last) else ()
    if not lead and any(verb.group("lead") for verb in verbs) and (worded := _by_verbs(words, 0, last)):
        # A verb behind 责任单位 may still say who leads: "责任单位:甲局牵头,乙局配合".
        return end, tuple(worded)
    names = [name for name in names_of(words[:last]) if _may_be_name(name)]
    if any(looks_like_body(name.read) for name in names) or all(len(name.read) <= _SHORT for name in names):
        rule = (grammar.LEAD_LABEL if lead else grammar.RESPONSIBLE_LABEL).key
        return end, tuple(_assigned(names, rule, lead=lead))
    return end, ()


def _lead_and_help(words: str) -> list[Assigned]:
    """The bodies of a list behind 牵头单位 whose last part says that it helps: "甲局,乙局、丙局配合"."""
    point = max(words.rfind(","), words.rfind(";"))
    if point < 0:
        return []
    helps = _by_verbs(words, point + 1, len(words))
    verbs = grammar.ROLE_VERB.pattern.finditer(words, point + 1)
    if not helps or not any(verb.group("help") for verb in verbs) or any(one.lead for one in helps):
        return []
    leads = [name for name in parse_names(words, 0, point) if _may_be_name(name)]
    return [*_assigned(leads, grammar.LEAD_LABEL.key, lead=True), *helps]


def list_end(words: str) -> int:
    """Where the list at the start of some words ends: at the next label, or at a full stop."""
    other = grammar.OTHER_LABEL.pattern.search(words) if ":" in words else None
    end = other.start() if other else len(words)
    stop = words.find("。", 0, end)
    return stop if stop >= 0 else end


def _may_be_name(name: Name) -> bool:
    if looks_like_body(name.read):
        return True
    return len(name.read) <= 30 and REMARK_IN_LIST.pattern.search(name.read) is None


# --- before a verb -------------------------------------------------------------------------------------


def _by_verbs(view: str, start: int, end: int) -> list[Assigned]:
    """Names before each verb get the verb's role; names behind the last one are responsible."""
    assigned: list[Assigned] = []
    at = start
    for verb in grammar.ROLE_VERB.pattern.finditer(view, start, end):
        if verb.start() > at:
            assigned += _before_verb(view, at, verb.start(), lead=verb.group("lead") is not None)
        at = verb.end()
    if not assigned and at == start and grammar.TOGETHER_WITH.pattern.search(view, start, end):
        assigned = _before_verb(view, start, end, lead=False)
    elif assigned and at < end:
        rest = [name for name in parse_names(view, at, end) if is_certain_body(name.read)]
        assigned += _assigned(rest, grammar.ROLE_VERB.key, lead=False)
    return assigned if _credible(assigned) else []


def _before_verb(view: str, start: int, end: int, *, lead: bool) -> list[Assigned]:
    together = grammar.TOGETHER_WITH.pattern.search(view, start + 2, end) if end - start > 2 else None
    if together and _all_bodies(view, start, together.start()):
        others = _possible(view, together.end(), end)
        # "会同有关部门" names nobody: whoever stands before it is simply in charge.
        first = lead or not all(NOBODY.pattern.match(name.read) for name in others)
        rule = grammar.TOGETHER_WITH.key
        return [
            *_assigned(parse_names(view, start, together.start()), rule, lead=first),
            *(Assigned(name, False, rule, True) for name in others),
        ]
    return _assigned(_possible(view, start, end), grammar.ROLE_VERB.key, lead=lead)


def _assigned(names: Iterable[Name], rule: str, *, lead: bool) -> list[Assigned]:
    return [Assigned(name, lead, rule, lead) for name in names]


def _possible(view: str, start: int, end: int) -> list[Name]:
    return [name for name in parse_names(view, start, end) if _may_be_name(name)]


def _all_bodies(view: str, start: int, end: int) -> bool:
    names = parse_names(view, start, end)
    return bool(names) and all(looks_like_body(name.read) for name in names)


def _credible(assigned: list[Assigned]) -> bool:
    """Words before a verb are a list of bodies only if most have that shape and one is sure."""
    shaped = sum(looks_like_body(a.name.read) for a in assigned)
    certain = any(is_certain_body(a.name.read) for a in assigned)
    return bool(assigned) and ((certain and shaped * 3 >= len(assigned) * 2) or shaped == len(assigned))
