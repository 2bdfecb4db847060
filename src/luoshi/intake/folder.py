"""Many files at once: in name order, on several cores, and no bad file stops the others."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Document
from luoshi.core.document.sniff import SUFFIXES
from luoshi.core.errors import LuoshiError
from luoshi.core.plan.model import Plan
from luoshi.intake.guard import Worker
from luoshi.intake.worker import Answer, Render, Task

# How many files may be read ahead of the one whose turn it is, for each worker.
_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: a document and its plan, or what was made of them, or an error.

    Attributes:
        path: the file.
        document, plan: set when the file was read and no `render` was given.
        rendered: what `render` made of them.
        error: why the file could not be read.
        seconds: how long it took.
    """

    path: Path
    document: Document | None = None
    plan: Plan | None = None
    rendered: str | None = None
    error: LuoshiError | None = None
    seconds: float = 0.0


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: those named, and those of known kinds in the folders named, each once.

    Folders are searched to the bottom, in the order of names; links to folders are not followed, hidden files
    and the lock files of office programs are left out.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                found.update((Path(folder, name), None) for name in names if _is_wanted(name))
        else:
            found[path] = None
    return sorted(found, key=lambda path: path.parts)


def _is_wanted(name: str) -> bool:
    return not name.startswith((".", "~$")) and name.rpartition(".")[2].lower() in SUFFIXES


def read_files(
    paths: Iterable[Path],
    limits: Limits | None = None,
    jobs: int = 0,
    *,
    render: Render | None = None,
) -> Iterator[Outcome]:
    """Read files on several processes, which start at once: the caller may get ready to show what comes.

    Args:
        paths: files and folders, as for `find_files`.
        limits: bounds for each file.
        jobs: number of processes; 0 for one a core.
        render: a function of a module (it must be importable by name) that turns a document and its plan into
            a string inside the worker: then only the string travels, which is several times cheaper.

    Returns:
        One outcome a file, in name order, as soon as its turn has come.
    """
    outcomes = _read_all(find_files(paths), limits or Limits(), jobs or _cores(), render)
    next(outcomes)
    return outcomes


def _read_all(files: list[Path], limits: Limits, jobs: int, render: Render | None) -> Iterator[Outcome]:
    pool = [Worker() for _ in range(min(jobs, len(files)))]
    try:
        yield from _read_on(pool, files, limits, render)
    finally:
        for worker in pool:
            worker.stop()


def _cores() -> int:
    return len(os.sched_getaffinity(0))


# What `_read_on` gives first, when the first files have been handed out.
_STARTED = Outcome(Path())


def _read_on(
    pool: list[Worker], files: list[Path], limits: Limits, render: Render | None
) -> Iterator[Outcome]:
    done: dict[int, Outcome] = {}
    busy: dict[int, tuple[Worker, int]] = {}  # descriptor → worker and the index of its file
    idle = list(pool)
    following = given = 0

    def hand_out() -> None:
        nonlocal given
        while idle and given < min(len(files), following + _AHEAD * len(pool)):
            worker = idle.pop()
            worker.give(Task(files[given], limits, render))
            busy[worker.descriptor] = (worker, given)
            given += 1

    hand_out()
    yield _STARTED
    while following < len(files):
        hand_out()
        for descriptor in _ready(busy):
            worker, index = busy[descriptor]
            started = worker.started
            answer = worker.poll()
            if answer is not None:
                del busy[descriptor]
                idle.append(worker)
                done[index] = _outcome(files[index], answer, time.monotonic() - started)
        while following in done:
            yield done.pop(following)
            following += 1


def _ready(busy: dict[int, tuple[Worker, int]]) -> list[int]:
    """The descriptors of workers that have something to say or whose time is up."""
    wait = max(min(worker.left for worker, _ in busy.values()), 0.0)
    ready = select.select(list(busy), [], [], wait)[0]
    return ready + [d for d, (worker, _) in busy.items() if d not in ready and worker.left <= 0]


def _outcome(path: Path, answer: Answer, seconds: float) -> Outcome:
    return Outcome(path, answer.document, answer.plan, answer.rendered, answer.error, seconds)
