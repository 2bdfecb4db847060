"""A digest reads what it says, however much waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.apps.register.models import Entry
from luoshi.apps.reminders.models import Digest
from luoshi.apps.reminders.operations.digesting import letter, make_digests
from luoshi.apps.reminders.queries import digest
from luoshi.apps.reminders.queries.digest import told
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place

TODAY = AT.date()


@pytest.fixture
def place(db: None) -> Place:
    """A region at work."""
    return make_place()


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "MOST_LINES", 3)


def test_each_entry_is_a_line_with_the_same_words(place: Place) -> None:
    made = [apply_for_aid(place, at=AT - timedelta(days=days)) for days in range(2)]
    lines, count = told(place.liaison, TODAY)
    assert count == 2
    assert lines == [
        {
            "kind": "台账待办理",
            "title": str(entry),
            "count": 1,
            "day": Entry.objects.get(pk=entry.pk).next_due.isoformat(),  # type: ignore[union-attr]
            "address": f"/registers/legal-aid/{entry.pk}/",
            "asker": "法律援助 · 待审查",
            "right": "",
            "light": "green",
        }
        for entry in made
    ]


@pytest.mark.usefixtures("_short")
def test_however_many_wait_only_what_is_said_is_read(place: Place) -> None:
    apply_for_aid(place)
    # What is looked up once a process is known from here on.
    told(place.liaison, TODAY)
    found = []
    for more in (4, 8):
        for _ in range(more):
            apply_for_aid(place)
        with CaptureQueriesContext(connection) as queries:
            found.append((*told(place.liaison, TODAY), len(queries)))
        whole = [one["sql"] for one in queries if "next_limit" in one["sql"]]
        assert whole
        assert all("LIMIT 3" in sql for sql in whole)
    (first, few, asked), (last, many, again) = found
    assert (len(first), few) == (3, 5)
    assert (len(last), many) == (3, 13)
    assert again == asked


@pytest.mark.usefixtures("_short")
def test_the_letter_counts_what_it_leaves_out(place: Place) -> None:
    for _ in range(5):
        apply_for_aid(place)
    make_digests(at=AT)
    row = Digest.objects.get(user=place.liaison)
    assert (len(row.lines), row.count) == (3, 5)
    said = letter(row)
    assert "5 件待办" in said.subject
    assert "其余请看" in said.body
