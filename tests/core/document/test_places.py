"""Places in words lead a person to the character that is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.model import (
    CellPlace,
    Document,
    FilePlace,
    Origin,
    PagePlace,
    ParagraphPlace,
    Place,
    Run,
)
from luoshi.core.document.places import Lines, column_letters, place_of, place_words
from luoshi.core.source import Span


@given(st.lists(st.text("落实ab", max_size=5), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n", "\r"]))
def test_line_and_column_point_at_the_character(rows: list[str], end: str) -> None:
    text = end.join(rows)
    lines = Lines.of(text)
    offset = 0
    for number, row in enumerate(rows, 1):
        for column in range(1, len(row) + 1):
            assert lines.locate(offset + column - 1) == (number, column)
        offset += len(row) + len(end)


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (None, "", ""),
        (FilePlace(4), "第5字", "character 5"),
        (ParagraphPlace("body", 0, 3), "正文第1段", "body, paragraph 1"),
        (ParagraphPlace("comments", 0, 3), "comments第1段", "comments, paragraph 1"),
        (PagePlace(2, (72.4, 90.0, 80.0, 99.0)), "第2页 (72, 90)", "page 2 (72, 90)"),
        (CellPlace("分工表", 12, 3, 0), "分工表!C12", "分工表!C12"),
    ],
)
def test_every_kind_of_place_has_words_in_both_languages(place: Place | None, zh: str, en: str) -> None:
    assert place_words(place) == zh
    assert place_words(place, "en") == en


def test_a_character_of_a_text_file_is_told_by_line_and_column() -> None:
    assert place_words(FilePlace(4), lines=Lines.of("甲乙\r\n丙")) == "2:1"


def document(text: str, runs: tuple[tuple[int, Run | None], ...]) -> Document:
    origin = Origin(tuple(start for start, _ in runs), tuple(run for _, run in runs))
    return Document("a.txt", "txt", "0" * 64, text, text, (), origin)


def test_a_span_that_cleaning_added_belongs_to_what_stands_before_it() -> None:
    read = document("甲乙\n丙", ((0, Run(2, FilePlace(10))), (2, None), (3, Run(1, FilePlace(20)))))
    assert place_of(read, Span(2, 3)) == FilePlace(11)
    assert place_of(read, Span(2, 4)) == FilePlace(20)
    assert place_of(read, Span(1, 2)) == FilePlace(11)
    assert place_of(read, Span(4, 4)) == FilePlace(20)


def test_a_text_without_origin_has_no_place() -> None:
    assert place_of(document("甲", ((0, None),)), Span(0, 1)) is None


@given(st.integers(1, 20_000))
def test_column_letters_count_like_a_spreadsheet(column: int) -> None:
    number = 0
    for letter in column_letters(column):
        number = number * 26 + ord(letter) - ord("A") + 1
    assert number == column
