"""What the pages of a report show: the form, or what was said and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.timezone import localdate
from rules.permissions import has_perm

from luoshi.apps.organization.access import check, person
from luoshi.apps.work.models import Assignment, Evidence, Occurrence, Report, Revision, Stance
from luoshi.apps.work.operations.acting import circle_of, editable, machine_of, roles_in, standing_of
from luoshi.apps.work.operations.joint import QUOTED, cosigning
from luoshi.apps.work.operations.reporting import Saved
from luoshi.apps.work.operations.revising import values_at
from luoshi.apps.work.queries.along import ALONG, answered_with
from luoshi.apps.work.queries.contributions import contributions, joint_of
from luoshi.apps.work.queries.forms import form_of
from luoshi.apps.work.queries.reading import (
    differences,
    files_in,
    leads_of,
    own_bodies,
    readable_number,
    readable_numbers,
    revisions_of,
    said,
)
from luoshi.core.work.merging_values import MergedField
from luoshi.core.work.prefill import NOT_APPLICABLE, Form, Line, Value
from luoshi.core.work.states import possible
from luoshi.core.work.values import unpack

# Files of the body that the form offers beside those that are chosen; the rest are in the list of files.
OFFERED = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of the form: what is known of it, what stands in it, and what is wrong with it."""

    line: Line
    value: Any
    error: str = ""
    not_applicable: bool = False

    @property
    def key(self) -> str:
        """The key of the field."""
        return self.line.field.key

    @property
    def kind(self) -> str:
        """`words`, `share` or `files`."""
        return {"share_done": "share", "evidence": "files"}.get(self.key, "words")


def open_occurrence(request: HttpRequest, occurrence: int) -> Occurrence:
    """The occurrence with everything its pages name.

    Raises:
        Http404: there is none.
        PermissionDenied: the person may not read what its body reports.
    """
    found = get_object_or_404(
        Occurrence.objects.select_related(
            "assignment__issue__issued_by",
            "assignment__via",
            "task__plan",
            "task__section",
            "body",
            "report__submitted_by",
            "report__approved_by",
            "report__accepted_by",
            "goes_with__task__plan",
        ).defer("task__read", "task__plan__read"),
        pk=occurrence,
    )
    check(request, "work.read", getattr(found, "report", found))
    return found


def base_context(request: HttpRequest, occurrence: Occurrence) -> dict[str, Any]:
    """What both pages know."""
    return {
        "section": "desk",
        "occurrence": occurrence,
        "task": occurrence.task,
        "plan": occurrence.task.plan,
        "issue": occurrence.assignment.issue,
        "report": getattr(occurrence, "report", None),
        "is_member": has_perm("work.report", request.user, occurrence),
        "may_collect": has_perm("work.collect", request.user, occurrence),
        "today": localdate(),
        "along": answered_with(occurrence),
    }


def may_write(request: HttpRequest, occurrence: Occurrence) -> bool:
    """Whether the person gets the form."""
    if not has_perm("work.report", request.user, occurrence):
        return False
    halted = (Assignment.State.SUSPENDED, *Assignment.GONE)
    running = occurrence.state == Occurrence.State.OPEN and occurrence.assignment.state not in halted
    report: Report | None = getattr(occurrence, "report", None)
    if report is None:
        return running
    return editable(report) and (running or occurrence.state == Occurrence.State.CLOSED)


