"""Unified social credit codes: every single slip is noticed, and the reason says where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.credit_code import (
    ALPHABET,
    WrongCreditCode,
    body_check_character,
    check_character,
    compose,
    normalized,
    verified,
)

codes = st.builds(
    compose,
    authority=st.text(ALPHABET, min_size=2, max_size=2),
    region=st.text("0123456789", min_size=6, max_size=6),
    number=st.text(ALPHABET, min_size=8, max_size=8),
)


@given(codes)
def test_composed_codes_are_right(code: str) -> None:
    assert len(code) == 18
    assert verified(code) == code


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    if wrong == code:
        return
    with pytest.raises(WrongCreditCode):
        verified(wrong)


@given(codes, st.integers(0, 16))
def test_two_neighbours_swapped_are_noticed(code: str, place: int) -> None:
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if wrong == code:
        return
    with pytest.raises(WrongCreditCode):
        verified(wrong)


@given(codes)
def test_the_check_is_a_sum_of_zero(code: str) -> None:
    """The definition in the standard, written the other way round: the weighted sum of all 18 is 0."""
    total = sum(ALPHABET.index(character) * 3**place for place, character in enumerate(code[:17]))
    assert (total + ALPHABET.index(code[17])) % 31 == 0
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    inner = sum(int(character, 36) * weight for character, weight in zip(code[8:16], weights, strict=True))
    last = 10 if code[16] == "X" else int(code[16])
    assert (inner + last) % 11 == 0


def test_weights_follow_the_standard() -> None:
    # GB 32100 prints them as 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28.
    printed = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    for place, weight in enumerate(printed):
        one = "0" * place + "1" + "0" * (16 - place)
        assert check_character(one) == ALPHABET[31 - weight]


def test_inner_check_may_be_x() -> None:
    numbers = (f"MB{number:06}" for number in range(40))
    assert "X" in {body_check_character(number) for number in numbers}


@pytest.mark.parametrize(
    "typed", ["11 990102 MB0000019 H", "11990102-MB000001-9-h", "　１１９９０１０２ＭＢ０００００１９Ｈ"]
)
def test_as_people_type_it(typed: str) -> None:
    assert verified(typed) == "11990102MB0000019H"
    assert normalized(typed) == "11990102MB0000019H"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("", "这里是0位"),
        ("11990102MB000001", "这里是16位"),
        ("1199O102MB0000019H", "“O”"),
        ("11A90102MB0000019H", "行政区划"),
        ("11990102MB0000018H", "第17位"),
        ("11990102MB00000198", "应为H"),
        ("11990102MB000001９Ｇ", "应为H"),
    ],
)
def test_reasons(wrong: str, reason: str) -> None:
    with pytest.raises(WrongCreditCode) as caught:
        verified(wrong)
    assert reason in caught.value.message("zh")
    assert "certificate" in caught.value.message("en")
