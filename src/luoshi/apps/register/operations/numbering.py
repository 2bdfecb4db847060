"""Numbers of entries: counted within their series, without gaps, never given twice."""

from __future__ import annotations

from datetime import date

from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Series
from luoshi.core.register.declaration import Numbering, Register


def next_number(register: Register, body: Body, on: date) -> str:
    """The next number of a register for an entry that begins on a day; empty where it has none.

    Belongs inside the transaction of the entry: the series is locked until that ends.
    """
    return next_numbers(register, body, on, 1)[0]


def next_numbers(register: Register, body: Body, on: date, count: int) -> list[str]:
    """The next numbers for several entries, in their order; as `next_number`."""
    numbering = register.numbering
    if numbering is None:
        return [""] * count
    scope = _scope(numbering, body, on)
    Series.objects.get_or_create(region_id=body.region_id, mechanism=register.key, scope=scope)
    series = Series.objects.select_for_update().get(
        region_id=body.region_id, mechanism=register.key, scope=scope
    )
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    place = body.short_name or body.name
    return [
        numbering.pattern.format(year=on.year, n=str(n).zfill(numbering.digits), place=place)
        for n in range(first, first + count)
    ]


def _scope(numbering: Numbering, body: Body, on: date) -> str:
    match numbering.per:
        case "region":
            return "region"
        case "body-year":
            return f"{on.year}/{body.pk}"
        case _:
            return str(on.year)
