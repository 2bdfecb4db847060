"""`luoshi draw`: check a random draw by its proof, and hand out the program that does it without us."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi.cli.failure import told
from luoshi.cli.options import DebugOption, Language, LanguageOption
from luoshi.cli.output import text_output
from luoshi.core.plan.export.wording import pick

if TYPE_CHECKING:
    from luoshi.core.draw.values import Cancelled, Drawn

# The exit code when the draw was not as its proof says.
DIFFERS = 1

draw = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@draw.callback()
def group() -> None:
    """随机抽取的核验。/ Check random draws."""


@draw.command()
def verify(
    file: Annotated[Path, typer.Argument(help="公布的抽取证明。/ The proof as published.", metavar="FILE")],
    commitment: Annotated[
        str | None,
        typer.Option(
            help="抽取前公布的承诺。/ The commitment that was published before the draw.", metavar="HASH"
        ),
    ] = None,
    value: Annotated[
        str | None,
        typer.Option(
            help="公开值,按来源公布的写法。/ The public value as its source gives it.", metavar="VALUE"
        ),
    ] = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """重新计算一次抽取,与证明逐项比对。/ Draw once more from a proof and compare everything.

    不给出 --commitment 和 --value 时,只能说明证明自身一致。成立时退出码为 0,不成立时为 1,无法读取时为 2。

    Without --commitment and --value it shows only that the proof agrees with itself. Exit code 0: the draw
    was as it says; 1: it was not; 2: it cannot be read.
    """
    with told(language, debug=debug):
        # Only now, so that `luoshi --help` is quick.
        from luoshi.core.draw.checking import check_proof
        from luoshi.core.draw.errors import DrawDiffers

        text = file.read_text(encoding="utf-8", errors="replace")
        try:
            made = check_proof(text, commitment=commitment, value=value, where=file.name)
        except DrawDiffers as differs:
            typer.echo(differs.message(language))
            raise typer.Exit(DIFFERS) from None
        _tell(made, language)
        if commitment is None or value is None:
            zh = "尚未核对的:抽取前公布的承诺(--commitment)、来源公布的公开值(--value)。"
            en = "Compare both with what was published: --commitment before the draw, --value at its source."
            typer.echo(pick(language, zh, en))


@draw.command()
def script(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="写入此文件(默认显示)。/ Write to this file.", metavar="PATH"),
    ] = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """给出独立的核验程序,只需 Python。/ Give the checking program that needs nothing but Python."""
    with told(language, debug=debug), text_output(output) as stream:
        stream.write(files("luoshi.cli").joinpath("verify_draw.py").read_text(encoding="utf-8"))


def _tell(made: Drawn | Cancelled, language: str) -> None:
    from luoshi.core.draw.record import head
    from luoshi.core.draw.values import Cancelled, Committed

    source = made.committed.prepared.source
    before = made.before if isinstance(made, Cancelled) else made
    typer.echo(pick(language, f"成立:{made.purpose}", f"It holds: {made.purpose}"))
    typer.echo(
        pick(language, f"承诺:{made.committed.commitment}", f"commitment: {made.committed.commitment}")
    )
    if isinstance(before, Committed):
        typer.echo(pick(language, "没有抽取。", "Nothing was drawn."))
    else:
        zh = f"公开值:{before.value}({source.name},{source.date},{source.form})"
        en = f"public value: {before.value} ({source.name}, {source.date}, {source.form})"
        typer.echo(pick(language, zh, en))
        _tell_places(before, language)
    if isinstance(made, Cancelled):
        typer.echo(pick(language, f"已公开撤销:{made.reason}", f"Cancelled in public: {made.reason}"))
    typer.echo(pick(language, f"过程散列:{head(made)}", f"head of the log: {head(made)}"))


def _tell_places(drawn: Drawn, language: str) -> None:
    names = {one.key: f"{one.key} {one.name}".rstrip() for one in drawn.committed.prepared.candidates}
    for stratum, held in drawn.places.items():
        for place in held:
            accepted = pick(language, "(已接受)", " (accepted)") if place.accepted else ""
            typer.echo(f"  {stratum}  {names[place.key]}{accepted}")
        if drawn.vacant[stratum]:
            short = drawn.vacant[stratum]
            typer.echo(f"  {stratum}  {pick(language, f'缺{short}名', f'vacant: {short}')}")
