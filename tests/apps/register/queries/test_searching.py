"""What searching means is said in memory; both databases find the same."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from luoshi.apps.register.models import Entry, Wording
from luoshi.apps.register.queries import searching
from luoshi.apps.register.queries.searching import few, grams, occurs, plain, worded
from tests.apps.register.factories import AT, Place, make_place

pytestmark = pytest.mark.django_db
# Few characters, so that words meet; among them what queries of databases are written with.
TEXTS = st.text(alphabet="法律援助办中心ＡaB12%_\"'*-()（）。、 　\n\\𠮷ß", max_size=14) | st.text(
    alphabet=st.characters(exclude_categories=["Cs"]), max_size=6
)


@pytest.fixture
def place() -> Place:
    """A region at work."""
    return make_place()


def entries(place: Place, texts: list[str]) -> list[Entry]:
    """An entry for each text."""
    made = Entry.objects.bulk_create(
        Entry(
            region=place.region,
            mechanism="legal-aid",
            version=1,
            body=place.centre,
            holder=place.centre,
            state="received",
            began=AT.date(),
            changed_at=AT,
        )
        for _ in texts
    )
    wordings = [
        Wording(entry=row, text=plain(text), grams=grams(plain(text)))
        for row, text in zip(made, texts, strict=True)
    ]
    Wording.objects.bulk_create(wordings)
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=6), st.lists(TEXTS, max_size=3))
@example(["法律援助中心", "法援", "律援 助中"], ["律援助中", "法", "援助"])
@example(["100%", "100", "a_b", "a\\b"], ["%", "_", "\\"])
@example(["\ue041b", "Ab"], ["ab"])
def test_both_databases_find_what_the_specification_finds(
    place: Place, texts: list[str], questions: list[str]
) -> None:
    with transaction.atomic():
        made = entries(place, texts)
        parts = [text[at : at + size] for text in texts for at, size in ((0, 2), (1, 1), (2, 5))]
        for question in (*questions, " ".join(questions), *parts):
            expected = {row.pk for row, text in zip(made, texts, strict=True) if occurs(question, text)}
            assert set(worded(Entry.objects.all(), question).values_list("pk", flat=True)) == expected
        transaction.set_rollback(True)


def test_the_index_follows_what_is_changed_and_what_goes(place: Place) -> None:
    (row,) = entries(place, ["拖欠工资"])
    for text, question, there in (("交通事故", "工资", False), ("交通事故", "事故", True), ("", "事", False)):
        Wording.objects.filter(pk=row.pk).update(text=text, grams=grams(text))
        assert worded(Entry.objects.all(), question).exists() == there
    row.delete()
    assert not Wording.objects.exists()


def test_width_case_and_blanks_do_not_matter() -> None:
    assert occurs("ａｂｃ　1号", "云政发〔2026〕１号 ABC")
    assert not occurs("2号", "云政发〔2026〕１号")
    assert occurs("", "")


@pytest.mark.parametrize("most", [2, 3])
def test_few_are_named_by_their_keys_and_many_stay_a_question(
    place: Place,
    most: int,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = entries(place, ["拖欠工资"] * 3 + ["交通事故"])
    monkeypatch.setattr(searching, "MOST_FOUND", most)
    asked = worded(Entry.objects.filter(mechanism="legal-aid").order_by("pk"), "工资")
    # PostgreSQL is asked beforehand how many it expects.
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 1):
        found = few(asked)
    assert set(found) == set(made[:3])
    assert ("register_wording" in str(found.query)) == (most < 3)


def test_what_is_expected_everywhere_is_not_looked_for_first(
    place: Place, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = entries(place, ["拖欠工资"] * 3)
    asked = worded(Entry.objects.filter(mechanism="legal-aid"), "工资")
    monkeypatch.setattr(searching, "MOST_EXPECTED", -1)
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 0):
        found = few(asked)
    assert "register_wording" in str(found.query)
    assert set(found) == set(made)


def test_nothing_is_few_without_asking(place: Place) -> None:
    assert not few(worded(Entry.objects.none(), "工资")).exists()
