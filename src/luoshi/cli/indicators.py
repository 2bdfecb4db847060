"""`luoshi indicators`: count everything anew and compare."""

from __future__ import annotations

from typing import Annotated

import typer

from luoshi.cli.failure import told
from luoshi.cli.open import check_web
from luoshi.cli.options import DataOption, DebugOption, Language, LanguageOption
from luoshi.core.plan.export.wording import pick

app = typer.Typer(help="核对指标。/ Check the numbers.", no_args_is_help=True)

RebuildOption = Annotated[
    bool, typer.Option("--rebuild", help="有出入的,重写合计。/ Write the sums anew where they differ.")
]


@app.callback()
def indicators() -> None:
    """核对指标。/ Check the numbers."""


@app.command()
def verify(
    rebuild: RebuildOption = False,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """由条目重新计算全部指标,与保存的合计比较。/ Count all numbers anew and compare them with the kept sums.

    有出入时逐项列出,退出码为1。

    Every difference is listed; the exit code is then 1.
    """
    with told(language, debug=debug):
        check_web()
        from django.utils.timezone import localdate

        from luoshi.apps import serving

        serving.set_up(data)
        from luoshi.apps.indicator.operations.verifying import verify_all

        found, compared = verify_all(today=localdate(), rebuild_wrong=rebuild)
        for one in found:
            typer.echo(pick(language, *one.words))
        said = pick(language, "核对{n}项合计,有出入{wrong}项。", "{n} sums compared; {wrong} differ.")
        typer.echo(said.format(n=compared, wrong=len(found)))
        if found:
            raise typer.Exit(1)
