"""Reading in one warm process: against cutting the same text into words, and as texts grow."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import jieba

from benchmarks.material import Material
from benchmarks.measure import Result, alternate, median_ratio
from luoshi.core.document.open import open_document
from luoshi.core.plan.model import Plan
from luoshi.core.plan.read import read_plan


def bench(material: Material, *, quick: bool) -> Iterator[Result]:
    """The ratio to jieba, and the cost of 10 and 100 copies of the plan as one text."""
    data = material.plan.read_bytes()
    yield from _against_words(data, rounds=5 if quick else 15)
    yield from _growing(data, rounds=1 if quick else 3)


def read(data: bytes) -> Plan:
    """One reading, from bytes to plan."""
    return read_plan(open_document(data, "plan.txt"))


def _against_words(data: bytes, rounds: int) -> Iterator[Result]:
    text = data.decode("utf-8-sig")
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    seconds = alternate(rounds, read=lambda: read(data), words=lambda: jieba.lcut(text))
    yield Result(
        "reading/words",
        median_ratio(seconds["read"], seconds["words"]),
        "×",
        "lower",
        "reading the plan, from bytes to plan, over cutting its text into words with jieba",
        goal=0.35,
    )


def _growing(data: bytes, rounds: int) -> Iterator[Result]:
    ten, hundred = b"\n".join([data] * 10), b"\n".join([data] * 100)
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
