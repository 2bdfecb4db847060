"""Reading in one warm process: against cutting the same text into words, and as texts grow.

Whatever is measured here runs with the collector set as the process that reads sets it, jieba too.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import jieba

from benchmarks.material import Material
from benchmarks.measure import Result, alternate, median_ratio
from luoshi.core.document.open import open_document
from luoshi.core.plan.model import Plan
from luoshi.core.plan.read import read_plan
from luoshi.intake.worker import calm_collector


def bench(material: Material, *, quick: bool) -> Iterator[Result]:
    """The ratio to jieba, and the cost of 10 and 100 copies of the plan as one text."""
    data = material.plan.read_bytes()
    yield _against_words(data, rounds=5 if quick else 15)
    yield from _growing(data, rounds=1 if quick else 3)


def read(data: bytes) -> Plan:
    """One reading, from bytes to plan."""
    return read_plan(open_document(data, "plan.txt"))


@contextmanager
def _collector_of_the_worker() -> Iterator[None]:
    """The collector as in the process that reads; afterwards as it was, for other benchmarks."""
    before = gc.get_threshold()
    calm_collector()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _against_words(data: bytes, rounds: int) -> Result:
    text = data.decode("utf-8-sig")
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    with _collector_of_the_worker():
        seconds = alternate(rounds, read=lambda: read(data), words=lambda: jieba.lcut(text))
    return Result(
        "reading/words",
        median_ratio(seconds["read"], seconds["words"]),
        "×",
        "lower",
        "reading the plan, from bytes to plan, over cutting its text into words with jieba",
        goal=0.35,
    )


def _growing(data: bytes, rounds: int) -> Iterator[Result]:
    ten, hundred = b"\n".join([data] * 10), b"\n".join([data] * 100)
    with _collector_of_the_worker():
        seconds = alternate(
            rounds,
            one=lambda: [read(data) for _ in range(10)],
            ten=lambda: read(ten),
            hundred=lambda: read(hundred),
        )
    once = [ten_times / 10 for ten_times in seconds["one"]]
    for name, copies, goal in (("ten", 10, None), ("hundred", 100, 115.0)):
        yield Result(
            f"copies/{copies}",
            median_ratio(seconds[name], once),
            "×",
            "lower",
            f"reading {copies} copies of the plan as one text over reading it once",
            goal=goal,
        )
