"""Keeps the sums in step: what an entry no longer adds is taken away, what it adds now is added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.timezone import localdate

from luoshi.apps.indicator.models import STANDING, Addition, Cell
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry as Row
from luoshi.core.indicator.contribution import Contribution, contribution
from luoshi.core.indicator.figure import Totals
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Entry

PLACES = Decimal("0.000001")
_BATCH = 500


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a contribution is added up."""

    indicator: str
    body: int
    month: date


def count(row: Row, entry: Entry, setting: Setting, at: datetime) -> None:
    """Bring the sums up to an entry that has just changed, in the transaction of the change."""
    now = additions(row, entry, setting, localdate(at))
    before = {one.indicator: one for one in Addition.objects.filter(entry=row)}
    deltas: defaultdict[Place, Totals] = defaultdict(Totals)
    gone = [one for key, one in before.items() if key not in now]
    changed = [one for key, one in now.items() if key not in before or not _same(before[key], one)]
    for old in (*gone, *(before[one.indicator] for one in changed if one.indicator in before)):
        deltas[_place(old)] -= _totals(old)
    for one in changed:
        deltas[_place(one)] += _totals(one)
    Addition.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for one in changed:
        if one.indicator in before:
            one.pk = before[one.indicator].pk
        one.save()
    apply(row.region_id, row.mechanism, deltas)


def count_begun(begun: Sequence[tuple[Row, Entry]], setting: Setting, at: datetime) -> None:
    """Add what entries add that have just begun; each sum is changed once for all of them."""
    today = localdate(at)
    found = [one for row, entry in begun for one in additions(row, entry, setting, today).values()]
    Addition.objects.bulk_create(found, batch_size=_BATCH)
    if begun:
        apply(begun[0][0].region_id, begun[0][0].mechanism, summed(found))


def additions(row: Row, entry: Entry, setting: Setting, today: date) -> dict[str, Addition]:
    """What an entry adds, by indicator, not saved yet. The definitions are those of the newest version."""
    found: dict[str, Addition] = {}
    for indicator in catalogue().latest(row.mechanism).indicators:
        added = contribution(indicator, entry, setting, today)
        if added is not None:
            found[indicator.key] = _addition(row, indicator.key, added)
    return found


def apply(region: str, mechanism: str, deltas: Mapping[Place, Totals]) -> None:
    """Add differences to the sums, in one order, so that two changes never wait for each other."""
    for place in sorted(deltas):
        delta = deltas[place]
        if delta == Totals():
            continue
        key: dict[str, Any] = {
            "region_id": region,
            "mechanism": mechanism,
            "indicator": place.indicator,
            "body_id": place.body,
            "month": place.month,
        }
        Cell.objects.get_or_create(**key)
        Cell.objects.filter(**key).update(
            top=F("top") + delta.top,
            base=F("base") + delta.base,
            entries=F("entries") + delta.entries,
            unclear=F("unclear") + delta.unclear,
        )


def _addition(row: Row, indicator: str, added: Contribution) -> Addition:
    return Addition(
        entry=row,
        region_id=row.region_id,
        mechanism=row.mechanism,
        indicator=indicator,
        body_id=int(added.body),
        day=added.day,
        month=STANDING if added.day is None else added.day.replace(day=1),
        top=added.top.quantize(PLACES),
        base=added.base.quantize(PLACES),
        unclear=int(added.unclear),
    )


def _place(one: Addition) -> Place:
    return Place(one.indicator, one.body_id, one.month)


def _totals(one: Addition) -> Totals:
    return Totals(one.top, one.base, 1, one.unclear)


def _same(old: Addition, new: Addition) -> bool:
    parts = ("body_id", "day", "top", "base", "unclear")
    return all(getattr(old, part) == getattr(new, part) for part in parts)


def summed(rows: Iterable[Addition]) -> dict[Place, Totals]:
    """The sums of contributions, by place."""
    found: defaultdict[Place, Totals] = defaultdict(Totals)
    for one in rows:
        found[_place(one)] += _totals(one)
    return dict(found)
