"""The joint report of the leads: proposed, co-signed or objected to, and sent up with what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.organization.rules import is_head
from luoshi.apps.work.models import Report, Revision, Stance
from luoshi.apps.work.operations.acting import (
    Circle,
    acting,
    answered,
    begin_work,
    circle_of,
    keep_rows,
    lock_one,
    nobody_edits,
    take,
)
from luoshi.apps.work.operations.presence import measure
from luoshi.apps.work.operations.report_refusals import NothingToQuote
from luoshi.apps.work.operations.reporting import ready, refuse_unless_editable, store_untouched
from luoshi.apps.work.operations.revising import add_revision, quotes_of, values_at
from luoshi.apps.work.queries.contributions import shown_number
from luoshi.core.work import signing
from luoshi.core.work.values import unpack

QUOTED = ("progress", "problems", "next_step", "help_needed")
"""Fields of words, which may be quoted."""

AWAITED = (Report.State.PROPOSED, Report.State.OBJECTED, Report.State.COSIGNED)
"""States of a joint report that is out of its author's hands, or ready to go up."""


@dataclass(frozen=True, slots=True)
class Cosigning:
    """Where the other leads stand.

    Attributes:
        agreement: on the newest version.
        last_day: the last day to sign, once it was proposed.
        over: whether that day has passed.
    """

    agreement: signing.Agreement
    last_day: date | None
    over: bool


def cosigning(report: Report, circle: Circle, *, on: date) -> Cosigning:
    """Where the other leads stand on a joint report."""
    said = [
        signing.Stance(str(body), version, agrees, reason)
        for body, version, agrees, reason in Stance.objects.filter(report=report)
        .order_by("at", "pk")
        .values_list("body", "revision", "agrees", "reason")
    ]
    agreement = signing.agreement([str(body) for body in circle.others(report)], said, report.latest)
    if report.proposed_at is None:
        return Cosigning(agreement, None, over=False)
    days = report.occurrence.assignment.issue.cosigning_days
    last = calendar_of(report.region_id).add_working_days(localdate(report.proposed_at), days).day
    return Cosigning(agreement, last, over=on > last)


@transaction.atomic
def propose(*, report: Report, seen: int, by: User, at: datetime) -> Report:
    """Send a joint report to the other leads for signing; without other leads it is signed by that.

    Raises:
        VersionMovedOn: somebody has saved since.
        AnswersMissing: a field is empty that the first report cannot do without.
    """
    report = lock_one(report)
    circle = circle_of([report])
    answer = ready(report, seen=seen, at=at)
    store_untouched(report, answer, by=by, at=at)
    report.no_change = answer.no_change
    take(report, "propose", role=acting(by, report, "propose", circle), seen=report.latest)
    report.proposed_at, report.answer = at, ""
    measure(report, by=by, at=at)
    _settle(report, circle, at=at)
    keep_rows([report])
    begin_work([report])
    nobody_edits([report])
    record(
        type="work.joint.proposed",
        object=report,
        region=report.region_id,
        by=by,
        at=at,
        revision=report.latest,
    )
    return report


@transaction.atomic
def cosign(*, report: Report, body: Body, seen: int, by: User, at: datetime) -> Report:
    """Sign under a joint report for another lead. One that says “no change” goes up when all have signed.

    Raises:
        VersionMovedOn: the person has not seen the newest version.
        StepNotFromHere: it does not wait for signatures.
    """
    report = lock_one(report)
    circle = circle_of([report])
    take(report, "cosign", role=acting(by, report, "cosign", circle), seen=seen)
    _say(report, body, agrees=True, reason="", by=by, at=at)
    _settle(report, circle, at=at)
    if report.state == Report.State.COSIGNED and report.no_change:
        _send_signed(report, circle, at=at)
    keep_rows([report])
    record(
        type="work.joint.cosigned",
        object=report,
        region=report.region_id,
        by=by,
        at=at,
        body=body.pk,
        revision=seen,
    )
    return report


@transaction.atomic
def object_to(*, report: Report, body: Body, seen: int, reason: str, by: User, at: datetime) -> Report:
    """Object to a joint report for another lead.

    Raises:
        StepNeedsMore: no reason is given.
        VersionMovedOn: the person has not seen the newest version.
    """
    report = lock_one(report)
    role = acting(by, report, "object", circle_of([report]))
    take(report, "object", role=role, given={"reason": reason}, seen=seen)
    _say(report, body, agrees=False, reason=reason.strip(), by=by, at=at)
    keep_rows([report])
    record(
        type="work.joint.objected",
        object=report,
        region=report.region_id,
        by=by,
        at=at,
        body=body.pk,
        revision=seen,
    )
    return report


def _say(report: Report, body: Body, *, agrees: bool, reason: str, by: User, at: datetime) -> None:
    Stance.objects.create(
        region_id=report.region_id,
        report=report,
        body=body,
        revision=report.latest,
        agrees=agrees,
        reason=reason,
        by=by,
        at=at,
    )


