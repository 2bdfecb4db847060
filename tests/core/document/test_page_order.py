"""Columns are found and read one after the other."""

from __future__ import annotations

from luoshi.core.document.page_lines import rows
from luoshi.core.document.page_model import Glyph
from luoshi.core.document.page_order import columns
from tests.writers.pages import glyphs, paragraph, read, sheet

PROSE = "把任务讲清楚、责任分到位、结果看得见，推动法治云溪建设同步向前，群众遇事有地方问、办事有规矩可依。"


def read_columns(drawn: list[Glyph], known: tuple[float, ...] = ()) -> list[list[str]]:
    found, _ = columns(rows(drawn), sheet(drawn), known)
    return [[line.text for line in column.lines] for column in found]


def numbered(side: str, x: float, count: int, *, top: float = 100, room: int = 11) -> list[Glyph]:
    """Full lines of a column, each with its number."""
    drawn = []
    for index in range(count):
        drawn += glyphs(f"{side}{index:02}" + "务" * (room - 2), x, top + index * 24)
    return drawn


def test_one_column_is_one_column() -> None:
    assert len(read_columns(paragraph(PROSE * 3, 72, 100, room=28))) == 1


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = read_columns(numbered("左", 72, 6) + numbered("右", 300, 6))
    assert [text[:3] for text in left] == [f"左0{index}" for index in range(6)]
    assert [text[:3] for text in right] == [f"右0{index}" for index in range(6)]


def test_columns_need_not_be_level() -> None:
    left, right = read_columns(numbered("左", 72, 6) + numbered("右", 300, 6, top=111))
    assert {text[0] for text in left} == {"左"}
    assert {text[0] for text in right} == {"右"}


def test_three_columns() -> None:
    drawn = numbered("左", 40, 6, room=8) + numbered("中", 210, 6, room=8) + numbered("右", 380, 6, room=8)
    assert [column[0][0] for column in read_columns(drawn)] == ["左", "中", "右"]


def test_a_headline_over_the_columns_comes_first() -> None:
    drawn = glyphs("云溪区重点任务分解方案全文公布", 180, 60) + numbered("左", 72, 6) + numbered("右", 300, 6)
    assert [column[0][0] for column in read_columns(drawn)] == ["云", "左", "右"]


def test_a_paragraph_across_the_page_parts_columns_above_and_below() -> None:
    middle = glyphs("通" * 28, 72, 260)
    drawn = numbered("左", 72, 6) + numbered("右", 300, 6) + middle
    drawn += numbered("丙", 72, 6, top=300) + numbered("丁", 300, 6, top=300)
    assert [column[0][0] for column in read_columns(drawn)] == ["左", "右", "通", "丙", "丁"]


def test_labels_and_values_are_no_columns() -> None:
    drawn = []
    for index, label in enumerate(("发布机构", "文号", "主题分类", "成文日期", "公文时效", "索引号")):
        drawn += glyphs(label, 72, 100 + index * 24) + glyphs("区司法局办公室", 300, 100 + index * 24)
    (only,) = read_columns(drawn)
    assert only[0] == "发布机构 区司法局办公室"


def test_a_known_gutter_makes_columns_of_few_lines() -> None:
    drawn = numbered("左", 72, 2) + numbered("右", 300, 2)
    assert len(read_columns(drawn)) == 1
    assert len(read_columns(drawn, (275,))) == 2


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    text = PROSE * 6
    lines = [glyphs(text[at : at + 12], 0, 0) for at in range(0, len(text) - 12, 12)]

    def at(line: list[Glyph], x: float, baseline: float) -> list[Glyph]:
        return [
            glyph._replace(left=glyph.left + x, right=glyph.right + x, baseline=baseline) for glyph in line
        ]

    slots = [(page, x, 100 + row * 24) for page in (1, 2) for x in (72, 300) for row in range(5)]
    drawn: dict[int, list[Glyph]] = {1: [], 2: []}
    used = lines[: len(slots)]
    for line, (page, x, baseline) in zip(used, slots, strict=True):
        drawn[page] += at(line, x, baseline)
    found = read(sheet(drawn[1], number=1), sheet(drawn[2], number=2))
    assert "".join(str(piece) for piece in found) == text[: 12 * len(used)]
