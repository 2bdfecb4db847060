"""Counting a period: which requests fell due in it, and how each was answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from luoshi.apps.audit.models import Event
from luoshi.apps.bulletin.models import Bulletin, Counted
from luoshi.apps.work.models import Assignment, Occurrence, Report
from luoshi.core.supervision.bulletin import FIGURES, Figure

_WHICH: dict[Figure, Q] = {
    "asked": Q(),
    "in-time": Q(outcome=Counted.Outcome.IN_TIME),
    "late": Q(outcome=Counted.Outcome.LATE),
    "overdue": Q(outcome=Counted.Outcome.OVERDUE),
    "waiting": Q(outcome=Counted.Outcome.WAITING),
    "returned": Q(returned=True),
}


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of a body or a chapter, by figure."""

    key: int | None
    name: str
    numbers: dict[Figure, int]


def requests(plan: int, since: date, until: date) -> QuerySet[Occurrence]:
    """The requests of a plan that fell due in a period: not cancelled, nor halted and unanswered."""
    found = Occurrence.objects.filter(task__plan=plan, due__range=(since, until)).exclude(
        state=Occurrence.State.CANCELLED
    )
    halted = Q(assignment__state=Assignment.State.SUSPENDED, answered_at=None)
    return found.exclude(assignment__state__in=Assignment.GONE).exclude(halted)


def outcome_of(due: date, answered: date | None, today: date) -> Counted.Outcome:
    """How a request stood on a day."""
    if answered is not None:
        return Counted.Outcome.IN_TIME if answered <= due else Counted.Outcome.LATE
    return Counted.Outcome.OVERDUE if due < today else Counted.Outcome.WAITING


def counted(bulletin: Bulletin, at: datetime) -> Iterator[Counted]:
    """A row for every request of the period of a bulletin, not stored."""
    today = localdate(at)
    rows = requests(bulletin.plan_id, bulletin.since, bulletin.until)
    returned = _returned(rows)
    values = rows.order_by("pk").values_list("pk", "task", "body", "task__section", "due", "answered_at")
    for key, task, body, section, due, answered_at in values:
        answered = localdate(answered_at) if answered_at else None
        yield Counted(
            region_id=bulletin.region_id,
            bulletin=bulletin,
            occurrence_id=key,
            task_id=task,
            body_id=body,
            section_id=section,
            due=due,
            answered=answered,
            outcome=outcome_of(due, answered, today),
            returned=key in returned,
        )


def _returned(rows: QuerySet[Occurrence]) -> set[int]:
    """Those whose report was ever returned, as the log tells."""
    reports = dict(Report.objects.filter(occurrence__in=rows.values("pk")).values_list("pk", "occurrence"))
    log = Event.objects.filter(type="work.report.returned", object_type="work.report")
    told = log.values_list("object_id", flat=True).distinct()
    return {reports[int(key)] for key in told if int(key) in reports}


def rows_of(
    bulletin: Bulletin, figure: Figure, *, body: int | None = None, section: int | None = None, text: str = ""
) -> QuerySet[Counted]:
    """The list behind a number: what a bulletin counts under a figure."""
    found = Counted.objects.filter(_WHICH[figure], bulletin=bulletin)
    if body is not None:
        found = found.filter(body=body)
    if section is not None:
        found = found.filter(section=section)
    for word in text.split():
        found = found.filter(
            Q(task__title__icontains=word)
            | Q(task__text__icontains=word)
            | Q(task__number=word)
            | Q(body__name__icontains=word)
        )
    return found.select_related("task__plan", "body", "section", "occurrence").defer(
        "task__read", "task__plan__read"
    )


def totals(bulletin: Bulletin) -> dict[Figure, int]:
    """Every number of a bulletin, in one query."""
    found: dict[str, int] = Counted.objects.filter(bulletin=bulletin).aggregate(**_numbers())
    return {figure: found[_field(figure)] for figure in FIGURES}


def by_body(bulletin: Bulletin) -> list[Row]:
    """The numbers of each body, by name: an order that ranks nobody."""
    return _rows(bulletin, "body", "body__name", ("body__name", "body"))


def by_chapter(bulletin: Bulletin) -> list[Row]:
    """The numbers of each chapter, in the order of the plan."""
    return _rows(bulletin, "section", "section__title", ("section__position",))


def _rows(bulletin: Bulletin, key: str, name: str, order: tuple[str, ...]) -> list[Row]:
    grouped: Any = Counted.objects.filter(bulletin=bulletin).order_by(*order).values(key, name, *order)
    return [
        Row(row[key], row[name] or "", {figure: row[_field(figure)] for figure in FIGURES})
        for row in grouped.annotate(**_numbers())
    ]


def _numbers() -> dict[str, Count]:
    return {_field(figure): Count("pk", filter=_WHICH[figure] or None) for figure in FIGURES}


def _field(figure: Figure) -> str:
    return f"n_{figure.replace('-', '_')}"
