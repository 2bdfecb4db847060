"""What a change of the registry would do to tasks: tried and taken back, before it is made.

Each call takes what the change itself takes, and refuses what it refuses.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Schema

from luoshi.apps.api.area import Key, Where
from luoshi.apps.api.routers import groups, registry
from luoshi.apps.api.routers.registry import Deed, area
from luoshi.apps.registry.queries.effects import Effects, preview_change
from luoshi.apps.registry.views.opened import EDIT


class TaskChangeOut(Schema):
    """A task that gains or loses a body."""

    plan_id: int
    task_id: int
    number: str
    heading: str
    body: str
    role: str
    gained: bool
    through: str


class EffectsOut(Schema):
    """What a change touches; the first of the tasks are listed, the numbers count all."""

    gained: int
    lost: int
    tasks: int
    plans: int
    changes: list[TaskChangeOut]


def told(effects: Effects) -> dict[str, Any]:
    """Effects as the calls tell them."""
    words = ("number", "heading", "body", "role", "gained")
    changes = [
        {
            "plan_id": one.plan,
            "task_id": one.task,
            "through": one.via,
            **{name: getattr(one, name) for name in words},
        }
        for one in effects.changes
    ]
    numbers = {name: getattr(effects, name) for name in ("gained", "lost", "tasks", "plans")}
    return {**numbers, "changes": changes}


def _tried(deed: Deed) -> dict[str, Any]:
    region, act = deed
    return told(preview_change(region=region, deed=act))


@area.do("/effects/bodies", EDIT, EffectsOut, "office")
def effects_of_create(request: HttpRequest, sent: registry.BodyIn, where: Where) -> Any:
    """What registering a body would do to tasks."""
    return _tried(registry.creating(request, sent))


@area.do("/effects/bodies/{body}", EDIT, EffectsOut, "office", versioned=True)
def effects_of_change(request: HttpRequest, body: Key, sent: registry.BodyIn) -> Any:
    """What correcting a body would do to tasks."""
    return _tried(registry.changing(request, body, sent))


@area.do("/effects/reorganizations", EDIT, EffectsOut, "office")
def effects_of_reorganize(request: HttpRequest, sent: registry.Reorganization) -> Any:
    """What a reorganization would do to tasks."""
    return _tried(registry.reorganizing(request, sent))


@area.do("/effects/groups/{group}/memberships", EDIT, EffectsOut, "office")
def effects_of_add(request: HttpRequest, group: Key, sent: groups.MembersIn) -> Any:
    """What putting bodies into a group would do to tasks."""
    return _tried(groups.adding(request, group, sent))


@area.do("/effects/groups/{group}/memberships/{membership}", EDIT, EffectsOut, "office", method="PUT")
def effects_of_date_membership(request: HttpRequest, group: Key, membership: Key, sent: groups.Dates) -> Any:
    """What other days of a membership would do to tasks."""
    return _tried(groups.dating(request, group, membership, sent))


@area.do("/effects/groups/{group}/memberships/{membership}", EDIT, EffectsOut, "office", method="DELETE")
def effects_of_remove(request: HttpRequest, group: Key, membership: Key) -> Any:
    """What taking a membership back would do to tasks."""
    return _tried(groups.removing(request, group, membership))


@area.do("/effects/groups/{group}/rules", EDIT, EffectsOut, "office")
def effects_of_add_rule(request: HttpRequest, group: Key, sent: groups.GroupRuleIn) -> Any:
    """What another rule would do to tasks."""
    return _tried(groups.ruling(request, group, sent))


@area.do("/effects/groups/{group}/rules/{rule}", EDIT, EffectsOut, "office", method="DELETE")
def effects_of_remove_rule(request: HttpRequest, group: Key, rule: Key) -> Any:
    """What taking a rule back would do to tasks."""
    return _tried(groups.unruling(request, group, rule))
