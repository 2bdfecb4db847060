"""Parts of a long text are read without the rest."""

from __future__ import annotations

import pytest

from luoshi.apps.document.queries import text_between
from luoshi.apps.plan.models import Plan
from tests.apps.factories import plan_text


@pytest.mark.parametrize(("start", "end"), [(0, 5), (3, 3), (10, 10_000), (0, 0)])
def test_offsets_are_those_of_python(plan: Plan, start: int, end: int) -> None:
    assert text_between(plan.document_id, start, end) == plan_text()[start:end]
