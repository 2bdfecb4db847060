"""Marks over a text, in whatever way they overlap, become segments that draw it exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.plan.marking import Mark, Segment, segments
from luoshi.core.source import Span

TEXT = "牵头部门:区委组织部、区人社局"


def shown(found: tuple[Segment, ...]) -> list[tuple[str, str]]:
    """Text and keys of each segment."""
    return [(segment.text, "".join(mark.key for mark in segment.marks)) for segment in found]


def mark(start: int, end: int, key: str) -> Mark:
    return Mark(Span(start, end), "lead", key)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [("0123456789", "")]),
        ([mark(2, 4, "a")], [("01", ""), ("23", "a"), ("456789", "")]),
        ([mark(0, 10, "a")], [("0123456789", "a")]),
        ([mark(2, 4, "a"), mark(4, 6, "b")], [("01", ""), ("23", "a"), ("45", "b"), ("6789", "")]),
        (
            [mark(3, 5, "b"), mark(2, 8, "a")],
            [("01", ""), ("2", "a"), ("34", "ab"), ("567", "a"), ("89", "")],
        ),
        (
            [mark(2, 6, "a"), mark(4, 8, "b")],
            [("01", ""), ("23", "a"), ("45", "ab"), ("67", "b"), ("89", "")],
        ),
        ([mark(2, 4, "a"), mark(2, 4, "b")], [("01", ""), ("23", "ab"), ("456789", "")]),
        ([mark(5, 5, "p")], [("01234", ""), ("", "p"), ("56789", "")]),
        ([mark(10, 10, "p")], [("0123456789", ""), ("", "p")]),
    ],
)
def test_marks_cut_the_text(marks: list[Mark], expected: list[tuple[str, str]]) -> None:
    assert shown(segments("0123456789", marks)) == expected


def test_a_part_is_cut_like_the_whole() -> None:
    marks = [mark(5, 10, "a"), mark(11, 15, "b"), mark(0, 4, "far")]
    found = segments(TEXT[6:12], marks, Span(6, 12))
    assert shown(found) == [("委组织部", "a"), ("、", ""), ("区", "b")]
    assert (found[0].opens, found[0].closes) == ((), (marks[0],))
    assert (found[2].opens, found[2].closes) == ((marks[1],), ())


def test_a_text_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="4 characters"):
        segments("区司法局", [], Span(3, 9))


SPANS = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
MARKS = st.lists(SPANS, max_size=12).map(
    lambda spans: [Mark(span, "finding", str(index)) for index, span in enumerate(spans)]
)


@given(st.text("区委办、", max_size=40), MARKS)
def test_nothing_is_lost_and_every_character_knows_its_marks(text: str, marks: list[Mark]) -> None:
    found = segments(text, marks)
    assert "".join(segment.text for segment in found) == text
    at = 0
    for segment in found:
        assert segment.span == Span(at, at + len(segment.text))
        at = segment.span.end
        for index in range(segment.span.start, segment.span.end):
            over = {mark for mark in marks if mark.span.start <= index < mark.span.end}
            assert set(segment.marks) == over
    inside = [m for m in marks if (m.span.start < len(text) if len(m.span) else m.span.start <= len(text))]
    for one in inside:
        assert sum(one in segment.opens for segment in found) == 1
        if one.span.end <= len(text):
            assert sum(one in segment.closes for segment in found) == 1


@given(MARKS)
def test_the_order_of_the_marks_does_not_matter(marks: list[Mark]) -> None:
    assert segments(TEXT, marks) == segments(TEXT, reversed(marks))
