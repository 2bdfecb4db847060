"""Measuring: alternating runs, medians, and what a child process cost."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal

COMMAND = Path(sys.executable).with_name("luoshi")


@dataclass(frozen=True)
class Result:
    """One figure.

    Attributes:
        name: stable, by which runs are compared.
        value: the figure itself.
        unit: `×` for a ratio, `F1`, `s`, `MB`, `ms/page`, or empty for a count.
        better: whether `lower` or `higher` is better.
        goal: what the project asks for, if it asks.
        meaning: what was measured against what, in a line.
    """

    name: str
    value: float
    unit: str
    better: Literal["lower", "higher"]
    meaning: str
    goal: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor time of one call, so that other programs on the machine count little."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def alternate(rounds: int, **works: Callable[[], object]) -> dict[str, list[float]]:
    """Processor seconds of each work in each of `rounds` rounds, taking turns, after one unmeasured round."""
    for work in works.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            seconds[name].append(processor_seconds(work))
    return seconds


def median_ratio(above: Iterable[float], below: Iterable[float]) -> float:
    """The median of the ratios of runs that took turns: what slowed both of a pair cancels out."""
    return median(a / b for a, b in zip(above, below, strict=True))


@dataclass(frozen=True)
class Cost:
    """What a child process cost: wall seconds, and the most memory it or one of its children held, in MB."""

    seconds: float
    megabytes: float


# Starts a command from a small process of its own. The memory that the kernel reports for a child begins with
# that of the process that forked it, and this one has loaded dictionaries.
LAUNCHER = """
import os, sys, time
start = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - start, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""


def run(command: Sequence[str | Path]) -> Cost:
    """Run a command with its output thrown away.

    Raises:
        subprocess.CalledProcessError: it did not end with 0.
    """
    words = [str(part) for part in command]
    launched = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LAUNCHER, *words], check=True, capture_output=True, text=True
    )
    seconds, memory, code = launched.stdout.split()
    if int(code):
        raise subprocess.CalledProcessError(int(code), words, stderr=launched.stderr)
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 if sys.platform != "darwin" else 1
    return Cost(float(seconds), int(memory) * unit / 1_000_000)
