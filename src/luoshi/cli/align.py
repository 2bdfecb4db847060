"""`luoshi align`: a plan beside the text from above that it carries out."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from luoshi.cli.failure import told
from luoshi.cli.options import DebugOption, Language, LanguageOption
from luoshi.cli.output import refuse_terminal, text_output, write_binary
from luoshi.core.errors import LuoshiError
from luoshi.core.plan.export.wording import pick

if TYPE_CHECKING:
    from luoshi.core.alignment.aligned import Alignment, Side


class AlignmentFormat(StrEnum):
    """What to print."""

    table = "table"
    json = "json"
    xlsx = "xlsx"


class NothingToAlign(LuoshiError):
    """A text that asks for nothing."""

    code = "align-nothing"
    zh = "{file}中没有读到任务或条款,无可对照;请用“luoshi read”查看读取结果。"
    en = "No task or clause was found in {file}, so nothing can be compared; see what “luoshi read” shows."


def align_(
    upstream: Annotated[
        Path, typer.Argument(help="上级文件。/ The document from above.", metavar="UPSTREAM")
    ],
    plan: Annotated[Path, typer.Argument(help="本级方案。/ The plan.", metavar="PLAN")],
    format: Annotated[
        AlignmentFormat, typer.Option("--format", "-f", help="输出格式。/ What to print.")
    ] = AlignmentFormat.table,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="写入此文件(默认显示)。/ Write to this file.", metavar="PATH"),
    ] = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """对照上级文件与本级方案,列出缺少对应的条款和任务。/ Show which clauses and tasks have no counterpart.

    按共有词语、单位、目标和引用文件比较,每一对都给出理由;不使用模型,也不联网。

    Compared by the words, bodies, targets and cited documents that both hold; each pair names its reasons.
    No model and no network is used.
    """
    with told(language, debug=debug):
        # Only now, so that `luoshi --help` is quick.
        from luoshi.core.alignment.aligned import align, to_json, to_workbook
        from luoshi.intake.guard import read_file
        from luoshi.intake.limits import limits_from_environment

        if format is AlignmentFormat.xlsx and output is None:
            refuse_terminal(format)
        limits = limits_from_environment()
        found = align(read_file(upstream, limits)[1], read_file(plan, limits)[1])
        for side, path in ((found.upstream, upstream), (found.plan, plan)):
            if not side.duties:
                raise NothingToAlign(file=path.name)
        if format is AlignmentFormat.xlsx:
            write_binary(to_workbook(found, language), output, format=format)
            return
        with text_output(output) as stream:
            if format is AlignmentFormat.json:
                json.dump(to_json(found), stream, ensure_ascii=False, indent=2)
                stream.write("\n")
            else:
                _print(found, stream, language)


def _print(found: Alignment, stream: IO[str], language: str) -> None:
    from rich.table import Table

    from luoshi.cli.table import console_for
    from luoshi.core.alignment.aligned import standing_words
    from luoshi.core.alignment.matching import Standing

    console = console_for(stream)
    table = Table(title=found.plan.title or None, show_lines=True, expand=True)
    table.add_column(pick(language, "上级条款", "Clause"), ratio=5)
    table.add_column(pick(language, "情况", "Standing"), ratio=2)
    table.add_column(pick(language, "对应任务", "Tasks"), ratio=5)
    table.add_column(pick(language, "共有词语", "Words in both"), ratio=4)
    for clause in found.upstream.duties:
        pairs = found.of_clause(clause.key)
        tasks = [(found.plan.by_key[one.right], one.likeness) for one in pairs]
        table.add_row(
            opening(clause.text),
            standing_words(found.upstream.standings[clause.key], language),
            "\n".join(f"{likeness.score:.0%} {opening(task.text)}" for task, likeness in tasks) or "—",
            "\n".join("、".join(s.words for s in likeness.shared[:4]) for _, likeness in tasks) or "—",
        )
    console.print(table)
    missing = [one for one in found.plan.duties if found.plan.standings[one.key] is not Standing.MET]
    if missing:
        console.print(pick(language, "没有对应条款的任务:", "Tasks without a clause that is met:"))
        for task in missing:
            words = standing_words(found.plan.standings[task.key], language)
            console.print(f"  {opening(task.text)} ({words})")
    console.print(_summary(found.upstream, language, "上级条款", "clauses"))
    console.print(_summary(found.plan, language, "本级任务", "tasks"))


def opening(text: str) -> str:
    """The first words of a duty, on one line."""
    first = " ".join(text.split())
    return first if len(first) <= 40 else first[:39] + "…"


def _summary(side: Side, language: str, zh: str, en: str) -> str:
    from luoshi.core.alignment.aligned import standing_words
    from luoshi.core.alignment.matching import Standing

    counts = [f"{standing_words(one, language)} {side.count(one)}" for one in Standing]
    return pick(language, f"{zh}{len(side.duties)}项:", f"{len(side.duties)} {en}: ") + ", ".join(counts)
