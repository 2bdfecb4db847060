"""A task of a draft as a person corrects it, and what stands around the tasks of a plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from django.db.models import F
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema
from pydantic import Field, field_validator, model_validator

from luoshi.apps.api.area import AnyKey, Asked, Key, Paged, Sent, caller, mark, paged, seen
from luoshi.apps.api.problems import showing
from luoshi.apps.api.routers.plans import area
from luoshi.apps.api.shapes import TaskOut
from luoshi.apps.document.models import StoredPassage
from luoshi.apps.organization.access import check
from luoshi.apps.plan.models import Deadline, Target, Task, TaskBody
from luoshi.apps.plan.operations.editing import TaskEdit, edit_task
from luoshi.apps.plan.queries.names import bodies_of
from luoshi.apps.plan.queries.overview import chapter_map, figures, sections_of
from luoshi.apps.plan.queries.timeline import Entry, timeline
from luoshi.apps.plan.views.opened import open_plan
from luoshi.core.plan.typed import day_of, recurrence_of

PARTS = ("bodies", "targets", "deadlines", "measures", "citations")
Short = Annotated[str, Field(max_length=200)]
Many: Any = Field(default_factory=list, max_length=200)
Role: TypeAlias = Literal[tuple(TaskBody.Role.values)]  # type: ignore[valid-type]
Comparator: TypeAlias = Literal[tuple(Target.Comparator.values)]  # type: ignore[valid-type]
Kind: TypeAlias = Literal[tuple(Deadline.Kind.values)]  # type: ignore[valid-type]


class PartIn(Sent):
    """A part of a task: with `id` the stored one is changed, without it a new one is added."""

    id: AnyKey | None = None


class BodyPart(PartIn):
    """A body and its role."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    role: Role


class TargetPart(PartIn):
    """A number to reach."""

    of: Short = ""
    comparator: Comparator
    value: Annotated[Decimal, Field(max_digits=40, decimal_places=10)]
    unit: Short = ""
    per: Short = ""
    by: Short = Field("", description="A day as `TargetOut` writes it, or as people do.")

    @field_validator("by")
    @classmethod
    def a_day(cls, typed: str) -> str:
        """A day as the reading writes it."""
        found = day_of(typed)
        if typed.strip() and found is None:
            raise ValueError("is no day; write it as 2025-12-31")
        return found or ""


class DeadlinePart(PartIn):
    """When a task is due."""

    kind: Kind
    value: Annotated[str, Field(max_length=60)] = ""

    @model_validator(mode="after")
    def a_time(self) -> DeadlinePart:
        """A value as the reading writes it."""
        found: str | None = self.value.strip()
        if self.kind == Deadline.Kind.DATE:
            found = day_of(self.value)
        elif self.kind == Deadline.Kind.RECURRING:
            found = recurrence_of(self.value)
        elif self.kind == Deadline.Kind.STANDING:
            found = "ongoing"
        if found is None:
            raise ValueError("value is no day (2025-12-31) or recurrence (quarterly, monthly:28)")
        self.value = found
        return self


class Removed(Sent):
    """Parts to take out, by their keys; undoing the step puts them back."""

    bodies: list[AnyKey] = Many
    targets: list[AnyKey] = Many
    deadlines: list[AnyKey] = Many


class TaskChange(Sent):
    """What becomes of a task; what is not named stays as it is."""

    title: Annotated[str, Field(max_length=2000)] | None = None
    bodies: list[BodyPart] = Many
    targets: list[TargetPart] = Many
    deadlines: list[DeadlinePart] = Many
    removed: Removed = Field(default_factory=lambda: Removed())


# The kinds of parts as the operation calls them, by their name in a task.
KINDS = {"bodies": "body", "targets": "target", "deadlines": "deadline"}


@area.read("/plans/{plan}/tasks/{task}", "plan.view", TaskOut)
def task(request: HttpRequest, response: HttpResponse, plan: Key, task: Key) -> Any:
    """A task with its bodies, targets, deadlines, measures and citations."""
    open_plan(request, plan)
    found = whole_task(plan, task)
    mark(response, found.version)
    return found


