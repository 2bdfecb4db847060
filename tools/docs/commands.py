"""The page of the command line, from the commands as they are declared."""

from __future__ import annotations

import click
import typer

from luoshi.cli.app import application


def command_page() -> str:
    """Every command with its arguments and options."""
    group = typer.main.get_command(application())
    context = click.Context(group, info_name="luoshi")
    parts = ["# Command line\n", _words(group) + "\n"]
    for name in group.list_commands(context):  # type: ignore[attr-defined]
        command = group.get_command(context, name)  # type: ignore[attr-defined]
        parts += _commands(command, f"luoshi {name}")
    return "\n".join(parts)


def _commands(command: click.Command, name: str) -> list[str]:
    """A command, or the commands of a group."""
    context = click.Context(command, info_name=name, parent=None)
    inner = getattr(command, "commands", None)
    if inner is None:
        return [_command(command, context)]
    return [part for key in sorted(inner) for part in _commands(inner[key], f"{name} {key}")]


def _command(command: click.Command, context: click.Context) -> str:
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"## {context.info_name}\n", f"    {context.info_name} {usage}\n", _words(command) + "\n"]
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None:
            lines.append(f"- `{record[0].strip()}` — {' '.join(record[1].split())}")
    return "\n".join(lines) + "\n"


def _words(command: click.Command) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
