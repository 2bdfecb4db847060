"""Everything counted anew: what was tampered with is found, told in words, and mended."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from luoshi.apps.indicator.models import Addition, Cell
from luoshi.apps.indicator.operations.verifying import verify_all
from tests.apps.register.factories import AT, apply_for_aid, make_place

pytestmark = pytest.mark.django_db
TODAY = localdate(AT)


def test_what_is_right_is_compared_and_left() -> None:
    apply_for_aid(make_place())
    found, compared = verify_all(today=TODAY)
    assert (found, compared) == ([], 1)


def test_a_contribution_that_is_gone_is_found_and_counted_anew() -> None:
    apply_for_aid(make_place())
    Addition.objects.all().delete()
    Cell.objects.update(top=9)
    found, _ = verify_all(today=TODAY, rebuild_wrong=True)
    assert "kept 9/0 (1), counted 1/0 (1)" in found[0].words[1]
    assert verify_all(today=TODAY)[0] == []
    assert Addition.objects.count() == 1
