"""A registry whole, in memory: as it is stored, and as a workbook wants it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from luoshi.apps.organization.models import Body, BodyAlias, GroupRule, Membership
from luoshi.apps.organization.operations.bodies import FIELDS
from luoshi.apps.registry.queries.workbook import Row


class Alias(NamedTuple):
    """Another name of a body."""

    body: int
    name: str
    kind: str
    valid_from: date | None
    valid_to: date | None


class Member(NamedTuple):
    """A body in a group, or left out of it."""

    group: int
    member: int
    excluded: bool
    valid_from: date | None
    valid_to: date | None


class Rule(NamedTuple):
    """What takes bodies into a group by what they are."""

    group: int
    kind: str
    line: str
    level: int | None


Item = Alias | Member | Rule
# What each sheet but that of bodies is stored as, and what it is here.
MODELS: dict[str, Any] = {"aliases": BodyAlias, "members": Membership, "rules": GroupRule}
KINDS: dict[str, Any] = {"aliases": Alias, "members": Member, "rules": Rule}


@dataclass(slots=True)
class State:
    """Bodies by key (new ones have keys below zero), and beneath them all names, members and rules.

    Attributes:
        bodies: the values of `FIELDS`; `parent` is a key.
        items: by sheet, each with the row of the workbook that says it, or its key in the database.
        rows: the row that says a body, by its key.
    """

    bodies: dict[int, dict[str, Any]]
    items: dict[str, list[tuple[Any, Row | int]]]
    rows: dict[int, Row] = field(default_factory=dict)

    def name(self, key: int) -> str:
        """What a body is called."""
        return str(self.bodies[key]["name"])


def load_state(region: str) -> State:
    """The registry of a region as it is stored, in four queries."""
    columns = [name if name != "parent" else "parent_id" for name in FIELDS]
    bodies = {
        key: dict(zip(FIELDS, values, strict=True))
        for key, *values in Body.objects.filter(region_id=region).order_by("pk").values_list("pk", *columns)
    }
    items = {
        sheet: [
            (KINDS[sheet](*values), key)
            for key, *values in model.objects.filter(region_id=region)
            .order_by("pk")
            .values_list("pk", *KINDS[sheet]._fields)
        ]
        for sheet, model in MODELS.items()
    }
    return State(bodies, items)
