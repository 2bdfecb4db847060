"""Destroys what is personal once its time is over, and what nobody came back for.

Each entry is a transaction of its own: whoever calls it may be killed at any moment and call it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Correction, Draft, Entry, EntryFile, Tally, Value
from luoshi.apps.register.operations.sweeping import drop_files, sweep_files
from luoshi.apps.register.queries.destruction import years_before
from luoshi.apps.register.queries.loading import register_of
from luoshi.apps.register.queries.personal import is_personal, to_destroy
from luoshi.core.register.declaration import Register
from luoshi.core.register.fields import Field

_AT_ONCE = 500


def forget_due(*, at: datetime) -> int:
    """Empty the personal fields of entries whose time is over. Tells how many entries that were."""
    today = localdate(at)
    sweep_files(at=at)
    Tally.objects.filter(until__lt=at).delete()
    return sum(forget(entry=row, at=at) for row in _due(today))


def _due(today: date) -> Iterator[Entry]:
    for mechanism in {one.key: one for one in catalogue()}:
        for version in catalogue().versions[mechanism]:
            last = last_day_kept(version.register, today)
            if last is not None:
                rows = Entry.objects.filter(
                    mechanism=mechanism, version=version.version, ended__lt=last, forgotten=None
                )
                yield from rows.order_by("ended", "pk")[:_AT_ONCE]


def last_day_kept(register: Register, today: date) -> date | None:
    """What ended before this day has been kept for its time; None where nothing is destroyed.

    Example:
        >>> from luoshi.core.register.declaration import Retention
        >>> last_day_kept(Register("a", 1, (), (), (), retention=Retention(30, 10)), date(2026, 2, 28))
        datetime.date(2016, 2, 28)
    """
    years = register.retention.personal_years
    return None if years is None else years_before(today, years)


@transaction.atomic
def forget(*, entry: Entry, at: datetime) -> bool:
    """Empty the personal fields of an entry, with their files; tells whether it was still to be done."""
    row = Entry.objects.select_for_update(of=("self",)).select_related("holder").get(pk=entry.pk)
    register, today = register_of(row), localdate(at)
    last = last_day_kept(register, today)
    if row.forgotten is not None or row.ended is None or last is None or row.ended >= last:
        return False
    fields = to_destroy(register)
    emptied = [field.key for field in fields if field.key in row.values]
    row.values = _without(row.values, fields)
    row.forgotten, row.changed_at = today, at
    row.revision += 1
    row.save(update_fields=["values", "forgotten", "changed_at", "revision"])
    keys = [field.key for field in fields]
    Value.objects.filter(entry=row, field__in=keys).delete()
    Draft.objects.filter(entry=row).delete()
    Correction.objects.filter(entry=row).update(words="", answer="")
    drop_files(list(EntryFile.objects.filter(entry=row, field__in=keys)))
    record(
        type="register.entry.forgotten",
        object=row,
        region=row.region_id,
        by=None,
        at=at,
        for_body=row.holder,
        mechanism=row.mechanism,
        number=row.number,
        ended=row.ended.isoformat(),
        years=register.retention.personal_years,
        fields=emptied,
    )
    return True


def _without(values: dict[str, object], fields: list[Field]) -> dict[str, object]:
    """Values without what is personal; of rows only the personal columns go."""
    kept = dict(values)
    for field in fields:
        rows = kept.pop(field.key, None)
        open_columns = {column.key for column in field.columns if not is_personal(column)}
        if isinstance(rows, list) and open_columns and not field.personal and not field.sensitive:
            kept[field.key] = [
                {key: value for key, value in one.items() if key in open_columns} for one in rows
            ]
    return kept
