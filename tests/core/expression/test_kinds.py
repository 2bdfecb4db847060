"""Trees of options, and the words for kinds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.expression.kinds import RESERVED, Choice, Files, Kind, Link, Money, Number, Rows, Text, said

TREE = {"economy": None, "price": "economy", "heating": "price", "water": "price", "traffic": None}


@given(st.permutations(list(TREE)))
def test_what_lies_in_an_option_does_not_depend_on_the_order(order: list[str]) -> None:
    tree = Choice({key: TREE[key] for key in order})
    assert tree.inside("economy") == {"economy", "price", "heating", "water"}
    assert tree.inside("traffic") == {"traffic"}


def test_options_in_a_circle_end() -> None:
    assert Choice({"a": "b", "b": "a"}).inside("a") == {"a", "b"}


@pytest.mark.parametrize("name", ["state", "today", "actor", "holder", "this", "from", "yes", "missing"])
def test_reserved(name: str) -> None:
    assert name in RESERVED


def test_kinds_have_words_of_their_own() -> None:
    kinds: list[Kind] = [Number("件"), Number(), Money(), Text(), Rows({}), Files(), Choice({}), Link("x")]
    assert len({said(kind).zh for kind in kinds}) == len({said(kind).en for kind in kinds}) == len(kinds)
