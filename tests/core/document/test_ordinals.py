"""Numbers as lists write them."""

from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.ordinals import chinese_counting, ordinal


@pytest.mark.parametrize(
    ("format", "seen"),
    [
        ("decimal", ["1", "10", "19", "100"]),
        ("decimalZero", ["01", "10", "19", "100"]),
        ("decimalFullWidth", ["１", "１０", "１９", "１００"]),
        ("chineseCounting", ["一", "十", "十九", "一〇〇"]),
        ("chineseCountingThousand", ["一", "十", "十九", "一百"]),
        ("japaneseCounting", ["一", "十", "十九", "百"]),
        ("ideographDigital", ["一", "一〇", "一九", "一〇〇"]),
        ("chineseLegalSimplified", ["壹", "壹拾", "壹拾玖", "壹佰"]),
        ("ideographLegalTraditional", ["壹", "壹拾", "壹拾玖", "壹佰"]),
        ("ideographTraditional", ["甲", "癸", "19", "100"]),
        ("ideographZodiac", ["子", "酉", "19", "100"]),
        ("decimalEnclosedCircle", ["①", "⑩", "⑲", "100"]),
        ("decimalEnclosedCircleChinese", ["①", "⑩", "⑲", "100"]),
        ("decimalEnclosedParen", ["⑴", "⑽", "⒆", "100"]),
        ("decimalEnclosedFullstop", ["⒈", "⒑", "⒚", "100"]),
        ("ideographEnclosedCircle", ["㊀", "㊉", "19", "100"]),
        ("upperRoman", ["I", "X", "XIX", "C"]),
        ("lowerRoman", ["i", "x", "xix", "c"]),
        ("upperLetter", ["A", "J", "S", "VVVV"]),
        ("lowerLetter", ["a", "j", "s", "vvvv"]),
        ("numberInDash", ["- 1 -", "- 10 -", "- 19 -", "- 100 -"]),
        ("none", ["", "", "", ""]),
        ("a format nobody knows", ["1", "10", "19", "100"]),
    ],
)
def test_formats(format: str, seen: list[str]) -> None:
    assert [ordinal(value, format) for value in (1, 10, 19, 100)] == seen


@given(st.integers(0, 99_999_999))
def test_chinese_numerals_agree_with_another_program(value: int) -> None:
    assert cn2an.cn2an(chinese_counting(value), "smart") == value


FORMATS = ["chineseCounting", "japaneseCounting", "upperRoman", "lowerLetter", "chineseLegalSimplified"]


@given(st.integers(0, 2**31), st.sampled_from(FORMATS))
def test_any_number_has_a_short_form(value: int, format: str) -> None:
    assert 1 <= len(ordinal(value, format)) <= 40
