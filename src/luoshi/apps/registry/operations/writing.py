"""A checked registry into the database, in a number of statements that does not follow its size."""

from __future__ import annotations

from collections import Counter
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
    keys = _create_bodies(region, after)
    renamed_aliases = {item.body for item in (*gone["aliases"], *come["aliases"]) if isinstance(item, Alias)}
    _change_bodies(before, after, keys, renamed_aliases)
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


def _create_bodies(region: str, after: State) -> dict[int, int]:
    """New bodies under names for the time being, and the keys that they got, beside those of the others."""
    new = [key for key in after.bodies if key < 0]
    made = Body.objects.bulk_create(
        [
            Body(
                region_id=region, name=f"⇄{key}", **_plain(after.bodies[key], without=("name", "credit_code"))
            )
            for key in new
        ],
        batch_size=BATCH,
    )
    keys = {key: key for key in after.bodies if key > 0}
    return keys | {key: body.pk for key, body in zip(new, made, strict=True)}


def _change_bodies(before: State, after: State, keys: dict[int, int], touched: set[int]) -> None:
    """Bodies may swap names and codes: first all give up theirs, then each takes its own."""
    changed = {
        key
        for key, values in after.bodies.items()
        if values != before.bodies.get(key) or (key in touched and key > 0)
    }
    if not changed:
        return
    stored = [keys[key] for key in changed if key > 0]
    for start in range(0, len(stored), BATCH):
        Body.objects.filter(pk__in=stored[start : start + BATCH]).update(
            name=Concat(Value("⇄"), Cast("pk", CharField())), credit_code="", version=F("version") + 1
        )
    bodies = [Body(pk=keys[key], **_plain(after.bodies[key])) for key in sorted(changed)]
    for body, key in zip(bodies, sorted(changed), strict=True):
        parent = after.bodies[key]["parent"]
        body.parent_id = keys[parent] if parent is not None else None
    Body.objects.bulk_update(bodies, FIELDS, batch_size=BATCH)


def _plain(values: dict[str, Any], without: tuple[str, ...] = ()) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "parent" and name not in without}


def _columns(item: Item, keys: dict[int, int]) -> dict[str, Any]:
    values = item._asdict()
    return {
        f"{name}_id" if name in _BODIES else name: keys[value] if name in _BODIES else value
        for name, value in values.items()
    }


# Columns that hold a body.
_BODIES = ("body", "group", "member")
