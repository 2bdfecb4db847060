"""Tables of Word files: grid, merged cells, changes, tables in tables."""

from __future__ import annotations

from luoshi.core.document.docx import read
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, Piece, RawTable
from tests.writers.docx import abstract, cell, document, level, numbered, paragraph, row, run, table

BELOW = "<w:vMerge/>"
FIRST = '<w:vMerge w:val="restart"/>'


def extract(*body: str, **parts: str) -> Extract:
    return read(document(*body, **parts), file="a.docx", limits=Limits())


def grid(found: Extract) -> tuple[int, int, list[tuple[int, int, int, int, str]]]:
    """Rows, columns, and each cell as row, column, row span, column span, text."""
    (found_table,) = (piece for piece in found.pieces if isinstance(piece, RawTable))
    cells = [
        (c.row, c.column, c.row_span, c.column_span, "/".join(piece.text for piece in c.pieces))
        for c in found_table.cells
    ]
    return found_table.rows, found_table.columns, cells


def spans(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_a_plain_table_with_paragraphs_in_its_cells() -> None:
    found = extract(table(row("序号", "任务"), row("1", cell("第一段", "第二段"))))
    assert grid(found) == (
        2,
        2,
        [(0, 0, 1, 1, "序号"), (0, 1, 1, 1, "任务"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "第一段/第二段")],
    )


def test_merged_cells_stand_once() -> None:
    found = extract(
        table(
            row(cell("一、总体要求", props=spans(3))),
            row(cell("合并", props=FIRST), cell("甲"), cell("乙")),
            row(cell("", props=BELOW), cell("丙"), cell("丁", props=FIRST)),
            row(cell("", props=BELOW), cell("戊"), cell("", props=BELOW)),
        )
    )
    assert grid(found) == (
        4,
        3,
        [
            (0, 0, 1, 3, "一、总体要求"),
            (1, 0, 3, 1, "合并"),
            (1, 1, 1, 1, "甲"),
            (1, 2, 1, 1, "乙"),
            (2, 1, 1, 1, "丙"),
            (2, 2, 2, 1, "丁"),
            (3, 1, 1, 1, "戊"),
        ],
    )


def test_text_under_a_merged_cell_is_left_out_and_told() -> None:
    found = extract(table(row(cell("甲", props=FIRST)), row(cell("看不见", props=BELOW))))
    assert grid(found)[2] == [(0, 0, 2, 1, "甲")]
    assert found.notes == (("hidden-cell", "看不见"),)


def test_a_merge_without_beginning_is_a_cell_of_its_own() -> None:
    assert grid(extract(table(row("甲"), row(cell("乙", props=BELOW)))))[2] == [
        (0, 0, 1, 1, "甲"),
        (1, 0, 1, 1, "乙"),
    ]


def test_old_horizontal_merge() -> None:
    first, beside = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    found = extract(table(row(cell("甲", props=first), cell("", props=beside), cell("乙"))))
    assert grid(found) == (1, 3, [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")])


def test_rows_may_begin_further_right() -> None:
    found = extract(table(row("甲", "乙"), row("丙", props='<w:gridBefore w:val="1"/>')))
    assert grid(found) == (2, 2, [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 1, 1, 1, "丙")])


def test_deleted_rows_and_cells_are_gone_and_inserted_ones_stay() -> None:
    found = extract(
        table(
            row("甲", props="<w:ins/>"),
            row("删", props="<w:del/>"),
            row(cell("删", props="<w:cellDel/>"), cell("乙", props="<w:cellIns/>")),
        )
    )
    assert grid(found) == (2, 1, [(0, 0, 1, 1, "甲"), (1, 0, 1, 1, "乙")])


def test_a_tracked_merge_counts_as_done() -> None:
    rest, cont = '<w:cellMerge w:vMerge="rest"/>', '<w:cellMerge w:vMerge="cont"/>'
    assert grid(extract(table(row(cell("甲", props=rest)), row(cell("", props=cont)))))[2] == [
        (0, 0, 2, 1, "甲")
    ]


def test_rows_and_cells_in_content_controls() -> None:
    inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{cell('乙')}</w:sdtContent></w:sdt>"
    rows = f"<w:sdt><w:sdtContent><w:tr>{cell('甲')}{inner}</w:tr></w:sdtContent></w:sdt>"
    assert grid(extract(table(rows))) == (1, 2, [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")])


def test_a_table_in_a_cell_is_read_into_the_cell() -> None:
    inner = table(row("子甲", "子乙"), row("子丙", "子丁"))
    found = extract(table(row("外", cell("前", inner, "后"))))
    assert grid(found)[2][1] == (0, 1, 1, 1, "前/子甲/子乙/子丙/子丁/后")
    assert found.notes == (("nested-table", "子甲"),)


def test_the_column_of_numbers_is_counted_though_its_cells_are_empty() -> None:
    numbering = abstract(0, level(0, "decimal", "%1", more='<w:suff w:val="nothing"/>')) + numbered(1, 0)
    rows = [row(cell(paragraph("", num=(1, 0))), text) for text in ("甲", "乙")]
    assert [c[4] for c in grid(extract(table(*rows), numbering=numbering))[2]] == ["1", "甲", "2", "乙"]


def test_paragraphs_keep_counting_through_tables() -> None:
    found = extract("前", table(row("甲", "乙")), "后")
    last = found.pieces[-1]
    assert isinstance(last, Piece)
    assert last.runs[0].place.paragraph == 3  # type: ignore[union-attr]


def test_a_deleted_paragraph_end_does_not_leave_its_cell() -> None:
    gone = paragraph(run("甲"), props="<w:rPr><w:del/></w:rPr>")
    assert [c[4] for c in grid(extract(table(row(cell(gone), cell("乙")))))[2]] == ["甲", "乙"]
