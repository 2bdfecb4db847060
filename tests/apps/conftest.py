"""What the tests of the Django half share."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from luoshi.apps.plan.models import Plan
from tests.apps import factories


@pytest.fixture(autouse=True)
def data_folder(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of its own: what is kept beside the database belongs to that database alone."""
    settings.LUOSHI_DATA = tmp_path / "data"
    return tmp_path / "data"


@pytest.fixture
def office(db: None) -> User:
    """A user of the coordinating office."""
    return factories.office()


@pytest.fixture
def plan(office: User) -> Plan:
    """A stored plan with three full tasks, and one that names no body."""
    return factories.stored_plan(by=office)


@pytest.fixture
def desk(client: Client, office: User) -> Client:
    """A browser in which the office user is signed in."""
    client.force_login(office)
    return client
