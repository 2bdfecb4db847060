"""One district after a year, made once for all questions: it takes some seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from luoshi.apps.simulation.district import District, find
from luoshi.apps.simulation.story import simulate

NOW = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[District]:
    """A year of the sample plan."""
    with django_db_blocker.unblock(), transaction.atomic():
        simulate(districts=1, years=1, seed=7, at=NOW)
        made = find(0)
        assert made is not None
        yield made
        transaction.set_rollback(True)
