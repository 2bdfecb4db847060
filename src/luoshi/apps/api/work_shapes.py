"""Things of the work as the calls tell them: issues, assignments, periods, reports, files, requests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from luoshi.apps.api.shapes import Lit


class IssueOut(Schema):
    """The terms under which a plan was issued."""

    id: int
    plan_id: int
    line: str
    basis: str
    recurrence: str
    first_day: date
    last_day: date | None
    signing_days: int
    opening_days: int
    notice_days: int
    cosigning_days: int
    yellow_days: int
    yellow_percent: int
    most_extensions: int
    issued_at: datetime
    version: int


class RulesOut(Schema):
    """A rule by which a task is reported."""

    recurrence: str
    day: date | None
    origin: str
    quote: str
    ends: bool


class ShareOut(Schema):
    """What a body would get, and how it is addressed."""

    body_id: int
    name: str
    leads: int
    responsible: int
    form: str


class DraftOut(Schema):
    """What issuing a plan would amount to; with names in `unmatched` it is refused."""

    shares: list[ShareOut]
    unmatched: list[str]
    empty_groups: list[str]
    tasks_without_bodies: list[int]


class SignedOut(Schema):
    """How the signing of a body for its tasks stands."""

    id: int
    name: str
    tasks: int
    leads: int
    unsigned: int
    late: int


class AssignmentRow(Schema):
    """A task of a body."""

    id: int
    issue_id: int
    task_id: int
    body_id: int
    role: str
    rank: int | None
    state: str
    sign_by: date
    signed_at: datetime | None
    reason: str


class AssignmentOut(AssignmentRow, Lit):
    """A task of a body with its light."""


class OccurrenceRow(Schema):
    """A period for which a body reports."""

    id: int
    assignment_id: int
    task_id: int
    body_id: int
    key: str
    period: str
    due: date
    opens_on: date
    state: str
    opened_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None


class OccurrenceOut(OccurrenceRow, Lit):
    """A period with its light."""


class RefusedOut(Schema):
    """A request that has to be answered by hand, and why."""

    occurrence_id: int
    code: str
    messages: dict[str, str]


class NoChangeOut(Schema):
    """What became of “no change”."""

    done: list[int]
    refused: list[RefusedOut]


class ReportOut(Schema):
    """A report: `latest` is its newest version, `pinned` the one that counts."""

    id: int
    occurrence_id: int
    task_id: int
    body_id: int
    joint: bool
    state: str
    latest: int
    pinned: int | None
    no_change: bool
    submitted_at: datetime | None
    approved_at: datetime | None
    accepted_at: datetime | None
    answer: str


class RevisionOut(Schema):
    """A version of a report."""

    number: int
    base: int | None
    kind: str
    values: dict[str, Any]
    at: datetime


class ReportWhole(Schema):
    """A report with the version that the caller may read."""

    report: ReportOut | None
    revision: RevisionOut | None


class MergedOut(Schema):
    """A field in which two versions were brought together."""

    field: str
    clean: bool


class SavedOut(Schema):
    """What became of a report that was saved; go on from `latest`, look at `merged` first."""

    latest: int
    own: int
    values: dict[str, Any]
    stored: bool
    clean: bool
    merged: list[MergedOut]


class EvidenceOut(Schema):
    """A file of a body."""

    id: int
    body_id: int
    name: str
    media: str
    size: int
    note: str
    sha256: str
    expires_on: date | None
    replaces_id: int | None
    at: datetime

    @staticmethod
    def resolve_sha256(file: Any) -> str:
        return str(file.blob_id)


class ExtensionOut(Schema):
    """A request for more time."""

    id: int
    occurrence_id: int
    body_id: int
    number: int
    old_due: date
    new_due: date
    reason: str
    progress: str
    state: str
    asked_at: datetime
    decided_at: datetime | None
    answer: str


class AdjustmentOut(Schema):
    """A proposed wording of a task."""

    id: int
    task_id: int
    body_id: int | None
    old_text: str
    new_text: str
    reason: str
    basis: str
    state: str
    asked_at: datetime
    decided_at: datetime | None
    answer: str


class OrderPartOut(Schema):
    """The part of a body in an order."""

    body_id: int
    role: str
    signed_at: datetime | None


class OrderOut(Schema):
    """A supervision order."""

    id: int
    serial: str
    line: str
    source: str
    authority: str
    matter: str
    requirement: str
    state: str
    task_id: int | None
    sign_by: date | None
    due: date | None
    close_by: date | None
    version: int
    bodies: list[OrderPartOut]

    @staticmethod
    def resolve_bodies(order: Any) -> list[Any]:
        return list(order.bodies.all())
