"""Working days of a region, set and taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.operations.calendar import confirm_year, set_days, unset_day
from luoshi.apps.organization.queries.calendar import calendar_of
from tests.apps.factories import NOW, REGION

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 3)


@pytest.fixture(autouse=True)
def region(office: User) -> None:
    from tests.apps.factories import region

    region()


def test_a_day_off_counts_until_it_is_taken_back(office: User) -> None:
    set_days(region=REGION, days=[DAY], working=False, reason="旗庆", by=office, at=NOW)
    assert "旗庆" in calendar_of(REGION).explain(DAY).why.zh
    set_days(region=REGION, days=[DAY], working=True, reason="照常", by=office, at=NOW)
    assert calendar_of(REGION).is_working_day(DAY)
    unset_day(region=REGION, day=DAY, by=office, at=NOW)
    assert not calendar_of(REGION).overrides
    assert Event.objects.filter(type__startswith="organization.days").count() == 3


def test_a_year_is_known_once_its_schedule_is_entered(office: User) -> None:
    confirm_year(region=REGION, year=2031, complete=True, by=office, at=NOW)
    assert calendar_of(REGION).knows(2031)
    confirm_year(region=REGION, year=2031, complete=False, by=office, at=NOW)
    confirm_year(region=REGION, year=2031, complete=False, by=office, at=NOW)
    assert not calendar_of(REGION).knows(2031)
    assert Event.objects.filter(type="organization.year.confirmed").count() == 2
