"""Numbers of to-dos in one statement that is kept: for anybody, on any day, what each kind says by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Assignment, Issue, Occurrence
from luoshi.apps.work.queries.counted import count_each
from luoshi.apps.work.queries.desk import KINDS, Kind, Scope
from luoshi.apps.work.queries.desk_sources import Source, sources_for
from tests.apps.factories import REGION
from tests.apps.work import rows
from tests.apps.work.rows import TODAY

EVERYBODY = Scope(1, frozenset({1}), frozenset({1}), frozenset({REGION}))


@pytest.fixture
def issue(office: User) -> Issue:
    """A plan with six tasks of three bodies: signed for or not, due on either side of today."""
    made = rows.issued(rows.plan_of(6, office), office)
    bodies = rows.bodies(3)
    for number, task in enumerate(Task.objects.filter(plan=made.plan).order_by("pk")):
        state = Assignment.State.ISSUED if number % 2 else Assignment.State.IN_PROGRESS
        assigned = rows.assignment(made, task, bodies[number % 3], state=state)
        rows.occurrence(assigned, TODAY + timedelta(days=number * 4 - 8))
    return made


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_says_what_every_kind_says_by_itself(issue: Issue, data: st.DataObject) -> None:
    bodies = sorted(Assignment.objects.values_list("body", flat=True).distinct())
    some = st.frozensets(st.sampled_from(bodies), max_size=3)
    mine = data.draw(some)
    scope = Scope(
        data.draw(st.sampled_from([None, issue.issued_by_id])),
        mine,
        data.draw(some) & mine,
        data.draw(st.sampled_from([frozenset(), frozenset({REGION}), frozenset({REGION, "000000"})])),
    )
    today = TODAY + timedelta(days=data.draw(st.integers(-20, 20)))
    kinds: tuple[Kind | Source, ...] = (*KINDS, *sources_for(scope))
    alone = {kind.key: kind.groups(scope, today).count() for kind in kinds}
    assert count_each(scope, kinds, today) == {key: count for key, count in alone.items() if count}


def test_nobody_has_to_do_anything(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert count_each(EVERYBODY, (), TODAY) == {}


def odd(rows: Any) -> Kind:
    return Kind("odd", "", rows, "due", "self")


def test_what_is_made_of_the_day_in_another_way_is_refused(db: None) -> None:
    def first_of_year(scope: Scope, today: date) -> QuerySet[Any]:
        return Occurrence.objects.filter(period=f"{today.year}年")

    with pytest.raises(RuntimeError, match="odd"):
        count_each(EVERYBODY, (odd(first_of_year),), TODAY)


def test_what_can_never_be_is_not_asked_for(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert count_each(EVERYBODY, (odd(lambda scope, today: Occurrence.objects.none()),), TODAY) == {}
