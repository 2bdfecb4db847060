"""Lists of registers read what they show and no more: of many entries no table is gone through."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils.timezone import localdate

from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Clock, Entry, Value, Wording
from luoshi.apps.register.operations.taking import bring_up_to_date
from luoshi.apps.register.queries.listing import listed, offered, visible
from luoshi.apps.register.queries.searching import grams
from tests.apps.register.factories import AT, Place, apply_for_aid, granted, make_place, withdrawn

pytestmark = pytest.mark.django_db
TODAY = localdate(AT)
MANY = 6_000
MATTERS = ("labour", "injury", "support", "pension", "benefits", "other")
# A table that is read whole. Samples: "Seq Scan on register_value", "SCAN register_entry"; no sample: "SCAN
# register_entry USING INDEX".
WHOLE = re.compile(r"(?:Seq Scan on|SCAN) (?:register_(?:entry|value|wording|clock)|[TUVW]\d)\b(?! USING)")


@pytest.fixture
def place() -> Place:
    return make_place()


def fill(place: Place) -> None:
    """Entries as they are in life: most have ended, few are late, every number is unique, words recur."""
    chance = random.Random(1)
    rows = []
    for number in range(MANY):
        going = chance.random() < 0.01
        rows.append(
            Entry(
                region=place.region,
                mechanism="legal-aid",
                version=1,
                number=f"云溪援字第{number}号",
                title=f"{chance.choice(MATTERS)} {number % 97}",
                body=place.centre,
                holder=place.centre,
                state="received" if going else chance.choice(("closed", "refused", "withdrawn")),
                began=TODAY - timedelta(days=chance.randrange(1_000)),
                ended=None if going else TODAY,
                next_due=TODAY + timedelta(days=chance.randrange(-5, 9)) if going else None,
                changed_at=AT,
            )
        )
    made = Entry.objects.bulk_create(rows)
    Value.objects.bulk_create(
        Value(
            entry=row,
            region=place.region,
            mechanism="legal-aid",
            field="matter",
            text=row.title.partition(" ")[0],
            began=row.began,
        )
        for row in made
    )
    Clock.objects.bulk_create(
        Clock(
            entry=row,
            limit="review",
            started=row.began,
            due=row.next_due or row.began,
            outcome="running" if row.next_due else "kept",
        )
        for row in made
    )
    texts = [(row, f"{row.number} {row.title}") for row in made]
    Wording.objects.bulk_create(Wording(entry=row, text=text, grams=grams(text)) for row, text in texts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


LISTS: dict[str, dict[str, Any]] = {
    "newest": {},
    "state": {"state": "received"},
    "open": {"state": "open"},
    "value": {"values": {"matter": "labour"}},
    "late": {"late": True},
    "by limit": {"sort": "due"},
    "state by limit": {"state": "closed", "sort": "due"},
    "rare words": {"text": "援字第4711号"},
    "two characters": {"text": "援字"},
    "one character": {"text": "援"},
    "days": {"since": TODAY - timedelta(days=3)},
}


def test_no_list_goes_through_a_table(place: Place) -> None:
    fill(place)
    mechanism = catalogue().latest("legal-aid")
    for user in (place.office, place.liaison):
        for name, asked in LISTS.items():
            rows = listed(User.objects.get(pk=user.pk), mechanism, today=TODAY, **asked)
            assert rows[:25].exists(), name
            plan = rows[:25].explain()
            assert not WHOLE.search(plan), f"{name} for {user}:\n{plan}"


def test_the_nearest_limit_follows_the_entry(place: Place) -> None:
    row = apply_for_aid(place)
    assert row.next_due == TODAY + timedelta(days=7)
    row = granted(row, place, at=AT + timedelta(days=1))
    assert row.next_due == TODAY + timedelta(days=4)
    late = AT + timedelta(days=9)
    bring_up_to_date(entry=row, at=late)
    mechanism = catalogue().latest("legal-aid")
    found: Any = listed(place.office, mechanism, late=True, today=localdate(late)).get()
    assert (found.next_due, found.next_limit) == (TODAY + timedelta(days=4), "appoint")
    row.refresh_from_db()
    row = withdrawn(row, place, at=late)
    assert row.next_due is None
    assert not listed(place.office, mechanism, late=True, today=localdate(late)).exists()


def test_what_is_offered_is_what_there_is(place: Place) -> None:
    """Every value once, the highest first, and none of another region or register."""
    mechanism = catalogue().latest("data-centre-reports")
    row = apply_for_aid(place)
    for text, key in (("2026H1", "period"), ("2025H2", "period"), ("2025H2", "period"), ("7", "centre")):
        Value.objects.create(
            entry=row,
            region=place.region,
            mechanism=mechanism.key,
            field=key,
            text=text,
            began=row.began,
        )
    assert offered(place.office, mechanism) == {"period": ["2026H1", "2025H2"], "centre": ["7"]}
    assert offered(make_place("990111").office, mechanism) == {"period": [], "centre": []}


def test_a_body_sees_its_own(place: Place) -> None:
    other = make_place("990111")
    row, foreign = apply_for_aid(place), apply_for_aid(other)
    assert list(visible(place.liaison)) == [row]
    assert list(visible(other.office)) == [foreign]
    assert not visible(place.stranger).exists()
