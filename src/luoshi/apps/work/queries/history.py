"""All that happened to a task at work, newest first: the audit log and what the rows themselves remember."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise

from luoshi.apps.audit.catalogue import TYPES
from luoshi.apps.audit.models import Event
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Adjustment, Assignment, Extension, Issue, Occurrence, Report, Revision

# Typing goes on all day; versions are seen in the report itself.
NOT_TOLD = ("work.report.opened", "work.report.saved", "work.occurrences.advanced")
_COLUMNS = ("on", "what", "source", "row")
_KINDS = (Assignment, Occurrence, Report, Extension, Adjustment)


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened: when, what, by whom, about which body and period, and the reason given.

    `words` are what only those may read who may read the reports of `body`.
    """

    at: datetime
    title: Promise | str
    by: User | None
    body: Any = None
    period: str = ""
    words: str = ""


def history(task: Task) -> QuerySet[Any, Any]:
    """What happened to a task as rows of time, type, source and key; one query, and paged there."""
    told = _events(task).exclude(type__in=NOT_TOLD)
    events = _rows(told, "at", F("type"), "event")
    signed = Assignment.objects.filter(task=task, signed_at__isnull=False)
    unchanged = Revision.objects.filter(report__task=task, kind=Revision.Kind.NO_CHANGE)
    return events.union(
        _rows(signed, "signed_at", Value("work.assignments.signed"), "assignment"),
        _rows(unchanged, "at", Value("work.report.unchanged"), "revision"),
        all=True,
    ).order_by("-on", "-row")


def told(rows: Sequence[Any]) -> list[Told]:
    """Rows of `history` in words; in a fixed number of queries."""
    by_source: dict[str, set[int]] = {}
    for _, _, source, key in rows:
        by_source.setdefault(source, set()).add(key)
    events = Event.objects.select_related("actor").in_bulk(by_source.get("event", ()))
    assignments = Assignment.objects.select_related("body", "signed_by").in_bulk(
        by_source.get("assignment", ())
    )
    revisions = Revision.objects.select_related("by", "report__body", "report__occurrence").in_bulk(
        by_source.get("revision", ())
    )
    concerned = _concerned(events.values())
    found = []
    for at, what, source, key in rows:
        title = TYPES[what].title if what in TYPES else what
        if source == "event":
            event = events[key]
            body, period = concerned.get((event.object_type, event.object_id), (None, ""))
            found.append(Told(at, title, event.actor, body, period, _words(event.detail)))
        elif source == "assignment":
            found.append(Told(at, title, assignments[key].signed_by, assignments[key].body))
        else:
            report = revisions[key].report
            found.append(Told(at, title, revisions[key].by, report.body, report.occurrence.period))
    return found


def _events(task: Task) -> QuerySet[Event]:
    """The events of a task and of everything that belongs to it."""
    own: dict[type[Any], QuerySet[Any]] = {
        Issue: Issue.objects.filter(plan=task.plan_id),
        Assignment: Assignment.objects.filter(task=task),
        Occurrence: Occurrence.objects.filter(task=task),
        Report: Report.objects.filter(task=task),
        Extension: Extension.objects.filter(occurrence__task=task),
        Adjustment: Adjustment.objects.filter(task=task),
    }
    about = Q(object_type=Task._meta.label_lower, object_id=str(task.pk))
    for model, found in own.items():
        keys = found.order_by().annotate(key_text=Cast("pk", CharField())).values("key_text")
        about |= Q(object_type=model._meta.label_lower, object_id__in=keys)
    return Event.objects.filter(about, region=task.region_id)


def _rows(found: QuerySet[Any], on: str, what: Any, source: str) -> QuerySet[Any, Any]:
    named = found.order_by().annotate(
        on=F(on),
        what=Cast(what, CharField()),
        source=Value(source, output_field=CharField()),
        row=Cast("pk", BigIntegerField()),
    )
    rows: QuerySet[Any, Any] = named.values_list(*_COLUMNS)
    return rows


def _concerned(events: Iterable[Event]) -> dict[tuple[str, str], tuple[Any, str]]:
    """For each thing that an event is about: its body and its period."""
    wanted: dict[str, set[str]] = {}
    for event in events:
        wanted.setdefault(event.object_type, set()).add(event.object_id)
    found: dict[tuple[str, str], tuple[Any, str]] = {}
    for model in _KINDS:
        label = model._meta.label_lower
        keys = [int(key) for key in wanted.get(label, ()) if key.isdecimal()]
        if not keys:
            continue
        joined = ["body", *(["occurrence"] if model in {Report, Extension} else [])]
        for row in model.objects.filter(pk__in=keys).select_related(*joined):
            occurrence = row if isinstance(row, Occurrence) else getattr(row, "occurrence", None)
            found[label, str(row.pk)] = (row.body, occurrence.period if occurrence else "")
    return found


def _words(detail: Mapping[str, Any]) -> str:
    """The reason or answer that somebody gave."""
    return next((str(detail[key]) for key in ("reason", "answer") if detail.get(key)), "")
