"""Numbers to reach, with what they measure, per what, and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from luoshi.core.plan import grammar_targets as g
from luoshi.core.plan.rules import Rule
from luoshi.core.quantity import parse_number


@dataclass(frozen=True, slots=True)
class Goal:
    """A target that a text names, in characters of the view."""

    start: int
    end: int
    comparator: str
    value: Decimal
    unit: str
    of: str | None
    per: str | None
    rule: str


# The clause around a number: what NOT_A_TARGET and the subject are looked for in. Sample: ,…,
_POINT = re.compile(r"[,。;:!?\n|]")
# Where the name of what is counted ends. Sample: 1个法治文化主题公园(广场),
_OBJECT_END = re.compile(r"[,。;:、\n|]|等(?=[^一-鿿]|$|阵地|[^级])|的(?=[^一-鿿]|$)")
# The unit of distribution before a count. Sample: 每个社区
_PER = re.compile(r"(?:(?<=[,。;、\n])|^|在)(?P<per>(?:每一?个?|各)[^,。;\d]{1,16}?|[我全][省市区县旗州])(?:(?:要|均|都|应|需|原则上)*(?:至少|不少于|不低于|建|设|有|配|培|打造|达到))")
# The clause of a date that binds a target. Sample: 到2025年,
_TOO_LONG = 24


def find_goals(view: str) -> list[Goal]:
    """Every target in a view, in order, without overlap; the earlier-listed rule wins where two meet."""
    found: list[Goal] = []
    taken: list[tuple[int, int]] = []
    for rule in (g.RATE, g.AT_LEAST, g.AT_MOST, g.CHANGE, g.BOUND, g.BENEFICIARIES, g.COUNT, g.MEASURED, g.COVERAGE):
        assert rule.pattern is not None
        for match in rule.pattern.finditer(view):
            number = match.span("number")
            if any(s < number[1] and number[0] < e for s, e in taken) or not _is_target(view, match):
                continue
            goal = _goal(view, rule, match)
            found.append(goal)
            taken.append(number)
            for further in _further(view, goal, match.end()):
                found.append(further)
                taken.append((further.start, further.end))
    return sorted(found, key=lambda goal: goal.start)


def _is_target(view: str, match: re.Match[str]) -> bool:
    clause = view[_clause_start(view, match.start("number")) : _clause_end(view, match.end())]
    assert g.NOT_A_TARGET.pattern is not None
    if g.NOT_A_TARGET.pattern.search(clause):
        return False
    before, after = view[match.start("number") - 1 : match.start("number")], view[match.end("unit") : match.end("unit") + 1]
    return before not in "第〔-" and after not in "”…" and not (match.group("unit") == "条" and before == "第")


def _clause_start(view: str, at: int) -> int:
    start = at
    while start > 0 and at - start < 80 and _POINT.match(view, start - 1) is None:
        start -= 1
    return start


def _clause_end(view: str, at: int) -> int:
    found = _POINT.search(view, at)
    return min(found.start() if found else len(view), at + 80)


def _goal(view: str, rule: Rule, match: re.Match[str]) -> Goal:
    groups = match.groupdict()
    start = match.start("cue") if groups.get("cue") else match.start()
    if rule is g.RATE:
        start = match.start("of")
    of, per = _of_and_per(view, rule, match)
    return Goal(
        start,
        match.end(),
        _comparator(rule, groups.get("cue") or "", groups.get("tail") or ""),
        parse_number(match.group("number")),
        match.group("unit"),
        of,
        per,
        rule.key,
    )


_NOT_MORE = re.compile(g.NOT_MORE)


def _comparator(rule: Rule, cue: str, tail: str) -> str:
    if tail in ("以内", "以下") or rule is g.AT_MOST or _NOT_MORE.fullmatch(cue):
        return "<="
    if rule in (g.COUNT, g.BENEFICIARIES, g.MEASURED) and tail != "以上":
        return "="
    return ">="


def _of_and_per(view: str, rule: Rule, match: re.Match[str]) -> tuple[str | None, str | None]:
    clause = _clause_start(view, match.start())
    per = None
    before = _PER.search(view, max(clause - 1, 0), match.end("number"))
    if before is None and clause > 0 and view[clause - 1] == ",":
        before = None
    if before:
        per = re.sub(r"^(?:每一?个?|各|我|全)", "", before.group("per"))
    if rule is g.RATE:
        return _subject(match.group("of")), per
    if match.group("unit") in ("%", "个百分点", "分"):
        return _subject(view[clause : match.start()]), per
    end = _OBJECT_END.search(view, match.end())
    words = view[match.end() : min(end.start() if end else len(view), match.end() + _TOO_LONG)]
    return _subject(words) or _subject(view[clause : match.start()]), per


def _subject(words: str) -> str | None:
    words = re.sub(r"^(?:确保|力争|争取|实现|使|推动|做到|和|及|以及|到\d+年|全面|各类?)+", "", words.strip(" ,、:(“”"))
    return words.strip() or None


def _further(view: str, first: Goal, at: int) -> list[Goal]:
    """The other values of a list: "分别达到10434吨、263吨、19075吨"."""
    found: list[Goal] = []
    assert g.FURTHER.pattern is not None
    while (match := g.FURTHER.pattern.match(view, at)) is not None:
        own = match.group("of")
        point = view[match.start()]
        if (own or point == ",") and not (own and match.group("unit") == first.unit):
            break
        if not _is_target(view, match):
            break
        start = match.start("of") if own else match.start("number")
        comparator = "<=" if match.group("tail") in ("以内", "以下") else first.comparator
        value = parse_number(match.group("number"))
        found.append(
            Goal(start, match.end(), comparator, value, match.group("unit"), None, first.per, g.FURTHER.key)
        )
        at = match.end()
    return found
