"""Document numbers are repaired where they are damaged, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.document_number import find_number, number_of_entry


@pytest.mark.parametrize(
    "printed",
    [
        "云政办发〔2020〕12号", "云政办发〔2020〕12 号", "云政办发202012号", "云政办发〔202012号",
        "云政办发〔2020〕012号", "云政办发[2020]12号", "云政办发(2020)12号", "云政办发（2020）第12號",
        "云政办发【2020】12号", "云政辦發〔2020〕12號", "云政办发 〔 2020 〕 12 号", "云政办发〔2020年〕12号",
        "云政办发〔202012",
    ],
)  # fmt: skip
def test_damaged_forms_read_alike(printed: str) -> None:
    found = find_number(printed)
    assert found is not None
    assert found.value == "云政办发〔2020〕12号"
    assert found.span.of(printed).strip() == printed


@pytest.mark.parametrize(
    "text",
    [
        "2022年12月29日", "截至2022年12月", "到2025年，建成12个", "电话：2022-12345", "第706号", "无",
        "12号楼", "云溪区2022年12项任务", "二〇二二年", "",
    ],
)  # fmt: skip
def test_other_words_are_no_number(text: str) -> None:
    assert find_number(text) is None


@given(
    st.text("云溪区政办发法委", min_size=1, max_size=8),
    st.integers(1949, 2049),
    st.integers(1, 9999),
    st.sampled_from("〔[(（【"),
    st.sampled_from("〕])）】"),
    st.sampled_from("号號"),
)
def test_every_bracket_is_understood(
    body: str, year: int, serial: int, left: str, right: str, end: str
) -> None:
    found = find_number(f"{body}{left}{year}{right}{serial}{end}")
    assert found is not None
    assert found.value == f"{body}〔{year}〕{serial}号"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("无", ""),
        ("无编号", ""),
        ("—", ""),
        ("", ""),
        ("YXGS—2017—9 / 云府〔2017〕46号", "云府〔2017〕46号"),
        ("第 7 号", "第 7 号"),
    ],
)
def test_what_tables_give(printed: str, value: str) -> None:
    assert number_of_entry(printed) == value
