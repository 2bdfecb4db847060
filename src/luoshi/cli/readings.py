"""The files of one command as they are read: what could be read goes on, failures are kept for the end."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from luoshi.core.errors import LuoshiError
from luoshi.core.plan.export.wording import pick

if TYPE_CHECKING:
    from rich.progress import Progress

    from luoshi.intake.folder import Outcome


@dataclass(slots=True)
class Readings:
    """The outcomes that are plans, in order; iterate once, then ask what failed."""

    outcomes: Iterable[Outcome]
    failures: list[LuoshiError] = field(default_factory=list)
    read: int = 0

    def __iter__(self) -> Iterator[Outcome]:
        for outcome in self.outcomes:
            if outcome.error is None:
                self.read += 1
                yield outcome
            else:
                self.failures.append(outcome.error)

    def report(self, language: str) -> None:
        """Tell on standard error what could not be read, one sentence a file, and how many of how many."""
        for error in self.failures:
            typer.echo(error.message(language), err=True)
        failed, total = len(self.failures), self.read + len(self.failures)
        if failed and total > 1:
            zh, en = f"共{total}个文件,{failed}个未能读取。", f"{failed} of {total} files could not be read."
            typer.echo(pick(language, zh, en), err=True)


def with_progress(
    outcomes: Iterable[Outcome], total: int, language: str, *, shown: bool
) -> Iterator[Outcome]:
    """The outcomes, with a bar on standard error while they come, if someone is there to see it.

    Args:
        outcomes: as they come.
        total: how many there will be; a single one needs no bar.
        language: `zh` or `en`.
        shown: whether the results go to standard output; on a terminal they are progress enough.
    """
    if total < 2 or not sys.stderr.isatty() or (shown and sys.stdout.isatty()):
        yield from outcomes
        return
    with _bar() as bar:
        job = bar.add_task(pick(language, "读取", "Reading"), total=total)
        for outcome in outcomes:
            yield outcome
            bar.advance(job)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
