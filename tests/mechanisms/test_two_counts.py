"""One definition, two engines: the sums of every indicator over the cases of its mechanism, by both."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from luoshi.apps.indicator.operations.recounting import in_memory, recounted
from luoshi.apps.indicator.queries.contributing import contributing
from luoshi.apps.organization.models import Region
from luoshi.apps.register.declared import catalogue
from luoshi.core.mechanism.cases import Case
from tests.mechanisms.stored import StoredCase, moment
from tests.mechanisms.test_cases import CASES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("case", CASES)
def test_the_database_counts_what_the_memory_counts(case: Case) -> None:
    region = Region.objects.create(code="990109", name="试验区", level=Region.Level.COUNTY)
    list(StoredCase(case, region).live())
    today = localdate(moment(case.today))
    for key in {entry.mechanism for entry in case.entries}:
        assert recounted(region.code, key, today) == in_memory(region.code, key, today), key


@pytest.mark.parametrize("key", ["legal-aid", "mediation", "culture-venues"])
def test_registers_that_grow_large_are_counted_by_the_database_alone(key: str) -> None:
    left = [
        one.key
        for one in catalogue().latest(key).indicators
        if contributing("990109", key, one, localdate()) is None
    ]
    assert left == []
