"""Freezes the list of a draw and its rules; nobody outside knows of it yet, and it can be frozen anew."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.draws import models
from luoshi.apps.draws.operations.fitting import fitted
from luoshi.apps.draws.operations.refusals import AnotherDraw
from luoshi.apps.draws.queries.pools import Listed, listed
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.core.draw.errors import DrawnBefore
from luoshi.core.draw.record import list_hash
from luoshi.core.draw.steps import prepare
from luoshi.core.draw.values import Candidate, PublicSource, Stratum
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.mechanism.drawing import Drawing, Pool

_MOST_PURPOSE, _MOST_NAME = 400, 300


@transaction.atomic
def prepare_draw(
    *, entry: Entry, key: str, source: str, value_on: date, form: str, by: User | None, at: datetime
) -> models.Draw:
    """Freeze the list of those who can be drawn, with the reasons of those left out.

    Args:
        source: who publishes the public value, and as what.
        value_on: the day on which it is published.
        form: how it will be written.

    Raises:
        AnotherDraw: the entry does not stand where it can be drawn for.
        DrawnBefore: it was drawn for, or a commitment is out.
        TooLong: the source or the way of writing does not fit its record.
        LuoshiError: the list or the rules are refused; see `luoshi.core.draw.errors`.
    """
    row = Entry.objects.select_for_update(of=("self",)).select_related("holder").get(pk=entry.pk)
    mechanism = catalogue().version(row.mechanism, row.version)
    drawing = mechanism.drawing[key]
    _check_place(row, mechanism, drawing)
    purpose = _purpose(row, mechanism, drawing)
    candidates, strata = listed(row, drawing, localdate(at))
    frozen = prepare(
        purpose=purpose,
        strata=[stratum for _pool, stratum in strata],
        source=PublicSource(
            fitted(models.Draw, "source", source), value_on, fitted(models.Draw, "form", form)
        ),
        candidates=[Candidate(one.key, one.stratum, one.name, one.kept_out) for one in candidates],
    )
    row.draws.filter(key=key, stage=models.Draw.Stage.PREPARED).delete()
    draw = models.Draw.objects.create(
        entry=row,
        key=key,
        purpose=purpose,
        strata=[_written(pool, stratum) for pool, stratum in strata],
        source=frozen.source.name,
        value_on=value_on,
        form=frozen.source.form,
        prepared_at=at,
    )
    models.Candidate.objects.bulk_create([_row(draw, one) for one in candidates], batch_size=500)
    record(
        type="draws.draw.prepared",
        object=draw,
        region=row.region_id,
        by=by,
        at=at,
        for_body=row.holder,
        purpose=purpose,
        listed=len(candidates),
        eligible=sum(not one.kept_out for one in candidates),
        list=list_hash(frozen),
    )
    return draw


def _check_place(row: Entry, mechanism: Mechanism, drawing: Drawing) -> None:
    kept = row.draws.filter(key=drawing.key, stage__in=("committed", "drawn")).first()
    if kept is not None:
        raise DrawnBefore(purpose=kept.purpose, commitment=kept.commitment)
    register = mechanism.register
    if row.state not in register.transition[drawing.commits].origins:
        raise AnotherDraw(entry=row.title, state=register.state[row.state].label)


def _purpose(row: Entry, mechanism: Mechanism, drawing: Drawing) -> str:
    """What is drawn for; once it was announced it is never called otherwise."""
    before = row.draws.filter(key=drawing.key, stage=models.Draw.Stage.CANCELLED).first()
    if before is not None:
        return before.purpose
    number = row.number or str(row.pk)
    return f"{mechanism.name.zh} {number} {row.title} {drawing.label.zh}"[:_MOST_PURPOSE].strip()


def _written(pool: Pool, stratum: Stratum) -> dict[str, object]:
    return {
        "pool": pool.key,
        "key": stratum.key,
        "number": stratum.number,
        "substitutes": stratum.substitutes,
        "multiple": stratum.multiple,
    }


def _row(draw: models.Draw, one: Listed) -> models.Candidate:
    return models.Candidate(
        draw=draw,
        entry=one.row,
        pool=one.pool.key,
        stratum=one.stratum,
        key=one.key,
        name=one.name[:_MOST_NAME],
        kept_out=list(one.kept_out),
        eligible=not one.kept_out,
    )
