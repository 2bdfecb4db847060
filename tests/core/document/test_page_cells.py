"""Texts in cells, and tables over several pages."""

from __future__ import annotations

from luoshi.core.document.limits import Limits
from luoshi.core.document.model import RawTable
from luoshi.core.document.page_model import Glyph, Page, Rule
from luoshi.core.document.pages import lay_out
from tests.writers.pages import glyphs, grid, paragraph, read, sheet

XS = (80.0, 130.0, 330.0, 520.0)
HEAD = ("序号", "任务", "牵头单位")


def table_page(rows: list[tuple[str, ...]], number: int = 1, *, top: float = 120) -> Page:
    """A page with a table at `top`; cells are set in lines as wide as their column, rows 60 points high."""
    drawn: list[Glyph] = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            room = (XS[column + 1] - XS[column] - 10) / 12
            for at, part in enumerate(text.split("\n")):
                drawn += paragraph(
                    part, XS[column] + 5, top + row * 60 + 15 + at * 21.6, room=room, indent=0, size=12
                )
    return sheet(drawn, grid(XS, [top + row * 60 for row in range(len(rows) + 1)]), number)


def tables(*pages: Page) -> list[RawTable]:
    found = lay_out(list(pages), file="页面", limits=Limits())
    return [piece for piece in found if isinstance(piece, RawTable)]


def test_cells_with_several_lines() -> None:
    rows = [
        HEAD,
        ("1", "推进公共法律服务体系建设，每个镇、街道都有服务站", "区司法局、区农业农村局、区卫健委"),
    ]
    assert read(table_page(rows)) == [[list(row) for row in rows]]


def test_a_short_line_ends_a_paragraph_in_a_cell() -> None:
    rows = [HEAD, ("1", "推进公共法律服务", "区司法局\n区教体局")]
    assert read(table_page(rows)) == [[list(HEAD), ["1", "推进公共法律服务", "区司法局\n区教体局"]]]


def test_text_above_and_below_a_table_keeps_its_place() -> None:
    page = table_page([HEAD, ("1", "甲", "区司法局")])
    drawn = glyphs("附件", 80, 100) + page.glyphs + glyphs("联系人：区司法局办公室", 80, 300)
    found = read(sheet(drawn, page.rules))
    assert [type(item) for item in found] == [str, list, str]


def test_a_table_goes_on_over_the_page_without_its_repeated_header() -> None:
    first = table_page([HEAD, ("1", "甲", "区司法局"), ("2", "乙", "区教体局")])
    second = table_page([HEAD, ("3", "丙", "区卫健委")], 2)
    assert read(first, second) == [
        [list(HEAD), ["1", "甲", "区司法局"], ["2", "乙", "区教体局"], ["3", "丙", "区卫健委"]]
    ]


def test_a_table_goes_on_under_a_caption_that_says_so() -> None:
    first = table_page([HEAD, ("1", "甲", "区司法局")])
    second = table_page([HEAD, ("2", "乙", "区教体局")], 2)
    captioned = sheet(second.glyphs + glyphs("续表", 280, 110, 12), second.rules, 2)
    assert len(tables(first, captioned)) == 1
    assert len(read(first, captioned)) == 1


def test_text_between_two_tables_keeps_them_apart() -> None:
    first = table_page([HEAD, ("1", "甲", "区司法局")])
    second = table_page([HEAD, ("2", "乙", "区教体局")], 2)
    between = sheet(second.glyphs + glyphs("附件二：任务分解表", 80, 100), second.rules, 2)
    assert [table.rows for table in tables(first, between)] == [2, 2]


def test_tables_with_other_columns_stay_apart() -> None:
    first = table_page([HEAD, ("1", "甲", "区司法局")])
    other = sheet(
        glyphs("单位", 90, 140, 12) + glyphs("电话", 310, 140, 12), grid((80, 300, 520), (120, 180)), 2
    )
    assert len(tables(first, other)) == 2


def test_a_row_cut_by_the_page_is_made_whole() -> None:
    first = table_page([HEAD, ("1", "甲", "区司法局"), ("2", "推进公共法律服务体系建设，每个", "区卫健委")])
    second = table_page([HEAD, ("", "镇都有服务站。", ""), ("3", "丙", "区教体局")], 2)
    assert read(first, second) == [
        [
            list(HEAD),
            ["1", "甲", "区司法局"],
            ["2", "推进公共法律服务体系建设，每个镇都有服务站。", "区卫健委"],
            ["3", "丙", "区教体局"],
        ]
    ]


def test_an_empty_number_alone_does_not_join_rows() -> None:
    first = table_page([HEAD, ("1", "甲。", "区司法局")])
    second = table_page([HEAD, ("", "乙", "区教体局")], 2)
    assert read(first, second) == [[list(HEAD), ["1", "甲。", "区司法局"], ["", "乙", "区教体局"]]]


def test_a_merged_cell_cut_by_the_page_is_made_whole() -> None:
    rules = [rule for rule in grid(XS, (120, 180, 240)) if rule.vertical or rule.at != 180]
    rules.append(Rule(False, 180, 130, 520))
    drawn = glyphs("一", 90, 140, 12) + glyphs("甲", 140, 140, 12) + glyphs("乙", 140, 200, 12)
    first = sheet(drawn, rules, 1)
    second = sheet(glyphs("丙", 140, 140, 12) + glyphs("丁", 140, 200, 12), rules, 2)
    (only,) = tables(first, second)
    assert only.rows == 4
    assert [(cell.row, cell.row_span) for cell in only.cells if cell.column == 0] == [(0, 4)]


def test_a_part_with_fewer_columns_is_counted_along_all_of_them() -> None:
    first = table_page([HEAD, ("1", "甲", "区司法局")])
    second = sheet(glyphs("二、健全制度", 90, 140, 12), grid((80, 520), (120, 180, 240)), 2)
    (only,) = tables(first, second)
    assert (only.rows, only.columns) == (4, 3)
    assert [(cell.row, cell.column_span) for cell in only.cells if cell.row >= 2] == [(2, 3), (3, 3)]
