"""Small plans in every layout that offices use, each with what a careful reader finds in it.

The pages stand beside this file in `layouts`: a case opens with `=== its name`, then comes its text, and
below `---` one line a task: number, leads (L), responsible bodies (R), targets (T), deadlines (D), citations
(C); what a line leaves out must not be found. A line `! code` names a finding that must be reported.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from luoshi.core.document.open import open_document
from luoshi.core.plan.canonical import canonical_text, substance
from luoshi.core.plan.model import Deadline, Plan, Task
from luoshi.core.plan.read import read_plan

PAGES = sorted((Path(__file__).parent / "layouts").glob("*.txt"))


@dataclass(frozen=True)
class Case:
    """A small plan and the lines that say what it holds."""

    name: str
    text: str
    tasks: list[str]
    findings: list[str]


def pages() -> Iterator[Case]:
    """Every case of every page."""
    for page in PAGES:
        for block in page.read_text(encoding="utf-8").split("=== ")[1:]:
            name, rest = block.split("\n", 1)
            text, _, expected = rest.rpartition("---\n")
            lines = [unicodedata.normalize("NFKC", line) for line in expected.splitlines() if line]
            findings = [line[2:] for line in lines if line.startswith("! ")]
            yield Case(
                f"{page.stem}: {name}", text, [one for one in lines if not one.startswith("! ")], findings
            )


CASES = list(pages())


def read(text: str) -> Plan:
    """The plan that a text file holds."""
    return read_plan(open_document(text.encode(), "plan.txt"))


def line(task: Task) -> str:
    """A task as a line of a page."""
    parts = [
        task.number or "-",
        *listed("L", [body.name for body in task.leads]),
        *listed("R", [body.name for body in task.responsibles]),
        *listed("T", [f"{target.value.normalize():f}{target.unit}" for target in task.targets]),
        *listed("D", [due(deadline) for deadline in task.deadlines]),
        *listed("C", [citation.title for citation in task.citations]),
    ]
    return unicodedata.normalize("NFKC", " | ".join(parts))


def listed(sign: str, values: list[str]) -> list[str]:
    """One part of a line, or none."""
    return [f"{sign} {' '.join(values)}"] if values else []


def due(deadline: Deadline) -> str:
    """The value of a date or a recurrence, the kind of anything vaguer."""
    return deadline.value if deadline.kind in ("date", "recurring") else deadline.kind


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_layout_is_read_as_a_careful_reader_would(case: Case) -> None:
    plan = read(case.text)
    assert [line(task) for task in plan.tasks] == case.tasks
    assert set(case.findings) <= {finding.code for finding in plan.findings}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_span_quotes_the_text(case: Case) -> None:
    plan = read(case.text)
    for task in plan.tasks:
        assert task.span.of(plan.text) == task.text
        for body in (*task.leads, *task.responsibles):
            assert body.span.of(plan.text) == body.printed
        for value in (*task.targets, *task.deadlines):
            assert value.span.of(plan.text) == value.quote
            assert task.span.start <= value.span.start <= value.span.end <= task.span.end
        for measure in task.measures:
            assert measure.span.of(plan.text) == measure.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_canonical_text_reads_as_the_same_plan(case: Case) -> None:
    plan = read(case.text)
    if not plan.tasks:
        return
    again = read(canonical_text(plan))
    if case.name.startswith(("tables", "code")):
        assert [names(task) for task in again.tasks] == [names(task) for task in plan.tasks]
    else:
        assert substance(again) == substance(plan)


def names(task: Task) -> tuple[list[str], list[str]]:
    """Who leads a task and who is responsible for it."""
    return [body.name for body in task.leads], [body.name for body in task.responsibles]
