"""Filling in a report: opening it, saving beside others, submitting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.work.models import Assignment, Occurrence, Report, Revision
from luoshi.apps.work.operations.acting import (
    Circle,
    acting,
    answered,
    begin_work,
    circle_of,
    editable,
    keep_rows,
    lock_one,
    machine_of,
    nobody_edits,
    take,
)
from luoshi.apps.work.operations.presence import measure, touch
from luoshi.apps.work.operations.report_refusals import ReportNotEditable, ReportNotOpen
from luoshi.apps.work.operations.revising import (
    Values,
    add_revision,
    cleaned,
    own_files,
    quotes_of,
    values_at,
)
from luoshi.apps.work.queries.contributions import joint_of
from luoshi.apps.work.queries.forms import form_of
from luoshi.core.calendar.periods import Period
from luoshi.core.errors import Phrase
from luoshi.core.work.machines import OCCURRENCE
from luoshi.core.work.merging_values import MergedValues, merge_values
from luoshi.core.work.prefill import Answer, Form, Value, complete
from luoshi.core.work.states import VersionMovedOn


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a report that was saved.

    Attributes:
        latest: number of the newest version.
        own: number of the version that holds exactly what was sent; the base for whoever types on.
        values: of the newest version.
        merged: who wrote what, when somebody else had saved meanwhile.
        others: who that was.
        stored: whether a version was added.
    """

    latest: int
    own: int
    values: Values
    merged: MergedValues | None = None
    others: tuple[User, ...] = ()
    stored: bool = True


@transaction.atomic
def open_report(*, occurrence: Occurrence, by: User, at: datetime) -> Report:
    """The report of an occurrence, made on first sight; what is known of it is measured then.

    Raises:
        ReportNotOpen: the period does not ask for a report now.
    """
    occurrence = (
        Occurrence.objects.select_for_update(of=("self",))
        .select_related("assignment__issue", "task", "body")
        .get(pk=occurrence.pk)
    )
    kept = Report.objects.filter(occurrence=occurrence).first()
    if kept is not None:
        kept.occurrence = occurrence
        return kept
    refuse_unless_open(occurrence)
    made = new_report(occurrence, joint=joint_of([occurrence])[occurrence.pk])
    made.save()
    measure_form(occurrence, form_of(occurrence, on=localdate(at)))
    occurrence.save(update_fields=["asked", "prefilled"])
    record(type="work.report.opened", object=made, region=made.region_id, by=by, at=at)
    return made


def refuse_unless_open(occurrence: Occurrence) -> None:
    """Refuse unless the period asks for a report now.

    Raises:
        ReportNotOpen: it has not begun, is done or cancelled, or the task is suspended or gone.
    """
    held = occurrence.assignment.state
    halted = held == Assignment.State.SUSPENDED or held in Assignment.GONE
    if occurrence.state == Occurrence.State.OPEN and not halted:
        return
    words = OCCURRENCE.state(occurrence.state).words
    if halted:
        words = Phrase("任务已中止、移交或撤销", "suspended, handed over or cancelled")
    raise ReportNotOpen(task=str(occurrence.task), period=period_words(occurrence), state=words)


def period_words(occurrence: Occurrence) -> Phrase:
    """The period of an occurrence as people say it."""
    period = Period.parse(occurrence.period)
    return Phrase(period.label(), period.label("en"))


def new_report(occurrence: Occurrence, *, joint: bool) -> Report:
    """A report not yet stored."""
    return Report(
        region_id=occurrence.region_id,
        occurrence=occurrence,
        task=occurrence.task,
        body=occurrence.body,
        joint=joint,
    )


def measure_form(occurrence: Occurrence, form: Form) -> None:
    """Note how much the form asks and how much stood there already."""
    if occurrence.asked is None:
        occurrence.asked, occurrence.prefilled = form.asked, form.prefilled


@transaction.atomic
def save(
    *,
    report: Report,
    values: Mapping[str, Value],
    base: int,
    by: User,
    at: datetime,
    kind: str = Revision.Kind.DRAFT,
) -> Saved:
    """Keep what somebody has filled in; what another person saved meanwhile is brought together with it.

    What was sent is always kept as a version of its own, and the two together as a further one, so that
    nothing that either wrote is lost. Sending what stands there already adds nothing.

    Args:
        values: of every field; one that is left out is empty.
        base: number of the version that the person started from.
        kind: of the version: typed, or out of a workbook.

    Raises:
        ReportNotEditable: it was submitted or accepted.
        NoSuchRevision: there is no version `base`.
        EvidenceNotYours: a file is of another body.
    """
    report = lock_one(report)
    refuse_unless_editable(report)
    touch(report, by=by, at=at, edits=True)
    sent = cleaned(values)
    start = now = values_at(report, base, at=at)
    others: tuple[User, ...] = ()
    if base != report.latest:
        now, others = values_at(report, report.latest, at=at), _savers(report, base, by)
    if sent in (start, now):
        merged = merge_values(start, now, sent) if others and sent == start else None
        keep_rows([report])
        return Saved(report.latest, report.latest, now, merged, others, stored=False)
    own_files(report, sent, start, now)
    saved = _store(report, sent, start, now, base=base, by=by, at=at, others=others, kind=kind)
    report.no_change = False
    keep_rows([report])
    begin_work([report])
    record(
        type="work.report.saved",
        object=report,
        region=report.region_id,
        by=by,
        at=at,
        revision=saved.latest,
        merged=saved.merged is not None,
    )
    return saved


