"""Contributions written anew by the database are those that every change wrote, down to the last place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from luoshi.apps.indicator.models import Addition, Cell
from luoshi.apps.indicator.operations.recounting import count_anew
from tests.apps.register.factories import AT, Place, apply_for_aid, granted, make_place

pytestmark = pytest.mark.django_db


def _rows(model: Any) -> list[dict[str, Any]]:
    kept = model.objects.order_by("indicator", "body", "month", *(["entry"] if model is Addition else []))
    return [{key: value for key, value in row.items() if key != "id"} for row in kept.values()]


def _grant(place: Place, days: int) -> None:
    row = apply_for_aid(place)
    granted(row, place, at=AT + timedelta(days=days))


def test_contributions_written_anew_are_those_that_were_kept() -> None:
    place = make_place()
    for days in (2, 9):
        _grant(place, days)
    apply_for_aid(place)
    kept, sums = _rows(Addition), _rows(Cell)
    assert {one["indicator"] for one in kept} >= {
        "received",
        "granted",
        "reviewed-in-time",
        "days-to-decision",
    }
    Addition.objects.update(top=7)
    assert count_anew("990110", "legal-aid", localdate(AT)) == len(sums)
    assert _rows(Addition) == kept
    assert _rows(Cell) == sums
