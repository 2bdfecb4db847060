"""Every address, every kind of person, every place: the real answer is the one that is declared."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.apps.accounts.matrix import MATRIX, PENDING, Page
from tests.apps.accounts.world import OTHER_BODY, OTHER_REGION, OWN_BODY, PEOPLE, World, build
from tests.apps.organization.test_access import address, patterns

pytestmark = pytest.mark.django_db

PATTERNS = dict(patterns())
DECLARED = sorted(set(MATRIX) & set(PATTERNS))
UNDECLARED = sorted(set(PATTERNS) - set(MATRIX))
OUTSIDERS = ("stranger", "nobody", "system", "security", "audit")
# Whose body the objects at `OWN_BODY` and at `OTHER_BODY` concern.
BODY_OF = {"liaison_a": OWN_BODY, "head_a": OWN_BODY, "liaison_b": OTHER_BODY}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once, because every question is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def test_every_address_is_declared() -> None:
    missing = [name for name in UNDECLARED if not name.startswith(PENDING)]
    assert not missing, f"say in tests/apps/accounts/matrix.py who may use: {missing}"


def test_nothing_is_declared_that_is_not_there() -> None:
    gone = sorted(set(MATRIX) - set(PATTERNS))
    assert not gone, f"take out of tests/apps/accounts/matrix.py: {gone}"


@pytest.mark.parametrize("name", DECLARED)
def test_answers_are_the_declared_ones(world: World, name: str) -> None:
    page = MATRIX[name]
    wrong = [
        f"{person} {method.upper()} at {place}: {got} instead of {wanted}"
        for place in (OWN_BODY, OTHER_BODY, OTHER_REGION)
        if place == OWN_BODY or page.within
        for person in PEOPLE
        for method in ("get", "post")
        for wanted in [answer(page, person, place, method)]
        for got in [ask(world, name, person, place, method)]
        if got != wanted
    ]
    assert not wrong, "\n".join([name, *wrong])


@pytest.mark.parametrize("name", [name for name in UNDECLARED if name.startswith(PENDING)])
def test_outsiders_get_nowhere_in_what_is_pending(world: World, name: str) -> None:
    for person in OUTSIDERS:
        for method in ("get", "post"):
            with transaction.atomic():
                got = getattr(world.clients[person], method)(address(name, PATTERNS[name])).status_code
                transaction.set_rollback(True)
            assert got == (302 if person == "stranger" else 403), f"{person} {method} {name}"


def answer(page: Page, person: str, place: str, method: str) -> int:
    """What `page` says `person` is answered about an object at `place`."""
    if person == "stranger" and person not in page.who:
        return 302
    if person not in page.who:
        return 403
    declared = page.get if method == "get" else page.post
    if declared is None:
        return 405
    return declared if reaches(page, person, place) else 403


def reaches(page: Page, person: str, place: str) -> bool:
    """Whether an object at `place` is one that `person` deals with."""
    if not page.within:
        return True
    if (person == "neighbour") != (place == OTHER_REGION):
        return False
    return page.within == "region" or BODY_OF.get(person, place) == place


def ask(world: World, name: str, person: str, place: str, method: str) -> int:
    """What the product really answers; nothing of it stays."""
    values = world.values[place]
    parts = PATTERNS[name].pattern.converters
    unknown = sorted(set(parts) - set(values))
    assert not unknown, f"say in tests/apps/accounts/world.py what {unknown} of {name} are"
    client = world.clients[person]
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(reverse(name, kwargs={part: values[part] for part in parts}))
        transaction.set_rollback(True)
    client.cookies = cookies
    return int(response.status_code)
