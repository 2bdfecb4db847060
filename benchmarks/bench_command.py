"""The command as people start it: cold on one plan, and on a folder of many."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.material import Material
from benchmarks.measure import COMMAND, Result, median_ratio, run


def bench(material: Material, *, quick: bool) -> Iterator[Result]:
    """Seconds and memory of `luoshi read`, and what a second worker brings."""
    yield from _cold(material.plan, rounds=3 if quick else 9)
    yield from _folder(material.plan, plans=100 if quick else 1000, rounds=1 if quick else 2)


def _cold(plan: Path, rounds: int) -> Iterator[Result]:
    words = (
        f"import jieba; jieba.setLogLevel(40); jieba.lcut(open({str(plan)!r}, encoding='utf-8-sig').read())"
    )
    ours, theirs = [], []
    for _ in range(rounds + 1):
        ours.append(run([COMMAND, "read", plan]))
        theirs.append(run([sys.executable, "-c", words]))
    # The first of each filled the file cache.
    ours, theirs = ours[1:], theirs[1:]
    yield Result(
        "cold/seconds",
        median(cost.seconds for cost in ours),
        "s",
        "lower",
        "`luoshi read` of the plan, from start to the last line of its table",
        goal=0.6,
    )
    yield Result(
        "cold/memory",
        median(cost.megabytes for cost in ours),
        "MB",
        "lower",
        "the most memory that it held",
        goal=80,
    )
    yield Result(
        "cold/words",
        median_ratio([cost.seconds for cost in ours], [cost.seconds for cost in theirs]),
        "×",
        "lower",
        "the same over a fresh process that cuts the text into words with jieba",
    )


def _folder(plan: Path, plans: int, rounds: int) -> Iterator[Result]:
    if (os.cpu_count() or 1) < 2:
        return
    data = plan.read_bytes()
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as name:
        for index in range(plans):
            # No two files are the same, as in life.
            (Path(name) / f"{index:04}.txt").write_bytes(data + f"\n{index}".encode())
        seconds: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(rounds):
            for jobs, found in seconds.items():
                command: list[str | Path] = [COMMAND, "read", "--format", "jsonl", "--jobs", str(jobs), name]
                found.append(run(command).seconds)
    yield Result(
        "folder/two-workers",
        median_ratio(seconds[1], seconds[2]),
        "×",
        "higher",
        f"a folder of {plans} plans: time on one worker over time on two",
        goal=1.7,
    )
