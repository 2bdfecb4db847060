"""The explanation of a task on a terminal: for each field its rule, reason, quotation and place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

import luoshi.core.plan.read  # noqa: F401 (registers the rules that reasons come from)
from luoshi.cli.table import console_for, quotation
from luoshi.core.document.model import Document
from luoshi.core.document.places import Lines, place_of, place_words
from luoshi.core.plan.export.wording import due_words, pick, target_words, task_words
from luoshi.core.plan.findings import message
from luoshi.core.plan.model import Finding, Plan, Task
from luoshi.core.plan.rules import RULES
from luoshi.core.source import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """A field of a task: what it is, what was read, where, and by which rule (empty where none is kept)."""

    field: str
    value: str
    span: Span
    rule: str = ""


def reasons(plan: Plan, task: Task, language: str) -> Iterator[Reason]:
    """Every field of the task, then the findings in it, each kind in the order of the text."""
    yield Reason(pick(language, "任务", "Task"), task_words(task), task.span, task.rule)
    for body in task.leads:
        yield Reason(pick(language, "牵头", "Lead"), body.name, body.span, body.rule)
    for body in task.responsibles:
        yield Reason(pick(language, "责任", "Responsible"), body.name, body.span, body.rule)
    for target in task.targets:
        yield Reason(
            pick(language, "目标", "Target"), target_words(target, language), target.span, target.rule
        )
    for due in task.deadlines:
        yield Reason(pick(language, "时限", "Due"), due_words(due, language), due.span, due.rule)
    for cited in task.citations:
        yield Reason(pick(language, "依据", "Cites"), f"《{cited.title}》", cited.span)
    for measure in task.measures:
        yield Reason(pick(language, "举措", "Measure"), start_of(measure.text), measure.span)
    for finding in _inside(plan, task):
        yield Reason(
            pick(language, "问题", "Finding"), message(finding, language), finding.span, finding.code
        )


def _inside(plan: Plan, task: Task) -> list[Finding]:
    return sorted((f for f in plan.findings if f.span.inside(task.span)), key=lambda f: (f.span, f.code))


def start_of(text: str, length: int = 40) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def reason_words(rule: str, language: str) -> str:
    """Why a rule reads words as it does; empty for a name that is no rule of the grammar."""
    known = RULES.get(rule)
    return pick(language, known.zh, known.en) if known else ""


def print_explanation(
    document: Document, plan: Plan, task: Task, language: str, lines: Lines | None = None
) -> None:
    """Print why each field of the task was read as it was.

    Args:
        document: the document, for places.
        plan: what was read from it.
        task: one of its tasks.
        language: `zh` or `en`.
        lines: of the decoded file, if it is a text file.
    """
    console = console_for(sys.stdout)
    console.print(
        Text.assemble((f"{task.number or ''} {task_words(task)}".strip(), "bold"), (f"  {task.id}", "dim"))
    )
    for reason in reasons(plan, task, language):
        place = place_words(place_of(document, reason.span), language, lines)
        console.print(_block(plan.text, reason, place, language))


def _block(text: str, reason: Reason, place: str, language: str) -> Group:
    colon = pick(language, ":", ": ")
    detail: list[Text] = []
    words = reason_words(reason.rule, language)
    if reason.rule:
        label = pick(language, "规则", "rule") + colon
        detail.append(Text.assemble((label, "dim"), reason.rule, "  " if words else "", words))
    quoted = Text.assemble((pick(language, "原文", "words") + colon, "dim"))
    quoted.append_text(quotation(text, reason.span))
    at = f"  {reason.span.start}–{reason.span.end}" + (f"  [{place}]" if place else "")
    detail.append(quoted.append(at, style="dim"))
    head = Text.assemble((reason.field, "bold green"), " ", reason.value)
    return Group(head, *(Padding(line, (0, 0, 0, 4), expand=False) for line in detail))
