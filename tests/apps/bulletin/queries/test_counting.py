"""Numbers of a bulletin: each is the length of its list, and they agree with the work itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.apps.bulletin.queries.counting import by_body, by_chapter, outcome_of, requests, rows_of, totals
from luoshi.apps.bulletin.queries.reading import shown
from luoshi.apps.work.models import Occurrence
from luoshi.core.supervision.bulletin import FIGURES
from tests.apps.bulletin.factories import COURT, SCHOOL, TOWN, drafted, quarter

pytestmark = pytest.mark.django_db


def test_every_outcome_is_counted_once() -> None:
    world = quarter()
    bulletin = drafted(world)
    numbers = totals(bulletin)
    assert numbers["asked"] == Occurrence.objects.filter(key="2026Q1").count()
    assert numbers["asked"] == sum(numbers[one] for one in ("in-time", "late", "overdue", "waiting"))
    assert (numbers["in-time"], numbers["late"], numbers["returned"]) == (1, 1, 1)
    overdue = Occurrence.objects.filter(key="2026Q1", answered_at=None, due__lt=date(2026, 4, 8))
    assert numbers["overdue"] == overdue.count()


def test_each_number_is_the_length_of_its_list() -> None:
    bulletin = drafted(quarter())
    numbers = totals(bulletin)
    for figure in FIGURES:
        assert rows_of(bulletin, figure).count() == numbers[figure]
        for row in by_body(bulletin):
            assert rows_of(bulletin, figure, body=row.key).count() == row.numbers[figure]
        for row in by_chapter(bulletin):
            assert rows_of(bulletin, figure, section=row.key).count() == row.numbers[figure]
        assert sum(row.numbers[figure] for row in by_body(bulletin)) == numbers[figure]
        assert sum(row.numbers[figure] for row in by_chapter(bulletin)) == numbers[figure]


def test_what_a_page_says_is_what_was_counted() -> None:
    bulletin = drafted(quarter())
    numbers = totals(bulletin)
    parts = [part for block in shown(bulletin) for part in block.parts if part.figure]
    assert {part.figure: int(part.words) for part in parts if part.figure} == numbers


def test_bodies_stand_by_name_and_no_person_anywhere() -> None:
    world = quarter()
    bulletin = drafted(world)
    assert {COURT, SCHOOL, TOWN} <= {row.name for row in by_body(bulletin)}
    said = str(shown(bulletin)) + bulletin.text + bulletin.title
    assert not [user for user in world.people.values() if user.username in said]


def test_halted_work_is_not_held_against_anybody() -> None:
    world = quarter()
    since, until = date(2026, 1, 1), date(2026, 3, 31)
    before = requests(world.plan.pk, since, until).count()
    one = world.occurrence(1, "绿水镇")
    one.assignment.state = "suspended"
    one.assignment.save()
    assert requests(world.plan.pk, since, until).count() == before - 1


@pytest.mark.parametrize(
    ("answered", "today", "outcome"),
    [
        (0, 0, "in-time"),
        (1, 1, "late"),
        (None, 0, "waiting"),
        (None, 1, "overdue"),
    ],
)
def test_the_last_day_is_in_time(answered: int | None, today: int, outcome: str) -> None:
    due = date(2026, 3, 31)
    day = due + timedelta(days=answered) if answered is not None else None
    assert outcome_of(due, day, due + timedelta(days=today)) == outcome
