"""Numbers to reach, with what they measure, per what, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from luoshi.core.document.marks import line_mark
from luoshi.core.plan import grammar_targets as g
from luoshi.core.plan.rules import PatternRule
from luoshi.core.quantity import parse_number


class Goal(NamedTuple):
    """A target that a text names. Every place counts characters of the view.

    `unit` is where the unit stands, `of` what is measured or counted, `per` the unit of distribution.
    """

    start: int
    end: int
    comparator: str
    value: Decimal
    unit: tuple[int, int]
    of: tuple[int, int] | None
    per: tuple[int, int] | None
    rule: str


# The clause around a number: what NOT_A_TARGET and the subject are looked for in. Sample: ,…,
_POINT = re.compile(r"[,。;:!?\n| ]")
# Where the name of what is counted ends. Sample: 1个法治文化主题公园(广场),
_OBJECT_END = re.compile(r"[,。;:、\n|]|等(?=[^一-鿿]|$|阵地|[^级])|的(?=[^一-鿿]|$)")
# The longest name of what is counted, in characters.
_TOO_LONG = 24
# What stands behind a quantity. Sample: 万名
_UNIT = rf"(?=\s?(?:{g.UNIT}|日|周))"
# A run of digits that may be a quantity: no year, no item's number. Sample: the 100 of 100个
_DIGITS = re.compile(rf"[0-9](?:[\d,.]*\d)?(?![\d.]|、[一-鿿]){_UNIT}")
# The last numeral of a quantity in words; a class is quick to look for. Sample: the 十 of 三十个
_NUMERAL = re.compile(rf"[一二两三四五六七八九十百千零〇半]{_UNIT}")
# Rules whose numbers may be written in Chinese numerals, found by their cue words.
_CUED = (g.AT_LEAST, g.AT_MOST, g.CHANGE)
_RULES = (
    *(g.RATE, g.DAYS, g.AT_LEAST, g.AT_MOST, g.CHANGE),
    *(g.BOUND, g.BENEFICIARIES, g.REACHED, g.COUNT, g.MEASURED, g.COVERAGE),
)
# How far from its number the words of a rule may stand, in characters.
_REACH = 60


def find_goals(view: str) -> list[Goal]:
    """Every target in a view, in order; where two meet the earlier rule wins."""
    found: list[Goal] = []
    done = 0
    for match, rule in sorted([*_by_digits(view), *_by_cues(view)], key=lambda one: one[0].start("number")):
        if match.start("number") < done or not _is_target(view, match):
            continue
        goals = [_goal(view, rule, match)]
        goals += _further(view, goals[0], match.end())
        found += goals
        done = goals[-1].end
    return found


def _by_digits(view: str) -> Iterator[tuple[re.Match[str], PatternRule]]:
    """Targets whose number is written in digits; each number is looked at with the words around it."""
    for digits in _DIGITS.finditer(view):
        at, end = digits.start(), min(digits.end() + _REACH, len(view))
        start = max(_words_start(view, at), at - _REACH)
        for rule in _RULES:
            if rule is g.RATE and not view.startswith("%", digits.end()):
                continue  # Only a percentage is a rate, and what is measured takes long to look for.
            match = rule.pattern.search(view, start, end)
            if match is not None and match.start("number") == at:
                yield match, rule
                break


def _by_cues(view: str) -> Iterator[tuple[re.Match[str], PatternRule]]:
    """Targets whose number is written in Chinese numerals; each is looked at with the words around it."""
    for numeral in _NUMERAL.finditer(view):
        start, end = max(numeral.start() - _REACH, 0), numeral.end() + _REACH
        for rule in _CUED:
            for match in rule.pattern.finditer(view, start, end):
                if match.end("number") == numeral.end():
                    yield match, rule


def _is_target(view: str, match: re.Match[str]) -> bool:
    clause_start = _clause_start(view, match.start("number"))
    clause = view[clause_start : _clause_end(view, match.end())]
    if g.NOT_A_TARGET.pattern.search(clause) or g.BASELINE.pattern.search(
        view, clause_start, match.start("number")
    ):
        return False
    before, after = (
        view[match.start("number") - 1 : match.start("number")],
        view[match.end("unit") : match.end("unit") + 1],
    )
    return (
        before not in "第〔-" and after not in "”…" and not (match.group("unit") == "条" and before == "第")
    )


def _clause_start(view: str, at: int) -> int:
    start = at
    while start > 0 and at - start < 80 and _POINT.match(view, start - 1) is None:
        start -= 1
    return start


def _words_start(view: str, at: int) -> int:
    """Where the clause begins behind the number of its item: "1.满意度达到90%" speaks of 满意度."""
    start = _clause_start(view, at)
    mark = line_mark(view, start)
    return mark.end if mark is not None and mark.end <= at else start


def _clause_end(view: str, at: int) -> int:
    found = _POINT.search(view, at)
    return min(found.start() if found else len(view), at + 80)


def _goal(view: str, rule: PatternRule, match: re.Match[str]) -> Goal:
    groups = match.groupdict()
    start = match.start("cue") if groups.get("cue") else match.start()
    if rule is g.RATE:
        start = match.start("of")
    return Goal(
        start,
        match.end(),
        _comparator(rule, groups.get("cue") or "", groups.get("tail") or ""),
        parse_number(match.group("number")),
        match.span("unit"),
        _of(view, rule, match),
        _per(view, match),
        rule.key,
    )


# Words that make what is behind them an upper bound. Sample: 压缩至
_NOT_MORE = re.compile(g.NOT_MORE)


def _comparator(rule: PatternRule, cue: str, tail: str) -> str:
    if tail in ("以内", "以下") or rule is g.AT_MOST or _NOT_MORE.fullmatch(cue):
        return "<="
    if rule in (g.COUNT, g.BENEFICIARIES, g.REACHED, g.MEASURED) and tail != "以上":
        return "="
    return ">="


def _per(view: str, match: re.Match[str]) -> tuple[int, int] | None:
    clause = _clause_start(view, match.start())
    found = g.PER_EACH.pattern.search(view, max(clause - 1, 0), match.end("number"))
    if found is None:
        return None
    start, end = found.span("per")
    opening = _PER_OPENING.match(view, start, end)
    return (opening.end() if opening else start), end


# What stands before the unit of distribution. Sample: 每个
_PER_OPENING = re.compile(r"每一?个?|各|我|全")


def _of(view: str, rule: PatternRule, match: re.Match[str]) -> tuple[int, int] | None:
    """What is measured: the rate itself, the words behind a count, or else those before it."""
    before = _words_start(view, match.start()), match.start()
    if rule is g.RATE:
        return _subject(view, *match.span("of"))
    if match.group("unit") in ("%", "个百分点", "分"):
        return _subject(view, *before)
    stop = _OBJECT_END.search(view, match.end())
    end = min(stop.start() if stop else len(view), match.end() + _TOO_LONG)
    return _subject(view, match.end(), end) or _subject(view, *before)


# Words before a subject that are not part of it. Sample: 确保
_SUBJECT_OPENING = re.compile(
    r"(?:[ ,、:(“”]|确保|力争|争取|实现|使|推动|做到|和|及|以及|到\d{4}年年?底?|全面|各类?)+"
)


def _subject(view: str, start: int, end: int) -> tuple[int, int] | None:
    opening = _SUBJECT_OPENING.match(view, start, end)
    start = opening.end() if opening else start
    while end > start and view[end - 1] in " ,、:(“":
        end -= 1
    return (start, end) if start < end else None


# What is counted may stand between a value and the next of its list. Sample: 10个基地、100个集群
_COUNTED = re.compile(r"[^,。;、:\d\n]{0,30}(?=、)")


def _further(view: str, first: Goal, at: int) -> list[Goal]:
    """The other values of a list: "分别达到10434吨、263吨、19075吨", "10个基地、100个集群"."""
    found: list[Goal] = []
    pattern = g.FURTHER.pattern
    unit = view[slice(*first.unit)]
    while True:
        counted = _COUNTED.match(view, at)
        named = g.FURTHER_NAMED.pattern.match(view, at)
        match = named or pattern.match(view, counted.end() if counted else at)
        if match is None or not _is_target(view, match):
            return found
        own = match.group("of")
        strange = named is None and (own or view[match.start()] == "," or match.start() > at)
        if strange and match.group("unit") != unit:
            return found
        start = match.start("of") if own else match.start("number")
        comparator = "<=" if match.group("tail") in ("以内", "以下") else first.comparator
        value = parse_number(match.group("number"))
        found.append(
            Goal(start, match.end(), comparator, value, match.span("unit"), None, first.per, g.FURTHER.key)
            if named is None
            else _named(match, comparator, value, first.per)
        )
        at = match.end()


def _named(match: re.Match[str], comparator: str, value: Decimal, per: tuple[int, int] | None) -> Goal:
    """A further value with the name of what is counted before it: "示范村10个、示范户100户"."""
    start, end = match.start("of"), match.end()
    return Goal(start, end, comparator, value, match.span("unit"), match.span("of"), per, g.FURTHER_NAMED.key)
