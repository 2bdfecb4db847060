"""What entries put on the desk: to sign for, to take a step of, and limits that come to their end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.apps.organization.models import Role
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.lights import light_of
from luoshi.apps.register.queries.listing import with_limit
from luoshi.apps.work.queries.desk import Scope
from luoshi.apps.work.queries.desk_sources import Line, Source, register
from luoshi.apps.work.queries.standing import RANK
from luoshi.core.register.declaration import Register
from luoshi.core.register.procedure import Actor

# Days before its end from which a limit is kept in view, whatever its own time of warning.
SOON = timedelta(days=3)


@cache
def waiting_for(actor: Actor) -> Q:
    """Where an actor has the next step: the entry waits, and the step does not only break it off."""
    found = Q(pk__in=[])
    for versions in catalogue().versions.values():
        for one in versions:
            states = [key for key in one.register.state if _leads_on(one.register, key, actor)]
            if states:
                found |= Q(mechanism=one.key, version=one.version, state__in=states)
    return found


def declared() -> int:
    """What conditions over declared states are made of."""
    return id(catalogue())


def whose_turn(scope: Scope, waiting: Callable[[Actor], Q]) -> QuerySet[Entry]:
    """What waits for the part that a person has: who handles, who heads, who looks after the region."""
    handled = Role.objects.filter(user=scope.user, name=Role.Name.LIAISON, body__isnull=False).values("body")
    mine = (
        Q(waiting(Actor.HANDLER), holder__in=handled)
        | Q(waiting(Actor.HEAD), holder__in=scope.heads)
        | Q(waiting(Actor.OFFICE), region__in=scope.regions)
    )
    # Nothing that has ended waits: said again, because an index holds the few that have not.
    return Entry.objects.filter(mine, pending=None, ended=None)


def _leads_on(register: Register, key: str, actor: Actor) -> bool:
    state = register.state[key]
    if state.final or state.tone != "waiting":
        return False
    targets = [step.target for step in register.from_state(key, actor) if step.target not in (None, key)]
    return any(register.state[target].tone != "ended" for target in targets if target)


def _to_sign(scope: Scope, today: date) -> QuerySet[Entry]:
    return _shown(Entry.objects.filter(pending__in=scope.bodies))


def _to_act(scope: Scope, today: date) -> QuerySet[Entry]:
    return _shown(whose_turn(scope, waiting_for))


def _soon(scope: Scope, today: date) -> QuerySet[Entry]:
    mine = Q(holder__in=scope.bodies) | Q(region__in=scope.regions)
    return _shown(Entry.objects.filter(mine, next_due__lte=today + SOON, ended=None))


def _shown(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    return with_limit(rows).select_related("body")


def _lines(rows: Iterable[Any], today: date) -> Iterator[Line]:
    for row in rows:
        mechanism = catalogue().version(row.mechanism, row.version)
        limit = mechanism.register.limit.get(row.next_limit or "")
        light = light_of(row.next_due, limit, today)
        state = mechanism.register.state.get(row.state)
        words = [mechanism.name, *([state.label] if state else [])]
        yield Line(
            title=str(row),
            day=row.next_due,
            address=reverse("register:entry", args=[row.mechanism, row.pk]),
            rank=RANK[light] if row.next_due else None,
            asker=" · ".join(one.said(get_language() or "zh") for one in words),
        )


def _address() -> str:
    return reverse("register:start")


def _of_bodies(scope: Scope) -> bool:
    return bool(scope.bodies)


def of_either(scope: Scope) -> bool:
    return bool(scope.bodies or scope.regions)


for _source in (
    Source("entries-sign", _("台账待签收"), _of_bodies, _to_sign, "next_due", _lines, _address),
    Source("entries-act", _("台账待办理"), of_either, _to_act, "next_due", _lines, _address, shape=declared),
    Source("entries-soon", _("台账临期、超期"), of_either, _soon, "next_due", _lines, _address, asks=False),
):
    register(_source)
