"""Keeps what entries are found by: in the transaction of each change, and anew where declarations changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Entry, Wording
from luoshi.apps.register.queries.loading import register_of
from luoshi.apps.register.queries.wording import Names, names_of_bodies, wording_of
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Entry as Kept

_AT_ONCE = 1000


def index(row: Entry, entry: Kept, setting: Setting, at: datetime) -> None:
    """Bring the words of an entry up to what it holds, in the transaction of its change."""
    wording = wording_of(row, setting.register)
    kept = Wording.objects.filter(pk=row.pk).values_list("text", flat=True).first()
    if kept != wording.text:
        _write([wording])


def index_many(begun: Sequence[tuple[Entry, Kept]], setting: Setting, at: datetime) -> None:
    """The same for many new entries of one region at once."""
    if not begun:
        return
    names = _names(Body.objects.filter(region=begun[0][0].region_id))
    _write([wording_of(row, setting.register, names) for row, _entry in begun])


def index_anew(*, mechanism: str = "") -> Iterator[int]:
    """Write the words of all entries anew: after names of bodies, or what is personal, have changed.

    Gives, time and again, how many entries are done; each batch is a transaction of its own, so it may be
    stopped at any moment and run beside everything else.
    """
    names = _names(Body.objects.all())
    rows = Entry.objects.filter(mechanism=mechanism) if mechanism else Entry.objects.all()
    done = last = 0
    while batch := _batch(rows, last, names):
        done, last = done + len(batch), batch[-1].pk
        yield done


@transaction.atomic
def _batch(rows: QuerySet[Entry], last: int, names: Names) -> list[Entry]:
    """The entries that follow a key, locked until their words are written."""
    batch = list(rows.filter(pk__gt=last).order_by("pk").select_for_update(of=("self",))[:_AT_ONCE])
    _write([wording_of(row, register_of(row), names) for row in batch])
    return batch


def _names(bodies: QuerySet[Body]) -> Names:
    """The names of bodies, looked up once for many entries."""
    names = names_of_bodies(bodies)
    return lambda key: names.get(key, "")


def index_those(rows: QuerySet[Entry], after: int, most: int, names: Names) -> tuple[int, int]:
    """Write the words of the entries that follow a key anew, where they are not what they should be.

    Belongs into a transaction of its own.

    Returns:
        The key of the last one that was looked at, and how many were looked at.
    """
    batch = list(rows.filter(pk__gt=after).order_by("pk").select_for_update(of=("self",))[:most])
    kept = dict(Wording.objects.filter(pk__in=[row.pk for row in batch]).values_list("pk", "text"))
    wordings = [wording_of(row, register_of(row), names) for row in batch]
    _write([one for one in wordings if kept.get(one.entry_id) != one.text])
    return batch[-1].pk if batch else after, len(batch)


def _write(wordings: list[Wording]) -> None:
    Wording.objects.bulk_create(
        wordings, update_conflicts=True, unique_fields=["entry"], update_fields=["text", "grams"]
    )
