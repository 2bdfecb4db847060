"""Personal data goes when its time is over, once, with its files; the rest of the entry stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.apps.audit.models import Event
from luoshi.apps.register.models import Correction, Entry, EntryFile, Tally, Value
from luoshi.apps.register.operations.forgetting import forget, forget_due, last_day_kept
from luoshi.apps.register.operations.keeping_files import keep_file
from luoshi.apps.register.operations.limiting import FILING, count_try
from luoshi.apps.register.queries.loading import register_of
from luoshi.apps.work.models import Blob
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def _ended(place: Place, **more: object) -> Entry:
    row = apply_for_aid(place, **more)
    return withdrawn(row, place, at=AT)


def _years(row: Entry) -> int:
    years = register_of(row).retention.personal_years
    assert years is not None
    return years


def _after(row: Entry, days: int) -> object:
    """So many days after the time of an entry that ended at `AT` is over."""
    return AT.replace(year=AT.year + _years(row)) + timedelta(days=days)


def _file(place: Place, content: bytes = b"%PDF-1.7 a") -> EntryFile:
    return keep_file(
        region=place.region.pk,
        mechanism="legal-aid",
        field="evidence",
        name="a.pdf",
        content=content,
        by=None,
        at=AT,
    )


def test_what_is_personal_goes_and_the_rest_stays(place: Place) -> None:
    paper = _file(place)
    row = _ended(place, opponent="乙公司", evidence=[paper.token])
    Correction.objects.create(entry=row, words="电话应为138", at=AT)
    indexed = Value.objects.filter(entry=row).count()
    assert forget_due(at=_after(row, 1)) == 1
    row.refresh_from_db()
    assert set(row.values) == {"form", "matter", "means", "exemption"}
    assert row.forgotten is not None
    assert Value.objects.filter(entry=row).count() == indexed
    assert not EntryFile.objects.exists()
    assert not Blob.objects.exists()
    assert Correction.objects.get().words == ""
    event = Event.objects.get(type="register.entry.forgotten")
    assert set(event.detail["fields"]) == {"applicant", "facts", "opponent", "evidence"}
    assert "乙公司" not in str(event.detail)


def test_nothing_goes_before_its_time_nor_while_an_entry_is_open(place: Place) -> None:
    row, still_open = _ended(place), apply_for_aid(place)
    assert forget_due(at=_after(row, 0)) == 0
    assert forget_due(at=_after(row, 1)) == 1
    still_open.refresh_from_db()
    assert "applicant" in still_open.values


def test_it_happens_once_and_goes_on_where_it_was_killed(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [_ended(place) for _ in range(3)]
    at = _after(rows[0], 1)
    assert forget(entry=rows[1], at=at)
    assert not forget(entry=rows[1], at=at)
    assert forget_due(at=at) == 2
    assert forget_due(at=at) == 0
    assert Event.objects.filter(type="register.entry.forgotten").count() == 3


def test_bytes_that_another_entry_has_stay(place: Place) -> None:
    kept = apply_for_aid(place, evidence=[_file(place).token])
    row = _ended(place, evidence=[_file(place).token])
    forget_due(at=_after(row, 1))
    assert EntryFile.objects.get().entry == kept
    assert Blob.objects.count() == 1


def test_files_that_nobody_claimed_and_old_counts_are_swept(place: Place) -> None:
    _file(place)
    count_try(measure=FILING, who="10.0.0.1", at=AT)
    forget_due(at=AT + timedelta(minutes=1))
    assert (EntryFile.objects.count(), Tally.objects.count()) == (1, 1)
    forget_due(at=AT + timedelta(days=2))
    assert (EntryFile.objects.count(), Tally.objects.count(), Blob.objects.count()) == (0, 0, 0)


def test_the_last_day_of_a_leap_year_has_one_before_it(place: Place) -> None:
    register = register_of(apply_for_aid(place))
    assert last_day_kept(register, date(2056, 2, 29)) == date(2026, 2, 28)
