"""The process that reads: how it sets itself up."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from luoshi.intake.worker import calm_collector


@pytest.fixture
def collector() -> Iterator[None]:
    """The collector as the other tests need it, whatever a test does to it."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def _collections(objects: int) -> int:
    """How often the collector looks for cycles while so many objects are made."""
    gc.collect()
    before = gc.get_stats()[0]["collections"]
    kept: list[list[object]] = [[] for _ in range(objects)]
    assert len(kept) == objects
    return int(gc.get_stats()[0]["collections"] - before)


@pytest.mark.usefixtures("collector")
def test_a_calm_collector_lets_a_reading_make_its_objects_and_looks_through_a_large_document() -> None:
    gc.set_threshold(700, 10, 10)
    assert _collections(20_000) > 10
    calm_collector()
    assert _collections(20_000) == 0
    assert _collections(200_000) >= 2


@pytest.mark.usefixtures("collector")
def test_a_calm_collector_leaves_out_what_is_loaded() -> None:
    gc.unfreeze()
    calm_collector()
    assert gc.get_freeze_count() > 1000
