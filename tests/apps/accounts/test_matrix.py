"""Every address, every kind of person, every place: the real answer is the one that is declared."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from luoshi.apps.document.models import HEAVY
from luoshi.apps.organization import views
from luoshi.apps.work.templatetags import work_desk
from tests.apps.accounts.matrix import BY_TOKEN, MATRIX, Page
from tests.apps.accounts.world import OTHER_BODY, OTHER_REGION, OWN_BODY, PEOPLE, World, build
from tests.apps.organization.test_access import patterns

pytestmark = pytest.mark.django_db

PATTERNS = {name: found for name, found in patterns() if not name.startswith(BY_TOKEN)}
# A column of a document as a statement asks for it whole. Sample: `SELECT "document_storeddocument"."text"`
WHOLE = re.compile(rf'(?:SELECT|,) "document_storeddocument"\."(?:{"|".join(HEAVY)})"')
# A key of the matrix is the name of an address, with a word behind it where several stand for one name.
ADDRESSES = {key: key.split()[0] for key in MATRIX}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once, because every question is taken back. Refusals and the count of to-dos stay undrawn."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(views, "_error", lambda request, status: HttpResponse(status=status))
        patch.setattr(work_desk, "badge", lambda user, scope, now: 0)
        yield build()
        transaction.set_rollback(True)


def test_every_address_is_declared() -> None:
    missing = sorted(set(PATTERNS) - set(ADDRESSES.values()))
    assert not missing, f"say in tests/apps/accounts/matrix.py who may use: {missing}"


def test_nothing_is_declared_that_is_not_there() -> None:
    gone = sorted(set(ADDRESSES.values()) - set(PATTERNS))
    assert not gone, f"take out of tests/apps/accounts/matrix.py: {gone}"


@pytest.mark.parametrize("key", sorted(key for key, name in ADDRESSES.items() if name in PATTERNS))
def test_answers_are_the_declared_ones(world: World, key: str) -> None:
    pages = pages_of(key)
    wrong = [
        f"{person} {method.upper()} at {place}: {got} instead of {wanted}"
        for place in (OWN_BODY, OTHER_BODY, OTHER_REGION)
        for person in PEOPLE
        # Who is refused whatever the object is asked about one of them.
        if place == OWN_BODY or any(page.within and person in page.who for page in pages)
        for method in ("get", "post")
        for wanted in [answer(pages, person, place, method)]
        for got in [ask(world, key, person, place, method)]
        if got != wanted
    ]
    assert not wrong, "\n".join([key, *wrong])


def test_only_what_hands_a_file_out_loads_it(world: World) -> None:
    """Files and texts are megabytes, which a join of a document brings along unless it is told not to."""
    loading = {
        key for key in ADDRESSES for person in ("office", "liaison_a") if _loads_files(world, key, person)
    }
    # A task is shown with its place in the file, which only the reading of the whole document knows.
    assert loading == {"document:original", "plan:download", "plan:task"}


def _loads_files(world: World, key: str, person: str) -> bool:
    with CaptureQueriesContext(connection) as asked:
        ask(world, key, person, OWN_BODY, "get")
    return any(WHOLE.search(one["sql"]) for one in asked)


def pages_of(key: str) -> tuple[Page, ...]:
    """What is declared under `key`."""
    declared = MATRIX[key]
    return declared if isinstance(declared, tuple) else (declared,)


def answer(pages: tuple[Page, ...], person: str, place: str, method: str) -> int:
    """What `pages` say `person` is answered about an object at `place`."""
    mine = [page for page in pages if person in page.who]
    if not mine:
        return 302 if person == "stranger" else 403
    if all(getattr(page, method) is None for page in pages):
        return 405
    for page in mine:
        declared: int | None = getattr(page, method)
        if declared is not None and (not page.within or person in page.within[place]):
            return declared
    return 403


def ask(world: World, key: str, person: str, place: str, method: str) -> int:
    """What the product really answers; nothing of it stays."""
    name, values = ADDRESSES[key], world.values[place]
    said = {part: word for page in pages_of(key) for part, word in page.parts.items()}
    parts = PATTERNS[name].pattern.converters
    stands = {part: values.get(said.get(part, part), said.get(part)) for part in parts}
    unknown = sorted(part for part, value in stands.items() if value is None)
    assert not unknown, f"say in tests/apps/accounts/world.py what {unknown} of {name} are"
    client = world.clients[person]
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(reverse(name, kwargs=stands))
        transaction.set_rollback(True)
    client.cookies = cookies
    return int(response.status_code)
