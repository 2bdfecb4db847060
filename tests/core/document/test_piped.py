"""Tables spelled in plain text are found again, and prose is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.model import FilePlace, Piece, RawTable
from luoshi.core.document.piped import with_tables
from luoshi.core.document.txt import lines


def tables(text: str) -> list[list[list[str]]]:
    """The tables in `text` as rows of strings; paragraphs of a cell are parted by a slash."""
    found = []
    for piece in with_tables(lines(text)):
        if isinstance(piece, RawTable):
            grid = [["" for _ in range(piece.columns)] for _ in range(piece.rows)]
            for cell in piece.cells:
                grid[cell.row][cell.column] = "/".join(part.text for part in cell.pieces)
            found.append(grid)
    return found


def test_a_markdown_table() -> None:
    text = "方案如下\n| 序号 | 任务 | 牵头单位 |\n|:--|---|--:|\n| 1 | 建清单 | 区司法局 |\n完"
    assert tables(text) == [[["序号", "任务", "牵头单位"], ["1", "建清单", "区司法局"]]]
    assert [p.text for p in with_tables(lines(text)) if isinstance(p, Piece)] == ["方案如下", "完"]


def test_metadata_printed_twice_in_two_shapes_is_two_tables() -> None:
    first = "索 引 号 | YX/1 | 主题分类 | 司法 |\n成文日期 | 2023-03-17 | 公文时效 | 有效 |\n"
    second = "索 引 号 | YX/1 |\n主题分类 | 司法 |\n公文时效 |\n"
    assert tables(first + second + "各镇、街道:") == [
        [["索 引 号", "YX/1", "主题分类", "司法"], ["成文日期", "2023-03-17", "公文时效", "有效"]],
        [["索 引 号", "YX/1"], ["主题分类", "司法"], ["公文时效", ""]],
    ]


def test_label_and_value_lines() -> None:
    text = "重点工作: | 办好夜市。 |\n牵头单位: | 区商务局 |\n进展情况: | 已完成。"
    assert tables(text) == [
        [["重点工作:", "办好夜市。"], ["牵头单位:", "区商务局"], ["进展情况:", "已完成。"]]
    ]


def test_a_row_short_of_cells_is_filled_up() -> None:
    text = "序号 | 任务 | 责任单位\n1 | 建清单 | 区司法局\n2 | 办讲堂\n3 | 评示范 | 区民政局"
    assert tables(text)[0][2] == ["2", "办讲堂", ""]


def test_cells_on_lines_of_their_own_with_numbers_that_have_no_header() -> None:
    head = "任务 要求 责任科室 时限 "
    cells = "公开文件 1 清理文件 办公室 年底前 解读政策 2 办培训 各科室 持续推进 3 写年报 办公室 1月底"
    text = "\n|\n".join((head + cells).split()) + "\n|"
    assert tables(text) == [
        [
            ["任务", "", "要求", "责任科室", "时限"],
            ["公开文件", "1", "清理文件", "办公室", "年底前"],
            ["解读政策", "2", "办培训", "各科室", "持续推进"],
            ["", "3", "写年报", "办公室", "1月底"],
        ]
    ]


def test_cells_on_lines_of_their_own_in_full_rows() -> None:
    text = "任务 |\n牵头单位 |\n建清单 |\n区司法局 |\n办讲堂 |\n区教体局 |\n"
    assert tables(text) == [[["任务", "牵头单位"], ["建清单", "区司法局"], ["办讲堂", "区教体局"]]]


def test_a_header_over_two_rows_and_a_row_that_is_cut_short() -> None:
    head = "领域 |\n序号 |\n项目名称 |\n责任单位 |\n备注 |\n|\n牵头部门 |\n配合部门 |\n||||\n"
    [piece] = with_tables(lines(head + "水环境 |\n1 |\n清淤"))
    assert isinstance(piece, RawTable)
    shape = [(c.row, c.column, c.row_span, c.column_span) for c in piece.cells if c.row < 2]
    assert shape == [
        (0, 0, 2, 1),
        (0, 1, 2, 1),
        (0, 2, 2, 1),
        (0, 3, 1, 2),
        (0, 5, 2, 1),
        (1, 3, 1, 1),
        (1, 4, 1, 1),
    ]
    assert [c.pieces[0].text for c in piece.cells if c.row == 2 and c.pieces] == ["水环境", "1", "清淤"]


def test_a_grid_drawn_with_box_characters() -> None:
    text = "┌──┬──┐\n│任务│责任单位│\n├──┼──┤\n│建清单│区司法局│\n└──┴──┘"
    assert tables(text) == [[["任务", "责任单位"], ["建清单", "区司法局"]]]


def test_tab_separated_rows_with_a_line_end_inside_a_cell() -> None:
    text = "序号\t任务\t牵头单位\n1\t建清单\n并公布\t区司法局\n2\t办讲堂\t区教体局\n以上任务请落实。"
    assert tables(text) == [
        [["序号", "任务", "牵头单位"], ["1", "建清单/并公布", "区司法局"], ["2", "办讲堂", "区教体局"]]
    ]


def test_comma_separated_values() -> None:
    text = '序号,任务,牵头单位\n1,"建清单,并公布",区司法局\n2,办讲堂,\n'
    assert tables(text) == [
        [["序号", "任务", "牵头单位"], ["1", "建清单,并公布", "区司法局"], ["2", "办讲堂", ""]]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "来源:云溪日报 | 作者:某某\n正文开始。",
        "首页 | 要闻 | 公开\n云溪区任务分解方案",
        "推进“A|B”对比测试。\n第二行 | 也是句子。",
        "区委办\t区政府办\n区司法局\t区民政局",
        "建立任务,牵头单位,责任单位三级清单。\n二是公布。",
        "——坚持党的领导。\n——坚持人民至上。",
        "||||||||\n||||",
        "\n\n",
    ],
)
def test_prose_stays_prose(text: str) -> None:
    assert tables(text) == []
    assert with_tables(lines(text)) == lines(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "|",
                "a |",
                "| b |",
                "任务 |",
                "1",
                "牵头单位 | 任务",
                "",
                "|---|",
                "x\ty",
                "序号\t任务",
                "句子。",
            ]
        )
    )
)
def test_no_character_is_lost_or_moved(rows: list[str]) -> None:
    text = "\n".join(rows)
    pieces = [
        part
        for piece in with_tables(lines(text))
        for part in (
            [piece] if isinstance(piece, Piece) else [p for cell in piece.cells for p in cell.pieces]
        )
    ]
    for part in pieces:
        start = part.runs[0].place if part.runs else None
        if isinstance(start, FilePlace):
            assert text[start.offset : start.offset + len(part.text)] == part.text
    kept = "".join(part.text for part in pieces)
    drawn = "|-\t\n "
    assert sorted(c for c in kept if c not in drawn) == sorted(c for c in text if c not in drawn)


def test_long_lines_of_signs_take_no_time() -> None:
    for line in ("-" * 200_000 + "x|", "|" * 200_000 + "x", '"' * 100_000, " " * 200_000 + "|"):
        with_tables(lines(f"序号,任务,牵头单位\n{line},\n| a | b |\n{line}"))
