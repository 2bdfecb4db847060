"""The commands of `luoshi`, as one application that can also be asked what it offers."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from luoshi import __version__
from luoshi.cli.administrators import administrators
from luoshi.cli.align import align_
from luoshi.cli.audit import audit
from luoshi.cli.backup import backup, restore
from luoshi.cli.demo import demo
from luoshi.cli.draw import draw
from luoshi.cli.explain import explain
from luoshi.cli.formats import formats
from luoshi.cli.indicators import app as indicators
from luoshi.cli.mechanism import mechanism
from luoshi.cli.open import open_
from luoshi.cli.read import read
from luoshi.cli.serve import migrate, serve
from luoshi.cli.simulate import simulate
from luoshi.cli.tick import tick
from luoshi.cli.work import work

app = typer.Typer(
    name="luoshi",
    help="落实:把公文方案读成任务、责任、目标和时限。/ Luoshi: read official plans into accountable work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"luoshi {__version__}")
        raise typer.Exit


@app.callback()
def luoshi(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="显示版本。/ Show the version."
        ),
    ] = False,
) -> None:
    """落实:把公文方案读成任务、责任、目标和时限。/ Luoshi: read official plans into accountable work."""
    # Leave in order when asked to end, so that the processes that read and their temporary folders go, too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


app.command()(read)
app.command()(explain)
app.command("align")(align_)
app.command("open")(open_)
app.command()(demo)
app.command()(serve)
app.command()(migrate)
app.command()(simulate)
app.command()(backup)
app.command()(restore)
app.command()(administrators)
app.command()(formats)
app.command()(tick)
app.add_typer(work, name="work")
app.add_typer(audit, name="audit")
app.add_typer(draw, name="draw")
app.add_typer(indicators, name="indicators")
app.add_typer(mechanism, name="mechanism")
