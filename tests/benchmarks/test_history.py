"""Benchmarks tell gains from losses and compare like with like."""

from __future__ import annotations

import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from benchmarks import history
from benchmarks.bench_accuracy import values
from benchmarks.history import Run, append, change, last_like, table
from benchmarks.measure import Result, alternate, median_ratio, run


def result(value: float, unit: str = "×", better: str = "lower", goal: float | None = None) -> Result:
    return Result("name", value, unit, better, "what", goal)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (result(0.3), 0.4, "gain -25%"),
        (result(0.4), 0.3, "LOSS +33%"),
        (result(0.3), 0.301, "="),
        (result(1.9, better="higher"), 1.5, "gain +27%"),
        (result(0.98, "F1", "higher"), 0.99, "LOSS -0.01"),
        (result(1.0, "F1", "higher"), 1.0, "="),
        (result(2, ""), 0, "LOSS +2"),
        (result(0.3), None, "new"),
    ],
)
def test_changes_are_told_with_their_direction(now: Result, before: float | None, words: str) -> None:
    assert change(now, before) == words


def test_goals_are_met_from_their_side() -> None:
    assert result(0.3, goal=0.35).met is True
    assert result(0.4, goal=0.35).met is False
    assert result(1.8, better="higher", goal=1.7).met is True
    assert result(1.8).met is None


def test_runs_are_compared_with_the_last_one_of_their_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "HISTORY", tmp_path / "history.jsonl")
    assert last_like(Run("sample", False, [])) is None
    append(Run("sample", False, [result(1)]))
    append(Run("sample", False, [result(2)]))
    append(Run("sample", True, [result(3)]))
    append(Run("corpus", False, [result(4)]))
    append(Run("sample", False, [result(5)], ["growth"]))
    found = last_like(Run("sample", False, []))
    assert found is not None
    assert found["results"] == {"name": 2}
    part = last_like(Run("sample", False, [], ["growth"]))
    assert part is not None
    assert part["results"] == {"name": 5}


def test_the_table_shows_goals_and_losses() -> None:
    run = Run("sample", False, [result(0.5, goal=0.35)])
    line = table(run, {"results": {"name": 0.4}}).splitlines()[-1]
    assert line == "| name | 0.5 × | ≤ 0.35 **missed** | LOSS +25% | what |"


def test_the_cost_of_a_command_is_its_own() -> None:
    ballast = bytearray(150_000_000)
    small = run([sys.executable, "-I", "-S", "-c", "pass"])
    large = run([sys.executable, "-I", "-S", "-c", "x = bytearray(100_000_000)"])
    assert len(ballast) > 0
    assert small.megabytes < 60 < 100 < large.megabytes
    with pytest.raises(CalledProcessError):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_works_take_turns() -> None:
    order: list[str] = []
    seconds = alternate(2, a=lambda: order.append("a"), b=lambda: order.append("b"))
    assert order == ["a", "b"] * 3
    assert [len(found) for found in seconds.values()] == [2, 2]
    assert median_ratio([2, 9, 4], [1, 3, 4]) == 2


def test_what_is_compared_of_a_field() -> None:
    item = {
        "leads": [{"name": "甲"}, {"name": "甲"}],
        "responsibles": ["乙"],
        "targets": [{"value": 100, "unit": "%"}],
        "deadlines": [{"kind": "date", "value": "2025-12-31"}],
    }
    assert values(item, "leads") == Counter({"甲": 2})
    assert values(item, "responsibles") == Counter({"乙": 1})
    assert values(item, "targets") == Counter({(Decimal(100), "%"): 1})
    assert values(item, "deadlines") == Counter({("date", "2025-12-31"): 1})
    assert values({}, "targets") == Counter()
