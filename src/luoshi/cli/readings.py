"""The files of one command as they are read: plans go on to be printed, failures are kept for the end."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from luoshi.cli.failure import FileUnavailable, as_told
from luoshi.core.document.model import Document
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.plan.export.wording import pick
from luoshi.core.plan.model import Plan
from luoshi.intake.folder import Outcome

if TYPE_CHECKING:
    from rich.progress import Progress


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: where it lies, its document and its plan."""

    path: Path
    document: Document
    plan: Plan


@dataclass(slots=True)
class Readings:
    """The plans behind outcomes, in order; iterate once, then ask what failed."""

    outcomes: Iterable[Outcome]
    failures: list[tuple[Path, LuoshiError]] = field(default_factory=list)
    read: int = 0

    def __iter__(self) -> Iterator[Reading]:
        for outcome in self.outcomes:
            if outcome.error is not None:
                self.failures.append((outcome.path, as_told(outcome.error)))
            elif outcome.document is not None and outcome.plan is not None:
                self.read += 1
                yield Reading(outcome.path, outcome.document, outcome.plan)

    def report(self, language: str) -> None:
        """Tell on standard error what could not be read, one sentence a file, and how many of how many."""
        for _, error in self.failures:
            typer.echo(error.message(language), err=True)
        total = self.read + len(self.failures)
        if self.failures and total > 1:
            failed = len(self.failures)
            typer.echo(
                pick(
                    language,
                    f"共{total}个文件,{failed}个未能读取。",
                    f"{failed} of {total} files could not be read.",
                ),
                err=True,
            )


def with_progress(outcomes: Iterable[Outcome], total: int, language: str) -> Iterator[Outcome]:
    """The outcomes, with a bar on standard error while they come, if someone is there to see it.

    A single file needs none, and on the terminal that the results go to the results are progress enough.
    """
    if total < 2 or not sys.stderr.isatty() or sys.stdout.isatty():
        yield from outcomes
        return
    with _bar(language) as bar:
        job = bar.add_task(pick(language, "读取", "Reading"), total=total)
        for outcome in outcomes:
            yield outcome
            bar.advance(job)


def _bar(language: str) -> Progress:
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


def existing(paths: Iterable[Path]) -> list[Path]:
    """The paths, all of which exist.

    Raises:
        FileUnavailable: one does not; better said before the others are read than after.
    """
    found = list(paths)
    for path in found:
        if not path.exists():
            raise FileUnavailable(file=path, reason=Phrase("不存在", "it does not exist"))
    return found
