"""What a plan is bound to: mechanisms, indicators for its targets, duties; settled by a person."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema, Status
from pydantic import Field

from luoshi.apps.api.area import (
    AnyKey,
    Area,
    Key,
    Listing,
    Number,
    Paged,
    Sent,
    caller,
    mark,
    paged,
    seen,
)
from luoshi.apps.api.problems import showing
from luoshi.apps.api.register_shapes import Bilingual
from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations.choosing import bind_indicator, bind_mechanism
from luoshi.apps.binding.operations.settling import confirm_certain
from luoshi.apps.binding.operations.settling import settle as settle_binding
from luoshi.apps.binding.operations.suggesting import suggest
from luoshi.apps.binding.queries import listing
from luoshi.apps.binding.queries.choosing import Choice, choices, mechanisms
from luoshi.apps.binding.queries.declared import name_of
from luoshi.apps.binding.queries.rhythms import rhythms_of
from luoshi.apps.organization.access import check
from luoshi.apps.plan.models import Plan, Target, Task
from luoshi.apps.plan.views.opened import open_plan
from luoshi.core.errors import Phrase

area = Area("bindings")


class BindingsAsked(Listing):
    """Which bindings of a plan."""

    state: Literal[("", *Binding.State.values)] = ""  # type: ignore[valid-type]
    kind: Literal[("", *Binding.Kind.values)] = ""  # type: ignore[valid-type]
    mechanism: str = Field("", max_length=60, description="Key of a mechanism.")
    only: Literal["", "certain"] = ""
    task: AnyKey | None = None


class WordFound(Schema):
    """A word of the declaration in the text of the task."""

    word: str
    start: int
    end: int


class BindingOut(Schema):
    """A mechanism for a task, an indicator for a target, or a duty of the mechanism: suggested or settled.

    `part` is the key of the indicator or the duty, `label` what is bound. `same_as` is of a confirmed duty:
    the recurrence of the plan's own duty that is the same one, empty where it is asked for itself.
    """

    id: int
    plan_id: int
    task_id: int
    target_id: int | None
    kind: str
    mechanism: str
    part: str
    label: Bilingual
    certain: bool
    words: list[WordFound]
    same_as: str
    state: str
    settled_by: str
    settled_at: datetime | None
    version: int

    @staticmethod
    def resolve_label(binding: Any) -> Phrase:
        return name_of(binding)

    @staticmethod
    def resolve_words(binding: Any) -> list[dict[str, Any]]:
        found = binding.reasons.get("words", [])
        return [{"word": word, "start": start, "end": end} for word, start, end in found]

    @staticmethod
    def resolve_settled_by(binding: Any) -> str:
        by = binding.settled_by
        return "" if by is None else str(by.get_full_name() or by.get_username())


class BindingWhole(BindingOut):
    """A binding; `rhythms` are the recurring duties of the task of which one may be the same as a duty."""

    rhythms: list[str]

    @staticmethod
    def resolve_rhythms(binding: Any) -> list[str]:
        return [one.value for one in rhythms_of(binding.task_id)]


class BindingCounts(Schema):
    """How many bindings of a plan are in each state, how many can be confirmed in one go, and of what."""

    suggested: int
    confirmed: int
    declined: int
    certain: int
    mechanisms: list[str]


class SuggestedOut(Schema):
    """How many suggestions are new, and how many wait for a person altogether."""

    new: int
    waiting: int


class CertainIn(Sent):
    """How many certain suggestions were seen."""

    seen: Number


class CertainOut(Schema):
    """How many suggestions were confirmed."""

    confirmed: int


class SettlingIn(Sent):
    """Of a duty that is confirmed: the recurrence of the plan's own one that is the same, if there is one."""

    same_as: Annotated[str, Field(max_length=20)] = ""


class ChosenIn(Sent):
    """A mechanism by its key."""

    mechanism: Annotated[str, Field(min_length=1, max_length=60)]


class MeasureIn(ChosenIn):
    """An indicator by the key of its mechanism and its own."""

    indicator: Annotated[str, Field(min_length=1, max_length=60)]


class Named(Schema):
    """Something declared, by key and name."""

    key: str
    label: Bilingual


class MeasuredOut(Schema):
    """A target of the task that an indicator of the mechanism computes."""

    binding: int
    target_id: int
    indicator: str


class ChoiceOut(Schema):
    """A mechanism that can be bound to a task, with what the task has of it already."""

    key: str
    name: Bilingual
    purpose: Bilingual
    indicators: list[Named]
    duties: list[Named]
    binding: int | None
    state: str
    measured: list[MeasuredOut]


@area.read("/plans/{plan}/bindings", "binding.view", Paged[BindingOut])
def index(request: HttpRequest, plan: Key, asked: Annotated[BindingsAsked, Query()]) -> Any:
    """What the words of mechanisms find in a plan, and what was said of it; in the order of the plan."""
    opened(request, plan)
    wanted = listing.Wanted(
        text=asked.q,
        state=asked.state,
        kind=asked.kind,
        mechanism=asked.mechanism,
        certain=asked.only == "certain",
        task=asked.task,
    )
    return paged(listing.narrowed(plan, wanted), asked)


