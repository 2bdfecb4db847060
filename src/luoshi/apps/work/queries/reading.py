"""What somebody may read of a report: which version, what it says, and what differs from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, is_office, is_viewer
from luoshi.apps.work.models import Assignment, Evidence, Report, Revision
from luoshi.apps.work.queries.contributions import shown_number
from luoshi.apps.work.queries.forms import BY_KEY, counting
from luoshi.core.work.merging import Part, merge
from luoshi.core.work.prefill import FIELDS, NOT_APPLICABLE, Field, Value
from luoshi.core.work.values import unpack

AMONG_LEADS = (Report.State.PROPOSED, Report.State.OBJECTED, Report.State.COSIGNED)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs between two versions; `parts` is the text with what was put in and taken out."""

    field: Field
    before: Value | None
    after: Value | None
    parts: tuple[Part, ...] = ()


def own_bodies(user: User) -> frozenset[int]:
    """Bodies for which a person reports or approves."""
    return bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD)


def leads_of(task: int) -> list[Assignment]:
    """The leads of a task, the one that draws the joint report first."""
    found = Assignment.objects.filter(task=task, role=Assignment.Role.LEAD).exclude(state__in=Assignment.GONE)
    return list(found.select_related("body").order_by("rank", "pk"))


def readable_number(user: User, report: Report, leads: Sequence[Assignment]) -> int | None:
    """Number of the version that a person reads; None when there is none for them yet.

    The body itself reads what it writes. Leads read a joint report from the day that it is proposed, and with
    the office whatever was submitted. Everybody else reads what was accepted.
    """
    mine = own_bodies(user)
    among_leads = bool(mine & {lead.body_id for lead in leads})
    if report.body_id in mine:
        return report.latest or None
    if report.joint and report.state in AMONG_LEADS and among_leads:
        return report.latest
    if among_leads or is_office(user, report) or is_viewer(user, report):
        return shown_number(report)
    return counting(report)


def readable_numbers(user: User, report: Report) -> list[int] | None:
    """Numbers of every version that a person may open; None for all of them."""
    if report.body_id in own_bodies(user):
        return None
    return sorted({number for number in (shown_number(report), counting(report)) if number is not None})


def revisions_of(report: Report, only: Sequence[int] | None = None) -> QuerySet[Revision]:
    """The versions of a report, the newest first."""
    found = Revision.objects.filter(report=report).select_related("by").order_by("-number")
    return found if only is None else found.filter(number__in=only)


def differences(before: Mapping[str, Value], after: Mapping[str, Value]) -> list[Difference]:
    """What somebody changed from one version to another, field by field."""
    found = []
    for field in FIELDS:
        old, new = before.get(field.key), after.get(field.key)
        if old == new:
            continue
        parts: tuple[Part, ...] = ()
        if isinstance(old, str | None) and isinstance(new, str | None):
            parts = merge(old or "", new or "", old or "").parts
        found.append(Difference(field, old, new, parts))
    return found


def said(revision: Revision | None) -> list[tuple[Field, Value]]:
    """What a version says, field by field in the order of the form."""
    values = unpack(revision.values) if revision is not None else {}
    return [(field, values[field.key]) for field in BY_KEY.values() if field.key in values]


def files_in(*versions: Mapping[str, Value]) -> dict[str, Evidence]:
    """The files that versions name, by key as they name it."""
    keys = {
        int(key) for one in versions for value in one.values() if isinstance(value, tuple) for key in value
    }
    if not keys:
        return {}
    rows = Evidence.objects.filter(pk__in=keys).select_related("body", "replaced_by")
    return {str(one.pk): one for one in rows}


def is_not_applicable(value: object) -> bool:
    """Whether a field was said not to apply."""
    return value is NOT_APPLICABLE
