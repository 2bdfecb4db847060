"""Workbooks: sheets as tables, cells as they are seen."""

from __future__ import annotations

import io
import time
from datetime import date, datetime

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.errors import DamagedDocument, EncryptedDocument, SuspiciousContent, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import CellPlace, Extract, Piece, RawTable, Style
from luoshi.core.document.xlsx import read
from tests.writers.docx import pack
from tests.writers.xlsx import files, inline, raw, sheet, workbook


def extract(data: bytes, **bounds: int) -> Extract:
    return read(data, file="任务.xlsx", limits=Limits(**bounds))  # type: ignore[arg-type]


def tables(found: Extract) -> list[RawTable]:
    return [piece for piece in found.pieces if isinstance(piece, RawTable)]


def grid(found: Extract) -> list[list[str]]:
    """The texts of the first table, row by row; paragraphs of a cell are parted by a slash."""
    table = tables(found)[0]
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = "/".join(piece.text for piece in cell.pieces)
    return rows


def test_a_task_table() -> None:
    rows = [
        ["云溪区重点任务分解表", None, None],
        ["序号", "任务", "牵头单位"],
        [1, "加强普法", "区司法局"],
        [2, "规范执法\n全程记录", "区司法局"],
    ]
    found = extract(workbook(rows, merged=["A1:C1", "C3:C4"]))
    assert found.format == "xlsx"
    (table,) = tables(found)
    assert (table.rows, table.columns) == (4, 3)
    assert [
        (c.row, c.column, c.row_span, c.column_span)
        for c in table.cells
        if (c.row_span, c.column_span) != (1, 1)
    ] == [
        (0, 0, 1, 3),
        (2, 2, 2, 1),
    ]
    assert grid(found) == [
        ["云溪区重点任务分解表", "", ""],
        ["序号", "任务", "牵头单位"],
        ["1", "加强普法", "区司法局"],
        ["2", "规范执法/全程记录", ""],
    ]
    assert found.notes == (("hidden-cell", "区司法局"),)


def test_every_character_knows_its_cell() -> None:
    cells = inline("C3", "甲") + inline("D3", "乙丙\n丁")
    found = extract(raw({"表一": sheet(f'<row r="3">{cells}</row>')}))
    (table,) = tables(found)
    assert (table.rows, table.columns) == (1, 2)
    places = [[piece.runs[0].place for piece in cell.pieces] for cell in table.cells]
    assert places == [
        [CellPlace("表一", 3, 3, 0)],
        [CellPlace("表一", 3, 4, 0), CellPlace("表一", 3, 4, 3)],
    ]


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (3, "", "3"),
        (0.95, "0%", "95%"),
        (12345.6, "#,##0.00", "12,345.60"),
        (date(2022, 12, 29), "yyyy/m/d", "2022/12/29"),
        (date(2022, 12, 29), 'yyyy"年"m"月"d"日"', "2022年12月29日"),
        (datetime(2022, 12, 29, 9, 5), "yyyy-mm-dd hh:mm", "2022-12-29 09:05"),  # noqa: DTZ001
        (True, "", "TRUE"),
        ("007", "", "007"),
        ("=1+1", "", "0"),
    ],
)
def test_values_as_they_are_seen(value: object, code: str, seen: str) -> None:
    assert grid(extract(workbook([[value]], formats={"A1": code} if code else {}))) == [[seen]]  # type: ignore[list-item]


def test_shared_inline_rich_and_escaped_strings() -> None:
    strings = (
        "<si><t>普通</t></si><si><r><t>丰</t></r><r><rPr/><t>富</t></r><rPh><t>ふ</t></rPh></si>"
        "<si><t>上_x000D_\n下_xD800_</t></si>"
    )
    cells = "".join(f'<c t="s"><v>{index}</v></c>' for index in range(3))
    rich = '<c t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r></is></c><c t="str"><f>A1</f><v>公式</v></c>'
    assert grid(extract(raw({"s": sheet(f"<row>{cells}{rich}</row>")}, strings=strings))) == [
        ["普通", "丰富", "上/下", "内联", "公式"]
    ]


def test_a_string_that_is_not_there_is_damage() -> None:
    for index in ("0", "-1", "x", "99999999999"):
        with pytest.raises(DamagedDocument, match="共享字符串"):
            extract(raw({"s": sheet(f'<row><c t="s"><v>{index}</v></c></row>')}))


def test_cells_without_a_reference_stand_one_after_another() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>"
    assert grid(extract(raw({"s": sheet(rows)}))) == [["1", "2"], ["", "3"]]


def test_errors_and_formulas_without_value_are_empty_and_told() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1"><f>1+1</f></c></row>'
    found = extract(raw({"s": sheet(rows)}))
    assert grid(found) == [["1"]]
    assert found.notes == (("cell-error", "s!B1 #N/A"), ("formula-without-value", "s!C1"))


def test_hidden_sheets_are_left_out_and_hidden_rows_are_not() -> None:
    seen = sheet(f'<row hidden="1">{inline("A1", "甲")}</row>')
    found = extract(
        raw({"见": seen, "藏": seen, "深藏": seen}, states={"藏": "hidden", "深藏": "veryHidden"})
    )
    assert len(tables(found)) == 1
    assert found.notes == (("hidden-rows", "见: 1"), ("hidden-sheet", "藏"), ("hidden-sheet", "深藏"))