def _store(
    report: Report,
    sent: Values,
    start: Values,
    now: Values,
    *,
    base: int,
    by: User,
    at: datetime,
    others: tuple[User, ...],
    kind: str,
) -> Saved:
    """Add the version that was sent, and where another lies between, the two brought together."""
    before, quotes = report.latest, quotes_of(report)
    own = add_revision(report, sent, base=base, by=by, at=at, kind=kind, quotes=quotes).number
    if before == base:
        return Saved(own, own, sent)
    merged = merge_values(start, now, sent)
    if merged.values != sent:
        add_revision(
            report, merged.values, base=before, by=by, at=at, kind=Revision.Kind.MERGE, quotes=quotes
        )
    return Saved(report.latest, own, merged.values, merged if others else None, others)


def _savers(report: Report, base: int, by: User) -> tuple[User, ...]:
    """Who else has saved since a version."""
    rows = Revision.objects.filter(report=report, number__gt=base).exclude(by=by)
    return tuple(dict.fromkeys(row.by for row in rows.select_related("by").order_by("number")))


def refuse_unless_editable(report: Report) -> None:
    """Refuse unless the words of a report may be changed now.

    Raises:
        ReportNotEditable: they may not.
        ReportNotOpen: its task was suspended, handed over or cancelled meanwhile.
    """
    if not editable(report):
        state = machine_of(report).state(report.state).words
        raise ReportNotEditable(task=str(report.task), state=state)
    if report.occurrence.state != Occurrence.State.CLOSED:
        refuse_unless_open(report.occurrence)


@transaction.atomic
def submit(*, report: Report, seen: int, by: User, at: datetime) -> Report:
    """Send an own report up. Where the head approves and it is the head who sends it, it is approved too.

    Args:
        seen: number of the version that the person saw.

    Raises:
        AnswersMissing: a field is empty that the first report cannot do without.
        VersionMovedOn: somebody has saved since.
        StepNotFromHere: it has been submitted already.
    """
    report = lock_one(report)
    circle = circle_of([report])
    answer = ready(report, seen=seen, at=at)
    store_untouched(report, answer, by=by, at=at)
    send(report, circle, by=by, at=at)
    report.no_change = answer.no_change
    measure(report, by=by, at=at)
    keep_rows([report])
    begin_work([report])
    nobody_edits([report])
    record(
        type="work.report.submitted",
        object=report,
        region=report.region_id,
        by=by,
        at=at,
        revision=report.latest,
        no_change=report.no_change,
    )
    return report


def ready(report: Report, *, seen: int, at: datetime) -> Answer:
    """The answer that a report gives, if it may go up as the person saw it.

    Raises:
        VersionMovedOn: somebody has saved since.
        AnswersMissing: a field is empty that the first report cannot do without.
    """
    if seen != report.latest:
        submitting = Phrase("提交", "submit")
        raise VersionMovedOn(thing=machine_of(report).words, seen=seen, latest=report.latest, step=submitting)
    form = form_of(report.occurrence, on=localdate(at))
    values = values_at(report, report.latest, at=at)
    open_fields = [line.field.key for line in form.lines if line.need != "nothing"]
    return complete(form, {key: values.get(key, "") for key in open_fields})


def store_untouched(report: Report, answer: Answer, *, by: User, at: datetime) -> None:
    """A form that goes up as it stood is a version too."""
    if report.latest == 0:
        add_revision(report, dict(answer.values), base=0, by=by, at=at, kind=Revision.Kind.NO_CHANGE)


def send(report: Report, circle: Circle, *, by: User, at: datetime) -> None:
    """Submit an own report, and approve it when its head sends it; the caller stores it."""
    role = acting(by, report, "submit", circle)
    take(report, "submit", role=role)
    answered(report, by=by, at=at)
    if report.body_id in circle.approving and role == "head":
        take(report, "approve", role=role, seen=report.latest)
        report.approved_at, report.approved_by = at, by
