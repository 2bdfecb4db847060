"""Doing a change, or first asking whether its effects are meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from luoshi.apps.plan.queries.wording import language
from luoshi.apps.registry.operations.trying import carry_out
from luoshi.apps.registry.views.opened import frame
from luoshi.core.errors import LuoshiError

# What belongs to this exchange and not to the form.
_OWN = {"csrfmiddlewaretoken", "seal", "again"}


@dataclass(frozen=True, slots=True)
class Step:
    """A change that a person wants.

    Attributes:
        region: code.
        deed: does it.
        title: what it is, for the page that asks.
        lines: what it changes in the registry itself, a sentence each.
        always: ask also where no task is touched.
        body: the one that it is about, if there is one.
    """

    region: str
    deed: Callable[[], Any]
    title: str
    lines: tuple[str, ...] = ()
    always: bool = False
    body: Any = None


def back_to_form(request: HttpRequest) -> bool:
    """Whether the form is to be shown with what was written: on a first visit, or to go on writing."""
    return request.method != "POST" or "again" in request.POST


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where it was not sent."""
    return request.POST if request.method == "POST" else None


def take(
    request: HttpRequest,
    step: Step,
    *,
    done: Callable[[Any], HttpResponse],
    refused: Callable[[LuoshiError], HttpResponse],
) -> HttpResponse:
    """Do the step; or show what it would do to tasks and ask; or show the form again with the refusal."""
    try:
        outcome = carry_out(
            region=step.region, deed=step.deed, shown=request.POST.get("seal", ""), always=step.always
        )
    except LuoshiError as error:
        return refused(error)
    if outcome.done:
        return done(outcome.result)
    again = [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values]
    context = {
        **frame(request, step.body),
        "title": step.title,
        "lines": step.lines,
        "effects": outcome.effects,
        "sent": again,
        "changed": "seal" in request.POST,
    }
    return render(request, "registry/confirm.html", context)


def words(error: LuoshiError | None) -> str:
    """A refusal in the language of the person; empty for none."""
    return error.message(language()) if error else ""
