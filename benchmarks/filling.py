"""A register with as many entries as one likes: two hundred lives, each copied to other days and bodies.

python -m benchmarks.filling 1000000    # in the database that the settings name, with nothing in it

Living takes fifteen milliseconds a step, copying a twentieth of one for a whole entry with its steps, limits,
indexed values and contributions. Copies have numbers, words, bodies and days of their own; most have ended.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from benchmarks.living import ENDED_LIVES, MECHANISM, OPEN_LIVES, REGION, Place, live, settle

if TYPE_CHECKING:
    from django.db.models import Model

Cells = tuple[object, ...]
# Entries that have not ended stay few, however long a register is kept.
OPEN_SHARE, MOST_DAYS = 0.005, 1400
AT_ONCE = 20_000
_FIRST, _SECOND = "安柏辰德恩方光和嘉康朗明宁平青瑞", "诚达道鼎公衡汇坤理明信行益正直中"
FIRMS = [f"云溪{one}{two}律师事务所" for one in _FIRST for two in _SECOND]
GROUNDS = [f"{one}，{two}" for one in ("不属于援助事项", "经济状况不符", "申请人放弃") for two in _SECOND]
PAPERS = [
    f"{one}{two}"
    for one in ("身份证", "户口簿", "劳动合同", "工资流水", "诊断证明")
    for two in ("复印件", "原件")
]


@dataclass(slots=True)
class Life:
    """An entry that was lived, as the cells of its rows; `entry` by column."""

    entry: dict[str, Any]
    steps: list[dict[str, Any]]
    clocks: list[dict[str, Any]]
    values: list[dict[str, Any]]
    additions: list[dict[str, Any]]


def fill(count: int) -> None:
    """Make so many entries of one mechanism in an empty database, with sums and words."""
    from django.db import connection

    from luoshi.apps.indicator.operations.recounting import rebuild
    from luoshi.apps.register.models import Entry
    from luoshi.apps.register.operations.indexing import index_anew

    place = settle()
    live(place)
    _said("lived")
    copy(place, count - ENDED_LIVES - OPEN_LIVES)
    _said("copied")
    rebuild(REGION, MECHANISM)
    with _index_afterwards():
        for done in index_anew():
            if done % 100_000 == 0:
                _said(f"words of {done}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    _said(f"{Entry.objects.count()} entries")


@contextmanager
def _index_afterwards() -> Iterator[None]:
    """PostgreSQL builds an index of everything in a fraction of the time that it takes to add row by row."""
    from django.db import connection

    migration = import_module("luoshi.apps.register.migrations.0003_wording")
    statements = [] if connection.vendor == "sqlite" else [migration.REMOVE, migration.INSTALL]
    with connection.cursor() as cursor:
        for statement in statements[:1]:
            cursor.execute(*statement["postgresql"])
        yield
        for statement in statements[1:]:
            cursor.execute(*statement["postgresql"])


def _said(what: str) -> None:
    print(f"  {time.process_time():.0f} s: {what}", file=sys.stderr, flush=True)


def copy(place: Place, count: int) -> None:
    """Copy the lives so many times in all, each time differently, always the same."""
    from django.db import connection

    from luoshi.apps.indicator.models import Addition
    from luoshi.apps.register.models import Clock, Entry, Step, Value

    ended, going = _lives()
    chance = random.Random(5)  # noqa: S311 - no secret: the same entries every time
    first = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    bodies = [body.pk for body in place.bodies]
    for start in range(0, count, AT_ONCE):
        made: dict[type[Model], list[dict[str, Any]]] = {
            kind: [] for kind in (Entry, Step, Clock, Value, Addition)
        }
        for number in range(start, min(start + AT_ONCE, count)):
            lives = going if chance.random() < OPEN_SHARE else ended
            days = chance.randrange(12 if lives is going else MOST_DAYS)
            one = _Copy(first + number, bodies[min(chance.randrange(40), len(bodies) - 1)], days, chance)
            life = chance.choice(lives)
            made[Entry].append(one.entry(life))
            made[Step] += one.moved(life.steps, "on", "at")
            made[Clock] += one.moved(life.clocks, "started", "due", "ended")
            made[Value] += one.moved(life.values, "began", "day")
            made[Addition] += _recounted(one.moved(life.additions, "day", "month"), made[Entry][-1])
        for kind, rows in made.items():
            _write(kind, rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = Entry._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [first + count])


def _recounted(additions: Iterator[dict[str, Any]], entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a copy adds where its values are its own."""
    for one in additions:
        own = one["indicator"] == "won-or-saved"
        yield one | {"top": entry["values"]["recovered"]} if own else one


