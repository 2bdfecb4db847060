"""A step that somebody is about to take: found by its name, with as what they take it and for which body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from luoshi.apps.organization.access import person
from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.acting import acting_body, actor_for, actors, may_begin
from luoshi.apps.register.views.opened import declared_of, entry_of, mechanism_of
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.procedure import Actor, Transition


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step that a person is about to take.

    Attributes:
        body: for which body they act.
        entry: None for a step that makes one.
        bodies: of such a step: the bodies for which they may take it.
    """

    mechanism: Mechanism
    step: Transition
    actor: Actor
    body: Body
    user: User
    entry: Entry | None = None
    bodies: tuple[Body, ...] = ()

    @property
    def known(self) -> dict[str, Any]:
        """What the entry holds already, as it is stored."""
        return {} if self.entry is None else self.entry.values


def beginning_of(request: HttpRequest, key: str, transition: str, body: int | None = None) -> Wanted:
    """The first step of an entry, for a body that was named or else for the first one.

    Raises:
        Http404: there is no such step.
        PermissionDenied: the person may not take it, or not for that body.
    """
    mechanism, user = mechanism_of(key), person(request)
    for step, actor, bodies in may_begin(user, mechanism):
        if step.key == transition:
            chosen = next((one for one in bodies if body in (None, one.pk)), None)
            if chosen is None:
                raise PermissionDenied
            return Wanted(mechanism, step, actor, chosen, user, None, tuple(bodies))
    if transition not in mechanism.register.transition:
        raise Http404
    raise PermissionDenied


def step_of(request: HttpRequest, key: str, number: int, transition: str) -> Wanted:
    """A step of an entry that there is.

    Raises:
        Http404: there is no such step.
        PermissionDenied: the person may not take it.
    """
    found, user = entry_of(request, key, number, "register.take"), person(request)
    mechanism = declared_of(found)
    step = mechanism.register.transition.get(transition)
    if step is None or not step.origins:
        raise Http404
    actor = actor_for(step, actors(user, found))
    if actor is None:
        raise PermissionDenied
    return Wanted(mechanism, step, actor, acting_body(found, actor), user, found)
