"""When a task is due: dates, recurrences, standing duties and vague words, with their places."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from luoshi.core.plan import grammar_time as g
from luoshi.core.plan.rules import PatternRule

_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}
# The last day of each quarter.
_QUARTER_END = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}
# Last years of the five-year plans that a text may name, by their last numeral ("十四五").
_PLAN_END = {"二": 2015, "三": 2020, "四": 2025, "五": 2030}


class When(NamedTuple):
    """A time that a text names: where, its kind, and its value; the year may still be missing ("--12-31")."""

    start: int
    end: int
    kind: str
    value: str
    rule: str


# How far behind its sign a time may reach, in characters.
_REACH = 60


# How many characters before its sign a time may begin, and the rules that the sign may announce.
Announced = tuple[int, tuple[PatternRule, ...]]


def _signs() -> tuple[re.Pattern[str], dict[str, list[Announced]]]:
    """The grammar's signs as one pattern, and what each pair of characters announces."""
    announced: dict[str, list[Announced]] = {}
    for firsts, seconds, before, rules in g.SIGNS:
        for pair in (first + second for first in firsts for second in seconds):
            announced.setdefault(pair, []).append((before, rules))
    firsts, seconds = ("".join(sorted({pair[place] for pair in announced})) for place in (0, 1))
    # The second character is only looked at: it may be the first of the next sign.
    return re.compile(f"[每{firsts}](?:(?<=每)|(?=[{seconds}]))"), announced


# Every sign, in one pattern: text is long and signs are few.
_SIGN, _ANNOUNCED = _signs()
_EVERY: list[Announced] = [(0, g.EVERY)]


def find_times(view: str) -> list[When]:
    """Every time in a view, in order, without overlap; of those that begin at one place the longest wins."""
    found: list[When] = []
    for hit in _SIGN.finditer(view):
        at = hit.start()
        announced = _EVERY if view[at] == "每" else _ANNOUNCED.get(view[at : at + 2], [])
        for before, rules in announced:
            when = _first(view, rules, at, max(at - before, 0))
            if when is not None:
                found.append(when)
    return _without_overlap(found)


def date_of_cell(view: str, start: int, end: int) -> When | None:
    """The bare date that a cell of a column of deadlines begins with, if it does.

    Example:
        >>> date_of_cell("2024年3月-6月", 0, 10).value
        '2024-06-30'
    """
    found = g.CELL_DATE.pattern.match(view, start, end)
    return _date(g.CELL_DATE, found) if found else None


def _first(view: str, rules: tuple[PatternRule, ...], sign: int, start: int) -> When | None:
    """The time that the first matching rule reads around a sign."""
    for rule in rules:
        # What can begin at one place only is not looked for behind it.
        if rule.key in g.YEAR_FIRST:
            match = rule.pattern.match(view, sign - g.BEFORE_YEAR_SIGN, sign + _REACH)
        elif start == sign:
            match = rule.pattern.match(view, start, sign + _REACH)
        else:
            match = rule.pattern.search(view, start, sign + _REACH)
        while match is not None and match.end() <= sign:
            match = rule.pattern.search(view, match.end(), sign + _REACH)
        if match is not None and match.start() <= sign:
            when = _when(rule, match)
            if when is not None:
                return when
    return None


def _when(rule: PatternRule, match: re.Match[str]) -> When | None:
    if rule.key in g.RECURRENCES:
        return _recurring(rule, match, g.RECURRENCES[rule.key])
    if rule is g.STANDING:
        return When(*match.span(), "standing", "ongoing", rule.key)
    if rule is g.VAGUE:
        return When(*match.span(), "vague", match.group(), rule.key)
    return _date(rule, match)


def _without_overlap(found: list[When]) -> list[When]:
    kept: list[When] = []
    for when in sorted(found, key=lambda w: (w.start, -(w.end - w.start))):
        if not kept or when.start >= kept[-1].end:
            kept.append(when)
    return kept


def _recurring(rule: PatternRule, found: re.Match[str], template: str) -> When:
    groups = found.groupdict()
    numbers = {k: _number(v) for k, v in groups.items() if v}
    month, day = numbers.get("month", 1), numbers.get("day", 1)
    value = template.format(**numbers) if month <= 12 and day <= 31 else "yearly"
    return When(*found.span(), "recurring", value, rule.key)


def _number(words: str) -> int:
    return _CHINESE.get(words) or int(words)


def _date(rule: PatternRule, found: re.Match[str]) -> When | None:
    groups = {k: v for k, v in found.groupdict().items() if v}
    year = groups.get("year") or groups.get("year2") or groups.get("year3") or ""
    if "period" in groups:
        year = str(_PLAN_END[groups["period"]])
    if year and not 1980 <= int(year) <= 2099:
        return None
    if "quarter" in groups:
        end = _QUARTER_END[_number(groups["quarter"])]
    elif "half" in groups:
        end = "06-30" if groups["half"] == "上" else "12-31"
    elif "month" in groups:
        month = int(groups["month"])
        if not 1 <= month <= 12:
            return None
        last = calendar.monthrange(int(year) if year else 2023, month)[1]
        end = f"{month:02d}-{min(int(groups.get('day') or last), last):02d}"
    else:
        end = "12-31"
    span = found.span("when") if "when" in groups else found.span()
    return When(*span, "date", f"{year or '-'}-{end}", rule.key)


def with_year(when: When, year: str | None) -> When:
    """The time with its missing year filled in, if there is one to fill in.

    Example:
        >>> with_year(When(0, 4, "date", "--06-30", "time.month-only"), "2020").value
        '2020-06-30'
    """
    if when.kind != "date" or not when.value.startswith("--") or not year:
        return when
    return When(when.start, when.end, when.kind, year + when.value[1:], when.rule)