def _lives() -> tuple[list[Life], list[Life]]:
    """Those that have ended, and those that go on."""
    from luoshi.apps.register.models import Entry

    found = [
        Life(
            _cells(row),
            [_cells(one, "id") for one in row.steps.all()],
            [_cells(one, "id") for one in row.clocks.all()],
            [_cells(one, "id") for one in row.indexed.all()],
            [_cells(one, "id") for one in row.additions.all()],
        )
        for row in Entry.objects.order_by("pk")
    ]
    return [one for one in found if one.entry["ended"]], [one for one in found if not one.entry["ended"]]


def _cells(row: Model, *left: str) -> dict[str, Any]:
    return {
        field.column: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.column not in left
    }


@dataclass(slots=True)
class _Copy:
    """What is different in a copy."""

    key: int
    body: int
    days: int
    chance: random.Random

    def entry(self, life: Life) -> dict[str, Any]:
        """The entry itself."""
        found = dict(life.entry)
        began = self._day(found["began"])
        words = {"firm": FIRMS, "refusal-ground": GROUNDS, "missing-papers": PAPERS}
        values = {key: value for key, value in found["values"].items() if key != "closing-papers"}
        for key in words.keys() & values.keys():
            values[key] = self.chance.choice(words[key])
        if "recovered" in values:
            values["recovered"] = f"{self.chance.randrange(1, 90_000)}.00"
        found |= {
            "id": self.key,
            "body_id": self.body,
            "holder_id": self.body,
            "began": began,
            "ended": self._day(found["ended"]),
            "next_due": self._day(found["next_due"]),
            "changed_at": self._day(found["changed_at"]),
            "number": f"（{began.year}）云溪援字第{self.key}号",
            "values": values,
        }
        return found

    def moved(self, rows: Sequence[dict[str, Any]], *days: str) -> Iterator[dict[str, Any]]:
        """Rows that belong to it."""
        for row in rows:
            found = row | {"entry_id": self.key} | {name: self._day(row[name]) for name in days}
            if "month" in found and found["day"] is not None:
                found["month"] = found["day"].replace(day=1)
            if row.get("body_id"):
                found["body_id"] = self.body
            if row.get("pauses"):
                found["pauses"] = [[self._iso(one) for one in pause] for pause in row["pauses"]]
            yield found

    def _day(self, day: Any) -> Any:
        return None if day is None else day - timedelta(days=self.days)

    def _iso(self, day: str | None) -> str | None:
        return None if day is None else self._day(date.fromisoformat(day)).isoformat()


def _write(kind: type[Model], rows: list[dict[str, Any]]) -> None:
    """Rows into their table as fast as the database takes them: text that needs no quoting."""
    from django.db import connection, transaction

    if not rows:
        return
    names = list(rows[0])
    table = f"{kind._meta.db_table} ({', '.join(map(connection.ops.quote_name, names))})"
    lines = [tuple(_text(row[name]) for name in names) for row in rows]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} FROM STDIN") as copied:
                copied.write(
                    "".join("\t".join("\\N" if one is None else one for one in line) + "\n" for line in lines)
                )
        else:
            marks = ", ".join("?" * len(names))
            connection.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", lines)  # noqa: S608


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value).removesuffix("+00:00")


def main() -> None:
    """Command line."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    fill(int(sys.argv[1]))


if __name__ == "__main__":
    main()
