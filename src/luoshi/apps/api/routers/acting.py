"""One step of many entries: which ones there are, tried without a trace, taken, and what became of each."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema, Status
from pydantic import Field

from luoshi.apps.api.area import AnyKey, Number, Paged, Paging, Sent, caller, paged
from luoshi.apps.api.register_shapes import Bilingual
from luoshi.apps.api.routers.entries import WORKERS, Name, StepIn
from luoshi.apps.api.routers.importing import JobOfMany, area
from luoshi.apps.api.routers.registers import Slug
from luoshi.apps.bulk.models import Action, Deed
from luoshi.apps.bulk.operations.acting import (
    MOST,
    continue_action,
    mark_actions_interrupted,
    request_action,
)
from luoshi.apps.bulk.queries.trying import (
    Trial,
    counted,
    for_many,
    given_for_many,
    prepared,
    shared_fields,
    tried,
)
from luoshi.apps.organization.access import check
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.listing import visible
from luoshi.apps.register.views.opened import mechanism_of
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.procedure import Transition


class ChosenAsked(Sent):
    """Some entries by their keys."""

    entry: list[AnyKey] = Field(default_factory=list, max_length=MOST, description="Once for each entry.")


class StepOfMany(Schema):
    """A step that needs nothing of each entry by itself, and the fields that are the same for all of them.

    `entries` says of how many of the chosen ones the caller can try it, by their state.
    """

    transition: str
    label: Bilingual
    fields: list[str]
    reason: bool
    entries: int


class ChosenEntry(Sent):
    """An entry, and the revision of it that was seen."""

    entry: AnyKey
    revision: Number


class ManyIn(StepIn):
    """A step of many entries with the same values; what is left out or empty stays as it is in each."""

    transition: Name
    entries: Annotated[list[ChosenEntry], Field(min_length=1, max_length=MOST)]


class Refusal(Schema):
    """Why a step is not taken, by code and in both languages."""

    code: str
    messages: dict[str, str]


class TrialOut(Schema):
    """What would become of an entry."""

    entry_id: int
    revision: int
    refused: Refusal | None


class TriedOut(Schema):
    """What would become of the chosen entries; those that the caller may not see are left out."""

    possible: int
    refused: int
    trials: list[TrialOut]


class ActionOut(JobOfMany):
    """A step that is taken of many entries."""

    reason: str


class ActionWhole(ActionOut):
    """A step of many entries, and of how many it was taken and refused so far."""

    taken: int
    refused: int

    @staticmethod
    def resolve_taken(action: Any) -> int:
        return int(action.deeds.filter(outcome=Deed.Outcome.DONE).count())

    @staticmethod
    def resolve_refused(action: Any) -> int:
        return int(action.deeds.filter(outcome=Deed.Outcome.REFUSED).count())


class DeedOut(Schema):
    """What became of an entry; `why` in both languages where it was refused."""

    entry_id: int
    seen: int
    outcome: str
    why: dict[str, str]


class DeedsAsked(Paging):
    """Which entries of an action."""

    outcome: Literal[("", *Deed.Outcome.values)] = ""  # type: ignore[valid-type]


@area.read("/registers/{key}/actions/steps", "register.take", list[StepOfMany], *WORKERS)
def steps(request: HttpRequest, key: Slug, asked: Annotated[ChosenAsked, Query()]) -> Any:
    """The steps of a register that can be taken of many entries at once."""
    mechanism, user = mechanism_of(key), caller(request)
    numbers = {step.key: n for step, n in counted(mechanism, _chosen(request, key, asked.entry), user)}
    return [
        {
            "transition": step.key,
            "label": step.label,
            "fields": [one.key for one in shared_fields(mechanism, step)],
            "reason": step.reason,
            "entries": numbers.get(step.key, 0),
        }
        for step in for_many(mechanism)
    ]


@area.do("/registers/{key}/actions/preview", "register.take", TriedOut, *WORKERS)
def preview(request: HttpRequest, key: Slug, sent: ManyIn) -> Any:
    """Try a step of many entries: says of each whether it would be taken, and changes nothing."""
    trials = _tried(request, mechanism_of(key), sent)[1]
    possible = sum(one.error is None for one in trials)
    return {
        "possible": possible,
        "refused": len(trials) - possible,
        "trials": [_trial(one) for one in trials],
    }


@area.do("/registers/{key}/actions", "register.take", {202: ActionOut}, *WORKERS)
def act(request: HttpRequest, key: Slug, sent: ManyIn) -> Any:
    """Take a step of many entries, each by itself; one that somebody changed since it was seen is left."""
    values, trials = _tried(request, mechanism_of(key), sent)
    made = request_action(
        mechanism=key,
        transition=sent.transition,
        trials=trials,
        seen={one.entry: one.revision for one in sent.entries},
        values=values,
        reason=sent.reason,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(202, made)


@area.read("/registers/{key}/actions/{job}", "bulk.own", ActionWhole, *WORKERS)
def action(request: HttpRequest, key: Slug, job: UUID) -> Any:
    """How far a step of many entries is."""
    mark_actions_interrupted(at=timezone.now())
    return _open(request, key, job)


@area.read("/registers/{key}/actions/{job}/entries", "bulk.own", Paged[DeedOut], *WORKERS)
def deeds(request: HttpRequest, key: Slug, job: UUID, asked: Annotated[DeedsAsked, Query()]) -> Any:
    """What became of each entry; what was refused comes first."""
    rows = _open(request, key, job).deeds.order_by("-outcome", "pk")
    return paged(rows.filter(outcome=asked.outcome) if asked.outcome else rows, asked)


@area.do("/registers/{key}/actions/{job}/continue", "bulk.own", {202: ActionWhole}, *WORKERS)
def resume(request: HttpRequest, key: Slug, job: UUID) -> Any:
    """Go on with a step of many entries that was interrupted; what was done stays done."""
    continue_action(action=_open(request, key, job), at=timezone.now())
    return Status(202, _open(request, key, job))


def _chosen(request: HttpRequest, key: str, keys: list[int]) -> list[Entry]:
    """Those of some entries that the caller may see."""
    return prepared(visible(caller(request), key).filter(pk__in=keys).order_by("-began", "-pk"))


def _tried(request: HttpRequest, mechanism: Mechanism, sent: ManyIn) -> tuple[dict[str, Any], list[Trial]]:
    """The values that the step is given, and what it would do to each entry.

    Raises:
        Http404: it is no step of many.
        ValueNotAsked: a value is not one that many entries can share.
    """
    step = _step(mechanism, sent.transition)
    values = given_for_many(mechanism, step, sent.values)
    entries = _chosen(request, mechanism.key, [one.entry for one in sent.entries])
    user, now = caller(request), timezone.now()
    return values, tried(entries, step.key, values, sent.reason, user=user, at=now)


def _step(mechanism: Mechanism, key: str) -> Transition:
    found = next((one for one in for_many(mechanism) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _open(request: HttpRequest, key: str, job: UUID) -> Action:
    found = get_object_or_404(Action.objects.select_related("by"), mechanism=key, pk=job)
    check(request, "bulk.own", found)
    return found


def _trial(one: Trial) -> dict[str, Any]:
    error = one.error
    return {
        "entry_id": one.entry.pk,
        "revision": one.entry.revision,
        "refused": None if error is None else {"code": error.code, "messages": error.messages()},
    }