def _settle(report: Report, circle: Circle, *, at: datetime) -> None:
    """Let the state follow what the other leads have said."""
    agreement = cosigning(report, circle, on=localdate(at)).agreement
    given = {"all-cosigned": agreement.state == "cosigned", "no-objection": not agreement.objections}
    if report.state == Report.State.OBJECTED and given["no-objection"]:
        take(report, "settle", role="system", given=given)
    if report.state == Report.State.PROPOSED and given["all-cosigned"]:
        take(report, "settle", role="system", given=given)


@transaction.atomic
def revise(*, report: Report, by: User, at: datetime) -> Report:
    """Take a joint report back from signing to write on; signatures were for the version that they saw."""
    report = lock_one(report)
    take(report, "revise", role=acting(by, report, "revise", circle_of([report])))
    report.proposed_at = None
    keep_rows([report])
    record(type="work.joint.revised", object=report, region=report.region_id, by=by, at=at)
    return report


@transaction.atomic
def submit_joint(*, report: Report, seen: int, by: User, at: datetime) -> Report:
    """Send a joint report up: signed by all, or with objections quoted, or naming who kept silent.

    Where the head approves what goes out, it is the head who sends it.

    Raises:
        StepNeedsMore: the head has to send it, or the time for signing is not over.
        VersionMovedOn: somebody has saved since.
        AnswersMissing: a field is empty that the first report cannot do without.
    """
    report = lock_one(report)
    circle = circle_of([report])
    answer = ready(report, seen=seen, at=at)
    store_untouched(report, answer, by=by, at=at)
    report.no_change = answer.no_change
    standing = cosigning(report, circle, on=localdate(at))
    given = {
        "head-approval": report.body_id not in circle.approving or is_head(by, report),
        "sole-lead": not circle.others(report),
        "dissent": bool(standing.agreement.objections),
        "silence": standing.over and bool(standing.agreement.missing),
    }
    take(report, "submit", role=acting(by, report, "submit", circle), given=given)
    measure(report, by=by, at=at)
    answered(report, by=by, at=at)
    keep_rows([report])
    begin_work([report])
    nobody_edits([report])
    record(
        type="work.joint.submitted",
        object=report,
        region=report.region_id,
        by=by,
        at=at,
        revision=report.latest,
        objecting=[int(one.body) for one in standing.agreement.objections],
        silent=[int(one) for one in standing.agreement.missing],
    )
    return report


def send_unchanged(report: Report, circle: Circle, *, by: User, at: datetime) -> None:
    """Send a joint “no change” as far as it may go: up, to the head, or to the other leads for signing."""
    role = acting(by, report, "propose", circle)
    take(report, "propose", role=role, seen=report.latest)
    report.proposed_at, report.answer = at, ""
    if circle.others(report):
        return
    take(report, "settle", role="system", given={"all-cosigned": True})
    approved = report.body_id not in circle.approving or is_head(by, report)
    if approved:
        take(report, "submit", role=role, given={"head-approval": True})
        answered(report, by=by, at=at)


def _send_signed(report: Report, circle: Circle, *, at: datetime) -> None:
    """A signed “no change” goes up by itself, in the name of whoever proposed it, unless a head approves."""
    if report.body_id in circle.approving:
        return
    take(report, "submit", role="lead", given={"head-approval": True})
    answered(report, by=Revision.objects.get(report=report, number=report.latest).by, at=at)


@transaction.atomic
def quote(*, report: Report, source: Report, field: str, by: User, at: datetime) -> Report:
    """Put the submitted words of another body into the same field of the joint report, named as theirs.

    Raises:
        NothingToQuote: that body has submitted nothing for this field.
        ReportNotEditable: the joint report may not be changed now.
    """
    report = lock_one(report)
    refuse_unless_editable(report)
    acting(by, report, "propose", circle_of([report]))
    number = shown_number(source) or 0
    here = Q(report__task=report.task_id) | Q(report__occurrence__answers__task=report.task_id)
    found = Revision.objects.filter(here, report=source, number=number).first()
    words = unpack(found.values).get(field) if found is not None and field in QUOTED else None
    if not isinstance(words, str):
        raise NothingToQuote(body=str(source.body))
    values = values_at(report, report.latest, at=at)
    before = str(values.get(field, "")).rstrip()
    values[field] = f"{before}\n{source.body}:{words}".strip()
    said: dict[str, Any] = {
        "report": source.pk,
        "revision": number,
        "body": str(source.body),
        "field": field,
        "text": words,
    }
    quotes = [*quotes_of(report), said]
    add_revision(report, values, base=report.latest, by=by, at=at, quotes=quotes)
    report.no_change = False
    keep_rows([report])
    record(
        type="work.joint.quoted",
        object=report,
        region=report.region_id,
        by=by,
        at=at,
        source=source.pk,
        revision=number,
        field=field,
    )
    return report
