"""Damaged files of every format end in a plan or in an error that a person can read. Longer: `make fuzz`."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.document.limits import Limits
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan
from tools.fuzz import SEEDS, check, damage


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.suffix)
def test_damaged_files(path: Path) -> None:
    data = path.read_bytes()

    @settings(max_examples=25)
    @given(st.integers(min_value=0, max_value=2**32))
    def holds(seed: int) -> None:
        broken = damage(data, Random(seed))
        check(lambda: read_plan(open_document(broken, path.name, Limits())))

    holds()