def test_sheets_in_the_order_of_the_book_and_empty_ones_left_out() -> None:
    sheets = {name: sheet(f"<row>{inline('A1', name)}</row>") for name in ("乙", "空", "甲")}
    found = extract(raw({**sheets, "空": sheet("")}))
    assert [table.cells[0].pieces[0].text for table in tables(found)] == ["乙", "甲"]


def test_dates_of_old_macintosh_files() -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    rows = '<row><c s="0"><v>43462</v></c></row>'
    assert grid(extract(raw({"s": sheet(rows)}, styles=styles, date1904=True))) == [["2022/12/29"]]


def test_style_of_a_cell() -> None:
    styles = (
        '<fonts><font/><font><b/><sz val="16"/></font><font><b val="0"/><sz val="x"/></font></fonts>'
        '<cellXfs><xf fontId="1"><alignment horizontal="center"/></xf>'
        '<xf fontId="2"/><xf fontId="9"/></cellXfs>'
    )
    rows = "".join(f'<c s="{index}"><v>1</v></c>' for index in range(4))
    found = extract(raw({"s": sheet(f"<row>{rows}</row>")}, styles=styles))
    looks = [cell.pieces[0].style for cell in tables(found)[0].cells]
    assert looks == [Style("center", 0, True, 16.0), Style(), Style(), Style()]


def test_merged_cells_reach_no_further_than_the_used_range() -> None:
    rows = f"<row>{inline('A1', '题')}{inline('B1', '乙')}</row><row>{inline('A2', '丙')}</row>"
    found = extract(raw({"s": sheet(rows, merged=["B1:XFD1048576", "D9:E9", "A2:A2", "A1"])}))
    (table,) = tables(found)
    assert [(c.row, c.column, c.row_span, c.column_span) for c in table.cells] == [
        (0, 0, 1, 1),
        (0, 1, 2, 1),
        (1, 0, 1, 1),
    ]


def test_merged_cells_that_overlap_are_damage() -> None:
    rows = f"<row>{inline('A1', '甲')}{inline('C1', '丙')}</row>"
    with pytest.raises(DamagedDocument, match="重叠"):
        extract(raw({"s": sheet(rows, merged=["A1:B1", "B1:C1"])}))
    assert extract(raw({"s": sheet(rows, merged=["A1:B1", "A1:B1"])})).notes == ()


def test_limits() -> None:
    wide = sheet(f"<row r='1'>{inline('A1', '甲')}</row><row r='1048576'>{inline('XFD1048576', '乙')}</row>")
    with pytest.raises(TooLarge, match="单元格"):
        extract(raw({"s": wide}))
    two = sheet(f"<row>{inline('A1', '甲甲')}{inline('B1', '乙')}</row>")
    with pytest.raises(TooLarge, match="单元格"):
        extract(raw({"s": two, "t": two}), cells=3)
    with pytest.raises(TooLarge, match="字数"):
        extract(raw({"s": two, "t": two}), characters=5)
    assert len(tables(extract(raw({"s": two, "t": two}), characters=6, cells=4))) == 2


def test_what_is_refused() -> None:
    parts = files({"s": sheet("")})
    with pytest.raises(SuspiciousContent, match="宏"):
        extract(pack({**parts, "xl/vbaProject.bin": ""}))
    with pytest.raises(DamagedDocument, match="工作表"):
        extract(pack({**parts, "xl/_rels/workbook.xml.rels": "<Relationships/>"}))
    with pytest.raises(DamagedDocument, match="sheet1"):
        extract(pack({name: content for name, content in parts.items() if "sheet1" not in name}))
    with pytest.raises(EncryptedDocument):
        extract(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8)
values = (
    st.none()
    | texts.filter(lambda text: text[0] not in "=" and "_x" not in text)
    | st.integers(-(10**9), 10**9)
)


@given(st.lists(st.lists(values, min_size=3, max_size=3), min_size=1, max_size=5))
def test_texts_and_whole_numbers_agree_with_calamine(rows: list[list[str | int | None]]) -> None:
    data = workbook(rows)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    known = book.get_sheet_by_index(0).to_python()
    expected = [[str(int(value) if isinstance(value, float) else value) for value in row] for row in known]
    found = extract(data)
    assert _trimmed(grid(found) if found.pieces else []) == _trimmed(expected)


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """The rows and columns that hold visible text, without the space around it."""
    texts = [[value.strip() for value in row] for row in rows]
    used = [index for index in range(3) if any(len(row) > index and row[index] for row in texts)]
    return [[row[index] for index in range(used[0], used[-1] + 1)] for row in texts if any(row)]


def test_a_large_sheet_is_quick() -> None:
    data = workbook([[row, "推动区司法局落实依法治区工作", "区司法局", 0.5] for row in range(5_000)])
    start = time.perf_counter()
    found = extract(data)
    assert time.perf_counter() - start < 3
    assert tables(found)[0].rows == 5_000


def test_pieces_hold_no_line_end() -> None:
    found = extract(workbook([["甲\r\n乙\r丙\n\n  \n丁"]]))
    pieces = [piece for cell in tables(found)[0].cells for piece in cell.pieces]
    assert all(isinstance(piece, Piece) for piece in pieces)
    assert [piece.text for piece in pieces] == ["甲", "乙", "丙", "丁"]
