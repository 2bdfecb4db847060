"""A passage of the document as the review draws it: blocks of text, cut where marks start and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast

from luoshi.apps.document.anatomy import unpack_blocks
from luoshi.apps.document.models import StoredPassage
from luoshi.apps.document.queries import text_between
from luoshi.apps.plan.models import (
    Citation,
    Convention,
    Deadline,
    Finding,
    Plan,
    Section,
    Target,
    Task,
    TaskBody,
)
from luoshi.core.document.model import Block, Paragraph, Style, Table
from luoshi.core.plan.marking import Mark, Segment, segments
from luoshi.core.source import Span

PLAIN = Style()
SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters under the same marks.

    Attributes:
        classes: what they look like.
        keys: what lies over them (`b12`, `f3`), for the page's script.
        task: position of the task that the narrowest mark belongs to, or None.
    """

    text: str
    classes: str = ""
    keys: str = ""
    task: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or what stands in a cell; `task` is the position of the task that it belongs to."""

    pieces: tuple[Piece, ...]
    task: int | None = None
    begins: str = ""
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table."""

    line: Line
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block: a paragraph (`line`) or a table (`rows`)."""

    line: Line | None = None
    rows: tuple[tuple[Box, ...], ...] = ()


@dataclass(slots=True)
class _Sheet:
    """What is known about the characters of one passage."""

    text: str
    start: int
    marks: list[Mark] = field(default_factory=list)
    owners: dict[str, int | None] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)

    def add(self, kind: str, key: str, start: int, end: int, task: int | None) -> None:
        self.marks.append(Mark(Span(start, end), kind, key))
        self.owners[key] = task


def draw(plan: Plan, passage: StoredPassage) -> list[Drawn]:
    """The blocks of `passage` with everything recognised in them, in a fixed number of queries."""
    sheet = _Sheet(text_between(plan.document_id, passage.start, passage.end), passage.start)
    _gather(sheet, plan, passage.start, passage.end)
    sheet.marks.sort(key=lambda mark: mark.span)
    return list(_blocks(sheet, unpack_blocks(passage.blocks), passage.end))


def _gather(sheet: _Sheet, plan: Plan, start: int, end: int) -> None:
    """The marks that touch the characters between `start` and `end`, and the tasks there."""
    here = {"start__lte": end, "end__gte": start}
    sheet.tasks = list(Task.objects.filter(plan=plan, **here).defer("text", "read").order_by("position"))
    for kind, letter, key, first, last, task in _recognised(plan, here):
        sheet.add(kind, f"{letter}{key}", first, last, task)
    doubts = Finding.objects.filter(plan=plan, **here).select_related("task").defer("task__text")
    for finding in doubts.order_by("start", "position"):
        kind = "settled" if finding.state != Finding.State.OPEN else SEVERITIES[finding.severity]
        owner = finding.task.position if finding.task else None
        sheet.add(f"finding-{kind}", f"f{finding.pk}", finding.start, finding.end, owner)


def _recognised(plan: Plan, here: dict[str, int]) -> Iterable[tuple[str, str, int, int, int, int | None]]:
    """Kind, letter, primary key, span and position of the task of all that was read, in one query."""
    of_plan: tuple[tuple[type[Model], str, str], ...] = (
        (Section, "section", "s"),
        (Convention, "convention", "k"),
    )
    of_tasks: tuple[tuple[type[Model], str, str], ...] = (
        (TaskBody, "", "b"),
        (Target, "target", "n"),
        (Deadline, "deadline", "d"),
        (Citation, "citation", "c"),
    )
    queries = [
        _spans(model, kind, letter, Cast(Value(None), IntegerField()), {"plan": plan, **here})
        for model, kind, letter in of_plan
    ] + [
        _spans(model, kind, letter, F("task__position"), {"task__plan": plan, **here})
        for model, kind, letter in of_tasks
    ]
    return queries[0].union(*queries[1:], all=True)


def _spans(model: type[Model], kind: str, letter: str, task: Any, which: dict[str, Any]) -> QuerySet[Any]:
    """Rows of one kind in the columns that all kinds share; without a kind, their role is it."""
    rows = model._default_manager.filter(**which).order_by()
    spans: QuerySet[Any] = rows.annotate(
        _kind=Value(kind, CharField()) if kind else F("role"), _letter=Value(letter, CharField()), _task=task
    ).values_list("_kind", "_letter", "pk", "start", "end", "_task")
    return spans


def _blocks(sheet: _Sheet, blocks: Iterable[Block], end: int) -> Iterator[Drawn]:
    at = sheet.start
    for block in blocks:
        yield from _between(sheet, at, block.span.start)
        if isinstance(block, Paragraph):
            yield Drawn(_line(sheet, block.span, block.style))
        else:
            yield Drawn(rows=_rows(sheet, block))
        at = block.span.end
    yield from _between(sheet, at, end)


def _between(sheet: _Sheet, start: int, end: int) -> Iterator[Drawn]:
    """Text that belongs to no block is shown too: the page never hides a word of the document."""
    if sheet.text[start - sheet.start : end - sheet.start].strip():
        yield Drawn(_line(sheet, Span(start, end), PLAIN))


def _rows(sheet: _Sheet, table: Table) -> tuple[tuple[Box, ...], ...]:
    rows: list[list[Box]] = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        rows[cell.row].append(Box(_line(sheet, cell.span, PLAIN), cell.row_span, cell.column_span))
    return tuple(tuple(row) for row in rows)


def _line(sheet: _Sheet, span: Span, style: Style) -> Line:
    text = sheet.text[span.start - sheet.start : span.end - sheet.start].rstrip("\n")
    span = Span(span.start, span.start + len(text))
    pieces = tuple(_piece(sheet, segment) for segment in segments(text, _touching(sheet.marks, span), span))
    task = _task_at(sheet.tasks, span)
    begins = (
        task.number or task.key if task and span.start <= task.start < max(span.end, span.start + 1) else ""
    )
    return Line(pieces, task.position if task else None, begins, style)


def _touching(marks: Sequence[Mark], span: Span) -> Iterator[Mark]:
    """The marks (in order of their start) that may lie over `span`."""
    last = bisect_right(marks, span.end, key=lambda mark: mark.span.start)
    return (mark for mark in marks[:last] if mark.span.end >= span.start)


def _task_at(tasks: Sequence[Task], span: Span) -> Task | None:
    """The innermost task that holds the beginning of `span`, or begins in it."""
    holding = [task for task in tasks if task.start < max(span.end, span.start + 1) and span.start < task.end]
    return max(holding, key=lambda task: (task.start <= span.start, task.start, -task.end), default=None)


def _piece(sheet: _Sheet, segment: Segment) -> Piece:
    if not segment.marks:
        return Piece(segment.text)
    kinds = [mark.kind for mark in segment.marks]
    classes = " ".join(f"mark-{kind}" for kind in dict.fromkeys(kinds))
    if not segment.text:
        classes += " mark-point"
    narrowest = min(segment.marks, key=lambda mark: (len(mark.span), mark.key))
    keys = " ".join(mark.key for mark in segment.marks)
    return Piece(segment.text, classes, keys, sheet.owners[narrowest.key])
