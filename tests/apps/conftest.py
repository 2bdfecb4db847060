"""What the tests of the Django half share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from luoshi.apps.plan.models import Plan
from luoshi.apps.work.queries.badge import forget
from tests.apps import factories
from tests.apps.running.installation import Installation, installation
from tests.migrated import folder_of_all


@contextmanager
def taken_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written meanwhile is there for the tests of a module, and gone after them.

    For a world that is costly to make: a fixture of the module makes it once, each test takes a copy of its
    objects, and what a test writes is taken back at its end.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def data_folder(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of its own: what is kept beside the database belongs to that database alone."""
    settings.LUOSHI_DATA = tmp_path / "data"
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What was counted in another test counts no more: tries, and what waits, whose events have its keys."""
    forget()
    cache.clear()


@pytest.fixture
def installed(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation of its own whose database is up to date."""
    with installation(tmp_path, migrated=folder_of_all(tmp_path_factory)) as made:
        yield made


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
