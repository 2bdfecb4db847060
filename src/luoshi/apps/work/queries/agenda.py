"""What comes due when: the days of a month with holidays and working weekends, and everybody's own dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.rules import Visitor, bodies_with, regions_with
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.work.models import Assignment, Occurrence
from luoshi.apps.work.queries.standing import light_of, with_lights
from luoshi.core.calendar.periods import Period
from luoshi.core.calendar.working_days import DayOutOfRange, WorkCalendar
from luoshi.core.errors import Phrase
from luoshi.core.work.ics import Entry
from luoshi.core.work.lights import Tally

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """What of a plan comes due on a day."""

    plan: Plan
    tally: Tally


@dataclass(slots=True)
class Day:
    """A day of the calendar; `why` says why it is off, or worked at a weekend."""

    day: date
    inside: bool
    working: bool
    why: Phrase | None
    due: list[Due] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday to Sunday."""

    period: Period
    weeks: list[list[Day]]

    @property
    def days(self) -> list[Day]:
        """The days on which something comes due, for the list."""
        return [day for week in self.weeks for day in week if day.inside and day.due]


def dated(user: Visitor) -> QuerySet[Occurrence]:
    """The occurrences whose dates somebody sees: those of their bodies, all of a region for its office."""
    found = Occurrence.objects.filter(_seen(user)).exclude(state=Occurrence.State.CANCELLED)
    return found.exclude(assignment__state__in=Assignment.GONE)


def plans_and_bodies(user: Visitor) -> tuple[list[Plan], list[Body]]:
    """The plans and the bodies that `dated` speaks of, in three queries.

    Asked of the assignments, which are few, and not of their occurrences: among those of a hundred districts
    the database would look through every plan.
    """
    occurring = Occurrence.objects.filter(assignment=OuterRef("pk")).exclude(state=Occurrence.State.CANCELLED)
    rows = Assignment.objects.filter(_seen(user)).exclude(state__in=Assignment.GONE).filter(Exists(occurring))
    pairs = list(rows.order_by().values_list("issue__plan", "body").distinct())
    plans = Plan.objects.filter(pk__in={plan for plan, _body in pairs}).defer("read").order_by("pk")
    bodies = Body.objects.filter(pk__in={body for _plan, body in pairs}).order_by("name", "pk")
    return list(plans), list(bodies)


def _seen(user: Visitor) -> Q:
    """What concerns somebody's bodies, or stands in a region that the person looks at as a whole."""
    return Q(region__in=regions_with(user, "office", "viewer")) | Q(
        body__in=bodies_with(user, "liaison", "head", "viewer")
    )


def months(
    rows: QuerySet[Occurrence], periods: Iterable[Period], today: date, calendar: WorkCalendar
) -> list[Month]:
    """Months with what comes due on each day, in two queries.

    Args:
        rows: occurrences.
        periods: months, in order.
        today: for the lights.
        calendar: of the region.
    """
    wanted = tuple(periods)
    found = rows.filter(due__range=(wanted[0].start, wanted[-1].end))
    counted = (
        with_lights(found, today)
        .order_by("due", "task__plan")
        .values_list("due", "task__plan", "rank_of_light")
        .annotate(n=Count("pk"))
    )
    numbers: dict[date, dict[int, dict[str, int]]] = {}
    for due, plan, rank, n in counted:
        numbers.setdefault(due, {}).setdefault(plan, {})[light_of(rank).value] = n
    plans = Plan.objects.defer("read").in_bulk({plan for day in numbers.values() for plan in day})
    dues = {
        day: [Due(plans[plan], Tally(**counts)) for plan, counts in by_plan.items()]
        for day, by_plan in numbers.items()
    }
    return [Month(period, _weeks(period, dues, calendar)) for period in wanted]


def _weeks(period: Period, dues: dict[date, list[Due]], calendar: WorkCalendar) -> list[list[Day]]:
    monday = period.start - timedelta(days=period.start.weekday())
    weeks = []
    while monday <= period.end:
        week = [monday + timedelta(days=n) for n in range(7)]
        weeks.append([_day(day, period, dues, calendar) for day in week])
        monday += WEEK
    return weeks


def _day(day: date, period: Period, dues: dict[date, list[Due]], calendar: WorkCalendar) -> Day:
    inside = period.start <= day <= period.end
    try:
        kind = calendar.explain(day)
    except DayOutOfRange:
        return Day(day, inside, True, None)
    expected = day.isoweekday() <= 5
    why = kind.why if kind.working != expected else None
    return Day(day, inside, kind.working, why, dues.get(day, []) if inside else [])


def own_dates(user: Visitor, since: date) -> list[Entry]:
    """The due dates of a person's bodies as entries of a calendar file: one a plan, body and day."""
    rows = (
        dated(user)
        .filter(body__in=bodies_with(user, "liaison", "head"), due__gte=since)
        .exclude(state=Occurrence.State.CLOSED)
        .select_related("task__plan", "body")
        .defer("task__read", "task__plan__read")
        .order_by("due", "task__plan", "body", "task__position", "pk")
    )
    grouped: dict[tuple[Any, ...], list[Occurrence]] = {}
    for row in rows:
        grouped.setdefault((row.due, row.task.plan_id, row.body_id), []).append(row)
    return [_entry(key, found) for key, found in grouped.items()]


def _entry(key: tuple[Any, ...], found: list[Occurrence]) -> Entry:
    first = found[0]
    lines = [
        f"{row.task.number} {heading(row.task.number, row.task.title, row.task.text)}".strip()
        for row in found
    ]
    return Entry(
        uid=f"due-{first.task.plan_id}-{first.body_id}-{first.due:%Y%m%d}@luoshi",
        day=first.due,
        summary=f"{first.body} · {first.task.plan} ({len(found)})",
        description="\n".join(lines),
    )
