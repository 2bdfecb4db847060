"""Sentences that assign bodies: "由X牵头", "X牵头,Y配合", and paragraphs that open with "X负责"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.core.plan import grammar
from luoshi.core.plan.bodies import Name, parse_names
from luoshi.core.plan.lexicon import is_certain_body
from luoshi.core.plan.roles import Assigned, Group
from luoshi.core.plan.rules import Rule

# The words in the middle of "X牵头,Y配合", and how far before them the sentence may begin, in characters.
_LEADS_AND, _BEFORE = re.compile("牵头(?:负责|组织)?,"), 90
# How "由X牵头" begins.
_BY = re.compile("由(?=[^,;。:\n]{2,60}牵头)")
# How "由X会同Y负责" and "由X负责" begin.
_BY_BOTH, _BY_ONE = (
    re.compile("由(?=[^,;。:\n]{2,40}(?:会同|联合))"),
    re.compile("由(?=[^,;。:\n]{2,60}负责)"),
)
# How far behind its sign a sentence may end, in characters.
_BEHIND = 480
# The end of a clause.
_CLAUSE_END = re.compile(r";\s?")


def sentences_that_assign(view: str, taken: list[Group]) -> Iterator[Group]:
    """The groups of sentences that assign, in a text some of whose groups are already known.

    Args:
        view: the reading's view.
        taken: groups of brackets and labels; a sentence inside one of them is none of its own.
    """
    yield from _with_lead_and_help(view, taken)
    for found in _around(grammar.PROSE_TOGETHER.pattern, _BY_BOTH, view, 0):
        leads, helps = parse_names(view, *found.span("leads")), parse_names(view, *found.span("helps"))
        if _sure(leads) and _sure(helps) and _free(taken, found):
            yield _group(found, leads, helps, grammar.PROSE_TOGETHER)
    for found in _around(grammar.PROSE_BY.pattern, _BY, view, 0):
        names = parse_names(view, *found.span("names"))
        if _sure(names) and _free(taken, found):
            yield _group(found, names, [], grammar.PROSE_BY)
    # In a law or a report the same words only tell who is competent.
    for found in _around(grammar.PROSE_CHARGE.pattern, _BY_ONE, view, 0) if taken else ():
        names = parse_names(view, *found.span("names"))
        if _sure(names) and _free(taken, found):
            yield _group(found, [], names, grammar.PROSE_CHARGE)


def _with_lead_and_help(view: str, taken: list[Group]) -> Iterator[Group]:
    for found in _around(grammar.PROSE_LEAD_HELP.pattern, _LEADS_AND, view, _BEFORE):
        leads = parse_names(view, *found.span("leads"))
        helps = parse_names(view, *found.span("helps"))
        if _sure(leads) and _sure(helps) and _free(taken, found):
            yield _group(found, leads, helps, grammar.PROSE_LEAD_HELP)


def _group(found: re.Match[str], leads: list[Name], helps: list[Name], rule: Rule) -> Group:
    both = [*((name, True) for name in leads), *((name, False) for name in helps)]
    assigned = [(0, Assigned(name, lead, rule.key, True)) for name, lead in both]
    return Group(found.start(), found.end(), assigned, prose=True)


def _around(
    pattern: re.Pattern[str], sign: re.Pattern[str], view: str, before: int
) -> Iterator[re.Match[str]]:
    """The matches of a slow pattern, looked for only where its sign stands."""
    done = 0
    for hit in sign.finditer(view):
        if hit.start() < done:
            continue
        # Where the sign opens the sentence there is but one place to look at.
        look = pattern.search if before else pattern.match
        found = look(view, max(done, hit.start() - before), hit.start() + _BEHIND)
        if found is not None and done <= found.start() <= hit.start():
            yield found
            done = found.end()


def _sure(names: list[Name]) -> bool:
    return bool(names) and all(is_certain_body(name.read) for name in names)


def _free(taken: list[Group], found: re.Match[str]) -> bool:
    return not any(g.start < found.end() and found.start() < g.end for g in taken)


def body_first(view: str, paragraphs: list[tuple[int, int]]) -> list[Group]:
    """Groups of a text in which each paragraph (or clause) opens with a body and its duty: "X负责…".

    One such sentence is only a sentence; a text built of them is a plan.
    """
    groups: list[Group] = []
    long_paragraphs = 0
    for start, end in paragraphs:
        long_paragraphs += end - start > 20
        for at in [start, *(stop.end() for stop in _CLAUSE_END.finditer(view, start, end))]:
            found = grammar.BODY_FIRST.pattern.match(view, at, end)
            names = parse_names(view, *found.span("names")) if found else []
            if found and _sure(names):
                lead = found.group("verb").startswith("牵头")
                listed = [(0, Assigned(n, lead, grammar.BODY_FIRST.key, lead)) for n in names]
                groups.append(Group(found.start(), found.end("names"), listed, prose=True))
    return groups if len(groups) >= 3 and len(groups) * 2 >= long_paragraphs else []
