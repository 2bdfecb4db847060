"""A sheet that is sent is checked like the form, and becomes entries once, as the person chose."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from luoshi.apps.audit.models import Event
from luoshi.apps.bulk.models import Row, State, Upload
from luoshi.apps.bulk.operations import importing, making, receiving, refusals
from luoshi.apps.bulk.operations.ending import forget_rows
from luoshi.apps.bulk.operations.importing import (
    confirm_upload,
    continue_upload,
    drop_upload,
    mark_interrupted,
    run_upload,
)
from luoshi.apps.indicator.operations.verifying import discrepancies
from luoshi.apps.organization.models import Role
from luoshi.apps.register.models import Entry
from tests.apps.bulk.factories import KEY, VENUE, filled_in, grid, layout, sent, written
from tests.apps.register.factories import AT, Place, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def make(upload: Upload, place: Place, *, whole: bool = False) -> Upload:
    confirm_upload(upload=upload, whole=whole, by=place.stranger, at=AT)
    run_upload(upload.pk, lambda: AT)
    upload.refresh_from_db()
    return upload


def several(count: int) -> list[dict[str, str]]:
    return [{**VENUE, "name": f"长廊{n}"} for n in range(count)]


WRONG = [
    {**VENUE, "kind": "没有的类型", "built-on": "去年"},
    {**VENUE, "for-body": "没有的单位"},
    {key: text for key, text in VENUE.items() if key not in ("address", "built-on")},
    {**VENUE, "built-on": "2099-01-01"},
]


def test_good_rows_become_entries(place: Place) -> None:
    upload = sent(place, filled_in(several(7)))
    assert (upload.state, upload.total, upload.bad, upload.content) == (State.CHECKED, 7, 0, None)
    assert not Entry.objects.exists()

    make(upload, place, whole=True)
    assert (upload.state, upload.done, upload.bad) == (State.DONE, 7, 0)
    assert list(Entry.objects.order_by("pk").values_list("title", flat=True)) == [
        one["name"] for one in several(7)
    ]
    entry = Entry.objects.order_by("pk").first()
    assert entry is not None
    assert entry.values["for-body"] == str(place.other.pk)
    assert Event.objects.filter(type="register.entry.begun").count() == 7
    assert discrepancies(place.region.code, KEY, AT.date()) == []
    # What was written stands in the entries now, and nowhere else.
    assert all(row.texts == {} and row.entry_id for row in Row.objects.all())


def test_what_is_wrong_is_told_by_sheet_row_and_column(place: Place) -> None:
    upload = sent(place, filled_in([*several(2), *WRONG]))
    assert (upload.total, upload.bad, upload.good) == (6, 4, 2)
    rows = list(upload.rows.filter(good=False).order_by("number"))
    told = [[(one["column"], one["row"]) for one in row.faults] for row in rows]
    assert told == [[("C", 5), ("I", 5)], [("D", 6)], [("E", 7), ("I", 7)], [("", 8)]]
    words = [one["zh"] for row in rows for one in row.faults]
    assert "没有“没有的类型”这一项" in words[0]
    assert "不是日期" in words[1]
    assert "不在本地区名录中" in words[2]
    assert words[3] == "请填写“地点”。"
    assert "建成日期不能晚于今天" in words[5]


def test_the_good_ones_only(place: Place) -> None:
    upload = make(sent(place, filled_in([*WRONG, *several(3)])), place)
    assert (upload.state, upload.done, upload.bad) == (State.DONE, 3, 4)
    assert Entry.objects.count() == 3


def test_all_or_nothing_is_refused_with_faults(place: Place) -> None:
    upload = sent(place, filled_in([*WRONG, *several(3)]))
    with pytest.raises(refusals.NotWhole):
        confirm_upload(upload=upload, whole=True, by=place.stranger, at=AT)
    assert not Entry.objects.exists()


def test_all_or_nothing_takes_everything_back(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body closes between the check and the making; what was made before is taken back."""
    monkeypatch.setattr(making, "BATCH", 2)
    upload = sent(place, filled_in([*several(5), {**VENUE, "for-body": place.centre.name}]))
    assert upload.bad == 0
    place.centre.active_to = AT.date()
    place.centre.save()
    make(upload, place, whole=True)
    assert (upload.state, upload.bad, upload.whole) == (State.CHECKED, 1, None)
    assert upload.error["code"] == "bulk-not-whole"
    assert not Entry.objects.exists()
    assert not Event.objects.filter(type="register.entry.begun").exists()

    make(upload, place)
    assert (upload.state, upload.done, Entry.objects.count()) == (State.DONE, 5, 5)
    # Numbers have no gap, though many were given and taken back.
    assert Entry.objects.filter(number="阵地〔2026〕1号").exists()


