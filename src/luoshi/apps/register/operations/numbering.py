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
    numbering = register.numbering
    if numbering is None:
        return ""
    scope = _scope(numbering, body, on)
    Series.objects.get_or_create(region_id=body.region_id, mechanism=register.key, scope=scope)
    series = Series.objects.select_for_update().get(
        region_id=body.region_id, mechanism=register.key, scope=scope
    )
    series.last += 1
    series.save(update_fields=["last"])
    digits = str(series.last).zfill(numbering.digits)
    place = body.short_name or body.name
    return numbering.pattern.format(year=on.year, n=digits, place=place)


def _scope(numbering: Numbering, body: Body, on: date) -> str:
    match numbering.per:
        case "region":
            return "region"
        case "body-year":
            return f"{on.year}/{body.pk}"
        case _:
            return str(on.year)
