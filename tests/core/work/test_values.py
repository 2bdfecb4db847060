"""Values of a report as JSON and as typed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.work.prefill import NOT_APPLICABLE, Value
from luoshi.core.work.values import ShareUnusable, pack, share, unpack

VALUES = st.one_of(
    st.text(),
    st.integers(0, 10**6),
    st.decimals(0, 100, places=2).map(lambda number: number.normalize()),
    st.lists(st.integers(1, 99).map(str)).map(tuple),
    st.just(NOT_APPLICABLE),
)


@given(st.dictionaries(st.sampled_from(["progress", "share_done", "evidence"]), VALUES))
def test_what_is_stored_comes_back(values: dict[str, Value]) -> None:
    assert unpack(json.loads(json.dumps(pack(values)))) == values


@pytest.mark.parametrize("written", ["abc", "-1", "101", "nan", "Infinity", "1.234", "1e3"])
def test_what_is_no_share(written: str) -> None:
    with pytest.raises(ShareUnusable):
        share(written)


def test_shares_as_people_type_them() -> None:
    assert [share(one) for one in ("0", "100%", " 62.50 ", "", "60％")] == [0, 100, Decimal("62.5"), None, 60]
