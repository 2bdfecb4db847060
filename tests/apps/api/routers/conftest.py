"""A region at work, on the day that its tests are about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.utils import timezone

from tests.apps.api.calling import Caller, program
from tests.apps.register.factories import AT, Place, make_place


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is 2 March 2026, and tokens live on."""
    with override_settings(LUOSHI_API_CALLS=10_000):
        monkeypatch.setattr(timezone, "now", lambda: AT)
        yield


@pytest.fixture
def place(monday: None) -> Place:
    """The region, on that day."""
    return make_place()


@pytest.fixture
def clerk(place: Place) -> Caller:
    """The program of the liaison who keeps venues."""
    return program(place.stranger, "report")
