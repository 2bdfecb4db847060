"""Entries go when their time is over, two people say so, and nothing else goes with them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luoshi.apps.audit.models import Event
from luoshi.apps.bulk.models import Row, Upload
from luoshi.apps.indicator.models import Addition
from luoshi.apps.indicator.operations.recounting import count_anew, in_database
from luoshi.apps.indicator.operations.verifying import discrepancies, kept_sums
from luoshi.apps.organization.models import Role
from luoshi.apps.register.models import Clock, Destroyed, Destruction, Entry, EntryFile, Link, Receipt, Step
from luoshi.apps.register.operations.destroying import confirm, digest_of, draw_up, leave_out, withdraw
from luoshi.apps.register.operations.destruction_refusals import (
    NothingDue,
    OpinionTooShort,
    SecondPersonNeeded,
    SheetSettled,
)
from luoshi.apps.register.operations.keeping_files import keep_file
from luoshi.apps.register.queries.destruction import due_for_destruction, numbers_of_destroyed, years_before
from luoshi.apps.register.queries.loading import register_of
from luoshi.apps.work.models import Blob
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place, withdrawn

pytestmark = pytest.mark.django_db

OPINION = "保存期限已满，没有继续保存的价值。"
YEARS = 30
# The first moment at which an entry that ended at `AT` has been kept for its time.
OVER = AT.replace(year=AT.year + YEARS) + timedelta(days=1)


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def second(place: Place) -> User:
    return _second(place)


def _second(place: Place) -> User:
    user = User.objects.create(username="second", last_name="复核")
    Role.objects.create(region=place.region, user=user, name="office")
    return user


def _ended(place: Place, *, at: datetime = AT, **more: object) -> Entry:
    row = apply_for_aid(place, at=at, **more)
    return withdrawn(row, place, at=at)


def _sheet(place: Place, at: datetime = OVER) -> Destruction:
    return draw_up(region=place.region.pk, mechanism="legal-aid", opinion=OPINION, by=place.office, at=at)


def _file(place: Place) -> str:
    return keep_file(
        region=place.region.pk,
        mechanism="legal-aid",
        field="evidence",
        name="a.pdf",
        content=b"%PDF-1.7 a",
        by=None,
        at=AT,
    ).token


def test_two_people_destroy_an_entry_with_all_that_belongs_to_it(place: Place, second: User) -> None:
    row = _ended(place, evidence=[_file(place)])
    digest = digest_of(row)
    sheet = _sheet(place)
    assert Entry.objects.count() == 1, "drawing up destroys nothing"
    confirm(sheet=sheet, by=second, at=OVER)
    for kind in (Entry, Step, Clock, EntryFile, Receipt, Blob):
        assert not kind.objects.exists(), kind
    line = Destroyed.objects.get()
    kept = (line.number, line.former, line.began, line.ended, line.years, line.digest, line.entry)
    day = date(2026, 3, 2)
    assert kept == (row.number, row.pk, day, day, YEARS, digest, None)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.drawn_by, sheet.settled_by) == ("done", place.office, second)
    event = Event.objects.get(type="register.entry.destroyed")
    assert (event.object_id, event.detail["sha256"]) == (str(row.pk), digest)
    assert Event.objects.get(type="register.destruction.confirmed").detail["destroyed"] == 1


def test_the_person_who_drew_it_up_does_not_confirm_it(place: Place) -> None:
    _ended(place)
    sheet = _sheet(place)
    with pytest.raises(SecondPersonNeeded):
        confirm(sheet=sheet, by=place.office, at=OVER)
    assert Entry.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.update(state="done", settled_by=place.office)


def test_figures_stay_as_they_were_published(place: Place, second: User) -> None:
    gone, kept = _ended(place), apply_for_aid(place, at=AT + timedelta(days=40))
    before = kept_sums(place.region.pk, "legal-aid")
    assert sum(one.entries for one in before.values()) == 2
    confirm(sheet=_sheet(place), by=second, at=OVER)
    assert list(Entry.objects.all()) == [kept]
    assert Addition.objects.filter(entry=None).exists()
    today = localdate(OVER)
    assert kept_sums(place.region.pk, "legal-aid") == before == in_database(place.region.pk, "legal-aid")
    assert discrepancies(place.region.pk, "legal-aid", today) == []
    count_anew(place.region.pk, "legal-aid", today)
    assert kept_sums(place.region.pk, "legal-aid") == before
    assert gone.number in numbers_of_destroyed([gone.pk]).values()


def test_bytes_that_another_entry_has_stay(place: Place, second: User) -> None:
    _ended(place, evidence=[_file(place)])
    kept = apply_for_aid(place, at=OVER, evidence=[_file(place)])
    confirm(sheet=_sheet(place), by=second, at=OVER)
    assert EntryFile.objects.get().entry == kept
    assert Blob.objects.count() == 1


def test_what_an_open_entry_names_is_kept_with_it(place: Place, second: User) -> None:
    row, other = _ended(place), apply_for_aid(place)
    Link.objects.create(entry=other, field="of", target=row)
    with pytest.raises(NothingDue):
        _sheet(place)
    Entry.objects.filter(pk=other.pk).update(ended=localdate(OVER))
    confirm(sheet=_sheet(place), by=second, at=OVER)
    assert list(Entry.objects.all()) == [other]
    assert not Link.objects.exists()


def test_an_entry_that_came_from_a_sheet_goes_with_its_row(place: Place, second: User) -> None:
    row = _ended(place)
    upload = Upload.objects.create(
        region=place.region,
        body=place.centre,
        mechanism="legal-aid",
        transition="apply",
        by=place.liaison,
        at=AT,
        name="a.xlsx",
        sha256="0" * 64,
        size=1,
    )
    Row.objects.create(upload=upload, number=1, entry=row)
    confirm(sheet=_sheet(place), by=second, at=OVER)
    assert not Entry.objects.exists()
    assert not Row.objects.exists()


def test_a_sheet_needs_a_reason_and_entries(place: Place) -> None:
    with pytest.raises(NothingDue):
        _sheet(place)
    _ended(place)
    with pytest.raises(NothingDue):
        _sheet(place, OVER - timedelta(days=1))
    with pytest.raises(OpinionTooShort):
        draw_up(region=place.region.pk, mechanism="legal-aid", opinion=" 到期 ", by=place.office, at=OVER)
    _sheet(place)
    with pytest.raises(NothingDue):
        _sheet(place)


def test_what_is_left_out_or_withdrawn_is_kept(place: Place, second: User) -> None:
    rows = [_ended(place) for _ in range(3)]
    sheet = _sheet(place)
    leave_out(line=sheet.lines.get(entry=rows[0]), by=second, at=OVER)
    withdraw(sheet=sheet, by=place.office, at=OVER)
    assert not Destroyed.objects.exists()
    for action in (withdraw, confirm):
        with pytest.raises(SheetSettled):
            action(sheet=sheet, by=second, at=OVER)
    again = _sheet(place)
    leave_out(line=again.lines.get(entry=rows[1]), by=second, at=OVER)
    confirm(sheet=again, by=second, at=OVER)
    assert list(Entry.objects.all()) == [rows[1]]


def test_what_is_not_due_any_more_is_spared(place: Place, second: User) -> None:
    row = _ended(place)
    sheet = _sheet(place)
    Entry.objects.filter(pk=row.pk).update(ended=None, state="received")
    confirm(sheet=sheet, by=second, at=OVER)
    assert Entry.objects.get() == row
    assert Destroyed.objects.get().spared == "not-due"


class Random(TestCase):
    """Whatever entries there are, and whenever it is: only what is due goes."""

    @settings(max_examples=15)
    @given(st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=1, max_size=6), st.integers(-2, 2))
    def test_nothing_goes_that_is_not_due(self, entries: list[tuple[int, bool]], shift: int) -> None:
        place = make_place()
        second, at, rows = _second(place), OVER + timedelta(days=shift), {}
        for days, ended in entries:
            when = AT + timedelta(days=days)
            row = (_ended if ended else apply_for_aid)(place, at=when)
            rows[row.pk] = row
        today = localdate(at)
        due = {
            key
            for key, row in rows.items()
            if row.ended is not None
            and row.ended < years_before(today, register_of(row).retention.years or 0)
        }
        assert due == set(
            due_for_destruction(place.region.pk, "legal-aid", today).values_list("pk", flat=True)
        )
        if due:
            confirm(sheet=_sheet(place, at), by=second, at=at)
        assert set(Entry.objects.values_list("pk", flat=True)) == set(rows) - due
        assert set(Destroyed.objects.values_list("former", flat=True)) == due
