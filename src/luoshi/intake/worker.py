"""The process that reads: it does one file at a time, within limits that the kernel keeps.

Hostile files must not take the program with them, so readers never run in the process that a person waits
for. A worker gets tasks and gives answers as frames on two pipes (eight bytes of length, then a pickle).
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pickle
import resource
import signal
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from luoshi.core.document.errors import DocumentError, NotAWorkbook, ReaderFailed, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Document, Extract
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.plan.model import Plan

Render = Callable[[Document, Plan], str]

LENGTH = struct.Struct(">Q")
# After so many new objects the collector looks for cycles.
_NEW_OBJECTS = 50_000


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read; with `render` only what it makes of the plan travels back, with `cells` only cells.

    With `rows` nothing travels back but the names of the sheets: their rows are written into that folder.
    """

    path: Path
    limits: Limits
    render: Render | None = None
    cells: bool = False
    rows: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a task; `error` is set or the values are."""

    document: Document | None = None
    plan: Plan | None = None
    rendered: str | None = None
    extract: Extract | None = None
    sheets: tuple[str, ...] | None = None
    error: LuoshiError | None = None


def serve(tasks: int, answers: int, scratch: Path) -> None:
    """Answer tasks until there are no more.

    Args:
        tasks: descriptor to read frames from.
        answers: descriptor to write frames to.
        scratch: folder for converters; its owner removes it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The parent decides what an interrupt ends.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    calm_collector()
    with open(tasks, "rb") as incoming:
        while head := incoming.read(LENGTH.size):
            task = pickle.loads(incoming.read(LENGTH.unpack(head)[0]))  # noqa: S301 (our own parent wrote it)
            send(answers, answer(task, scratch))


def calm_collector() -> None:
    """Let the collector of this process look for cycles seldom, and not in what the process has loaded.

    A reading makes thousands of objects and hardly a cycle: looking for cycles among them at the usual pace
    costs more than some pages of it. Large documents are still looked through.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 10, 10)


def send(descriptor: int, value: object) -> None:
    """Write a frame."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with open(descriptor, "wb", closefd=False) as outgoing:
        outgoing.write(LENGTH.pack(len(data)))
        outgoing.write(data)


def answer(task: Task, scratch: Path) -> Answer:
    """Read a file under its limits; every way to fail is an error with words."""
    name = task.path.name
    _bound(task.limits)
    try:
        return _read(task, scratch)
    except DocumentError as error:
        return Answer(error=error)
    except MemoryError:
        gc.collect()
        return Answer(error=out_of_memory(name, task.limits))
    except Exception as error:
        return Answer(error=ReaderFailed(file=name, where=_where(error)))


def out_of_memory(name: str, limits: Limits) -> TooLarge:
    """The error for a file whose reading takes more memory than allowed."""
    return TooLarge(
        file=name,
        what=Phrase("读取所需内存(字节)", "a need of memory in bytes of"),
        size=f">{limits.memory_bytes}",
        limit=limits.memory_bytes,
        setting="LUOSHI_LIMIT_MEMORY_BYTES",
    )


def _read(task: Task, scratch: Path) -> Answer:
    if task.rows is not None:
        return Answer(sheets=_write_rows(task, task.rows))
    if task.cells:
        return Answer(extract=_read_cells(task))
    # Imported here: a process that only hands on tasks needs no grammar.
    from luoshi.core.plan.read import read_plan
    from luoshi.intake.files import read_bytes
    from luoshi.intake.office import open_any

    data = read_bytes(task.path, task.limits)
    document = open_any(data, task.path.name, task.limits, scratch)
    plan = read_plan(document)
    if task.render is None:
        return Answer(document, plan)
    return Answer(rendered=task.render(document, plan))


def _read_cells(task: Task) -> Extract:
    from luoshi.core.document import xlsx

    return xlsx.read(_workbook(task), file=task.path.name, limits=task.limits)


def _write_rows(task: Task, folder: Path) -> tuple[str, ...]:
    """A file of lines for each sheet, in their order: a row and its texts by column, as JSON."""
    from luoshi.core.document import xlsx

    sheets: list[str] = []
    rows = xlsx.read_rows(_workbook(task), file=task.path.name, limits=task.limits)
    for name, found in groupby(rows, key=itemgetter(0)):
        with (folder / f"{len(sheets)}.jsonl").open("w", encoding="utf-8") as lines:
            lines.writelines(f"{json.dumps([row, texts], ensure_ascii=False)}\n" for _, row, texts in found)
        sheets.append(name)
    return tuple(sheets)


def _workbook(task: Task) -> bytes:
    from luoshi.core.document.sniff import sniff
    from luoshi.intake.files import read_bytes

    data = read_bytes(task.path, task.limits)
    seen = sniff(data, task.path.name)
    if seen != "xlsx":
        raise NotAWorkbook(file=task.path.name, seen=seen)
    return data


def _bound(limits: Limits) -> None:
    """Let the kernel keep the limits of memory and time, also where the parent is gone."""
    used = time.process_time()
    for kind, bound in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, int(used + limits.seconds) + 2),
    ):
        hard = resource.getrlimit(kind)[1]
        with contextlib.suppress(ValueError):
            resource.setrlimit(kind, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))


def _where(error: Exception) -> str:
    """The kind of error and the line of ours that it came from; no words of the document."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if f"{os.sep}luoshi{os.sep}" in code.co_filename:
            place = f" {Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return type(error).__name__ + place


def main() -> None:
    """Serve on the descriptors and with the folder that the command line names."""
    serve(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
