"""Reports: opened, saved, submitted, signed, accepted."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from pydantic import Field

from luoshi.apps.api.area import (
    AnyKey,
    Area,
    Key,
    Number,
    Sent,
    Words,
    caller,
    mark,
    seen,
)
from luoshi.apps.api.problems import showing
from luoshi.apps.api.work_shapes import (
    ReportOut,
    ReportWhole,
    SavedOut,
)
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Body
from luoshi.apps.work.models import Occurrence, Report
from luoshi.apps.work.operations import deciding, joint, taking_back
from luoshi.apps.work.operations.reporting import Saved, open_report, submit
from luoshi.apps.work.operations.reporting import save as save_report
from luoshi.apps.work.queries.reading import leads_of, own_bodies, readable_number, revisions_of
from luoshi.apps.work.views.report_page import open_occurrence
from luoshi.core.work.prefill import NOT_APPLICABLE, Value
from luoshi.core.work.values import pack

area = Area("reports")


class Values(Sent):
    """What a report says; a field that is left out is empty. `share_done` may not apply."""

    progress: Words = ""
    problems: Words = ""
    next_step: Words = ""
    help_needed: Words = ""
    share_done: (
        Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] | Literal["not-applicable"] | None
    ) = None
    evidence: Annotated[list[AnyKey], Field(max_length=100)] = Field(default_factory=list)

    def values(self) -> dict[str, Value]:
        """The values as the operation takes them."""
        said: dict[str, Value] = {
            name: getattr(self, name) for name in ("progress", "problems", "next_step", "help_needed")
        }
        if self.share_done is not None:
            given = self.share_done
            said["share_done"] = given if isinstance(given, Decimal) else NOT_APPLICABLE
        said["evidence"] = tuple(dict.fromkeys(str(key) for key in self.evidence))
        return said


class ReportIn(Sent):
    """What a report says, and the number of the version that it was written from."""

    base: Number
    values: Values


class Reason(Sent):
    """Why."""

    reason: Words = ""


class Signing(Reason):
    """For which body; it may be left out by those who work for one lead only."""

    body: AnyKey | None = None


@area.read("/occurrences/{occurrence}/report", "work.read", ReportWhole)
def one(request: HttpRequest, response: HttpResponse, occurrence: Key) -> Any:
    """The report of a period, in the version that one may read."""
    found = open_occurrence(request, occurrence)
    report: Report | None = getattr(found, "report", None)
    if report is None:
        return {"report": None, "revision": None}
    mark(response, report.latest)
    number = readable_number(caller(request), report, leads_of(report.task_id))
    shown = None if number is None else revisions_of(report, [number]).first()
    return {"report": report, "revision": shown}


@area.do("/occurrences/{occurrence}/report/open", "work.report", ReportOut, "report")
def open_it(request: HttpRequest, response: HttpResponse, occurrence: Key) -> Any:
    """The report of a period, made on first sight."""
    found = _own(request, occurrence)
    return _told(response, open_report(occurrence=found, by=caller(request), at=timezone.now()))


@area.do("/occurrences/{occurrence}/report", "work.report", SavedOut, "report", method="PUT")
def save(request: HttpRequest, response: HttpResponse, occurrence: Key, sent: ReportIn) -> Any:
    """Keep what a report says. When somebody else saved meanwhile, both are brought together."""
    found, by, now = _own(request, occurrence), caller(request), timezone.now()
    report = open_report(occurrence=found, by=by, at=now)
    saved = save_report(report=report, values=sent.values.values(), base=sent.base, by=by, at=now)
    mark(response, saved.latest)
    return _saved(saved)


def _saved(saved: Saved) -> dict[str, Any]:
    merged = saved.merged
    fields = [{"field": one.key, "clean": not one.conflict} for one in merged.fields] if merged else []
    told = {"latest": saved.latest, "own": saved.own, "values": pack(saved.values), "stored": saved.stored}
    return {**told, "clean": merged is None or merged.clean, "merged": fields}


@area.do("/occurrences/{occurrence}/report/submit", "work.report", ReportOut, "report", versioned=True)
def send(request: HttpRequest, response: HttpResponse, occurrence: Key) -> Any:
    """Send a report up; a joint one once the other leads have signed."""
    report = own_report(request, occurrence, "work.report")
    act = joint.submit_joint if report.joint else submit
    return _take(request, response, report, act, seen=seen(request))


@area.do("/occurrences/{occurrence}/report/propose", "work.report", ReportOut, "report", versioned=True)
def propose(request: HttpRequest, response: HttpResponse, occurrence: Key) -> Any:
    """Send a joint report to the other leads to be signed."""
    report = own_report(request, occurrence, "work.report")
    return _take(request, response, report, joint.propose, seen=seen(request))


@area.do("/occurrences/{occurrence}/report/withdraw", "work.report", ReportOut, "report")
def withdraw(request: HttpRequest, response: HttpResponse, occurrence: Key) -> Any:
    """Take a report back to go on writing."""
    return _take(request, response, own_report(request, occurrence, "work.report"), taking_back.withdraw)


@area.do("/occurrences/{occurrence}/report/correct", "work.report", ReportOut, "report")
def correct(request: HttpRequest, response: HttpResponse, occurrence: Key, sent: Reason) -> Any:
    """Correct a report; what was accepted counts until the correction is."""
    report = own_report(request, occurrence, "work.report")
    return _take(request, response, report, taking_back.correct, reason=sent.reason)


@area.do("/occurrences/{occurrence}/report/revise", "work.report", ReportOut, "report")
def revise(request: HttpRequest, response: HttpResponse, occurrence: Key) -> Any:
    """Change a joint report that is being signed; it has to be signed anew."""
    return _take(request, response, own_report(request, occurrence, "work.report"), joint.revise)


@area.do("/occurrences/{occurrence}/report/approve", "work.approve", ReportOut, "report", versioned=True)
def approve(request: HttpRequest, response: HttpResponse, occurrence: Key) -> Any:
    """Approve a report as the head of its body."""
    report = own_report(request, occurrence, "work.approve")
    return _take(request, response, report, deciding.approve, seen=seen(request))


@area.do("/occurrences/{occurrence}/report/accept", "work.accept", ReportOut, "office", versioned=True)
def accept(request: HttpRequest, response: HttpResponse, occurrence: Key) -> Any:
    """Accept a report for the office; with a joint one, those it was drawn from."""
    report = own_report(request, occurrence, "work.accept")
    return _take(request, response, report, deciding.accept, seen=seen(request))


@area.do("/occurrences/{occurrence}/report/return", "work.return", ReportOut, "office", "report")
def send_back(request: HttpRequest, response: HttpResponse, occurrence: Key, sent: Reason) -> Any:
    """Return a report with a reason: the office, the head of the body, a lead of the task."""
    report = own_report(request, occurrence, "work.return")
    return _take(request, response, report, deciding.send_back, reason=sent.reason)


@area.do("/occurrences/{occurrence}/report/cosign", "work.cosign", ReportOut, "report", versioned=True)
def cosign(request: HttpRequest, response: HttpResponse, occurrence: Key, sent: Signing) -> Any:
    """Sign the joint report of a task as another lead."""
    report = own_report(request, occurrence, "work.read")
    body = _signer(request, report, sent.body)
    return _take(request, response, report, joint.cosign, body=body, seen=seen(request))


@area.do("/occurrences/{occurrence}/report/object", "work.cosign", ReportOut, "report", versioned=True)
def object_to(request: HttpRequest, response: HttpResponse, occurrence: Key, sent: Signing) -> Any:
    """Object to the joint report of a task as another lead; the objection goes up with it."""
    report = own_report(request, occurrence, "work.read")
    body = _signer(request, report, sent.body)
    given = {"body": body, "seen": seen(request), "reason": sent.reason}
    return _take(request, response, report, joint.object_to, **given)


def _own(request: HttpRequest, occurrence: int) -> Occurrence:
    found = open_occurrence(request, occurrence)
    check(request, "work.report", found)
    return found


def own_report(request: HttpRequest, occurrence: int, permission: str) -> Report:
    """The report of a period, which the person may do something with.

    Raises:
        Http404: there is none yet.
        PermissionDenied: the person may not.
    """
    report: Report | None = getattr(open_occurrence(request, occurrence), "report", None)
    if report is None:
        raise Http404
    check(request, permission, report)
    return report


def _take(request: HttpRequest, response: HttpResponse, report: Report, act: Any, **given: Any) -> Report:
    """Take a step with a report."""
    with showing(lambda: ReportOut.from_orm(Report.objects.get(pk=report.pk))):
        act(report=report, by=caller(request), at=timezone.now(), **given)
    report.refresh_from_db()
    return _told(response, report)


def _signer(request: HttpRequest, report: Report, wanted: int | None) -> Body:
    """The person's body among the other leads of the task."""
    mine = own_bodies(caller(request))
    leads = [one for one in leads_of(report.task_id) if one.body_id in mine and one.body_id != report.body_id]
    lead = next((one for one in leads if wanted in (None, one.body_id)), None)
    if lead is None:
        raise PermissionDenied
    return lead.body


def _told(response: HttpResponse, report: Report) -> Report:
    mark(response, report.latest)
    return report
