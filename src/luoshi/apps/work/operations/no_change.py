"""“No change”: one click that answers one request or all of them, where nothing has to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.work.models import Occurrence, Report, Revision
from luoshi.apps.work.operations.acting import (
    Circle,
    begin_work,
    circle_of,
    keep_rows,
    nobody_edits,
)
from luoshi.apps.work.operations.joint import send_unchanged
from luoshi.apps.work.operations.report_refusals import (
    ContributionsChanged,
    DraftHoldsChanges,
    FirstReport,
)
from luoshi.apps.work.operations.reporting import (
    measure_form,
    new_report,
    refuse_unless_editable,
    refuse_unless_open,
    send,
)
from luoshi.apps.work.operations.revising import use_files
from luoshi.apps.work.queries.contributions import changed_contributions, joint_of
from luoshi.apps.work.queries.forms import forms_of
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.work.prefill import Form, Value, complete
from luoshi.core.work.values import pack, unpack

NAMED = 3


@dataclass(slots=True)
class NoChange:
    """What became of the click.

    Attributes:
        done: reports that were sent, or sent for signing to the other leads.
        refused: requests that have to be answered by hand, each with the reason.
    """

    done: list[Report] = field(default_factory=list)
    refused: list[tuple[Occurrence, LuoshiError]] = field(default_factory=list)


@transaction.atomic
def report_no_change(*, occurrences: Iterable[Occurrence], by: User, at: datetime) -> NoChange:
    """Say of these requests that nothing has changed; those of which it cannot be said are left as they are.

    Raises:
        PermissionDenied: the person does not report for one of the bodies; nothing is sent then.
    """
    rows = _lock(occurrences)
    result = NoChange()
    reports = _reports(rows)
    forms = forms_of(rows, on=localdate(at))
    circle = circle_of(rows)
    changed = changed_contributions([row for row in rows if reports[row.pk].joint])
    drafts = _drafts(reports.values())
    ready = []
    for row in rows:
        report = reports[row.pk]
        try:
            _refuse_unless_plain(report, forms[row.pk], drafts.get(report.pk), changed.get(row.pk, []))
        except LuoshiError as error:
            result.refused.append((row, error))
        else:
            ready.append(report)
    _send_all(ready, forms, circle, by=by, at=at)
    result.done = ready
    for body, sent in _by_body(ready):
        record(
            type="work.report.unchanged",
            object=body,
            region=body.region_id,
            by=by,
            at=at,
            reports=[report.pk for report in sent],
        )
    return result


def _lock(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    return list(
        Occurrence.objects.filter(pk__in=[one.pk for one in occurrences])
        .select_related("assignment__issue", "task", "body")
        .select_for_update(of=("self",))
        .order_by("pk")
    )


def _reports(rows: Sequence[Occurrence]) -> dict[int, Report]:
    """The report of each occurrence, stored or new."""
    found = {one.occurrence_id: one for one in Report.objects.filter(occurrence__in=rows).select_for_update()}
    joint = joint_of(rows)
    for row in rows:
        report = found.setdefault(row.pk, new_report(row, joint=joint[row.pk]))
        report.occurrence, report.task, report.body = row, row.task, row.body
    return found


def _drafts(reports: Iterable[Report]) -> dict[int, dict[str, Value]]:
    """What was filled in already, of each report that has a version."""
    latest = {report.pk: report.latest for report in reports if report.latest}
    found = Revision.objects.filter(report__in=list(latest), number__in=set(latest.values()))
    return {row.report_id: unpack(row.values) for row in found if latest[row.report_id] == row.number}


def _refuse_unless_plain(
    report: Report, form: Form, draft: dict[str, Value] | None, changed: Sequence[str]
) -> None:
    """Refuse where “no change” would not be a whole and true answer."""
    refuse_unless_open(report.occurrence)
    refuse_unless_editable(report)
    task = str(report.task)
    if not form.one_click:
        asked = [line.field.words for line in form.lines if line.need == "answer"]
        words = Phrase("、".join(one.zh for one in asked), ", ".join(one.en for one in asked))
        raise FirstReport(task=task, fields=words if asked else Phrase("内容", "content"))
    if draft is not None:
        answers = {line.field.key: draft.get(line.field.key, "") for line in form.lines}
        if not complete(form, answers).no_change:
            raise DraftHoldsChanges(task=task)
    if changed:
        which = "、".join(changed[:NAMED])
        more = "" if len(changed) <= NAMED else "…"
        raise ContributionsChanged(task=task, count=len(changed), which=which + more)


def _send_all(
    reports: list[Report], forms: dict[int, Form], circle: Circle, *, by: User, at: datetime
) -> None:
    """Send these reports as they stand, in a number of queries that does not grow with them."""
    for report in reports:
        measure_form(report.occurrence, forms[report.occurrence_id])
    Report.objects.bulk_create(report for report in reports if report.pk is None)
    values = {one.pk: dict(complete(forms[one.occurrence_id], {}).values) for one in reports}
    revisions = []
    for report in reports:
        report.latest += 1
        report.no_change = True
        revisions.append(
            Revision(
                region_id=report.region_id,
                report=report,
                number=report.latest,
                base=report.latest - 1,
                kind=Revision.Kind.NO_CHANGE,
                values=pack(values[report.pk]),
                by=by,
                at=at,
            )
        )
        if report.joint:
            send_unchanged(report, circle, by=by, at=at)
        else:
            send(report, circle, by=by, at=at)
    Revision.objects.bulk_create(revisions)
    use_files({report.pk: (report, values[report.pk]) for report in reports})
    keep_rows(reports)
    begin_work(reports)
    nobody_edits(reports)


def _by_body(reports: Sequence[Report]) -> list[tuple[Body, list[Report]]]:
    bodies = {report.body_id: report.body for report in reports}
    return [(body, [one for one in reports if one.body_id == key]) for key, body in bodies.items()]
