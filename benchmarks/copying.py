"""One simulated district made a hundred on PostgreSQL: its rows again, with other keys, codes and names.

python -m benchmarks.copying 100        # in a database that `luoshi simulate` filled with one district

Simulating takes half a minute a district, copying about a second. Every column that is a key of a copied row
is moved on; keys inside JSON (what can be undone, what an event tells) stay those of the district that was
copied. Events of copies are in the log and not sealed: nothing that is measured reads the seals.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Field, Model

# What a simulated district consists of.
APPS = ("organization", "document", "plan", "work", "supervision")
OTHERS = ("auth.user", "audit.event")
# Belongs to no district.
SHARED = ("work.blob", "organization.administrator")


def copy_district(number: int) -> None:
    """Make so many districts of the only one in the database, which has just been simulated."""
    from django.apps import apps
    from django.db import connection, transaction

    from luoshi.apps.simulation.district import code_of, name_of

    models = {
        model._meta.label_lower: model
        for model in apps.get_models()
        if (model._meta.app_label in APPS or model._meta.label_lower in OTHERS)
        and model._meta.label_lower not in SHARED
    }
    places = [(place, code_of(place), name_of(place)) for place in range(1, number)]
    with transaction.atomic(), connection.cursor() as cursor:
        # Rows that fit together are copied: they need not be held against each other once more.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("CREATE TEMPORARY TABLE copies (place bigint, code text, name text) ON COMMIT DROP")
        cursor.executemany("INSERT INTO copies VALUES (%s, %s, %s)", places)
        step = 1 + max(_highest(model) for model in models.values())
        for model in models.values():
            columns = {
                field.column: _value(field, models, step, code_of(0)) for field in model._meta.concrete_fields
            }
            names = ", ".join(f'"{name}"' for name in columns)
            table, values = model._meta.db_table, ", ".join(columns.values())
            # The names are those of our own tables and columns.
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} one, copies")  # noqa: S608
            if _counted(model):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', '{model._meta.pk.column}'), %s)",
                    [step * number],
                )


def _counted(model: type[Model]) -> bool:
    """Whether rows are counted on, so that their keys can be moved."""
    return model._meta.pk.get_internal_type() in ("AutoField", "BigAutoField")


def _highest(model: type[Model]) -> int:
    if not _counted(model):
        return 0
    found = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return int(found or 0)


def _value(field: Field, copied: Collection[str], step: int, code: str) -> str:
    """What stands in a column of a copy, as SQL over the row `one`."""
    column = f'one."{field.column}"'
    moved = f"{column} + {step} * copies.place"
    related = field.related_model._meta.label_lower if field.is_relation else ""
    model = field.model._meta.label_lower
    if related == "organization.region" and field.column != "parent_id":
        return "copies.code"
    if (related in copied and related != "organization.region") or (
        field.primary_key and _counted(field.model)
    ):
        return moved
    if field.primary_key and field.get_internal_type() == "UUIDField":
        return "gen_random_uuid()"
    own = {
        "organization.region.code": "copies.code",
        "organization.region.name": "copies.name",
        "auth.user.username": f"replace({column}, '{code}', copies.code)",
        "audit.event.actor_name": f"replace({column}, '{code}', copies.code)",
        "audit.event.region": "copies.code",
        "audit.event.object_id": (
            f"CASE WHEN {column} = '{code}' THEN copies.code WHEN {column} ~ '^[0-9]+$' "
            f"THEN ({column}::bigint + {step} * copies.place)::text ELSE {column} END"
        ),
    }
    return own.get(f"{model}.{field.column}", column)


def main() -> None:
    """Command line."""
    import django

    django.setup()
    copy_district(int(sys.argv[1]))


if __name__ == "__main__":
    main()
