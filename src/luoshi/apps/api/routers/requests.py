"""Requests for more time, and for another wording of a task."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Status
from pydantic import Field

from luoshi.apps.api.area import Area, Asked, Key, Listing, Paged, Sent, Words, caller, paged
from luoshi.apps.api.shapes import Day
from luoshi.apps.api.work_shapes import AdjustmentOut, ExtensionOut
from luoshi.apps.organization.access import check
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Adjustment, Extension, Occurrence
from luoshi.apps.work.operations import adjusting, extending
from luoshi.apps.work.queries.requests import extensions_for
from luoshi.apps.work.queries.task_work import adjustments_of_task, extensions_of_task
from luoshi.apps.work.views.adjusting import act_on, body_of

extensions, adjustments = Area("extensions"), Area("adjustments")
Said = Annotated[str, Field(min_length=1, max_length=20_000)]


class ExtensionsAsked(Listing):
    """Which requests for more time."""

    state: Literal[("", *Extension.State.values)] = ""  # type: ignore[valid-type]
    sort: Literal["new", "due", "body"] = "new"


class MoreTime(Sent):
    """Until when, and why."""

    new_due: Day
    reason: Words
    progress: Words = ""


class DecisionIn(Sent):
    """The answer; a reason where something is refused."""

    answer: Words = ""


class Wording(Sent):
    """Another wording, and why."""

    new_text: Said
    reason: Said
    basis: Said


@extensions.read("/extensions", "work.view", Paged[ExtensionOut])
def index(request: HttpRequest, asked: Annotated[ExtensionsAsked, Query()]) -> Any:
    """Requests for more time that concern oneself."""
    found = extensions_for(caller(request), text=asked.q, state=asked.state, sort=asked.sort)
    return paged(found, asked)


@extensions.read("/tasks/{task}/extensions", "work.view", Paged[ExtensionOut])
def asked_for(request: HttpRequest, task: Key, asked: Asked) -> Any:
    """Every request for more time for a task, the newest first."""
    found = get_object_or_404(Task, pk=task)
    check(request, "work.view", found)
    return paged(extensions_of_task(found), asked)


@extensions.do("/occurrences/{occurrence}/extensions", "work.report", {201: ExtensionOut}, "report")
def ask(request: HttpRequest, occurrence: Key, sent: MoreTime) -> Any:
    """Ask for more time for a period."""
    rows = Occurrence.objects.select_related("task__plan", "body", "assignment__issue")
    found = get_object_or_404(rows, pk=occurrence)
    check(request, "work.report", found)
    by, now = caller(request), timezone.now()
    return Status(201, extending.ask_extension(occurrence=found, by=by, at=now, **sent.model_dump()))


@extensions.read("/extensions/{extension}", "work.view", ExtensionOut)
def one(request: HttpRequest, extension: Key) -> Any:
    """A request for more time."""
    return _extension(request, extension)


@extensions.do("/extensions/{extension}/{step}", "work.view", ExtensionOut, "office", "report")
def decide(
    request: HttpRequest,
    extension: Key,
    step: Literal["endorse", "grant", "refuse", "withdraw"],
    sent: DecisionIn,
) -> Any:
    """Endorse, grant, refuse or withdraw a request; the roles of the person say which."""
    row = _extension(request, extension)
    given: dict[str, Any] = {"extension": row, "by": caller(request), "at": timezone.now()}
    if step == "endorse":
        return extending.endorse(**given)
    if step == "grant":
        return extending.grant(**given, answer=sent.answer)
    if step == "refuse":
        return extending.refuse(**given, reason=sent.answer)
    return extending.withdraw(**given)


def _extension(request: HttpRequest, extension: int) -> Extension:
    if not Extension.objects.filter(pk=extension).exists():
        raise Http404
    found = extensions_for(caller(request)).filter(pk=extension).first()
    if found is None:
        raise PermissionDenied
    return found


@adjustments.read("/tasks/{task}/adjustments", "work.view", Paged[AdjustmentOut])
def of_task(request: HttpRequest, task: Key, asked: Asked) -> Any:
    """Every other wording that was proposed for a task, the newest first."""
    found = get_object_or_404(Task, pk=task)
    check(request, "work.view", found)
    return paged(adjustments_of_task(found), asked)


@adjustments.do("/tasks/{task}/adjustments", "work.view", {201: AdjustmentOut}, "office", "report")
def propose(request: HttpRequest, task: Key, sent: Wording) -> Any:
    """Propose another wording, for one's body or for the office."""
    found = get_object_or_404(Task.objects.select_related("plan"), pk=task)
    body = body_of(request, found)
    if body is None:
        check(request, "work.steer", found)
    by, now = caller(request), timezone.now()
    return Status(201, adjusting.propose_wording(task=found, body=body, by=by, at=now, **sent.model_dump()))


@adjustments.read("/adjustments/{adjustment}", "work.view", AdjustmentOut)
def one_wording(request: HttpRequest, adjustment: Key) -> Any:
    """A proposed wording."""
    return _adjustment(request, adjustment)


@adjustments.do("/adjustments/{adjustment}/{step}", "work.view", AdjustmentOut, "office", "report")
def settle(
    request: HttpRequest, adjustment: Key, step: Literal["approve", "refuse", "withdraw"], sent: DecisionIn
) -> Any:
    """Approve, refuse or withdraw a proposed wording."""
    row = _adjustment(request, adjustment)
    act_on(request, row, step, sent.answer)
    row.refresh_from_db()
    return row


def _adjustment(request: HttpRequest, adjustment: int) -> Adjustment:
    found = get_object_or_404(Adjustment.objects.select_related("task__plan", "body"), pk=adjustment)
    check(request, "work.view", found.task)
    return found
