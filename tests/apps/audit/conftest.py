"""A sealed log, and what somebody can do to it who has the database in their hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from pytest_django import DjangoDbBlocker

from luoshi.apps.audit.models import Checkpoint, Event, Leaf
from luoshi.apps.audit.operations import record, seal
from tests.apps.factories import NOW, REGION, region
from tests.protecting import lift_protection, protect_again

MINUTE = timedelta(minutes=1)
# Events of the log, and after how many of them it is sealed.
EVENTS, SEALED = 30, (10, 20, 30)
Attack = Callable[..., None]


def write(office: User | None, number: int) -> Event:
    """An event of the log; one a minute."""
    with transaction.atomic():
        return record(
            type="plan.task.edited",
            object=region(),
            region=REGION,
            by=office,
            at=NOW + number * MINUTE,
            number=number,
        )


@dataclass(frozen=True)
class Log:
    """A log that was sealed three times, ten events each."""

    events: tuple[int, ...]
    checkpoints: tuple[str, ...]

    @property
    def end(self):
        """When it was last sealed."""
        return NOW + EVENTS * MINUTE


@pytest.fixture
def log(office: User) -> Log:
    """A log that was sealed three times."""
    seal(at=NOW)
    for number in range(EVENTS):
        if number in SEALED:
            seal(at=NOW + number * MINUTE)
        write(office, number)
    seal(at=NOW + EVENTS * MINUTE)
    return Log(
        tuple(Leaf.objects.order_by("number").values_list("event_id", flat=True)),
        tuple(Checkpoint.objects.order_by("number").values_list("note", flat=True)),
    )


@pytest.fixture
def attack(db: None) -> Attack:
    """Runs statements as somebody who has taken the triggers away."""

    return lift_protection


@pytest.fixture
def _log_is_protected_again(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Runs last: after a test has cleared the database, nobody can change the log any more."""
    yield
    with django_db_blocker.unblock():
        protect_again()


@pytest.fixture
def committed(_log_is_protected_again: None, transactional_db: None) -> Iterator[None]:
    """A database in which transactions end; cleared after the test."""
    yield
    lift_protection()
