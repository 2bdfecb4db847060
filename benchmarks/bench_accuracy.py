"""How right the reading is: F1 on the gold labels of the sample plan and, if there, of real documents."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.material import CORPUS, SAMPLE_GOLD, SAMPLES, SCORER, Material
from benchmarks.measure import COMMAND, Result
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan
from luoshi.core.plan.serial import plan_to_dict

GOALS: dict[str, dict[str, float]] = {
    "plans": {"items": 1, "leads": 1, "responsibles": 1, "targets": 0.95, "deadlines": 0.9},
    "documents": {"leads": 0.99, "responsibles": 0.99},
    "excerpts": {
        "items": 0.95,
        "leads": 0.95,
        "responsibles": 0.96,
        "targets": 0.85,
        "deadlines": 0.85,
        "citations": 0.95,
    },
    "sample": {"items": 1, "leads": 1, "responsibles": 1, "targets": 0.95, "deadlines": 0.95},
}
FIELDS = ("leads", "responsibles", "targets", "deadlines")


def bench(material: Material, *, quick: bool) -> Iterator[Result]:
    """F1 by field, and how many records have bodies invented in them."""
    del material, quick
    if SAMPLE_GOLD.is_file():
        yield from _scores("sample", sample_scores())
    if SCORER.is_file():
        for name, gold in (
            ("plans", CORPUS / "plans/gold.jsonl"),
            ("documents", CORPUS / "documents/gold.jsonl"),
            ("excerpts", CORPUS / "excerpts.dev.jsonl"),
        ):
            yield from _corpus(name, gold)


def _corpus(name: str, gold: Path) -> Iterator[Result]:
    command: list[str | Path] = [
        sys.executable,
        SCORER,
        gold,
        "--json",
        "--",
        COMMAND,
        "read",
        "--format",
        "jsonl",
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    scored = json.loads(done.stdout)
    yield from _scores(name, scored["f1"])
    for field, meaning in (
        ("invented", "records that assign nobody, in which bodies were found"),
        ("unread", "records that could not be read"),
        ("bad_spans", "spans whose characters are not their quotation"),
    ):
        count = scored[field]
        value = float(count if isinstance(count, int) else len(count))
        yield Result(f"accuracy/{name}/{field}", value, "", "lower", meaning, goal=0)


def _scores(name: str, scores: Mapping[str, float | None]) -> Iterator[Result]:
    for field, value in scores.items():
        if value is not None:
            goal = GOALS[name].get(field)
            yield Result(
                f"accuracy/{name}/{field}", value, "F1", "higher", f"{field} of the gold labels", goal=goal
            )


def sample_scores() -> dict[str, float]:
    """F1 of items (by their numbers) and of what they hold, on the sample plan."""
    counts = {field: [0, 0, 0] for field in ("items", *FIELDS)}
    for record in map(json.loads, SAMPLE_GOLD.read_text("utf-8").splitlines()):
        data = (SAMPLES / Path(record["file"]).name).read_bytes()
        plan = plan_to_dict(read_plan(open_document(data, record["file"])))
        found = {task["number"]: task for task in plan["tasks"]}
        wanted = {item["number"]: item for item in record["items"]}
        _count(counts["items"], Counter(found.keys()), Counter(wanted.keys()))
        for field in FIELDS:
            for number in found.keys() | wanted.keys():
                have, want = (values(side.get(number, {}), field) for side in (found, wanted))
                _count(counts[field], have, want)
    return {
        field: 2 * hit / (have + want) if have + want else 1.0 for field, (hit, have, want) in counts.items()
    }


def values(item: Mapping[str, Any], field: str) -> Counter[Any]:
    """What is compared of a field: names, values with units, kinds with values."""
    rows = item.get(field) or []
    if field == "targets":
        return Counter((Decimal(str(row["value"])), row["unit"]) for row in rows)
    if field == "deadlines":
        return Counter((row["kind"], row["value"]) for row in rows)
    return Counter(row["name"] if isinstance(row, Mapping) else row for row in rows)


def _count(cell: list[int], have: Counter[Any], want: Counter[Any]) -> None:
    cell[0] += (have & want).total()
    cell[1] += have.total()
    cell[2] += want.total()
