"""As what a person may act on an entry, and which steps that gives."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User

from luoshi.apps.organization.models import Body, Role
from luoshi.apps.organization.rules import bodies_with, regions_with
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.keepers import keepers
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.declaration import Register
from luoshi.core.register.procedure import Actor, Transition

Somebody = User | AnonymousUser


def actors(user: Somebody, entry: Entry) -> frozenset[Actor]:
    """As what a person may act: for the body that holds it, for the one that is to sign, for the office."""
    found = set()
    liaisons, heads = bodies_with(user, Role.Name.LIAISON), bodies_with(user, Role.Name.HEAD)
    if entry.holder_id in liaisons:
        found.add(Actor.HANDLER)
    if entry.holder_id in heads:
        found.add(Actor.HEAD)
    if entry.pending_id in liaisons | heads:
        found.add(Actor.RECEIVER)
    if entry.region_id in regions_with(user, Role.Name.OFFICE):
        found.add(Actor.OFFICE)
    return frozenset(found)


def actor_for(step: Transition, mine: frozenset[Actor]) -> Actor | None:
    """As what a person takes a step, of all that they may act as; None where it is not theirs."""
    return next((one for one in step.who if one in mine), None)


def acting_body(entry: Entry, actor: Actor) -> Body:
    """For which body a person acts: the one that is to sign, or else the one that holds the entry."""
    return entry.pending if actor is Actor.RECEIVER and entry.pending else entry.holder


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that leads on from where an entry stands, and as what the person would take it."""

    step: Transition
    actor: Actor | None

    @property
    def mine(self) -> bool:
        """Whether the person may take it."""
        return self.actor is not None


def open_steps(entry: Entry, register: Register, user: Somebody) -> list[OpenStep]:
    """The steps of people that are possible now: the person's own first, of these the ones that lead on."""
    mine = actors(user, entry)
    # More time is offered for limits that count here: what can be done would be lost among the others.
    counting = set(entry.clocks.filter(ended=None).values_list("limit", flat=True))
    found = []
    for step in register.from_state(entry.state):
        handing = step.takes_over or step.gives_back
        if bool(entry.pending_id) != handing or set(step.who) <= {Actor.SYSTEM}:
            continue
        if step.extends and step.extends not in counting:
            continue
        found.append(OpenStep(step, actor_for(step, mine)))
    return sorted(found, key=lambda one: (not one.mine, _turn(one.step, register)))


def _turn(step: Transition, register: Register) -> int:
    """What leads on comes before what leaves the state as it is, and that before what breaks off."""
    if step.target is None:
        return 1
    return 2 if register.state[step.target].tone == "ended" else 0


def may_begin(user: Somebody, mechanism: Mechanism) -> list[tuple[Transition, Actor, list[Body]]]:
    """The first steps that a person may take, as what, and for which bodies."""
    found = []
    liaisons, heads = bodies_with(user, Role.Name.LIAISON), bodies_with(user, Role.Name.HEAD)
    for step in mechanism.register.starts():
        for actor, own in ((Actor.HANDLER, liaisons), (Actor.HEAD, heads)):
            if actor in step.who and own:
                bodies = [one for one in _keeping(mechanism, user) if one.pk in own]
                if bodies:
                    found.append((step, actor, bodies))
                    break
        else:
            regions = regions_with(user, Role.Name.OFFICE)
            if Actor.OFFICE in step.who and regions:
                bodies = [one for code in sorted(regions) for one in keepers(mechanism, code)]
                if bodies:
                    found.append((step, Actor.OFFICE, bodies))
    return found


def _keeping(mechanism: Mechanism, user: Somebody) -> list[Body]:
    regions = sorted({role.region_id for role in user.plan_roles.all()}) if isinstance(user, User) else []
    return [one for code in regions for one in keepers(mechanism, code)]


def mechanisms_of(user: Somebody) -> list[Mechanism]:
    """The mechanisms that concern a person: all for whoever looks at a region, else those of their bodies."""
    if regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER):
        return list(catalogue())
    own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD, Role.Name.VIEWER)
    bodies = list(Body.objects.filter(pk__in=own))
    held = set(
        Entry.objects.filter(holder__in=own).values_list("mechanism", flat=True).distinct().order_by()
    ) | set(Entry.objects.filter(pending__in=own).values_list("mechanism", flat=True).distinct().order_by())
    return [
        one
        for one in catalogue()
        if one.key in held
        or any(one.register.keeper.admits(kind=body.kind, line=body.line, name=body.name) for body in bodies)
    ]
