"""Drafting, editing by two people, good practice, approval by a second person, and what stays."""

from __future__ import annotations

import pytest

from luoshi.apps.bulletin.models import Bulletin
from luoshi.apps.bulletin.operations import refusals
from luoshi.apps.bulletin.operations.writing import (
    choose_practice,
    count_again,
    draft_bulletin,
    drop_practice,
    edit,
    publish,
    send_back,
    submit,
)
from luoshi.apps.bulletin.queries.counting import totals
from luoshi.apps.work.models import Report
from luoshi.core.supervision.bulletin import MarkerUnknown
from tests.apps.bulletin.factories import COUNTED, COURT, SCHOOL, drafted, quarter, report
from tests.apps.work.factories import World, issued_plan, morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return quarter()


def published(world: World) -> Bulletin:
    row = submit(bulletin=drafted(world), by=world.office, at=COUNTED)
    return publish(bulletin=row, by=world.colleague(), at=COUNTED)


def test_one_draft_a_plan_and_period(world: World) -> None:
    drafted(world)
    with pytest.raises(refusals.BulletinInWork):
        drafted(world)


def test_nothing_due_nothing_to_tell() -> None:
    world = issued_plan()
    with pytest.raises(refusals.NothingToCount):
        draft_bulletin(plan=world.plan, period="2025Q1", by=world.office, at=COUNTED)
    assert not Bulletin.objects.exists()


def test_two_people_do_not_overwrite_each_other(world: World) -> None:
    row = drafted(world)
    edit(bulletin=row, title="一", text="共{应报送}项。", base=1, by=world.office, at=COUNTED)
    with pytest.raises(refusals.BulletinMovedOn):
        edit(bulletin=row, title="二", text="二", base=1, by=world.colleague(), at=COUNTED)
    row.refresh_from_db()
    assert (row.title, row.version, row.revisions.count()) == ("一", 2, 2)


def test_a_number_cannot_be_invented(world: World) -> None:
    with pytest.raises(MarkerUnknown):
        edit(bulletin=drafted(world), title="一", text="{满意率}", base=1, by=world.office, at=COUNTED)


def test_good_practice_comes_from_an_accepted_report(world: World) -> None:
    row = drafted(world)
    accepted = Report.objects.get(occurrence=world.occurrence(4, COURT))
    late = Report.objects.get(occurrence=world.occurrence(1, SCHOOL))
    choose_practice(bulletin=row, report=accepted, words="一", by=world.office, at=COUNTED)
    choose_practice(bulletin=row, report=accepted, words="二", by=world.office, at=COUNTED)
    assert [one.words for one in row.practices.all()] == ["二"]
    for report_, words in ((late, "x"), (accepted, " ")):
        with pytest.raises(refusals.NoPractice):
            choose_practice(bulletin=row, report=report_, words=words, by=world.office, at=COUNTED)
    drop_practice(bulletin=row, report=accepted, by=world.office, at=COUNTED)
    assert not row.practices.exists()


def test_a_second_person_publishes(world: World) -> None:
    row = submit(bulletin=drafted(world), by=world.colleague(), at=COUNTED)
    for by in (world.office, world.colleague()):
        # The one wrote the last version, the other submitted it.
        with pytest.raises(refusals.SecondPersonNeeded):
            publish(bulletin=row, by=by, at=COUNTED)
    with pytest.raises(refusals.AnswerMissing):
        send_back(bulletin=row, answer=" ", by=world.colleague(), at=COUNTED)
    row = send_back(bulletin=row, answer="请补充做法。", by=world.colleague(), at=COUNTED)
    assert (row.state, row.answer) == ("draft", "请补充做法。")


def test_what_is_published_stays(world: World) -> None:
    row = published(world)
    before = totals(row)
    report(world, world.occurrence(2, SCHOOL), SCHOOL, morning(2026, 4, 9))
    assert totals(row) == before
    for act in (
        lambda: count_again(bulletin=row, by=world.office, at=COUNTED),
        lambda: edit(bulletin=row, title="x", text="x", base=row.version, by=world.office, at=COUNTED),
        lambda: submit(bulletin=row, by=world.office, at=COUNTED),
        lambda: send_back(bulletin=row, answer="x", by=world.office, at=COUNTED),
    ):
        with pytest.raises(refusals.BulletinNotEditable):
            act()
    # A correction is a bulletin of its own.
    assert drafted(world).state == "draft"


def test_counting_again_takes_what_came_in(world: World) -> None:
    row = drafted(world)
    before = totals(row)
    report(world, world.occurrence(2, SCHOOL), SCHOOL, morning(2026, 4, 9))
    count_again(bulletin=row, by=world.office, at=morning(2026, 4, 10))
    after = totals(row)
    assert (after["asked"], after["late"]) == (before["asked"], before["late"] + 1)