@area.read("/plans/{plan}/bindings/counts", "binding.view", BindingCounts)
def counts(request: HttpRequest, plan: Key) -> Any:
    """How far a plan is bound; `certain` is what confirming in one go has to name."""
    opened(request, plan)
    found: dict[str, Any] = dict(listing.counts(plan))
    return {
        **found,
        "certain": listing.certain_of(plan).count(),
        "mechanisms": listing.mechanisms_in(plan),
    }


@area.do("/plans/{plan}/bindings/find", "binding.settle", SuggestedOut, "office")
def find(request: HttpRequest, plan: Key) -> Any:
    """Look for the words of all mechanisms in all tasks of a plan."""
    place = opened(request, plan, "binding.settle")
    return suggest(plan=place, by=caller(request), at=timezone.now())


@area.do("/plans/{plan}/bindings/certain", "binding.settle", CertainOut, "office")
def certain(request: HttpRequest, plan: Key, sent: CertainIn) -> Any:
    """Confirm every certain suggestion of a plan in one go, if there are as many as were seen."""
    place = opened(request, plan, "binding.settle")
    done = confirm_certain(plan=place, seen=sent.seen, by=caller(request), at=timezone.now())
    return {"confirmed": done}


@area.read("/bindings/{binding}", "binding.view", BindingWhole)
def one(request: HttpRequest, response: HttpResponse, binding: Key) -> Any:
    """A binding."""
    found = _row(binding)
    opened(request, found.plan_id)
    mark(response, found.version)
    return found


@area.do("/bindings/{binding}/{action}", "binding.settle", BindingWhole, "office", versioned=True)
def settle(
    request: HttpRequest,
    response: HttpResponse,
    binding: Key,
    action: Literal["confirm", "decline", "reopen"],
    sent: SettlingIn,
) -> Any:
    """Confirm or decline a binding, or take either back; requests of a duty follow."""
    found = _row(binding)
    check(request, "binding.settle", found)
    given: dict[str, Any] = {"action": action, "seen": seen(request), "same_as": sent.same_as}
    with showing(lambda: BindingWhole.from_orm(_row(binding))):
        changed = settle_binding(binding=found, by=caller(request), at=timezone.now(), **given)
    mark(response, changed.version)
    return changed


@area.read("/tasks/{task}/mechanisms", "binding.settle", Paged[ChoiceOut], "office")
def possible(request: HttpRequest, task: Key, asked: Annotated[Listing, Query()]) -> Any:
    """Mechanisms that can be bound to a task by hand, found by their own words."""
    found = _task(request, task)
    page = paged(mechanisms(asked.q), asked)
    return {**page, "items": [_choice(one) for one in choices(found, page["items"])]}


@area.do("/tasks/{task}/bindings", "binding.settle", {201: BindingWhole}, "office")
def bind(request: HttpRequest, response: HttpResponse, task: Key, sent: ChosenIn) -> Any:
    """Bind a mechanism to a task although none of its words stand there."""
    found, by = _task(request, task), caller(request)
    made = bind_mechanism(task=found, mechanism=sent.mechanism, by=by, at=timezone.now())
    mark(response, made.version)
    return Status(201, made)


@area.do("/targets/{target}/bindings", "binding.settle", {201: BindingWhole}, "office")
def measure(request: HttpRequest, response: HttpResponse, target: Key, sent: MeasureIn) -> Any:
    """Have an indicator compute a target although no words say so."""
    found = get_object_or_404(Target.objects.select_related("task"), pk=target)
    opened(request, found.task.plan_id, "binding.settle")
    given = sent.model_dump()
    made = bind_indicator(target=found, by=caller(request), at=timezone.now(), **given)
    mark(response, made.version)
    return Status(201, made)


def opened(request: HttpRequest, plan: int, permission: str = "binding.view") -> Plan:
    """A plan whose bindings the caller may see, or settle."""
    found = open_plan(request, plan)
    check(request, permission, found)
    return found


def _task(request: HttpRequest, task: int) -> Task:
    found = get_object_or_404(Task, pk=task)
    opened(request, found.plan_id, "binding.settle")
    return found


def _row(binding: int) -> Binding:
    return get_object_or_404(Binding.objects.select_related("task", "plan", "settled_by"), pk=binding)


def _choice(one: Choice) -> dict[str, Any]:
    return {
        "key": one.mechanism.key,
        "name": one.mechanism.name,
        "purpose": one.mechanism.purpose,
        "indicators": one.mechanism.indicators,
        "duties": one.mechanism.duties,
        "binding": None if one.own is None else one.own.pk,
        "state": "" if one.own is None else one.own.state,
        "measured": [
            {"binding": row.pk, "target_id": row.target_id, "indicator": row.part} for row in one.measured
        ],
    }
