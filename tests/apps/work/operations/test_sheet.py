"""A workbook of reports: nothing half taken over, nothing lost, nothing of others."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from luoshi.apps.work.models import Occurrence, Report, Revision, SheetUpload
from luoshi.apps.work.operations.deciding import accept
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.operations.sheet import (
    SheetApplied,
    SheetHasFaults,
    SheetIncomplete,
    SheetOvertaken,
    apply_sheet,
    receive_sheet,
)
from luoshi.apps.work.queries.sheet import FILLED
from luoshi.apps.work.queries.sheet_back import sent_back
from luoshi.apps.work.queries.sheet_check import check
from luoshi.core.document.errors import DocumentError
from luoshi.core.work.prefill import NOT_APPLICABLE
from luoshi.core.work.values import unpack
from tests.apps.conftest import taken_back
from tests.apps.work.factories import REGION, World, issued_plan, morning
from tests.apps.work.workbooks import TODAY, Cells, cells, filled_in, handed_out, read

AT = morning(2026, 3, 18)
BODY = "区教育局"


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world below, made once."""
    with taken_back(django_db_blocker):
        yield issued_plan(until=morning(2026, 3, 17))


@pytest.fixture
def world(lived: World, db: None) -> World:
    """An issued plan whose first quarter is open: the body is responsible for three tasks."""
    return copy.deepcopy(lived)


def key(world: World) -> int:
    return world.bodies[BODY].pk


def clerk(world: World) -> User:
    return world.liaison(BODY)


def received(world: World, content: bytes) -> SheetUpload:
    return receive_sheet(region=REGION, name="填报.xlsx", content=content, by=clerk(world), at=AT)


def wrote(rows: Cells, row: int = 0, **texts: str) -> None:
    rows[row].update(texts)


def faults_of(world: World, content: bytes) -> list[tuple[int, str, str]]:
    """Row, column and words of everything that is wrong."""
    rows, wrong = read(content)
    _, more = check(rows, bodies={key(world)}, on=TODAY)
    return [(one.row, one.column, one.zh) for one in [*wrong, *more]]


def latest(world: World, task: int) -> dict[str, object]:
    """The newest values of the body's report on a task."""
    report = Report.objects.get(occurrence=world.occurrence(task, BODY))
    return dict(unpack(Revision.objects.get(report=report, number=report.latest).values))


def test_an_untouched_workbook_changes_nothing(world: World) -> None:
    upload = received(world, handed_out(key(world)))

    assert upload.report == {"changes": [], "faults": []}
    apply_sheet(upload=upload, submits=True, by=clerk(world), at=AT)
    assert not Report.objects.exists()


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n \t=+-@'\""),
    max_size=60,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(words=st.lists(TEXTS, min_size=4, max_size=4), english=st.booleans())
def test_whatever_was_written_comes_back_as_no_change(world: World, words: list[str], english: bool) -> None:
    """Formulas, blanks, empty lines, words that look like numbers: a round trip changes none of them."""
    Revision.objects.all().delete()
    Report.objects.all().delete()
    occurrence = world.occurrence(1, BODY)
    report = open_report(occurrence=occurrence, by=clerk(world), at=AT)
    values = dict(zip(("progress", "problems", "next_step", "help_needed"), words, strict=True))
    save(report=report, values={**values, "share_done": NOT_APPLICABLE}, base=0, by=clerk(world), at=AT)

    with override("en" if english else "zh-hans"):
        rows, wrong = read(handed_out(key(world)))
    changes, more = check(rows, bodies={key(world)}, on=TODAY)
    assert (changes, wrong, more) == ([], [], [])


def test_what_is_filled_in_becomes_a_draft_and_the_rest_stays(world: World) -> None:
    content = filled_in(key(world), lambda rows: wrote(rows, progress="已培训两批。", share_done="62.5%"))
    upload = received(world, content)

    assert [one["fields"] for one in upload.report["changes"]] == [
        [["progress", None, "已培训两批。"], ["share_done", None, 62.5]]
    ]
    assert not Report.objects.exists()
    apply_sheet(upload=upload, submits=False, by=clerk(world), at=AT)
    (report,) = Report.objects.all()
    assert (report.state, report.occurrence_id) == ("draft", int(cells(key(world))[0]["id"]))
    assert str(latest(world, 1)["share_done"]) == "62.5"
    assert Revision.objects.get().kind == Revision.Kind.IMPORT


def test_what_looks_like_a_formula_stays_words(world: World) -> None:
    words = '=cmd|"/c calc"!A1'
    upload = received(world, filled_in(key(world), lambda rows: wrote(rows, progress=words)))
    apply_sheet(upload=upload, submits=False, by=clerk(world), at=AT)

    assert latest(world, 1)["progress"] == words
    assert cells(key(world))[0]["progress"] == words
    assert b"<f>" not in handed_out(key(world))


