"""Reports of a made-up district, written in bulk: the rows and events that the operations would have left.

Written here are `work.Report`, `work.Revision`, `work.Stance`, the answers in `work.Occurrence`, the state of
`work.Assignment`, and the events of opening, saving, submitting, returning and accepting. A test holds them
against reports that the operations made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.utils.timezone import localdate

from luoshi.apps.audit.models import Event
from luoshi.apps.demo.words import joint_values, number_of, report_values
from luoshi.apps.simulation.behaviour import Conduct, conduct
from luoshi.apps.simulation.district import District, morning
from luoshi.apps.work.models import Assignment, Occurrence, Report, Revision, Stance
from luoshi.apps.work.operations.acting import OCCURRENCE_FIELDS
from luoshi.apps.work.queries.contributions import joint_of
from luoshi.apps.work.queries.forms import forms_of

BATCH = 1000
RETURNED = "请补充各单位的完成数，并说明与上期不同的原因。"


@dataclass(slots=True)
class Rows:
    """What is to be written for the reports of one due day."""

    reports: list[Report] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)
    told: list[tuple[str, Report, User, datetime, dict[str, object]]] = field(default_factory=list)


def report_all(district: District, seed: int, until: date) -> int:
    """Report on everything that is open, due day after due day; gives the number of reports."""
    waiting = Occurrence.objects.filter(
        assignment__issue=district.issue, state=Occurrence.State.OPEN, answered_at=None, report=None
    )
    days = list(waiting.order_by("due").values_list("due", flat=True).distinct())
    made = 0
    for day in days:
        rows = waiting.filter(due=day).select_related("assignment", "task", "body").order_by("pk")
        made += _report(district, list(rows), seed, until)
    Assignment.objects.filter(
        issue=district.issue, state=Assignment.State.SIGNED, occurrences__report__isnull=False
    ).update(state=Assignment.State.IN_PROGRESS)
    return made


def _report(district: District, waiting: Sequence[Occurrence], seed: int, until: date) -> int:
    """What the bodies asked on one due day have done by `until`."""
    joint = joint_of(waiting)
    forms = forms_of(waiting, on=until)
    leads = _leads(district)
    rows, answered = Rows(), []
    # A joint report takes along the own ones of its task: they come first.
    for one in sorted(waiting, key=lambda one: (joint[one.pk], one.pk)):
        # Nobody reports on what was not signed for.
        opened = max(localdate(at) for at in (one.opened_at, one.assignment.signed_at) if at is not None)
        does = conduct(
            seed,
            f"{district.region.pk}/{one.body.name}",
            str(one.task.position),
            one.key,
            span=(one.due - opened).days,
        )
        day = does.reported_on(opened, one.due)
        if day is None or day > until:
            continue
        one.asked, one.prefilled = forms[one.pk].asked, forms[one.pk].prefilled
        _answer(district, rows, one, does, day, until, joint=joint[one.pk], leads=leads)
        answered.append(one)
    Report.objects.bulk_create(rows.reports, batch_size=BATCH)
    Revision.objects.bulk_create(rows.revisions, batch_size=BATCH)
    Stance.objects.bulk_create(rows.stances, batch_size=BATCH)
    # All of them are there: this is an update, several times as quick as `bulk_update`.
    Occurrence.objects.bulk_create(
        answered,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=OCCURRENCE_FIELDS,
    )
    _write_events(rows)
    return len(rows.reports)


def _leads(district: District) -> dict[int, list[int]]:
    """Bodies that lead each task besides the one that draws."""
    others = Assignment.objects.filter(issue=district.issue, rank__gt=0).exclude(state__in=Assignment.GONE)
    found: dict[int, list[int]] = {}
    for task, body in others.order_by("rank").values_list("task", "body"):
        found.setdefault(task, []).append(body)
    return found


def _answer(
    district: District,
    rows: Rows,
    one: Occurrence,
    does: Conduct,
    day: date,
    until: date,
    *,
    joint: bool,
    leads: dict[int, list[int]],
) -> None:
    """One report with its versions: sent, sent back perhaps, accepted if the office has come to it."""
    liaison, head = district.liaisons[one.body_id], district.heads[one.body_id]
    sender = head if joint else liaison
    # In the afternoon: whatever is opened or extended on the same day was so before.
    begun = morning(day, hour=16, minute=number_of(one) % 50)
    report = Report(
        region=district.region, occurrence=one, task_id=one.task_id, body_id=one.body_id, joint=joint
    )
    rows.reports.append(report)
    rows.told.append(("work.report.opened", report, liaison, begun, {}))
    sent = begun
    for turn in range(1 + does.returned):
        sent = _version(district, rows, report, one, begun + timedelta(days=2 * turn), leads)
        rows.told.append(_sent(report, sender, sent))
        if does.returned and not turn:
            back = sent + timedelta(hours=3)
            rows.told.append(("work.report.returned", report, district.office, back, {"reason": RETURNED}))
    report.sent, report.submitted_at, report.submitted_by = report.latest, sent, sender
    report.state = Report.State.SUBMITTED
    one.answered_at, one.minutes = sent, None
    read = morning(sent.date() + timedelta(days=does.read_after), hour=15, minute=number_of(one) % 60)
    if read.date() <= until:
        report.state, report.pinned = Report.State.ACCEPTED, report.latest
        report.accepted_at, report.accepted_by = read, district.office
        one.state, one.closed_at = Occurrence.State.CLOSED, read
        told = {"revision": report.latest, "along": []}
        rows.told.append(("work.report.accepted", report, district.office, read, told))


def _sent(report: Report, by: User, at: datetime) -> tuple[str, Report, User, datetime, dict[str, object]]:
    if report.joint:
        told: dict[str, object] = {"revision": report.latest, "objecting": [], "silent": []}
        return "work.joint.submitted", report, by, at, told
    return "work.report.submitted", report, by, at, {"revision": report.latest, "no_change": False}


def _version(
    district: District,
    rows: Rows,
    report: Report,
    one: Occurrence,
    at: datetime,
    leads: dict[int, list[int]],
) -> datetime:
    """A version that goes up; gives when it is sent. A joint one is signed by the other leads before."""
    liaison = district.liaisons[one.body_id]
    base, report.latest = report.latest, report.latest + 1
    number = number_of(one) + 31 * base
    rows.revisions.append(
        Revision(
            region=district.region,
            report=report,
            number=report.latest,
            base=base,
            values=joint_values(number) if report.joint else report_values(number),
            by=liaison,
            at=at,
        )
    )
    rows.told.append(("work.report.saved", report, liaison, at, {"revision": report.latest, "merged": False}))
    if not report.joint:
        return at + timedelta(minutes=6)
    report.proposed_at = at = at + timedelta(minutes=9)
    rows.told.append(("work.joint.proposed", report, liaison, at, {"revision": report.latest}))
    for body in leads.get(one.task_id, ()):
        at += timedelta(minutes=7)
        rows.stances.append(
            Stance(
                region=district.region,
                report=report,
                body_id=body,
                revision=report.latest,
                agrees=True,
                by=district.liaisons[body],
                at=at,
            )
        )
        told: dict[str, object] = {"body": body, "revision": report.latest}
        rows.told.append(("work.joint.cosigned", report, district.liaisons[body], at, told))
    return at + timedelta(minutes=11)


def _write_events(rows: Rows) -> None:
    """The events in the order of time, as the log has them."""
    label = Report._meta.label_lower
    Event.objects.bulk_create(
        [
            Event(
                region=report.region_id,
                at=at,
                actor=by,
                actor_name=by.username,
                type=type,
                object_type=label,
                object_id=str(report.pk),
                detail=detail,
            )
            for type, report, by, at, detail in sorted(rows.told, key=lambda one: one[3])
        ],
        batch_size=BATCH,
    )
