"""`luoshi align`: a plan beside the text from above."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.conftest import Said

Run = Callable[..., Said]
UPSTREAM = """云溪市实施意见
一、加强宣传
1.开展宪法宣传。每年12月4日组织集中宣传，覆盖率达到100%。
2.完善社会组织年度检查办法，检查结果向社会公布。
"""


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """A text from above that assigns nobody."""
    file = tmp_path / "upstream.txt"
    file.write_text(UPSTREAM, "utf-8")
    return file


def test_a_table_says_what_is_met_and_what_is_not(luoshi: Run, upstream: Path, plan: Path) -> None:
    said = luoshi("align", upstream, plan, COLUMNS="160")
    assert (said.code, said.err) == (0, "")
    assert "上级条款2项:已对应 1, 部分对应 0, 未对应 1" in said.out
    assert "建好普法队伍" in said.out.split("没有对应条款的任务")[1]


def test_json_gives_every_span_in_both_texts(luoshi: Run, upstream: Path, plan: Path) -> None:
    found = json.loads(luoshi("align", upstream, plan, "-f", "json").out)
    assert [one["standing"] for one in found["upstream"]["duties"]] == ["met", "missing"]
    (pair,) = found["pairs"]
    for shared in pair["shared"]:
        start, end = shared["upstream"]
        assert UPSTREAM[start:end] == shared["words"]
        start, end = shared["plan"]
        assert plan.read_text("utf-8")[start:end] == shared["words"]


def test_a_plan_meets_itself(luoshi: Run, plan: Path) -> None:
    found = json.loads(luoshi("align", plan, plan, "-f", "json").out)
    assert {one["standing"] for one in found["plan"]["duties"]} == {"met"}
    assert [one["score"] for one in found["pairs"]] == [1, 1]


def test_a_workbook_has_three_sheets(luoshi: Run, upstream: Path, plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    assert luoshi("align", upstream, plan, "-f", "xlsx", "-o", file, "--language", "en").code == 0
    book = CalamineWorkbook.from_path(file)
    assert book.sheet_names == ["Clauses", "Tasks", "Pairs"]
    assert [row[2] for row in book.get_sheet_by_name("Clauses").to_python()] == ["Standing", "met", "not met"]


def test_a_text_that_asks_for_nothing_is_told(luoshi: Run, plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("你好\n", "utf-8")
    said = luoshi("align", file, plan, "--language", "en")
    assert said.code == 2
    assert said.err.startswith("No task or clause was found in note.txt")
