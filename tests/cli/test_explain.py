"""`luoshi explain`: the rule, the words and the place behind each field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from luoshi.cli.explain import NoSuchTask, NoTasks, SeveralTasks, find_task
from luoshi.core.plan.model import Metadata, Plan, Task
from luoshi.core.plan.rules import RULES
from luoshi.core.source import Span
from tests.cli.conftest import Said

Run = Callable[..., Said]


def test_every_field_has_its_rule_its_words_and_its_place(luoshi: Run, plan: Path) -> None:
    said = luoshi("explain", plan, "1", COLUMNS="200")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("1 开展宪法宣传")
    blocks = said.out.split("\n牵头 ")[1]
    assert blocks.startswith("区司法局")
    assert "⟦区司法局⟧" in blocks
    assert "[4:6]" in blocks
    for field in ("任务", "牵头", "责任", "目标", "时限"):
        assert f"\n{field} " in said.out
    lines = [line.split(":", 1)[1] for line in said.out.splitlines() if line.startswith("    规则:")]
    assert f"bodies.lead-label  {RULES['bodies.lead-label'].zh}" in lines
    assert {line.split()[0].split(".")[0] for line in lines} >= {"bodies", "target", "time"}


def test_reasons_come_in_english_too(luoshi: Run, plan: Path) -> None:
    said = luoshi("explain", plan, "1", "--language", "en")
    assert "\nLead 区司法局" in said.out
    assert "rule: " in said.out
    assert "[4:6]" in said.out


def test_number_and_id_name_the_same_task(luoshi: Run, plan: Path) -> None:
    by_number = luoshi("explain", plan, "2")
    task_id = by_number.out.splitlines()[0].split()[-1]
    assert luoshi("explain", plan, task_id).out == by_number.out


def test_findings_in_the_task_are_told(luoshi: Run, plan: Path) -> None:
    assert "\n问题 任务2没有写明牵头部门。" in luoshi("explain", plan, "2").out


def test_an_unknown_task_is_told_with_those_there_are(luoshi: Run, plan: Path) -> None:
    said = luoshi("explain", plan, "99", "--language", "en")
    assert (said.out, said.code) == ("", 2)
    assert said.err == ("plan.txt has no task with the number or id “99”; use one of these: 1、2.\n")


def test_a_file_that_cannot_be_read_is_told(luoshi: Run, folder: Path) -> None:
    said = luoshi("explain", folder / "empty.txt", "1")
    assert (said.out, said.code) == ("", 2)
    assert "empty.txt" in said.err


def tasks(*named: tuple[str, str | None]) -> Plan:
    made = tuple(Task(name, number, f"任务{name}", None, None, "文", Span(0, 1)) for name, number in named)
    return Plan(Metadata(file="a.txt"), "文", (), (), made, ())


def test_an_id_wins_over_a_number() -> None:
    assert find_task(tasks(("t1", "t2"), ("t2", "1")), "t2").id == "t2"


def test_a_number_used_twice_asks_for_the_id() -> None:
    with pytest.raises(SeveralTasks) as caught:
        find_task(tasks(("t1", "1"), ("t2", "1")), "1")
    assert "t1(任务t1)、t2(任务t2)" in caught.value.message("en")


def test_no_task_at_all_is_said_as_such() -> None:
    with pytest.raises(NoTasks):
        find_task(tasks(), "1")
    with pytest.raises(NoSuchTask):
        find_task(tasks(("t1", None)), "1")
