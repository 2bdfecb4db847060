"""Things as the calls tell them: plans, bodies, findings, and what belongs to them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from luoshi.apps.work.queries.standing import light_of

# Days that limits can be reckoned for.
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class PlanOut(Schema):
    """A plan."""

    id: int
    region_id: str
    status: str
    version: int
    title: str
    issuer: str
    document_number: str
    date: str
    document_id: int
    created_at: datetime
    confirmed_at: datetime | None


class PlanRow(PlanOut):
    """A plan in a list."""

    task_count: int
    open_findings: int


class JobOut(Schema):
    """An import: `plan_id` is there when it is done, `error` when it failed."""

    id: UUID
    name: str
    size: int
    state: str
    attempt: int
    error: dict[str, str]
    plan_id: int | None
    at: datetime
    ended_at: datetime | None


class MentionOut(Schema):
    """A body as a task names it, and the registered one that is meant."""

    id: int
    role: str
    name: str
    printed: str
    collective: bool
    body_id: int | None


class TargetOut(Schema):
    """A target of a task."""

    id: int
    quote: str
    comparator: str
    value: Decimal
    unit: str
    of: str
    per: str
    by: str


class DeadlineOut(Schema):
    """A deadline of a task."""

    id: int
    quote: str
    kind: str
    value: str


class TaskRow(Schema):
    """A task in a list."""

    id: int
    plan_id: int
    section_id: int | None
    position: int
    number: str
    title: str
    text: str
    version: int


class TaskOut(TaskRow):
    """A task with all that was read from it."""

    bodies: list[MentionOut]
    targets: list[TargetOut]
    deadlines: list[DeadlineOut]
    measures: list[str]
    citations: list[str]

    @staticmethod
    def resolve_bodies(task: Any) -> list[Any]:
        return list(task.bodies.all())

    @staticmethod
    def resolve_targets(task: Any) -> list[Any]:
        return list(task.targets.all())

    @staticmethod
    def resolve_deadlines(task: Any) -> list[Any]:
        return list(task.deadlines.all())

    @staticmethod
    def resolve_measures(task: Any) -> list[str]:
        return [one.text for one in task.measures.all()]

    @staticmethod
    def resolve_citations(task: Any) -> list[str]:
        return [one.title for one in task.citations.all()]


class FindingOut(Schema):
    """A defect or doubt; `severity` is 0 for errors, 1 for warnings, 2 for notes."""

    id: int
    plan_id: int
    task_id: int | None
    code: str
    severity: int
    quote: str
    candidates: list[Any]
    state: str
    answer: str


class SettlementOut(Schema):
    """A step of the review, which can be undone."""

    id: int
    plan_id: int
    kind: str
    finding_id: int | None
    task_id: int | None
    at: datetime
    undone_at: datetime | None


class CarrierOut(Schema):
    """A body as a plan names it, and how many tasks it carries."""

    name: str
    leads: int
    responsibles: int
    collective: bool


class SuggestionOut(Schema):
    """A registered body with a like name."""

    body_id: int
    name: str
    alike: int

    @staticmethod
    def resolve_body_id(one: Any) -> int:
        return int(one.body.pk)


class NameOut(CarrierOut):
    """A name of a plan beside the registry."""

    body_id: int | None
    suggestions: list[SuggestionOut]

    @staticmethod
    def resolve_body_id(one: Any) -> int | None:
        return one.body.pk if one.body else None


class BodyOut(Schema):
    """A registered body."""

    id: int
    region_id: str
    name: str
    full_name: str
    short_name: str
    kind: str
    line: str
    level: int | None
    parent_id: int | None
    credit_code: str
    active_from: date | None
    active_to: date | None
    version: int


class AliasOut(Schema):
    """Another name of a body."""

    name: str
    kind: str
    valid_from: date | None
    valid_to: date | None


class BodyWhole(BodyOut):
    """A registered body with its other names."""

    aliases: list[AliasOut]

    @staticmethod
    def resolve_aliases(body: Any) -> list[Any]:
        return list(body.aliases.all())


class MembershipOut(Schema):
    """That a body belongs to a group, or is left out of it."""

    id: int
    group_id: int
    member_id: int
    excluded: bool
    valid_from: date | None
    valid_to: date | None


class RuleOut(Schema):
    """By what bodies a group takes in."""

    id: int
    group_id: int
    kind: str
    line: str
    level: int | None


class ResolvedOut(Schema):
    """A body that a group stands for, and by what: `named`, `rule` or `through` another group."""

    body_id: int
    name: str
    how: str
    through: str

    @staticmethod
    def resolve_body_id(one: Any) -> int:
        return int(one.body.pk)

    @staticmethod
    def resolve_name(one: Any) -> str:
        return str(one.body.name)


class Lit(Schema):
    """What shows a light."""

    light: str

    @staticmethod
    def resolve_light(row: Any) -> str:
        return light_of(row.rank_of_light).value


class Done(Schema):
    """How many things were done."""

    done: int


class TallyOut(Schema):
    """How many of each light."""

    red: int
    yellow: int
    green: int
    blue: int
    grey: int
