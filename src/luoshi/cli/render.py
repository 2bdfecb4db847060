"""What `luoshi read` prints: one function a format, from what was read to a stream of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import IO

from luoshi.cli.failure import ExtraMissing
from luoshi.cli.readings import Reading
from luoshi.core.errors import Phrase
from luoshi.core.plan.serial import plan_to_json


class Format(StrEnum):
    """What to print."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    yaml = "yaml"
    xlsx = "xlsx"
    markdown = "markdown"
    text = "text"


def write_table(readings: Iterable[Reading], stream: IO[str], language: str, *, many: bool) -> None:
    """Tables for people."""
    from luoshi.cli.table import console_for, print_plan
    from luoshi.intake.lines import file_lines

    console = console_for(stream)
    for reading in readings:
        lines = file_lines(reading.path, reading.document.format) if reading.plan.findings else None
        print_plan(console, reading.document, reading.plan, language, lines)


def write_json(readings: Iterable[Reading], stream: IO[str], language: str, *, many: bool) -> None:
    """One JSON object; a list of them when a folder or several files were asked for."""
    separator = "[\n" if many else ""
    for reading in readings:
        stream.write(separator + plan_to_json(reading.plan, language, pretty=True))
        separator = ",\n"
    if many:
        stream.write("\n]" if separator.startswith(",") else "[]")
    stream.write("\n" if many or separator else "")


def write_jsonl(readings: Iterable[Reading], stream: IO[str], language: str, *, many: bool) -> None:
    """One JSON object a line, each as soon as it is there."""
    for reading in readings:
        stream.write(plan_to_json(reading.plan, language) + "\n")
        stream.flush()


def write_yaml(readings: Iterable[Reading], stream: IO[str], language: str, *, many: bool) -> None:
    """One YAML document a plan."""
    try:
        from luoshi.core.plan.export.yaml import to_yaml
    except ModuleNotFoundError as error:
        raise export_missing("yaml", error) from None

    for reading in readings:
        stream.write(to_yaml(reading.plan, language))


def write_markdown(readings: Iterable[Reading], stream: IO[str], language: str, *, many: bool) -> None:
    """Markdown, plans parted by a rule."""
    from luoshi.core.plan.export.markdown import to_markdown

    for index, reading in enumerate(readings):
        stream.write("\n---\n\n" if index else "")
        stream.write(to_markdown(reading.plan, language))


def write_text(readings: Iterable[Reading], stream: IO[str], language: str, *, many: bool) -> None:
    """The clean text that all spans count in, as it is; plans parted by a form feed."""
    for index, reading in enumerate(readings):
        text = reading.plan.text
        stream.write(("\f" if index else "") + text + ("" if text.endswith("\n") else "\n"))


def workbook(readings: Iterable[Reading], language: str) -> bytes:
    """An Excel workbook of all plans."""
    try:
        from luoshi.core.plan.export.workbook import to_workbook
    except ModuleNotFoundError as error:
        raise export_missing("xlsx", error) from None
    return to_workbook((reading.plan for reading in readings), language)


def export_missing(format: str, error: ModuleNotFoundError) -> ExtraMissing:
    """The error that says how to install what a format needs."""
    what = Phrase(f"导出 {format} ", f"Writing {format}")
    return ExtraMissing(what=what, module=error.name, extra="export")


Write = Callable[..., None]
WRITERS: dict[Format, Write] = {
    Format.table: write_table,
    Format.json: write_json,
    Format.jsonl: write_jsonl,
    Format.yaml: write_yaml,
    Format.markdown: write_markdown,
    Format.text: write_text,
}
