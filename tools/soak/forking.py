"""Server and scheduler as forks of a process that has loaded everything: they start at once.

A start of the command takes seconds, nearly all of them for loading; two hundred of them would leave little
time for being killed. What a fork does from there on is what the command does.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

LOADED = "tools.soak.loaded"


def context(data: Path) -> ForkServerContext:
    """Where forks come from; what is set in the environment later is not known there.

    Args:
        data: the data folder; loading makes files of figures in it.
    """
    figures = data / "figures"
    figures.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(figures)
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload([LOADED])
    return made


@dataclass(frozen=True)
class Fork:
    """A command in a fork, used like a `subprocess.Popen`."""

    process: ForkServerProcess

    @property
    def pid(self) -> int:
        """Its number; it leads a group of processes of its own."""
        return self.process.pid or 0

    def poll(self) -> int | None:
        """How it ended, if it has."""
        return self.process.exitcode

    def wait(self) -> int | None:
        """Wait until it has ended."""
        self.process.join()
        return self.process.exitcode


def fork(origin: ForkServerContext, log: Path, *arguments: str) -> Fork:
    """Start `luoshi` with arguments; what it says goes to the end of a file."""
    process = origin.Process(target=_luoshi, args=(log, arguments))
    process.start()
    return Fork(process)


def _luoshi(log: Path, arguments: tuple[str, ...]) -> None:
    os.setsid()
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    from luoshi.cli.app import application

    sys.argv = ["luoshi", *arguments]
    application()()
