"""One content has one text, whichever database or program it came through."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.transparency.canonical import canonical, event_bytes, written

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_writing_and_reading_changes_nothing(value: Any) -> None:
    once = canonical(value)
    assert canonical(json.loads(once)) == once
    assert b"\n" not in once
    assert json.loads(once) == value


@given(st.dictionaries(st.text(), VALUES, min_size=2, max_size=5))
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (1e22, "10000000000000000000000"),
        (0.1, "0.1"),
        (True, "true"),
        ({"b": 1, "a": "落实\n", "é": []}, '{"a":"落实\\n","b":1,"é":[]}'),
        ("\ud800", '"\\ud800"'),
    ],
)
def test_known_texts(value: Any, text: str) -> None:
    assert canonical(value).decode() == text


def test_an_event() -> None:
    given = event_bytes(
        id=7,
        at=datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8))),
        type="plan.task.edited",
        region="990102",
        actor=3,
        actor_name="office",
        body=None,
        body_name="",
        object_type="plan.task",
        object_id="15",
        address="10.0.0.7",
        detail={"version": 2.0},
    )
    assert given.decode() == (
        '{"actor":{"id":3,"name":"office"},"address":"10.0.0.7","at":"2026-03-02T01:30:00.000000Z",'
        '"body":null,"detail":{"version":2},"id":7,"object":{"id":"15","type":"plan.task"},'
        '"region":"990102","type":"plan.task.edited","v":1}'
    )


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_moments_stand_in_the_order_of_their_texts(one: datetime, other: datetime) -> None:
    assert (one < other) == (written(one) < written(other))
