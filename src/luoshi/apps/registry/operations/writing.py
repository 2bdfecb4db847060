"""A checked registry into the database, in a number of statements that does not follow its size."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.operations.bodies import FIELDS
from luoshi.apps.registry.queries.changes import differing
from luoshi.apps.registry.queries.state import MODELS, Alias, Item, State

BATCH = 200


@transaction.atomic
def write(region: str, before: State, after: State) -> None:
    """Make the registry what `after` says, touching only what differs; the caller holds its lock."""
    gone, come = {}, {}
    for sheet in MODELS:
        gone[sheet], come[sheet] = differing(sheet, before, after)
        _delete(sheet, before, gone[sheet])
    touched = {item.body for item in (*gone["aliases"], *come["aliases"]) if isinstance(item, Alias)}
    changed = sorted(
        key for key in before.bodies if after.bodies[key] != before.bodies[key] or key in touched
    )
    _free(changed)
    keys = _create_bodies(region, after)
    _change_bodies(after, changed, keys)
    for sheet, model in MODELS.items():
        model.objects.bulk_create(
            [model(region_id=region, **_columns(item, keys)) for item in come[sheet]], batch_size=BATCH
        )


def _delete(sheet: str, before: State, gone: list[Item]) -> None:
    waiting = Counter(gone)
    keys = []
    for item, key in before.items[sheet]:
        if waiting[item]:
            waiting[item] -= 1
            keys.append(key)
    for start in range(0, len(keys), BATCH):
        MODELS[sheet].objects.filter(pk__in=keys[start : start + BATCH]).delete()


def _free(changed: list[int]) -> None:
    """Bodies may swap names and codes: first all give up theirs, then each takes its own."""
    for start in range(0, len(changed), BATCH):
        Body.objects.filter(pk__in=changed[start : start + BATCH]).update(
            name=Concat(Value("⇄"), Cast("pk", CharField())), credit_code="", version=F("version") + 1
        )


def _create_bodies(region: str, after: State) -> dict[int, int]:
    """New bodies, and the keys that they got, beside those of the others."""
    keys = {key: key for key in after.bodies if key > 0}
    new = [key for key in after.bodies if key < 0]
    made = Body.objects.bulk_create(
        [Body(region_id=region, **_values(after.bodies[key], keys)) for key in new], batch_size=BATCH
    )
    keys |= {key: body.pk for key, body in zip(new, made, strict=True)}
    below: dict[int, list[int]] = defaultdict(list)
    for key in new:
        parent = after.bodies[key]["parent"]
        if parent is not None and parent < 0:
            below[keys[parent]].append(keys[key])
    for parent, children in below.items():
        for start in range(0, len(children), BATCH):
            Body.objects.filter(pk__in=children[start : start + BATCH]).update(parent_id=parent)
    return keys


def _change_bodies(after: State, changed: list[int], keys: dict[int, int]) -> None:
    bodies = [Body(pk=key, **_values(after.bodies[key], keys)) for key in changed]
    Body.objects.bulk_update(bodies, FIELDS, batch_size=BATCH)


def _values(values: dict[str, Any], keys: dict[int, int]) -> dict[str, Any]:
    """The columns of a body; a parent that has no key yet comes later."""
    plain = {name: value for name, value in values.items() if name != "parent"}
    return {**plain, "parent_id": keys.get(values["parent"])}


def _columns(item: Item, keys: dict[int, int]) -> dict[str, Any]:
    values = item._asdict()
    return {
        f"{name}_id" if name in _BODIES else name: keys[value] if name in _BODIES else value
        for name, value in values.items()
    }


# Columns that hold a body.
_BODIES = ("body", "group", "member")
