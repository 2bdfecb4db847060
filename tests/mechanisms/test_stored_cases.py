"""Every case of every mechanism again, through the product's operations, on the database of the run."""

from __future__ import annotations

import pytest

from luoshi.apps.indicator.operations.recounting import in_database
from luoshi.apps.indicator.operations.verifying import discrepancies, kept_sums
from luoshi.apps.organization.models import Region
from luoshi.core.mechanism.cases import Case
from tests.mechanisms.stored import StoredCase
from tests.mechanisms.test_cases import CASES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("case", CASES)
def test_a_case_comes_out_as_it_says(case: Case) -> None:
    region = Region.objects.create(code="990109", name="试验区", level=Region.Level.COUNTY)
    stored = StoredCase(case, region)
    assert list(stored.live()) == []
    assert list(stored.differences()) == []
    assert list(stored.figures()) == []
    for mechanism in {entry.mechanism for entry in case.entries}:
        assert discrepancies(region.code, mechanism, case.today) == []
        assert in_database(region.code, mechanism) == kept_sums(region.code, mechanism)
