"""What earlier runs found, and the table that the last one is shown in."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.material import ROOT
from benchmarks.measure import Result
from luoshi import __version__

HISTORY = Path(__file__).with_name("history.jsonl")
TABLE = Path(__file__).with_name("README.md")

# Changes smaller than this share of the figure are noise of the machine; scores have none.
NOISE = {"×": 0.05, "s": 0.08, "MB": 0.03, "ms/page": 0.08, "ms": 0.3}


@dataclass(frozen=True)
class Run:
    """The figures of one run, with what they were measured on; `suites` when it was not all of them."""

    material: str
    quick: bool
    results: Sequence[Result]
    suites: Sequence[str] = ()

    def record(self) -> dict[str, Any]:
        """The run as a line of the history."""
        return {
            "version": __version__,
            "commit": commit(),
            "date": datetime.now(UTC).strftime("%Y-%m-%d"),
            "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
            "material": self.material,
            "quick": self.quick,
            **({"suites": list(self.suites)} if self.suites else {}),
            "results": {result.name: round(result.value, 4) for result in self.results},
        }


def commit() -> str:
    """The commit that is checked out, with `+` if files were changed since; empty outside a repository."""
    try:
        head = _git("rev-parse", "--short=10", "HEAD")
        return head + ("+" if _git("status", "--porcelain", "--", "src") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def last_like(run: Run) -> dict[str, Any] | None:
    """The last run in the history that measured the same things on the same material."""
    if not HISTORY.is_file():
        return None
    for line in reversed(HISTORY.read_text("utf-8").splitlines()):
        record: dict[str, Any] = json.loads(line)
        same = (record["material"], record["quick"], record.get("suites", []))
        if same == (run.material, run.quick, list(run.suites)):
            return record
    return None


def append(run: Run) -> None:
    """Add the run to the history."""
    with HISTORY.open("a", encoding="utf-8") as file:
        file.write(json.dumps(run.record(), ensure_ascii=False) + "\n")


def change(result: Result, before: float | None) -> str:
    """How the figure moved since `before`: gain, loss, or no change beyond noise."""
    if before is None:
        return "new"
    moved = result.value - before
    if abs(moved) <= NOISE.get(result.unit, 0.0) * abs(before) + 5e-5:
        return "="
    gain = (moved < 0) == (result.better == "lower")
    size = f"{moved / before:+.0%}" if before and result.unit in NOISE else f"{moved:+.4g}"
    return f"{'gain' if gain else 'LOSS'} {size}"


def table(run: Run, before: dict[str, Any] | None) -> str:
    """The figures as a Markdown table, with goals and what changed since the run before."""
    earlier = before["results"] if before else {}
    rows = [
        "| figure | value | goal | since the run before | what |",
        "|---|---:|---:|---|---|",
    ]
    for result in run.results:
        goal = "" if result.goal is None else f"{'≤' if result.better == 'lower' else '≥'} {result.goal:g}"
        mark = {True: " ✓", False: " **missed**", None: ""}[result.met]
        moved = change(result, earlier.get(result.name))
        value = f"{result.value:.4g} {result.unit}".strip()
        rows.append(f"| {result.name} | {value} | {goal}{mark} | {moved} | {result.meaning} |")
    return "\n".join(rows)


INTRODUCTION = """\
# Benchmarks

Written by `make bench`; earlier runs are in `history.jsonl`. A ratio is the median over runs that took turns,
in one process or one after the other, so it says more than any number of seconds on a machine that others
share. `corpus` is a set of real documents that is not part of the repository; without it the sample plan is
measured.
"""


def write_table(run: Run, before: dict[str, Any] | None) -> None:
    """Write the page that shows the run."""
    record = run.record()
    facts = (
        f"Luoshi {record['version']} ({record['commit']}), {record['date']}",
        f"Python {record['machine']['python']}, {record['machine']['cores']} cores",
        f"material: {run.material}{', quick run' if run.quick else ''}",
    )
    page = f"{INTRODUCTION}\n{'; '.join(facts)}.\n\n{table(run, before)}\n"
    TABLE.write_text(page, encoding="utf-8")
