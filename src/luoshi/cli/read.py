"""`luoshi read`: documents in, plans out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from luoshi.cli.failure import REFUSED, told
from luoshi.cli.options import DebugOption, Language, LanguageOption
from luoshi.cli.output import refuse_terminal, text_output, write_binary
from luoshi.cli.readings import Readings, with_progress
from luoshi.cli.render import WRITERS, Format, renderer, workbook, write_tables
from luoshi.core.errors import LuoshiError


class NothingToRead(LuoshiError):
    """Folders without any file that Luoshi knows."""

    code = "folder-empty"
    zh = "{folder}中没有可读取的公文文件;可用“luoshi formats”查看支持的格式。"
    en = "There is no document in {folder}; “luoshi formats” lists what can be read."


class NothingRead(Exception):
    """No file gave a plan, so there is nothing to write over an older result."""


def read(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="文件或文件夹,可以有多个。/ Files or folders, as many as you like.",
            metavar="FILE_OR_FOLDER...",
        ),
    ],
    format: Annotated[
        Format, typer.Option("--format", "-f", help="输出格式。/ What to print.")
    ] = Format.table,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="写入此文件(默认显示)。/ Write to this file.", metavar="PATH"),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            "-j",
            min=0,
            help="并行进程数,0 为自动。/ Files read at the same time; 0 means as many as fit.",
        ),
    ] = 0,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """读取公文,给出任务、责任单位、目标、时限和问题。/ Read documents into plans.

    文件夹按文件名顺序逐个读取;个别文件读不了不影响其余,最后一并说明,退出码为 2。
    读取上限由环境变量 LUOSHI_LIMIT_* 设置。

    A folder is read in the order of names. A file that cannot be read does not stop the others;
    it is named at the end and the exit code is 2. Limits are set by LUOSHI_LIMIT_* variables.
    """
    with told(language, debug=debug):
        # Only now, so that `luoshi --help` is quick.
        from luoshi.intake.folder import find_files, read_files
        from luoshi.intake.limits import limits_from_environment

        if format is Format.xlsx and output is None:
            refuse_terminal(format)
        files = find_files(paths)
        if not files:
            raise NothingToRead(folder="、".join(map(str, paths)))
        outcomes = read_files(files, limits_from_environment(), jobs, render=renderer(format, language))
        readings = Readings(with_progress(outcomes, len(files), language, shown=output is None))
        with suppress(NothingRead):
            _write(readings, format, output, language, many=len(paths) > 1 or paths[0].is_dir())
        readings.report(language)
        if readings.failures:
            raise typer.Exit(REFUSED)


def _write(readings: Readings, format: Format, output: Path | None, language: str, *, many: bool) -> None:
    if format is Format.xlsx:
        data = workbook(readings, language)
        if readings.read == 0:
            raise NothingRead
        write_binary(data, output, format=format)
        return
    with text_output(output) as stream:
        if format is Format.table:
            write_tables(readings, stream, language)
        else:
            parts = (outcome.rendered or "" for outcome in readings)
            WRITERS[format].write(parts, stream, many=many)
        if output is not None and readings.read == 0:
            raise NothingRead