def test_submitting_answers_the_requests(world: World) -> None:
    upload = received(world, filled_in(key(world), lambda rows: wrote(rows, progress="已办结。")))
    apply_sheet(upload=upload, submits=True, by=clerk(world), at=AT)

    answered = Occurrence.objects.filter(answered_at__isnull=False)
    assert list(answered) == [world.occurrence(1, BODY)]


def test_an_incomplete_report_is_not_submitted_and_nothing_else_is(world: World) -> None:
    def change(rows: Cells) -> None:
        wrote(rows, 0, progress="已办结。")
        wrote(rows, 1, problems="缺少场地。")

    upload = received(world, filled_in(key(world), change))
    with pytest.raises(SheetIncomplete, match="第3行"):
        apply_sheet(upload=upload, submits=True, by=clerk(world), at=AT)
    assert not Report.objects.exists()
    apply_sheet(upload=upload, submits=False, by=clerk(world), at=AT)
    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    ("texts", "column", "said"),
    [
        ({"share_done": "120"}, "J", "不是完成比例"),
        ({"share_done": "大约一半"}, "J", "不是完成比例"),
        ({"id": ""}, "", "没有编号"),
        ({"id": "999999"}, "", "不由您填报"),
        ({"task": "2 办好第2项服务"}, "", "与编号不符"),
        ({"progress": "字" * 20_001}, "I", "超过上限20000个字"),
        ({"progress": "好", "base": "7"}, "", "预填内容"),
        ({"progress": "好", "seal": "x"}, "", "预填内容"),
    ],
)
def test_every_fault_names_its_place(world: World, texts: dict[str, str], column: str, said: str) -> None:
    found = faults_of(world, filled_in(key(world), lambda rows: wrote(rows, **texts)))

    assert [(row, where) for row, where, _ in found] == [(2, column)]
    assert said in found[0][2]


def test_a_row_twice_and_a_row_of_another_body(world: World) -> None:
    other = cells(world.bodies["区财政局"].pk)[0]
    content = filled_in(key(world), lambda rows: rows.extend([dict(rows[0]), other]))

    first, second = faults_of(world, content)
    assert "第2行" in first[2]
    assert "不由您填报" in second[2]


def test_with_one_fault_nothing_is_taken_over(world: World) -> None:
    def change(rows: Cells) -> None:
        wrote(rows, 0, progress="已办结。")
        wrote(rows, 1, share_done="-1")

    upload = received(world, filled_in(key(world), change))
    with pytest.raises(SheetHasFaults):
        apply_sheet(upload=upload, submits=False, by=clerk(world), at=AT)
    assert not Report.objects.exists()


def test_another_sheet_and_another_kind_of_file(world: World) -> None:
    assert "没有名为" in faults_of(world, filled_in(key(world), lambda rows: None, sheet="Sheet1"))[0][2]
    with pytest.raises(DocumentError):
        received(world, "进展".encode())


def meanwhile(world: World, **texts: str) -> None:
    """A colleague writes into the first report."""
    report = open_report(occurrence=world.occurrence(1, BODY), by=world.head(BODY), at=AT)
    save(report=report, values=texts, base=report.latest, by=world.head(BODY), at=AT)


def test_what_a_colleague_wrote_meanwhile_is_kept(world: World) -> None:
    content = filled_in(key(world), lambda rows: wrote(rows, progress="已培训两批。"))
    meanwhile(world, problems="缺少场地。")
    upload = received(world, content)

    assert upload.report["changes"][0]["merged"]
    apply_sheet(upload=upload, submits=False, by=clerk(world), at=AT)
    assert latest(world, 1) == {"progress": "已培训两批。", "problems": "缺少场地。"}


def test_two_texts_for_one_field_are_shown_and_refused(world: World) -> None:
    content = filled_in(key(world), lambda rows: wrote(rows, progress="已培训两批。"))
    meanwhile(world, progress="一批也没有办。")

    ((row, column, said),) = faults_of(world, content)
    assert (row, column) == (2, "I")
    assert "已培训两批。" in said
    assert "一批也没有办。" in said


def test_a_report_that_was_sent_meanwhile_is_not_changed(world: World) -> None:
    content = filled_in(key(world), lambda rows: wrote(rows, progress="已培训两批。"))
    meanwhile(world, progress="已培训两批。")
    report = Report.objects.get()
    submit(report=report, seen=report.latest, by=clerk(world), at=AT)

    assert "已提交" in faults_of(world, content)[0][2]


