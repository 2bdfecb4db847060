"""What entries put on whose desk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.waiting import waiting_for
from luoshi.apps.work.queries.desk import Scope, waiting
from luoshi.apps.work.queries.desk_sources import Line, sources_for
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def place() -> Place:
    """A region at work."""
    return make_place()


def lines(user: object, key: str, today: date = TODAY) -> list[Line]:
    """The to-dos of one kind that somebody has."""
    scope = Scope.of(user)  # type: ignore[arg-type]
    source = next(one for one in sources_for(scope) if one.key == key)
    return list(source.lines(source.rows(scope, today), today))


def test_an_application_waits_for_the_centre_only(place: Place) -> None:
    """The liaison and the head of the holder have it on the desk, counted once; another body has not."""
    entry = apply_for_aid(place)
    for user in (place.liaison, place.head):
        (line,) = lines(user, "entries-act")
        assert line.title.startswith(entry.number)
        assert (line.day, line.address) == (date(2026, 3, 9), f"/registers/legal-aid/{entry.pk}/")
        assert waiting(Scope.of(user), TODAY) == 1
    assert lines(place.stranger, "entries-act") == []


def test_a_limit_near_its_end_is_kept_in_view(place: Place) -> None:
    """From three days before the last day, and after it."""
    apply_for_aid(place, at=AT)
    assert lines(place.office, "entries-soon", TODAY + timedelta(days=3)) == []
    assert len(lines(place.office, "entries-soon", TODAY + timedelta(days=4))) == 1
    assert len(lines(place.office, "entries-soon", TODAY + timedelta(days=30))) == 1


def test_what_only_can_be_broken_off_waits_for_nobody(place: Place) -> None:
    """A case in hand can be terminated by the head, but waits for no step of theirs."""
    entry = apply_for_aid(place)
    Entry.objects.filter(pk=entry.pk).update(state="appointed")
    assert not Entry.objects.filter(waiting_for(Actor.HEAD)).exists()


def test_the_desk_shows_what_is_due_first_and_counts_all(place: Place) -> None:
    """However many wait, only the lines that are shown are read."""
    made = [apply_for_aid(place, at=AT - timedelta(days=days)) for days in range(11)]
    client = Client()
    client.force_login(place.liaison)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("work:desk")).content.decode()
    assert [one.number in page for one in made] == [False] * 3 + [True] * 8
    assert "11" in page
    lists = [one["sql"] for one in queries if "next_limit" in one["sql"]]
    assert lists
    assert all("LIMIT 8" in sql for sql in lists)
