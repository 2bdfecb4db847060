"""Who can be drawn: the entries of the rosters, each with the reasons that keep it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.loading import StoredWorld, loaded, register_of
from luoshi.core.draw.spreading import Group, spread
from luoshi.core.draw.values import Stratum
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.expression import Occasion, evaluate, holds
from luoshi.core.mechanism.drawing import Conflict, Drawing, Pool
from luoshi.core.register.view import View

# Candidates of one draw: as many as are read and kept at once.
MOST = 20_000


class RosterTooLarge(LuoshiError):
    """More entries in the rosters than one draw holds."""

    code = "draw-roster-large"
    zh = "名录中有{count}个，一次抽取最多{most}个；请缩小抽取范围。"
    en = "The rosters hold {count}, and a draw takes at most {most}; narrow what is drawn from."


class NumberMissing(LuoshiError):
    """An entry that does not say how many are to be drawn."""

    code = "draw-number-missing"
    zh = "没有填写“{pool}”抽取几名；请先补充后再抽取。"
    en = "Nothing says how many of “{pool}” are drawn; fill it in first."


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a roster as it stands in the list of a draw."""

    pool: Pool
    row: Entry
    option: str
    key: str
    name: str
    kept_out: tuple[str, ...]
    stratum: str = ""


class Looking:
    """Entries as conditions see them on a day."""

    def __init__(self, region: str, today: date) -> None:
        self.occasion = Occasion(today, calendar_of(region))
        self._world = StoredWorld(region, today)

    def view(self, row: Entry) -> View:
        """One entry."""
        return View(register_of(row), loaded(row), self.occasion, self._world)


def listed(entry: Entry, drawing: Drawing, today: date) -> tuple[list[Listed], list[tuple[Pool, Stratum]]]:
    """The candidates of a draw and its strata.

    Raises:
        RosterTooLarge, NumberMissing.
    """
    looking = Looking(entry.region_id, today)
    this = looking.view(entry)
    found: list[Listed] = []
    strata: list[tuple[Pool, Stratum]] = []
    count = sum(_roster(entry.region_id, pool).count() for pool in drawing.pools)
    if count > MOST:
        raise RosterTooLarge(count=count, most=MOST)
    for pool in drawing.pools:
        number = evaluate(pool.number, this, looking.occasion)
        if not _is_number(number):
            raise NumberMissing(pool=pool.label)
        inside = [_one(row, pool, this, looking) for row in _rows(entry.region_id, pool)]
        for group, members in _grouped(int(str(number)), pool, inside):
            name = _stratum(pool, group)
            strata.append((pool, _rules(pool, group, name)))
            found += [replace(one, stratum=name) for one in members]
    return found, strata


def _is_number(value: object) -> bool:
    return str(value).isascii() and str(value).isdigit() and int(str(value)) > 0


def _roster(region: str, pool: Pool) -> QuerySet[Entry]:
    return Entry.objects.filter(region=region, mechanism=pool.roster, ended=None)


def _rows(region: str, pool: Pool) -> Iterator[Entry]:
    yield from _roster(region, pool).prefetch_related("steps", "clocks").order_by("pk")


def _one(row: Entry, pool: Pool, this: View, looking: Looking) -> Listed:
    view = looking.view(row)
    kept_out = tuple(
        ground.message.zh for ground in pool.eligible if not holds(ground.when, view, looking.occasion, this)
    )
    return Listed(
        pool=pool,
        row=row,
        option=_text(row, pool.strata),
        key=_text(row, pool.code) or row.number or str(row.pk),
        name=_text(row, pool.name),
        kept_out=kept_out,
    )


def _text(row: Entry, field: str) -> str:
    return " ".join(str(row.values.get(field) or "").split()) if field else ""


def _grouped(number: int, pool: Pool, inside: list[Listed]) -> list[tuple[Group, list[Listed]]]:
    """The members of each stratum; without strata all are one."""
    eligible: dict[str, int] = {}
    for one in sorted(inside, key=lambda one: one.option):
        eligible[one.option] = eligible.get(one.option, 0) + (not one.kept_out)
    groups = spread(number, eligible or {"": 0}, pool.weights)
    return [(group, [one for one in inside if one.option in group.keys]) for group in groups]


def _rules(pool: Pool, group: Group, name: str) -> Stratum:
    """A stratum names as many substitutes as it has left, where a pool has several."""
    substitutes = pool.substitutes
    if pool.strata:
        substitutes = max(min(substitutes, group.eligible - group.places), 0)
    return Stratum(name, group.places, substitutes, pool.multiple)


def _stratum(pool: Pool, group: Group) -> str:
    """What a stratum is called in the proof."""
    labels = _options(pool)
    named = [labels.get(key, key) for key in group.keys if key]
    return f"{pool.label.zh}·{'、'.join(named)}" if named else pool.label.zh


def _options(pool: Pool) -> Mapping[str, str]:
    field = catalogue().latest(pool.roster).register.field.get(pool.strata)
    return {} if field is None else {one.key: one.label.zh for one in field.offered()}


def option_labels(pool: Pool) -> Mapping[str, Phrase]:
    """The options that a pool is split by, by their Chinese words."""
    field = catalogue().latest(pool.roster).register.field.get(pool.strata)
    return {} if field is None else {one.label.zh: one.label for one in field.offered()}


def conflicts(
    pool: Pool, row: Entry, holders: Mapping[str, list[Entry]], looking: Looking
) -> list[tuple[Conflict, Entry]]:
    """Why one who was drawn may not serve, with who that concerns: those who hold places of other pools."""
    view = looking.view(row)
    return [
        (conflict, other)
        for conflict in pool.recusal
        for other in holders.get(conflict.pool, [])
        if holds(conflict.when, view, looking.occasion, looking.view(other))
    ]