def form_context(
    request: HttpRequest,
    occurrence: Occurrence,
    *,
    saved: Saved | None = None,
    values: Mapping[str, Value] | None = None,
    base: int | None = None,
    errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the form shows: the newest version, or what was just sent."""
    report: Report | None = getattr(occurrence, "report", None)
    form = form_of(occurrence, on=localdate())
    now = timezone.now()
    blank = report or Report(occurrence=occurrence)
    stands = values if values is not None else values_at(blank, blank.latest, at=now)
    joint = report.joint if report else joint_of([occurrence])[occurrence.pk]
    context = base_context(request, occurrence)
    return {
        **context,
        "form": form,
        "fields": _fields(form, stands, errors or {}),
        "errors": errors,
        "base": base if base is not None else blank.latest,
        "merge": merge_context(saved, person(request)) if saved else None,
        "joint": joint,
        "parts": contributions(occurrence) if joint else [],
        "quoted": QUOTED,
        "quotes": _quotes(report),
        "others": circle_of([occurrence]).leads.get(occurrence.task_id, ())[1:] if joint else (),
        "one_click": form.one_click and not (report and report.latest),
        **file_context(occurrence.body_id, stands),
    }


def _fields(form: Form, values: Mapping[str, Value], errors: Mapping[str, str]) -> list[Shown]:
    return [
        Shown(
            line,
            "" if values.get(line.field.key) is NOT_APPLICABLE else values.get(line.field.key, ""),
            errors.get(line.field.key, ""),
            values.get(line.field.key) is NOT_APPLICABLE,
        )
        for line in form.lines
    ]


def file_context(body: int, values: Mapping[str, Value]) -> dict[str, Any]:
    """The files that stand in the form, and the newest others of the body."""
    found = files_in(values)
    others = Evidence.objects.filter(body=body, replaced_by=None).exclude(pk__in=[int(key) for key in found])
    return {"files": list(found.values()), "offered": list(others.order_by("-at", "-pk")[:OFFERED])}


def _quotes(report: Report | None) -> list[dict[str, Any]]:
    if report is None or not report.latest:
        return []
    return list(Revision.objects.get(report=report, number=report.latest).quotes)


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge brought together, for people: the names of the two, and the fields."""

    first: str
    second: User
    fields: tuple[MergedField, ...]
    clean: bool


def merge_context(saved: Saved, by: User) -> Merge | None:
    """What the page says of a merge; None when nobody else had saved."""
    if saved.merged is None or not saved.merged.fields:
        return None
    names = "、".join(one.get_full_name() or one.get_username() for one in saved.others)
    return Merge(names, by, saved.merged.fields, saved.merged.clean)


def reading_context(request: HttpRequest, occurrence: Occurrence) -> dict[str, Any]:
    """What the page of a report shows to somebody who reads it, and the steps that they may take."""
    user, report = person(request), getattr(occurrence, "report", None)
    context = base_context(request, occurrence)
    if report is None:
        return {**context, "revision": None, "steps": frozenset()}
    report.occurrence = occurrence
    leads = leads_of(occurrence.task_id)
    only = readable_numbers(user, report)
    number = readable_number(user, report, leads)
    versions = list(revisions_of(report, only))
    if number is not None and all(one.number != number for one in versions):
        versions = [*revisions_of(report, [number]), *versions]
    asked = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == asked), None)
    shown = shown or next((one for one in versions if one.number == number), None)
    before = _compared(shown, versions) if asked else None
    values = unpack(shown.values) if shown else {}
    return {
        **context,
        "revision": shown,
        "said": said(shown),
        "is_latest": shown is not None and shown.number == number,
        "versions": versions,
        "before": before,
        "differences": differences(unpack(before.values), values) if before else [],
        "evidence": files_in(values, unpack(before.values) if before else {}),
        "form": form_of(occurrence, on=localdate()),
        "parts": contributions(occurrence) if report.joint and context["may_collect"] else [],
        "quoted": QUOTED,
        **_steps(user, report, leads),
        **_signing(report),
        "following": _following(user, occurrence),
    }


def _compared(shown: Revision | None, versions: list[Revision]) -> Revision | None:
    """The version that the shown one is compared with: the one before it."""
    if shown is None:
        return None
    return next((one for one in versions if one.number < shown.number), None)


def _steps(user: User, report: Report, leads: list[Assignment]) -> dict[str, Any]:
    """Names of the steps that a person may take now, and for which leads they may sign."""
    circle = circle_of([report])
    roles = roles_in(user, report, circle)
    steps = {
        row.name
        for role in roles
        for row in possible(machine_of(report), standing_of(report), role)
        if role != "system"
    }
    mine = own_bodies(user)
    signers = [lead for lead in leads if lead.body_id in mine and lead.body_id != report.body_id]
    waits_for_head = report.state == Report.State.SUBMITTED and (
        not report.joint and report.body_id in circle.approving
    )
    if waits_for_head:
        steps.discard("accept")
    return {
        "steps": frozenset(steps),
        "signers": signers,
        "waits_for_head": waits_for_head,
        "head_sends": report.joint and report.body_id in circle.approving,
        "is_head": has_perm("work.approve", user, report),
        "other_leads": [lead for lead in leads if lead.body_id != report.body_id],
    }


def _signing(report: Report) -> dict[str, Any]:
    """Signatures and objections of the other leads."""
    if not report.joint:
        return {}
    stances = Stance.objects.filter(report=report).select_related("body", "by").order_by("-at", "-pk")
    return {
        "stances": list(stances),
        "cosigning": cosigning(report, circle_of([report]), on=localdate()),
    }


def _following(user: User, occurrence: Occurrence) -> Occurrence | None:
    """The next request that waits for the person."""
    waiting = Occurrence.objects.filter(
        body__in=own_bodies(user), state=Occurrence.State.OPEN, answered_at=None
    ).exclude(assignment__state__in=[Assignment.State.SUSPENDED, *Assignment.GONE])
    waiting = waiting.exclude(report__state__in=[Report.State.PROPOSED, Report.State.COSIGNED]).exclude(ALONG)
    return waiting.exclude(pk=occurrence.pk).select_related("task").order_by("due", "task", "pk").first()
