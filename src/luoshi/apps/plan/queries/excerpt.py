"""A task as it stands in the document: the lines around it, with every recognised word marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from luoshi.apps.document.queries import text_between
from luoshi.apps.plan.models import Task

# How much of the document is shown before and after a task, in characters, cut back to whole lines.
BEFORE, AFTER = 110, 200


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of the document that stand for something. `kind` is `lead`, `target`, `finding` …"""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks; `kinds` in a fixed order, empty for plain text."""

    text: str
    kinds: tuple[str, ...]

    @property
    def classes(self) -> str:
        """The CSS classes of the marks."""
        return " ".join(f"mark-{kind}" for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines before a task, the task line by line, and lines after it."""

    before: list[str]
    lines: list[list[Piece]]
    after: list[str]


def excerpt(task: Task, marks: Iterable[Mark]) -> Excerpt:
    """The surroundings of `task` in its document; marks outside the task are left out."""
    first = max(task.start - BEFORE, 0)
    text = text_between(task.plan.document_id, first, task.end + AFTER)
    start, end = task.start - first, task.end - first
    before, after = text[:start], text[end:]
    if first > 0:
        before = before[before.find("\n") + 1 :] if "\n" in before else ""
    if len(after) >= AFTER:
        after = after[: after.rfind("\n")] if "\n" in after else ""
    pieces = list(cut(text[start:end], task.start, marks))
    return Excerpt(_lines(before), list(_by_line(pieces)), _lines(after))


def cut(text: str, offset: int, marks: Iterable[Mark]) -> Iterator[Piece]:
    """`text` in pieces, each under the same marks throughout.

    Args:
        text: part of a document.
        offset: where it begins there; marks count from the beginning of the document.
        marks: may overlap and reach beyond the text.

    Example:
        >>> [(p.text, p.kinds) for p in cut("由区司法局牵头", 10, [Mark(11, 15, "lead")])]
        [('由', ()), ('区司法局', ('lead',)), ('牵头', ())]
    """
    inside = []
    for mark in marks:
        start, end = max(mark.start - offset, 0), min(mark.end - offset, len(text))
        if start < end:
            inside.append(Mark(start, end, mark.kind))
    borders = sorted({0, len(text), *(mark.start for mark in inside), *(mark.end for mark in inside)})
    for start, end in itertools.pairwise(borders):
        kinds = {mark.kind for mark in inside if mark.start <= start and end <= mark.end}
        yield Piece(text[start:end], tuple(sorted(kinds)))


def marks_of(task: Task) -> list[Mark]:
    """What was recognised in a task and what is doubtful about it, from its prefetched parts."""
    parts = [
        *((body, body.role) for body in task.bodies.all()),
        *((target, "target") for target in task.targets.all()),
        *((deadline, "deadline") for deadline in task.deadlines.all()),
        *((citation, "citation") for citation in task.citations.all()),
    ]
    marks = [
        Mark(part.start, part.end, kind)
        for part, kind in parts
        if part.start is not None and part.end is not None
    ]
    return marks + [Mark(finding.start, finding.end, "finding") for finding in task.findings.all()]


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _by_line(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces line by line; empty lines are left out."""
    line: list[Piece] = []
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        if first:
            line.append(Piece(first, piece.kinds))
        for text in rest:
            if line:
                yield line
            line = [Piece(text, piece.kinds)] if text else []
    if line:
        yield line
