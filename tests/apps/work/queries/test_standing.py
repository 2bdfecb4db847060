"""Lights of the database are the lights of the rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Assignment, Issue, Occurrence
from luoshi.apps.work.queries.standing import (
    light_of,
    of_light,
    tallies,
    tally,
    with_lights,
)
from luoshi.core.work.lights import Light, Tally, show
from tests.apps.work import rows
from tests.apps.work.rows import CALENDAR, at

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
ASSIGNMENTS = ("issued", "signed", "in-progress", "suspended", "closed", "cancelled", "handed-over")


@pytest.fixture
def issue(office: User) -> Issue:
    """A plan with three tasks, handed out."""
    return rows.issued(rows.plan_of(3, office), office)


def by_the_rules(one: Occurrence, today: date) -> Light:
    """What the core says of an occurrence."""
    answered = localdate(one.answered_at) if one.answered_at else None
    shown = show(
        start=one.opens_on,
        due=one.due if one.state in {"open", "closed"} else None,
        today=min(answered, one.due) if answered else today,
        calendar=CALENDAR,
        closed=localdate(one.closed_at) if one.closed_at else None,
        suspended=one.assignment.state == "suspended",
    )
    return shown.light


@st.composite
def occurrences(draw: st.DrawFn) -> dict[str, object]:
    """The days and states of an occurrence."""
    due = draw(DAYS)
    opens = due - timedelta(days=draw(st.integers(0, 90)))
    state = draw(st.sampled_from(["open", "open", "open", "scheduled", "closed", "cancelled"]))
    made: dict[str, object] = {"due": due, "opens": opens, "state": state}
    if state == "open" and draw(st.booleans()):
        # The last minute of a day in Shanghai is still that day.
        made["answered_at"] = at(opens + timedelta(days=draw(st.integers(0, 120))), draw(st.integers(0, 23)))
    return made


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    today=DAYS,
    parts=st.lists(
        st.tuples(st.sampled_from(ASSIGNMENTS), st.lists(occurrences(), max_size=3)), min_size=1, max_size=4
    ),
)
def test_the_database_shows_the_lights_of_the_rules(
    issue: Issue, today: date, parts: list[tuple[str, list[dict[str, object]]]]
) -> None:
    Occurrence.objects.all().delete()
    Assignment.objects.all().delete()
    task = Task.objects.filter(plan=issue.plan_id).earliest("position")
    leads = []
    for rank, (state, asked) in enumerate(parts):
        body, _ = rows.Body.objects.get_or_create(region_id=issue.region_id, name=f"云溪区第{rank}局")
        leads.append(rows.assignment(issue, task, body, rank, state=state))
        for number, one in enumerate(asked):
            rows.occurrence(leads[-1], key=f"2026-{number + 1:02}", **one)

    expected: dict[int, Light] = {}
    for one in with_lights(Occurrence.objects.select_related("assignment"), today):
        light = by_the_rules(one, today)
        assert light_of(one.rank_of_light) is light
        if one.state == "open":
            expected[one.assignment_id] = min(
                expected.get(one.assignment_id, Light.GREY), light, key=list(Light).index
            )
    found = {one.pk: light_of(one.rank_of_light) for one in with_lights(Assignment.objects.all(), today)}
    for one in leads:
        still = {
            "closed": Light.BLUE,
            "suspended": Light.GREY,
            "cancelled": Light.GREY,
            "handed-over": Light.GREY,
        }
        assert found[one.pk] is still.get(one.state, expected.get(one.pk, Light.GREY))
    counted = [found[one.pk] for one in leads if one.state not in Assignment.GONE]
    shown = with_lights(Task.objects.filter(pk=task.pk), today).get()
    assert light_of(shown.rank_of_light) is Tally.of(counted).worst


def test_who_is_only_responsible_does_not_colour_the_task(issue: Issue) -> None:
    task = Task.objects.filter(plan=issue.plan_id).earliest("position")
    lead, other = rows.bodies(2)
    rows.occurrence(rows.assignment(issue, task, lead), date(2026, 12, 31))
    rows.occurrence(rows.assignment(issue, task, other, None), date(2026, 9, 1))

    assert (
        light_of(with_lights(Task.objects.filter(pk=task.pk), rows.TODAY).get().rank_of_light) is Light.GREEN
    )


def test_tallies_add_up_to_the_whole_and_to_what_is_listed(issue: Issue) -> None:
    rows.spread(issue, rows.bodies(6))
    found = with_lights(Assignment.objects.all(), rows.TODAY)
    whole = tally(found)

    assert whole == Tally.of(light_of(one.rank_of_light) for one in found)
    assert sum(tallies(found, "body").values(), Tally()) == whole
    assert sum(tallies(found, "task__section").values(), Tally()) == whole
    for light in Light:
        assert of_light(found, light.value).count() == whole.count(light)
    assert all(whole.count(light) for light in Light)
