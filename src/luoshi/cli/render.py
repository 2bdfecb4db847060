"""What `luoshi read` prints: how each format turns a plan into text, and how several plans are put together.

The functions named `…_of` run in the process that reads a file, so that several files are also written at the
same time; they are found there by their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import IO, TYPE_CHECKING

from luoshi.cli.failure import ExtraMissing
from luoshi.core.document.model import Document
from luoshi.core.errors import Phrase
from luoshi.core.plan.model import Plan

if TYPE_CHECKING:
    from luoshi.intake.folder import Outcome


class Format(StrEnum):
    """What to print."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    yaml = "yaml"
    xlsx = "xlsx"
    markdown = "markdown"
    text = "text"


def json_of(_: Document, plan: Plan, *, language: str) -> str:
    """One JSON object over many lines."""
    from luoshi.core.plan.serial import plan_to_json

    return plan_to_json(plan, language, pretty=True)


def line_of(_: Document, plan: Plan, *, language: str) -> str:
    """One JSON object on one line."""
    from luoshi.core.plan.serial import plan_to_json

    return plan_to_json(plan, language) + "\n"


def yaml_of(_: Document, plan: Plan, *, language: str) -> str:
    """One YAML document."""
    from luoshi.core.plan.export.yaml import to_yaml

    return to_yaml(plan, language)


def markdown_of(_: Document, plan: Plan, *, language: str) -> str:
    """One Markdown document."""
    from luoshi.core.plan.export.markdown import to_markdown

    return to_markdown(plan, language)


def text_of(_: Document, plan: Plan, *, language: str) -> str:
    """The clean text that all spans count in, as it is."""
    del language
    return plan.text if plan.text.endswith("\n") else plan.text + "\n"


@dataclass(frozen=True, slots=True)
class Writer:
    """How a text format is written.

    Attributes:
        render: the text of one plan.
        between: what parts plans.
        before, after: what stands around several plans.
        end: what ends the output.
    """

    render: Callable[..., str]
    between: str = ""
    before: str = ""
    after: str = ""
    end: str = ""

    def write(self, parts: Iterable[str], stream: IO[str], *, many: bool) -> None:
        """Write the texts of plans, each as soon as it is there.

        Args:
            parts: from `render`.
            stream: where to.
            many: whether a folder or several files were asked for.
        """
        written = False
        for part in parts:
            lead = self.between if written else self.before if many else ""
            stream.write(lead + part)
            stream.flush()
            written = True
        if many:
            stream.write(self.after if written else self.before.rstrip("\n") + self.after.lstrip("\n"))
        stream.write(self.end if written or many else "")


WRITERS = {
    Format.json: Writer(json_of, between=",\n", before="[\n", after="\n]", end="\n"),
    Format.jsonl: Writer(line_of),
    Format.yaml: Writer(yaml_of),
    Format.markdown: Writer(markdown_of, between="\n---\n\n"),
    Format.text: Writer(text_of, between="\f"),
}


def renderer(format: Format, language: str) -> Callable[[Document, Plan], str] | None:
    """What the process that reads a file makes of its plan; None where the plan itself is needed.

    Raises:
        ExtraMissing: the format needs a library that is not installed.
    """
    if format is Format.yaml:
        with_extra(format, "yaml")
    if format is Format.xlsx:
        with_extra(format, "xlsxwriter")
    writer = WRITERS.get(format)
    return partial(writer.render, language=str(language)) if writer else None


def with_extra(format: Format, module: str) -> None:
    """Check that the library that a format needs is there.

    Raises:
        ExtraMissing: it is not.
    """
    from importlib.util import find_spec

    if find_spec(module) is None:
        what = Phrase(f"导出 {format} ", f"Writing {format}")
        raise ExtraMissing(what=what, module=module, extra="export")


def write_tables(outcomes: Iterable[Outcome], stream: IO[str], language: str) -> None:
    """Tables for people. They are laid out here, where the width of the terminal is known."""
    from luoshi.cli.table import console_for, print_plan
    from luoshi.intake.lines import file_lines

    console = console_for(stream)
    for outcome in outcomes:
        if outcome.document is not None and outcome.plan is not None:
            lines = file_lines(outcome.path, outcome.document.format) if outcome.plan.findings else None
            print_plan(console, outcome.document, outcome.plan, language, lines)
            stream.flush()


def workbook(outcomes: Iterable[Outcome], language: str) -> bytes:
    """An Excel workbook of all plans."""
    from luoshi.core.plan.export.workbook import to_workbook

    return to_workbook((outcome.plan for outcome in outcomes if outcome.plan is not None), language)
