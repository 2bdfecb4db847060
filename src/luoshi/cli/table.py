"""Plans on a terminal: one table a plan, its findings below. A Chinese character takes two columns."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, Group
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from luoshi.core.document.model import Document
from luoshi.core.document.places import Lines, place_of, place_words
from luoshi.core.plan.export.wording import (
    body_words,
    due_words,
    pick,
    severity_words,
    target_words,
    task_words,
)
from luoshi.core.plan.findings import WEIGHT, message, severity
from luoshi.core.plan.model import Finding, Plan, Section, Task
from luoshi.core.source import Span

# Weight is told by word, shape and colour, never by colour alone.
SHAPES = {"error": ("✖", "bold red"), "warning": ("▲", "yellow"), "note": ("●", "cyan")}
# Columns of a file or pipe, which has no width of its own.
PIPE_WIDTH = 120
# Characters of the text shown before and after a quotation.
CONTEXT = 12

# What a line of Chinese may be cut into: a run of Latin letters and digits, or a character, each with the
# points that must not start a line. Samples: "2025-12-31", "局、"
UNITS = re.compile(r"(?:[A-Za-z0-9.%-]+|\S)[,.;:!?、。，；：！？）》”’〉」』)\]%]*\s*|\s+")

# A name in a list with the mark behind it, or a name that is a line of its own. Sample: "区司法局、"
NAMES = re.compile(r"[^、;\n]+(?:[、;]\s*|$)?")


def console_for(stream: IO[str]) -> Console:
    """A console that writes to `stream`: in colour and its own width on a terminal, plain elsewhere."""
    terminal = stream.isatty()
    return Console(
        file=stream,
        width=None if terminal else PIPE_WIDTH,
        color_system="auto" if terminal else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False if sys.platform == "win32" else None,
    )


def print_plan(
    console: Console, document: Document, plan: Plan, language: str, lines: Lines | None = None
) -> None:
    """Print what was read.

    Args:
        console: from `console_for`.
        document: the document, for places.
        plan: what was read from it.
        language: `zh` or `en`.
        lines: of the decoded file, if it is a text file.
    """
    console.print(_heading(plan, language))
    if plan.tasks:
        console.print(_tasks(plan, language))
    else:
        console.print(pick(language, "没有读到任务。", "No tasks were found."))
    if plan.findings:
        console.print(_findings(document, plan, language, lines))
    console.print()


def _heading(plan: Plan, language: str) -> Group:
    known = plan.metadata
    facts = [known.issuer, known.document_number, known.date, f"{known.file} ({known.format})"]
    tasks, findings = len(plan.tasks), len(plan.findings)
    targets = sum(len(task.targets) for task in plan.tasks)
    dues = sum(len(task.deadlines) for task in plan.tasks)
    counts = pick(
        language,
        f"任务 {tasks} 项,目标 {targets} 个,时限 {dues} 个,问题 {findings} 个",
        f"{tasks} tasks, {targets} targets, {dues} deadlines, {findings} findings",
    )
    return Group(
        Text(known.title or known.file, style="bold"),
        Text(" · ".join(fact for fact in facts if fact), style="dim"),
        Text(counts),
    )


@dataclass(frozen=True)
class Wrapped:
    """A text whose lines end only between `units`: names of a list stay whole, points do not start a line."""

    text: str
    units: re.Pattern[str] = UNITS

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        lines = self.text.splitlines() or [""]
        return Measurement(min(8, options.max_width), max(map(cell_len, lines))).clamp(
            max_width=options.max_width
        )

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        # Segments, not Text: lines that are cut already need not be cut again, which takes most of the time.
        for line in self._lines(options.max_width):
            yield Segment(line)
            yield Segment.line()

    def _lines(self, width: int) -> Iterator[str]:
        for paragraph in self.text.splitlines() or [""]:
            line = ""
            for unit in self.units.findall(paragraph):
                if line and cell_len(line + unit.rstrip()) > width:
                    yield from chop_cells(line.rstrip(), width)
                    line = ""
                # A name as wide as the column would push the mark behind it to a line of its own.
                full = cell_len(unit.rstrip()) > width
                line += unit.rstrip("、; ") if full else unit
            yield from chop_cells(line.rstrip(), width) or [""]


@dataclass(frozen=True)
class Column:
    """A column of the table of tasks; it is left out where no task has anything in it."""

    heading: tuple[str, str]
    ratio: int
    style: str
    units: re.Pattern[str]
    value: Callable[[Task, str], str]


COLUMNS = (
    Column(("任务", "Task"), 4, "", UNITS, lambda task, _: task_words(task)),
    Column(("牵头", "Lead"), 3, "green", NAMES, lambda task, language: body_words(task.leads, language)),
    Column(
        ("责任", "Responsible"), 4, "", NAMES, lambda task, language: body_words(task.responsibles, language)
    ),
    Column(
        ("目标", "Targets"),
        3,
        "magenta",
        UNITS,
        lambda task, language: "\n".join(target_words(target, language) for target in task.targets),
    ),
    Column(
        ("时限", "Due"),
        2,
        "cyan",
        UNITS,
        lambda task, language: "\n".join(due_words(due, language) for due in task.deadlines),
    ),
)


def _tasks(plan: Plan, language: str) -> Table:
    table = Table(header_style="bold", pad_edge=False)
    table.add_column(pick(language, "编号", "No."), no_wrap=True)
    shown = [column for column in COLUMNS if any(column.value(task, language) for task in plan.tasks)]
    for column in shown:
        table.add_column(pick(language, *column.heading), ratio=column.ratio, style=column.style)
    sections = {section.id: section for section in plan.sections}
    last: str | None = None
    for task in plan.tasks:
        if task.section != last and task.section in sections:
            _section(table, sections[task.section])
        last = task.section
        cells = (Wrapped(column.value(task, language), column.units) for column in shown)
        table.add_row(Text(task.number or task.id), *cells)
    return table


def _section(table: Table, section: Section) -> None:
    table.add_section()
    table.add_row(Text(section.number, style="bold"), Wrapped(section.title), style="bold")
    table.add_section()


def _findings(document: Document, plan: Plan, language: str, lines: Lines | None) -> Group:
    ordered = sorted(plan.findings, key=lambda found: (WEIGHT[severity(found)], found.span, found.code))
    title = Text(pick(language, f"问题 {len(ordered)} 个", f"{len(ordered)} findings"), style="bold")
    return Group(title, *(_finding(document, plan, found, language, lines) for found in ordered))


def _finding(document: Document, plan: Plan, finding: Finding, language: str, lines: Lines | None) -> Padding:
    weight = severity(finding)
    shape, style = SHAPES[weight]
    said = Text.assemble(
        (f"{shape} {severity_words(weight, language)}", style), " ", message(finding, language)
    )
    place = place_words(place_of(document, finding.span), language, lines)
    said.append(f"  [{place}] " if place else "  ", style="dim")
    said.append_text(quotation(plan.text, finding.span))
    if finding.candidates:
        nothing = pick(language, "(空)", "(nothing)")
        near = pick(language, "、", "; ").join(name or nothing for name in finding.candidates)
        said.append(pick(language, f" 可选:{near}", f" choices: {near}"), style="italic")
    return Padding(said, (0, 0, 0, 2), expand=False)


def quotation(text: str, span: Span, context: int = CONTEXT) -> Text:
    """The words at `span` underlined between a few words of their paragraph, on one line."""
    before = text[max(span.start - context, 0) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + context].partition("\n")[0]
    words = span.of(text)
    if len(words) > 4 * context:
        words = words[: 2 * context] + "…" + words[-2 * context :]
    shown = Text()
    shown.append(before, style="dim")
    shown.append("⟦" + words.replace("\n", "⏎") + "⟧", style="underline")
    shown.append(after, style="dim")
    return shown
