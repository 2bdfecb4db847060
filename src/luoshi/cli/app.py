"""The commands of `luoshi`, as one application that can also be asked what it offers."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from luoshi import __version__

# Each command and the function or the group of commands that it is, in the order of the help.
COMMANDS = {
    "read": "read:read",
    "explain": "explain:explain",
    "align": "align:align_",
    "open": "open:open_",
    "demo": "demo:demo",
    "serve": "serve:serve",
    "migrate": "serve:migrate",
    "simulate": "simulate:simulate",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "administrators": "administrators:administrators",
    "formats": "formats:formats",
    "tick": "tick:tick",
    "work": "work:work",
    "audit": "audit:audit",
    "draw": "draw:draw",
    "index": "index:index",
    "indicators": "indicators:app",
    "mechanism": "mechanism:mechanism",
}


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"luoshi {__version__}")
        raise typer.Exit


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


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The application for a command line: with the one command that it names, or else with all of them.

    Loading seventeen commands to run one would take a good part of the time that reading a plan takes.
    """
    app = typer.Typer(
        name="luoshi",
        help=luoshi.__doc__,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(luoshi)
    named = arguments[0] if arguments else ""
    for name in [named] if named in COMMANDS else COMMANDS:
        module, _, attribute = COMMANDS[name].partition(":")
        command = getattr(import_module(f"luoshi.cli.{module}"), attribute)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app