@area.do("/plans/{plan}/tasks/{task}", "plan.edit", TaskOut, "office", method="PATCH", versioned=True)
def edit(request: HttpRequest, response: HttpResponse, plan: Key, task: Key, sent: TaskChange) -> Any:
    """Correct title, bodies, targets and deadlines of a task of a draft, in one step that can be undone."""
    check(request, "plan.edit", open_plan(request, plan))
    found, base = whole_task(plan, task), seen(request)
    wanted, by, now = _edit(found, sent), caller(request), timezone.now()
    with showing(lambda: TaskOut.from_orm(whole_task(plan, task))):
        edit_task(task=found, edit=wanted, seen=base, by=by, at=now)
    changed = whole_task(plan, task)
    mark(response, changed.version)
    return changed


def _edit(task: Task, sent: TaskChange) -> TaskEdit:
    added, changed, removed = [], [], []
    for name, kind in KINDS.items():
        known = {part.pk for part in getattr(task, name).all()}
        parts: list[PartIn] = getattr(sent, name)
        gone: list[int] = getattr(sent.removed, name)
        if not known.issuperset([*gone, *(one.id for one in parts if one.id is not None)]):
            raise Http404
        added += [(kind, one.model_dump(exclude={"id"})) for one in parts if one.id is None]
        changed += [
            (kind, one.id, one.model_dump(exclude={"id"}))
            for one in parts
            if one.id is not None and one.id not in gone
        ]
        removed += [(kind, key) for key in dict.fromkeys(gone)]
    return TaskEdit(sent.title, tuple(added), tuple(changed), tuple(removed))


def whole_task(plan: int, task: int) -> Task:
    """A task of a plan with its parts."""
    return get_object_or_404(Task.objects.prefetch_related(*PARTS), pk=task, plan=plan)


class SectionOut(Schema):
    """A heading of a plan."""

    id: int
    parent_id: int | None
    position: int
    number: str
    title: str


class FiguresOut(Schema):
    """How much there is of what in a plan."""

    tasks: int
    bodies: int
    with_target: int
    with_date: int
    open_findings: int


class EntryOut(Schema):
    """What falls due; `months` for a recurring duty."""

    task_id: int
    number: str
    heading: str
    kind: str
    quote: str
    value: str
    months: list[int]
    also: list[str]


class PassageOut(Schema):
    """A part of the clean text of a document."""

    number: int
    start: int
    end: int
    text: str


@area.read("/plans/{plan}/sections", "plan.view", Paged[SectionOut])
def sections(request: HttpRequest, plan: Key, asked: Asked) -> Any:
    """The headings of a plan, in order."""
    open_plan(request, plan)
    return paged(sections_of(plan), asked)


@area.read("/plans/{plan}/figures", "plan.view", FiguresOut)
def figures_of(request: HttpRequest, plan: Key) -> Any:
    """The figures of a plan at a glance."""
    open_plan(request, plan)
    return figures(plan, chapter_map(plan, sections_of(plan)), bodies_of(plan))


@area.read("/plans/{plan}/timeline", "plan.view", Paged[EntryOut])
def due(request: HttpRequest, plan: Key, asked: Asked) -> Any:
    """What falls due when: days in order, recurring duties, standing ones, and what has no day."""
    open_plan(request, plan)
    found = timeline(plan)
    days = [day for year in found.years for quarter in year.quarters for day in quarter.days]
    dated = [entry for day in days for entry in day.entries]
    page = paged([*dated, *found.recurring, *found.standing, *found.vague], asked)
    return {**page, "items": [_entry(one) for one in page["items"]]}


def _entry(one: Entry) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in ("number", "heading", "kind", "quote", "value")}
    return {**said, "task_id": one.task, "months": list(one.months), "also": list(one.also)}


@area.read("/plans/{plan}/passages", "plan.view", Paged[PassageOut])
def passages(request: HttpRequest, plan: Key, asked: Asked) -> Any:
    """The clean text of the document, in parts; spans count its characters."""
    document = open_plan(request, plan).document_id
    text = Substr("document__text", F("start") + 1, F("end") - F("start"))
    rows = StoredPassage.objects.filter(document=document).defer("blocks").order_by("position")
    return paged(rows.annotate(text=text, number=F("position")), asked)
