"""Occurrences from rules, against asking day by day what each rule says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.calendar.periods import KINDS, Period
from luoshi.core.calendar.recurrences import Recurrence
from luoshi.core.calendar.working_days import Override, WorkCalendar
from luoshi.core.work.lights import Thresholds, warn_from
from luoshi.core.work.schedule import Rule, Terms, clock_of, schedule, slots

DAY = timedelta(days=1)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
DEFAULTS = ("monthly", "quarterly", "half-yearly", "yearly")
VALUES = (*DEFAULTS, "weekly", "yearly:Q1", "yearly:12", "yearly:12-04", "yearly:12-31", "monthly:28")
days = st.dates(date(2025, 1, 1), date(2027, 6, 30))
spans = st.tuples(days, st.integers(0, 500)).map(lambda span: (span[0], span[0] + span[1] * DAY))
own = st.one_of(st.sampled_from(VALUES).map(Rule), days.map(lambda day: Rule(day=day)))
rule_sets = st.tuples(
    st.sampled_from(DEFAULTS).map(lambda value: Rule(value, default=True)), st.lists(own, max_size=4)
).map(lambda found: [found[0], *found[1]])
calendars = st.dictionaries(days, st.booleans(), max_size=10).map(
    lambda found: WorkCalendar(tuple(Override(day, working) for day, working in found.items()))
)


def by_hand(rules: list[Rule], start: date, end: date) -> set[date]:
    """The days of reports: every day set for the task, and the end of each default period without one."""
    default, *rest = rules
    kind = Recurrence.parse(default.recurrence).kind
    found: set[date] = set()
    day = start
    while day <= end:
        for rule in rest:
            if rule.day == day or (
                rule.recurrence and Recurrence.parse(rule.recurrence).occurrences(day, day)
            ):
                found.add(day)
        day += DAY
    day, bare = start, set()
    while day <= end:
        period = Period.containing(day, kind)
        if day == period.end and not any(period.start <= one <= period.end for one in found):
            bare.add(day)
        day += DAY
    return found | bare


@given(rule_sets, spans)
def test_the_days_are_those_found_day_by_day(rules: list[Rule], span: tuple[date, date]) -> None:
    found = slots(rules, *span)
    assert [one.scheduled for one in found] == sorted(by_hand(rules, *span))


@given(rule_sets, spans)
def test_a_key_is_unique_and_no_default_period_is_asked_twice(
    rules: list[Rule], span: tuple[date, date]
) -> None:
    found = slots(rules, *span)
    assert len({one.key for one in found}) == len(found)
    kind = Recurrence.parse(rules[0].recurrence).kind
    for slot in found:
        if slot.key == slot.period.key and slot.period.kind == kind:
            inside = [one for one in found if slot.period.start <= one.scheduled <= slot.period.end]
            others = [one for one in inside if one is not slot]
            # Others inside are there because the task itself asks for more than its default does.
            assert not others or any(KINDS.index(o.period.kind) <= KINDS.index(kind) for o in others)


@given(rule_sets, spans, days)
def test_a_window_cut_in_two_asks_for_the_same_days_except_where_it_cuts_a_period(
    rules: list[Rule], span: tuple[date, date], cut: date
) -> None:
    start, end = span
    kind = Recurrence.parse(rules[0].recurrence).kind
    cut = Period.containing(cut, kind).end
    whole = {one.scheduled: one.key for one in slots(rules, start, end)}
    parts = [*slots(rules, start, min(cut, end)), *slots(rules, max(cut + DAY, start), end)]
    assert {one.scheduled: one.key for one in parts} == whole


@given(
    days,
    calendars,
    st.integers(3, 25),
    st.integers(3, 25),
    st.builds(Thresholds, st.integers(0, 10), st.integers(0, 100)),
)
def test_the_clock_by_counting_day_by_day(
    scheduled: date, calendar: WorkCalendar, opening: int, notice: int, near: Thresholds
) -> None:
    clock = clock_of(scheduled, Terms(opening, notice, near), calendar)
    due = scheduled
    while not calendar.is_working_day(due):
        due += DAY
    left, day = 0, due
    while left < max(opening, notice):
        left += calendar.is_working_day(day)
        day -= DAY
    while not calendar.is_working_day(day):
        day -= DAY
    assert (clock.due, clock.opens_on) == (due, day)
    assert clock.warn_from == warn_from(start=day, due=due, calendar=calendar, thresholds=near).day


def test_what_the_document_says_takes_the_place_of_the_default() -> None:
    quarterly = Rule("quarterly", default=True)
    found = slots([quarterly, Rule("yearly:12-04"), Rule(day=date(2026, 5, 20))], *YEAR)
    assert [(one.key, str(one.scheduled)) for one in found] == [
        ("2026Q1", "2026-03-31"),
        ("2026Q2", "2026-05-20"),
        ("2026Q3", "2026-09-30"),
        ("2026Q4", "2026-12-04"),
    ]


def test_a_yearly_and_a_quarterly_rule_are_one_in_the_last_quarter() -> None:
    for rules in (
        [Rule("quarterly", default=True), Rule("yearly")],
        [Rule("quarterly"), Rule("yearly")],
        [Rule("yearly"), Rule("quarterly")],
    ):
        assert [one.key for one in slots(rules, *YEAR)] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]


def test_shorter_periods_of_the_document_keep_their_own_keys() -> None:
    found = slots([Rule("quarterly", default=True), Rule("monthly")], date(2026, 1, 1), date(2026, 3, 31))
    assert [one.key for one in found] == ["2026-01", "2026-02", "2026-03"]


def test_a_moved_due_day_and_the_day_it_was_opened_count() -> None:
    clock = clock_of(
        date(2026, 9, 30), Terms(), WorkCalendar(), due=date(2026, 10, 15), opened=date(2026, 9, 20)
    )
    assert (str(clock.due), str(clock.opens_on), str(clock.warn_from)) == (
        "2026-10-15",
        "2026-09-20",
        "2026-10-12",
    )


def test_an_unknown_year_is_not_certain() -> None:
    planned = schedule(
        [Rule("yearly")], date(2031, 1, 1), date(2031, 12, 31), terms=Terms(), calendar=WorkCalendar()
    )
    assert [one.clock.certain for one in planned] == [False]


def test_a_rule_has_a_recurrence_or_a_day() -> None:
    with pytest.raises(ValueError, match="not both"):
        Rule()
