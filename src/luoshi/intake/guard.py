"""A file on disk becomes a document and a plan, or one clear error, whatever it holds."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TypeVar

from luoshi.core.document.errors import ReaderFailed, ReadingTooSlow
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Document, Extract
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.plan.model import Plan
from luoshi.intake.worker import LENGTH, Answer, Task, out_of_memory, send, serve

_CHUNK = 1 << 20
T = TypeVar("T")


def read_file(path: Path, limits: Limits | None = None) -> tuple[Document, Plan]:
    """The document in a file and the plan that it holds.

    The file is read in a process of its own, which is stopped when it takes more time or memory than
    `limits` allow. Nothing is left in the temporary folder.

    Raises:
        DocumentError: one of its subclasses, when the file cannot be read whole.
    """
    answer = _ask(Task(path, limits or Limits()))
    return _given(answer.document, path), _given(answer.plan, path)


def read_cells(path: Path, limits: Limits | None = None) -> Extract:
    """The cells of a workbook (xlsx), sheet by sheet, each with its place; guarded as `read_file` is.

    Raises:
        NotAWorkbook: the file is of another format.
        DocumentError: another of its subclasses, when the file cannot be read whole.
    """
    return _given(_ask(Task(path, limits or Limits(), cells=True)).extract, path)


def write_rows(path: Path, folder: Path, limits: Limits | None = None) -> tuple[str, ...]:
    """Write the rows of every sheet of a workbook into a folder, for `rows_in`; guarded as `read_file` is.

    Returns:
        The names of the sheets that hold anything, in order.

    Raises:
        NotAWorkbook: the file is of another format.
        DocumentError: another of its subclasses, when the file cannot be read whole.
    """
    return _given(_ask(Task(path, limits or Limits(), rows=folder)).sheets, path)


def _given(value: T | None, path: Path) -> T:
    if value is None:
        raise ReaderFailed(file=path.name, where=Phrase("没有结果", "no result"))
    return value


def _ask(task: Task) -> Answer:
    """The answer of a worker of its own, without an error."""
    worker = Worker()
    try:
        worker.give(task)
        answer = worker.wait()
    finally:
        worker.stop()
    if answer.error is not None:
        raise answer.error
    return answer


class Worker:
    """A process that reads files, as its parent sees it: started with a task, again after a death."""

    def __init__(self) -> None:
        self.scratch: Path | None = None
        self.task: Task | None = None
        self.started = 0.0
        self._process: _Process | None = None
        self._received = bytearray()

    def give(self, task: Task) -> None:
        """Hand it a task; it must have none."""
        if self._process is None:
            self.scratch = Path(tempfile.mkdtemp(prefix="luoshi-"))
            self._process = _start(self.scratch)
        self.task, self.started = task, time.monotonic()
        self._received.clear()
        with contextlib.suppress(
            BrokenPipeError
        ):  # a worker that has died is noticed when it does not answer
            send(self._process.tasks, task)

    @property
    def descriptor(self) -> int:
        """What to wait on for an answer."""
        if self._process is None:
            raise RuntimeError("the worker has no task")
        return self._process.answers

    @property
    def left(self) -> float:
        """Seconds until the task's time is up."""
        seconds = self.task.limits.seconds if self.task else 0.0
        return self.started + seconds - time.monotonic()

    def wait(self) -> Answer:
        """The answer to the task, however long that takes within its limits."""
        while True:
            select.select([self.descriptor], [], [], max(self.left, 0))
            answer = self.poll()
            if answer is not None:
                return answer

    def poll(self) -> Answer | None:
        """The answer, if it is there or cannot come any more; never blocks."""
        task = self.task
        if task is None:
            raise RuntimeError("the worker has no task")
        while select.select([self.descriptor], [], [], 0)[0]:
            data = os.read(self.descriptor, _CHUNK)
            if not data:
                return self._over(self._died(task))
            self._received += data
            if len(self._received) >= LENGTH.size:
                end = LENGTH.size + LENGTH.unpack_from(self._received)[0]
                if len(self._received) >= end:
                    self.task = None
                    # The worker is a process of ours, and what it reads is never unpickled there.
                    given = pickle.loads(memoryview(self._received)[LENGTH.size : end])  # noqa: S301
                    return given if isinstance(given, Answer) else self._over(_failed(task, "answer"))
        if self.left <= 0:
            return self._over(_too_slow(task))
        return None

    def stop(self) -> None:
        """End the process and everything it started, and remove what it may have left."""
        if self._process is not None:
            self._process.kill()
            self._process = None
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)
            self.scratch = None

    def _over(self, error: LuoshiError) -> Answer:
        self.stop()
        self.task = None
        return Answer(error=error)

    def _died(self, task: Task) -> LuoshiError:
        code = self._process.status() if self._process else 0
        if code == -signal.SIGXCPU:
            return _too_slow(task)
        if code == -signal.SIGKILL:
            return out_of_memory(task.path.name, task.limits)  # nobody but the kernel kills it before we do
        return _failed(task, signal.Signals(-code).name if code < 0 else f"exit {code}")


def _too_slow(task: Task) -> ReadingTooSlow:
    limit = f"{task.limits.seconds:g}"
    return ReadingTooSlow(file=task.path.name, limit=limit, setting="LUOSHI_LIMIT_SECONDS")


def _failed(task: Task, where: str) -> ReaderFailed:
    return ReaderFailed(file=task.path.name, where=where)


# --- processes ----------------------------------------------------------------------------------------


class _Process:
    """A child in a process group of its own, with the parent's ends of its pipes."""

    def __init__(self, pid: int, tasks: int, answers: int) -> None:
        self.pid, self.tasks, self.answers = pid, tasks, answers
        self._code: int | None = None

    def status(self) -> int:
        """Wait for its end: exit code, or minus the signal that ended it."""
        if self._code is None:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._code

    def kill(self) -> None:
        """End it and all processes that it started."""
        for descriptor in (self.tasks, self.answers):
            os.close(descriptor)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.status()


def _start(scratch: Path) -> _Process:
    """A worker with pipes. Forking is much quicker than a new interpreter, but only safe without threads."""
    tasks, give = os.pipe()
    take, answers = os.pipe()
    pid = _fork(tasks, answers, (give, take), scratch) if _alone() else _spawn(tasks, answers, scratch)
    os.close(tasks)
    os.close(answers)
    return _Process(pid, give, take)


def _alone() -> bool:
    """Whether this process has a single thread, of Python or of a library."""
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 (called for every worker)
    except OSError:
        return False


def _fork(tasks: int, answers: int, parents: tuple[int, int], scratch: Path) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        with contextlib.suppress(OSError):
            os.setpgid(pid, pid)  # here as well as in the child: whoever comes first
        return pid
    code = 70
    try:
        os.setpgid(0, 0)
        for descriptor in parents:
            os.close(descriptor)
        serve(tasks, answers, scratch)
        code = 0
    finally:
        os._exit(code)  # never the parent's way out: its buffers and exit handlers are not ours


def _spawn(tasks: int, answers: int, scratch: Path) -> int:
    # -P: the folder that someone works in must not offer modules.
    program = "from luoshi.intake.worker import main; main()"
    command = [sys.executable, "-P", "-c", program, str(tasks), str(answers), str(scratch)]
    paths = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(  # noqa: S603 (our own interpreter, no shell, no words from outside)
        command,
        pass_fds=(tasks, answers),
        process_group=0,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )
    process.returncode = 0  # waited for by pid, as the forked ones are
    return process.pid
