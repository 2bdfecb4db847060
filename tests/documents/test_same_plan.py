"""The real plan written as docx, pdf, ofd and html reads as the same plan as the text it was written from."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.core.document.open import open_document
from luoshi.core.plan.canonical import Substance, canonical_text, substance
from luoshi.core.plan.model import Plan
from luoshi.core.plan.read import read_plan
from tools.sample.build import BUILDERS
from tools.sample.content import read_blocks


@pytest.fixture(scope="module")
def text(corpus: Path) -> str:
    """The real plan as it was copied from its page."""
    (path,) = sorted((corpus / "plans").glob("000_*.txt"))
    return path.read_text(encoding="utf-8")


def plan_of(data: bytes, name: str) -> Plan:
    """The plan that a file holds."""
    return read_plan(open_document(data, name))


@pytest.fixture(scope="module")
def expected(text: str) -> list[Substance]:
    """What the tasks of the text amount to."""
    return substance(plan_of(text.encode(), "plan.txt"))


@pytest.mark.parametrize("suffix", BUILDERS)
def test_every_format_reads_as_the_same_plan(text: str, expected: list[Substance], suffix: str) -> None:
    plan = plan_of(BUILDERS[suffix](read_blocks(text)), f"plan.{suffix}")
    assert len(plan.tasks) == 79
    assert substance(plan) == expected


def test_the_canonical_text_reads_as_the_same_plan(text: str, expected: list[Substance]) -> None:
    written = canonical_text(plan_of(text.encode(), "plan.txt"))
    assert substance(plan_of(written.encode(), "canonical.txt")) == expected
