"""The kept sums are what the entries add up to, whatever happened to them and in whatever order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.apps.indicator.models import Cell
from luoshi.apps.indicator.operations.recounting import in_database, in_memory, rebuild, recounted
from luoshi.apps.indicator.operations.verifying import discrepancies, kept_sums
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import bring_up_to_date, take_step
from luoshi.core.errors import LuoshiError
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place

pytestmark = pytest.mark.django_db
CODE = "990110"

STEPS: list[tuple[str, Actor, dict[str, Any], str]] = [
    ("ask-papers", Actor.HANDLER, {"missing-papers": "身份证"}, ""),
    ("supply", Actor.OUTSIDE, {}, ""),
    ("grant", Actor.HEAD, {}, ""),
    ("refuse", Actor.HEAD, {"refusal-ground": "不属于范围"}, ""),
    ("object", Actor.OUTSIDE, {"objection": "属于"}, ""),
    ("answer-objection-corrected", Actor.OFFICE, {"objection-result": "corrected"}, "复核"),
    ("appoint", Actor.HANDLER, {"lawyer": {"name": "丙"}, "firm": "云溪律师事务所"}, ""),
    ("withdraw", Actor.OUTSIDE, {}, ""),
    ("terminate", Actor.HEAD, {"termination": "asked"}, "本人申请"),
]
moves = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, len(STEPS) - 1), st.integers(0, 20)), max_size=14
)


@pytest.fixture
def place() -> Place:
    return make_place(CODE)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves)
def test_sums_stay_right_over_random_histories(place: Place, history: list[tuple[int, int, int]]) -> None:
    with transaction.atomic():
        rows = [apply_for_aid(place, matter=matter) for matter in ("labour", "support", "injury")]
        at = AT
        for which, step, days in history:
            at += timedelta(days=days)
            _try(place, rows[which], step, at)
            assert in_database(CODE, "legal-aid") == kept_sums(CODE, "legal-aid")
        today = localdate(at)
        assert discrepancies(CODE, "legal-aid", today) == []
        assert recounted(CODE, "legal-aid", today) == in_memory(CODE, "legal-aid", today)
        transaction.set_rollback(True)


def _try(place: Place, row: Entry, number: int, at: Any) -> None:
    bring_up_to_date(entry=row, at=at)
    row.refresh_from_db()
    transition, actor, given_values, reason = STEPS[number]
    try:
        changed = take_step(
            entry=row,
            transition=transition,
            given=given_values,
            seen=row.revision,
            actor=actor,
            by=None if actor is Actor.OUTSIDE else place.head,
            at=at,
            reason=reason,
        )
    except LuoshiError:
        return
    row.revision = changed.revision


def test_a_sum_that_was_tampered_with_is_found_and_rebuilt(place: Place) -> None:
    apply_for_aid(place)
    Cell.objects.filter(indicator="received").update(entries=7, top=7)
    found = discrepancies(CODE, "legal-aid", localdate(AT))
    assert [(one.place.indicator, int(one.kept.top), int(one.counted.top)) for one in found] == [
        ("received", 7, 1)
    ]
    assert rebuild(CODE, "legal-aid") >= 1
    assert discrepancies(CODE, "legal-aid", localdate(AT)) == []
