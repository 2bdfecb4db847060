"""The habits of a document: edges, indents, distances."""

from __future__ import annotations

import pytest

from luoshi.core.document.page_frames import Frame, body_size, first_word_width, frames
from luoshi.core.document.page_lines import line, rows, segments
from luoshi.core.document.page_model import Glyph, Line
from luoshi.core.document.page_order import columns
from tests.writers.pages import glyphs, paragraph, sheet

LONG = (
    "把任务讲清楚、责任分到位、结果看得见，推动法治云溪、法治政府、法治社会建设同步向前，让群众遇事有地方问。"
)


def one_line(text: str, x: float = 80, size: float = 16) -> Line:
    drawn = glyphs(text, x, 100, size)
    return line(segments(rows(drawn)[0]), sheet(drawn))


def frame_of(drawn: list[Glyph]) -> Frame:
    found, _ = columns(rows(drawn), sheet(drawn))
    return frames(found)[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("区司法局", "区"),
        ("局、区", "局、"),
        ("“食品", "“食"),
        ("2025年", "2025"),
        ("plan of", "plan"),
        ("100%。完", "100%。"),
    ],
)
def test_what_cannot_be_parted_at_the_start_of_a_line(text: str, word: str) -> None:
    found = one_line(text)
    assert first_word_width(found) == pytest.approx(one_line(word).right - found.left)


def test_edges_indent_and_distance_are_measured() -> None:
    drawn: list[Glyph] = []
    for index in range(4):
        drawn += paragraph("务" * 70 + "。", 80, 100 + index * 3 * 28.8, room=27)
    frame = frame_of(drawn)
    assert (frame.left, frame.indent, frame.body) == (80, 32, 16)
    assert frame.right == pytest.approx(80 + 27 * 16)
    assert frame.pitches[16] == pytest.approx(28.8)
    assert not frame.spaced


def test_flush_paragraphs_have_no_indent() -> None:
    drawn: list[Glyph] = []
    for index in range(6):
        drawn += paragraph(LONG, 80, 100 + index * (2 * 28.8 + 40), room=30, indent=0)
    frame = frame_of(drawn)
    assert frame.indent == 0
    assert frame.spaced


def test_text_of_short_lines_ends_where_the_paper_says() -> None:
    frame = frame_of(glyphs("区司法局", 80, 100) + glyphs("区农业农村局", 80, 128))
    assert frame.right == 595 - 80
    assert not frame.fills(one_line("区农业农村局"), one_line("区司法局"))


def test_full_centred_and_right_lines_are_told_apart() -> None:
    frame = Frame(80, 512, 32, 16, {})
    full, middle, right = (
        one_line("务" * 27),
        one_line("务" * 9, 80 + 9 * 16),
        one_line("务" * 8, 512 - 8 * 16),
    )
    following = one_line("区司法局")
    assert [frame.fills(text, following) for text in (full, middle, right)] == [True, False, True]
    assert [frame.centered(text) for text in (full, middle, right)] == [False, True, False]
    assert [frame.at_right(text) for text in (full, middle, right)] == [False, False, True]


def test_the_body_is_the_size_of_most_characters() -> None:
    assert body_size([(22, 30), (16, 500), (10.5, 40)]) == 16
