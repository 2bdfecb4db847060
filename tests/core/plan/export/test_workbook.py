"""Workbooks open in Excel with every value, as text, number or day."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from luoshi.core.plan.export import workbook
from luoshi.core.plan.export.workbook import SHEETS, WorkbookTooLong, to_workbook
from luoshi.core.plan.model import BodyMention, Deadline, Finding, Metadata, Plan, Target, Task
from luoshi.core.source import Span
from tests.core.plan.strategies import plans


def rows(data: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(sheet).to_python()


def small_plan(**changes: object) -> Plan:
    lead = BodyMention("云溪区司法局", "云溪区司法局", Span(0, 1), False, "")
    others = tuple(BodyMention(name, name, Span(0, 1), True, "") for name in ("各镇", "各街道"))
    values: dict[str, object] = {
        "text": "1.壮大队伍。",
        "leads": (lead,),
        "responsibles": others,
        "targets": (
            Target("至少600人", Span(0, 1), ">=", Decimal(600), "人", "志愿者", None, "2023-12-31", ""),
        ),
        "deadlines": (
            Deadline("2023年底前", Span(0, 1), "date", "2023-12-31", ""),
            Deadline("每年", Span(0, 1), "recurring", "yearly", ""),
        ),
    }
    task = Task("t1", "1", "=SUM(A1)", None, None, span=Span(0, 1), **(values | changes))  # type: ignore[arg-type]
    doubt = Finding("no-lead", Span(0, 2), {"number": "1"}, ("甲", "乙"))
    return Plan(Metadata(file="方案.txt", title="方案"), "1.壮大队伍。", (), (), (task,), (doubt,))


def test_every_sheet_holds_its_part() -> None:
    data = to_workbook([small_plan()])
    assert CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names == [sheet.name[0] for sheet in SHEETS]
    task = rows(data, "任务")[1]
    assert task[:6] == ["方案.txt", "", "1", "=SUM(A1)", "云溪区司法局", "各镇、各街道"]
    assert task[6:8] == ["志愿者 ≥600人 (2023-12-31前)", "2023-12-31\n每年"]
    assert [row[1:3] for row in rows(data, "单位分工")[1:]] == [
        ["云溪区司法局", "牵头"],
        ["各镇", "责任"],
        ["各街道", "责任"],
    ]
    assert rows(data, "目标")[1][4:7] == [">=", 600, "人"]
    assert [row[3] for row in rows(data, "时限")[1:]] == [date(2023, 12, 31), ""]
    assert rows(data, "问题")[1][1:] == [
        *("警告", "no-lead", "任务1没有写明牵头部门。"),
        *("1.", 0, "甲、乙"),
    ]
    assert rows(data, "文件")[1][7:9] == [1, 1]


def test_headings_speak_english_too() -> None:
    data = to_workbook([small_plan()], "en")
    assert rows(data, "Tasks")[0][:4] == ["Document", "Section", "No.", "Task"]
    assert rows(data, "Findings")[1][1] == "warning"


def test_several_plans_share_the_sheets() -> None:
    assert len(rows(to_workbook([small_plan(), small_plan()]), "单位分工")) == 1 + 2 * 3


def test_the_same_plans_give_the_same_bytes() -> None:
    assert to_workbook([small_plan()]) == to_workbook([small_plan()])


def test_a_text_starting_with_an_equals_sign_is_no_formula() -> None:
    with zipfile.ZipFile(BytesIO(to_workbook([small_plan()]))) as parts:
        assert all(b"<f>" not in parts.read(name) for name in parts.namelist() if "sheet" in name)


def test_a_text_too_long_for_a_cell_says_that_it_was_cut() -> None:
    plan = small_plan(text="长" * 40_000)
    cell = rows(to_workbook([plan]), "任务")[1][9]
    assert isinstance(cell, str)
    assert len(cell) == 32_767
    assert cell.endswith("…(超出单元格上限,此处截断)")


def test_control_characters_and_half_characters_are_survived() -> None:
    cell = rows(to_workbook([small_plan(text="坏\x01\ud800字")]), "任务")[1][9]
    assert "\ufffd字" in str(cell)


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 3)
    with pytest.raises(WorkbookTooLong) as caught:
        to_workbook([small_plan()])
    assert "单位分工" in caught.value.message()


@settings(max_examples=20)
@given(plans(max_tasks=3))
def test_any_plan_has_one_row_a_task(plan: Plan) -> None:
    assert len(rows(to_workbook([plan]), "任务")) == 1 + len(plan.tasks)
