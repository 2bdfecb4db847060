"""Reports as others look at them: what waits to be decided, what a lead brings together, versions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from luoshi.apps.api.area import AnyKey, Asked, Key, Listing, Number, Paged, Sent, caller, mark, paged
from luoshi.apps.api.routers.reports import area, own_report
from luoshi.apps.api.work_shapes import NoChangeOut, ReportOut, RevisionOut
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, regions_with
from luoshi.apps.plan.models import Section
from luoshi.apps.plan.queries.overview import sections_of
from luoshi.apps.plan.queries.tasks import below
from luoshi.apps.work.models import Report, Revision
from luoshi.apps.work.operations.deciding import accept_unchanged
from luoshi.apps.work.operations.joint import QUOTED, quote
from luoshi.apps.work.queries.contributions import Contribution, contributions
from luoshi.apps.work.queries.queues import QueueFilter, narrowed, to_accept, to_approve
from luoshi.apps.work.queries.reading import leads_of, readable_number, readable_numbers, revisions_of
from luoshi.apps.work.views.queues import WAITING, matches
from luoshi.apps.work.views.report_page import open_occurrence
from luoshi.core.work.values import pack


class QueueAsked(Listing):
    """Which reports of a queue."""

    plan: AnyKey | None = None
    chapter: AnyKey | None = None
    body: AnyKey | None = None
    period: Annotated[str, Field(max_length=10)] = ""
    kind: Literal["", "unchanged", "changed", "joint"] = ""
    sort: Literal["waiting", "due", "task", "body"] = "waiting"

    def filter(self) -> QueueFilter:
        """The filter as the query takes it."""
        sections: Collection[int] = ()
        if self.chapter is not None:
            chapter = Section.objects.filter(pk=self.chapter).first()
            # A chapter that is none has no reports.
            sections = below(chapter.pk, sections_of(chapter.plan_id)) if chapter else (0,)
        return QueueFilter(self.q, self.plan, sections, self.body, self.period, self.kind, self.sort)


class AcceptAsked(QueueAsked):
    """Also own reports that a lead brings together; they are accepted with the joint one."""

    along: bool = False


class Shown(Sent):
    """A report, and the version of it that was seen."""

    report: AnyKey
    seen: Number


class Unchanged(Sent):
    """Reports that say “no change”."""

    reports: Annotated[list[Shown], Field(min_length=1, max_length=1000)]


class PartsAsked(Listing):
    """Which bodies of a task."""

    heard: Literal["", "waiting", "reported", "unchanged"] = ""
    sort: Literal["role", "waiting", "name"] = "role"


class Quoting(Sent):
    """A report of another body, and which of its fields."""

    source: AnyKey
    field: Literal[tuple(QUOTED)]  # type: ignore[valid-type]


class CollectedOut(Schema):
    """What another body of the task says of the same period."""

    body_id: int
    name: str
    role: str
    heard: str
    report_id: int | None
    revision: int | None
    values: dict[str, Any]


@area.read("/reports/accepting", "work.accept", Paged[ReportOut], "office")
def accepting(request: HttpRequest, asked: Annotated[AcceptAsked, Query()]) -> Any:
    """What the office has to accept or return."""
    found = to_accept(regions_with(caller(request), Role.Name.OFFICE), along=asked.along)
    return paged(narrowed(found, asked.filter()), asked)


@area.read("/reports/approving", "work.approve", Paged[ReportOut], "report")
def approving(request: HttpRequest, asked: Annotated[QueueAsked, Query()]) -> Any:
    """What the heads of bodies have to approve or send up."""
    found = to_approve(bodies_with(caller(request), Role.Name.HEAD))
    return paged(narrowed(found, asked.filter()), asked)


@area.do("/reports/accept-unchanged", "work.accept", NoChangeOut, "office")
def accept_at_once(request: HttpRequest, sent: Unchanged) -> Any:
    """Accept reports that say “no change”; what says more has to be read by itself, and is listed."""
    seen = {one.report: one.seen for one in sent.reports}
    for report in Report.objects.filter(pk__in=seen):
        check(request, "work.accept", report)
    result = accept_unchanged(seen=seen, by=caller(request), at=timezone.now())
    refused = [
        {
            "occurrence_id": row.occurrence_id,
            "code": error.code,
            "messages": error.messages(),
        }
        for row, error in result.refused
    ]
    return {"done": [one.occurrence_id for one in result.done], "refused": refused}


@area.read("/occurrences/{occurrence}/parts", "work.collect", Paged[CollectedOut])
def parts(request: HttpRequest, occurrence: Key, asked: Annotated[PartsAsked, Query()]) -> Any:
    """Who of a task has reported for a period and in which words, for its leads and the office."""
    found = open_occurrence(request, occurrence)
    check(request, "work.collect", found)
    rows = [one for one in contributions(found) if matches(one, asked.q, asked.heard)]
    if asked.sort == "name":
        rows.sort(key=lambda one: one.assignment.body.name)
    elif asked.sort == "waiting":
        rows.sort(key=lambda one: WAITING.get(one.heard, 9))
    page = paged(rows, asked)
    return {**page, "items": [_part(one) for one in page["items"]]}


def _part(one: Contribution) -> dict[str, Any]:
    shown = {"body_id": one.assignment.body_id, "name": one.assignment.body.name, "role": one.assignment.role}
    report = one.report.pk if one.report else None
    said = {"heard": one.heard, "report_id": report, "revision": one.revision}
    return {**shown, **said, "values": pack(one.values)}


@area.read("/occurrences/{occurrence}/report/versions", "work.read", Paged[RevisionOut])
def versions(request: HttpRequest, occurrence: Key, asked: Asked) -> Any:
    """The versions of a report that one may read, the newest first."""
    report: Report | None = getattr(open_occurrence(request, occurrence), "report", None)
    if report is None:
        return paged(Revision.objects.none(), asked)
    user = caller(request)
    only = readable_numbers(user, report)
    if only is not None:
        number = readable_number(user, report, leads_of(report.task_id))
        only = sorted({*only, *([number] if number is not None else [])})
    return paged(revisions_of(report, only), asked)


@area.do("/occurrences/{occurrence}/report/quote", "work.report", ReportOut, "report")
def quote_one(request: HttpRequest, response: HttpResponse, occurrence: Key, sent: Quoting) -> Any:
    """Put the submitted words of another body into the joint report, named as theirs."""
    report = own_report(request, occurrence, "work.report")
    source = get_object_or_404(Report.objects.select_related("body"), pk=sent.source)
    changed = quote(report=report, source=source, field=sent.field, by=caller(request), at=timezone.now())
    mark(response, changed.latest)
    return changed