def test_what_changes_between_the_preview_and_the_click_is_shown_again(world: World) -> None:
    upload = received(world, filled_in(key(world), lambda rows: wrote(rows, progress="已培训两批。")))
    meanwhile(world, progress="一批也没有办。")

    with pytest.raises(SheetOvertaken):
        apply_sheet(upload=upload, submits=False, by=clerk(world), at=AT)
    upload.refresh_from_db()
    assert upload.report["faults"]
    assert latest(world, 1) == {"progress": "一批也没有办。"}


def test_a_workbook_is_taken_over_once(world: World) -> None:
    upload = received(world, filled_in(key(world), lambda rows: wrote(rows, progress="已办结。")))
    apply_sheet(upload=upload, submits=False, by=clerk(world), at=AT)

    with pytest.raises(SheetApplied):
        apply_sheet(upload=upload, submits=False, by=clerk(world), at=AT)


def test_the_workbook_sent_back_says_what_is_wrong_and_can_be_sent_again(world: World) -> None:
    rows, _ = read(filled_in(key(world), lambda rows: wrote(rows, progress="已办结。", share_done="120")))
    _, wrong = check(rows, bodies={key(world)}, on=TODAY)
    again, none = read(sent_back(rows, wrong))

    assert none == []
    assert [row.cells for row in again] == [dict(row.cells) for row in rows]


def test_a_joint_report_stays_a_draft_for_the_other_leads_to_sign(world: World) -> None:
    body = world.bodies["区民政局"].pk
    content = filled_in(body, lambda rows: wrote(rows, progress="三家合力推进。"))
    upload = receive_sheet(
        region=REGION, name="填报.xlsx", content=content, by=world.liaison("区民政局"), at=AT
    )
    apply_sheet(upload=upload, submits=True, by=world.liaison("区民政局"), at=AT)

    (report,) = Report.objects.all()
    assert (report.joint, report.state) == (True, "draft")
    upload.refresh_from_db()
    assert upload.outcome == "saved"


def test_the_page_says_what_stays_to_be_done_and_leads_there(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    person = world.liaison("区民政局")
    content = filled_in(
        world.bodies["区民政局"].pk, lambda rows: [one.update(progress="三家合力推进。") for one in rows]
    )
    upload = receive_sheet(region=REGION, name="填报.xlsx", content=content, by=person, at=AT)
    client.force_login(person)
    address = reverse("work:sheet-upload", args=[upload.pk])
    before = client.get(address).text
    assert "份是牵头报告" in before
    assert "写入并提交" not in before
    assert "佐证材料不能放在表里" in before
    after = client.post(address, {}, follow=True)
    assert after.redirect_chain == [(address, 302)]
    left = Report.objects.filter(state="draft")
    assert after.context["left"]
    assert {one.pk for one in after.context["left"]} == {one.pk for one in left}
    for report in left:
        assert reverse("work:report", args=[report.occurrence_id]) in after.text
    assert "待送会签" in after.text
    left.update(state="proposed")
    assert "没有留下草稿" in client.get(address).text


def test_last_period_stands_beside_the_next(world: World) -> None:
    occurrence = world.occurrence(1, BODY)
    report = open_report(occurrence=occurrence, by=clerk(world), at=AT)
    submit(
        report=report,
        seen=save(
            report=report,
            values={"progress": "首批已办。", "problems": "缺场地"},
            base=0,
            by=clerk(world),
            at=AT,
        ).latest,
        by=clerk(world),
        at=AT,
    )
    report.refresh_from_db()
    accept(report=report, seen=report.latest, by=world.office, at=AT)
    world.advance(morning(2026, 6, 18))

    row = next(one for one in cells(key(world)) if one["due"] > "2026-06" and one["task"].startswith("1 "))
    assert (row["last"], row["progress"], row["problems"]) == ("首批已办。", "", "缺场地")


def test_the_pages(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    client.force_login(clerk(world))
    assert client.get(reverse("work:sheet")).status_code == 200
    file = client.get(reverse("work:sheet-file", args=[key(world)]))
    assert len(read(file.content)[0]) == len(cells(key(world)))
    stranger = world.bodies["区财政局"].pk
    assert client.get(reverse("work:sheet-file", args=[stranger])).status_code == 403

    for change, said in (
        (lambda rows: wrote(rows, progress="已办结。"), "将写入 1 项报送"),
        (lambda rows: wrote(rows, share_done="120"), "一行也没有写入"),
        (lambda rows: None, "没有要写入的改动"),
    ):
        upload = received(world, filled_in(key(world), change))
        address = reverse("work:sheet-upload", args=[upload.pk])
        assert said in client.get(address).text
        assert client.get(reverse("work:sheet-faults", args=[upload.pk])).status_code == 200
    client.force_login(world.liaison("区财政局"))
    assert client.get(address).status_code == 403
    assert set(FILLED) == {"progress", "share_done", "problems", "next_step", "help_needed"}