def test_a_killed_import_goes_on_and_makes_nothing_twice(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "BATCH", 3)
    upload = sent(place, filled_in(several(10)))
    confirm_upload(upload=upload, whole=False, by=place.stranger, at=AT)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(making, "get_further", killed)
        with pytest.raises(KeyboardInterrupt):
            run_upload(upload.pk, lambda: AT)
    assert Entry.objects.count() == 3
    assert mark_interrupted(at=AT) == 0
    assert mark_interrupted(at=AT + timedelta(hours=1)) == 1
    continue_upload(upload=upload, at=AT)
    run_upload(upload.pk, lambda: AT)
    upload.refresh_from_db()
    assert (upload.state, upload.done, Entry.objects.count()) == (State.DONE, 10, 10)
    assert Entry.objects.values("title").distinct().count() == 10


def test_a_killed_check_begins_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    content = filled_in([*several(3), *WRONG])
    with monkeypatch.context() as dying:
        dying.setattr(importing, "check_all", killed)
        with pytest.raises(KeyboardInterrupt):
            sent(place, content)
    upload = Upload.objects.get()
    mark_interrupted(at=AT, everything=True)
    continue_upload(upload=upload, at=AT)
    run_upload(upload.pk, lambda: AT)
    upload.refresh_from_db()
    assert (upload.state, upload.total, upload.bad) == (State.CHECKED, 7, 4)


def test_the_same_bytes_are_one_job(place: Place) -> None:
    content = filled_in(several(1))
    assert sent(place, content).pk == sent(place, content).pk


def test_somebody_who_lost_the_role_makes_nothing(place: Place) -> None:
    upload = sent(place, filled_in(several(2)))
    Role.objects.filter(user=place.stranger).delete()
    make(upload, place)
    assert (upload.state, upload.error["code"]) == (State.FAILED, "bulk-not-by-you")
    assert not Entry.objects.exists()


def test_given_up(place: Place) -> None:
    upload = sent(place, filled_in(several(2)))
    drop_upload(upload=upload, by=place.stranger, at=AT)
    upload.refresh_from_db()
    assert upload.state == State.DROPPED
    assert not upload.rows.exists()
    with pytest.raises(refusals.UploadSettled):
        confirm_upload(upload=upload, whole=False, by=place.stranger, at=AT)


def test_rows_that_became_nothing_are_forgotten_in_time(place: Place) -> None:
    upload = make(sent(place, filled_in([*WRONG, *several(1)])), place)
    assert forget_rows(at=AT + timedelta(days=29)) == 0
    assert forget_rows(at=AT + timedelta(days=31)) == 4
    assert upload.rows.count() == 1


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (grid()[1:], "bulk-not-our-sheet"),
        ([["luoshi-bulk/1 legal-aid@1 apply", "name"], ["", "姓名"], ["", "甲"]], "bulk-sheet-outdated"),
        ([["luoshi-bulk/1 culture-venues@9 register", "name"]], "bulk-sheet-outdated"),
        ([[*grid()[0], "other"], *grid()[1:]], "bulk-column-unknown"),
        ([[*grid()[0], "name"], *grid()[1:]], "bulk-column-unknown"),
        (grid(0), "bulk-sheet-empty"),
    ],
)
def test_odd_sheets(place: Place, cells: list[list[str]], code: str) -> None:
    upload = sent(place, written({"阵地": cells}))
    assert (upload.state, upload.error["code"]) == (State.FAILED, code)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "document-empty"),
        (b"no workbook", "document-not-a-workbook"),
        (b"PK\x03\x04 and no zip", "document-damaged"),
    ],
)
def test_hostile_files(place: Place, content: bytes, code: str) -> None:
    upload = sent(place, content)
    assert upload.state == State.FAILED
    assert upload.error["code"].startswith("document-"), code


def test_columns_and_sheets_may_be_moved(place: Place) -> None:
    turned = [[cells[0], *reversed(cells[1:])] for cells in grid()]
    upload = sent(place, written({"别的": [["随便写的"]], "阵地": turned}))
    assert (upload.good, upload.sheet) == (2, "阵地")


def test_too_many_rows(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "ROWS", 3)
    upload = sent(place, filled_in(several(4)))
    assert (upload.state, upload.error["code"]) == (State.FAILED, "bulk-sheet-too-long")


def test_a_step_that_needs_a_file_has_no_sheet() -> None:
    assert layout().possible
    assert [one.key for one in layout().left_out] == ["photos"]
