"""Places spread over strata: all of them given, none left empty, no stratum asked for more than it has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.draw.spreading import spread

pools = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=1)
weights = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9))


@given(st.integers(1, 60), pools, weights)
def test_all_places_are_given_and_no_stratum_is_empty(
    number: int, eligible: dict[str, int], counts: dict[str, int]
) -> None:
    groups = spread(number, eligible, counts)
    assert sum(one.places for one in groups) == number
    assert all(one.places for one in groups)
    assert sorted(key for one in groups for key in one.keys) == sorted(eligible)
    assert sum(one.eligible for one in groups) == sum(eligible.values())
    if number <= sum(eligible.values()):
        assert all(one.places <= one.eligible for one in groups)


@given(st.integers(1, 60), pools)
def test_with_equal_weights_a_larger_stratum_gets_no_fewer(number: int, eligible: dict[str, int]) -> None:
    groups = spread(min(number, max(sum(eligible.values()), 1)), eligible, {})
    for one in groups:
        assert all(one.places <= other.places for other in groups if one.eligible < other.eligible)


def test_the_weight_decides() -> None:
    groups = spread(6, {"a": 30, "d": 30}, {"a": 1, "d": 8})
    assert {one.keys: one.places for one in groups} == {("a",): 1, ("d",): 5}
