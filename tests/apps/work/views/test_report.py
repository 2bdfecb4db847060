"""The pages of reports: the form with and without scripts, steps by role, and what each may read."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from luoshi.apps.work.models import Editor, Evidence, Occurrence, Report, Revision
from luoshi.apps.work.operations.deciding import accept
from luoshi.apps.work.operations.joint import propose, submit_joint
from luoshi.apps.work.operations.reporting import open_report, save, submit
from tests.apps.conftest import taken_back
from tests.apps.work.factories import World, issued_plan, morning

AT = morning(2026, 3, 18)
COURT, LEAD, OTHER, SCHOOL = "区人民法院", "区民政局", "区司法局", "区教育局"
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world below, made once."""
    with taken_back(django_db_blocker):
        yield issued_plan(until=morning(2026, 3, 17))


@pytest.fixture
def world(lived: World, db: None) -> World:
    """An issued plan whose first quarter is open."""
    return copy.deepcopy(lived)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(occurrence: Occurrence, name: str = "report", *args: str) -> str:
    return reverse(f"work:{name}", args=[occurrence.pk, *args])


def written(world: World, body: str, task: int, text: str = "本期开展两次。") -> Report:
    report = open_report(occurrence=world.occurrence(task, body), by=world.liaison(body), at=AT)
    save(report=report, values={"progress": text}, base=0, by=world.liaison(body), at=AT)
    report.refresh_from_db()
    return report


def sent(world: World, body: str, task: int, text: str = "本期开展两次。") -> Report:
    return submit(report=written(world, body, task, text), seen=1, by=world.liaison(body), at=AT)


def test_the_form_works_without_scripts(world: World) -> None:
    one, liaison = world.occurrence(4, COURT), browser(world.liaison(COURT))
    page = liaison.get(address(one))
    assert page.status_code == 200
    assert "云溪区社区服务重点任务分解方案第五部分" in page.content.decode(), "the basis is shown"
    assert not Report.objects.exists(), "looking writes nothing"
    data = {"base": "0", "progress": "已宣传三次。", "share_done": "", "problems": ""}
    liaison.post(address(one, "report-save"), data)
    assert Revision.objects.get().values == {"progress": "已宣传三次。"}
    page = liaison.post(address(one, "report-submit"), {**data, "base": "1", "problems": "缺人"}, follow=True)
    report = Report.objects.get()
    assert (report.state, report.latest) == ("submitted", 2)
    assert "已提交" in page.content.decode()


def test_autosave_tells_what_became_of_it(world: World) -> None:
    one = world.occurrence(4, COURT)
    liaison, head = browser(world.liaison(COURT)), browser(world.head(COURT))
    first = liaison.post(address(one, "report-save"), {"base": "0", "progress": "召开会议。"}, headers=JSON)
    assert (first.json()["latest"], first.json()["merged"]) == (1, "")
    head.post(address(one, "report-save"), {"base": "1", "progress": "召开会议。印发通知。"}, headers=JSON)
    second = liaison.post(
        address(one, "report-save"), {"base": "1", "progress": "召开会议两次。"}, headers=JSON
    )
    told = second.json()
    assert told["values"]["progress"] == "召开会议两次。印发通知。"
    assert (told["own"], told["latest"]) == (3, 4)
    assert "区人民法院head" in told["merged"]


def test_a_merge_is_shown_before_anything_is_sent(world: World) -> None:
    one = world.occurrence(4, COURT)
    written(world, COURT, 4)
    page = browser(world.head(COURT)).post(
        address(one, "report-submit"), {"base": "0", "progress": "另写一段。"}
    )
    text = page.content.decode()
    assert page.status_code == 409
    assert "也改了这份报送" in text
    assert "by-first" in text
    assert "by-second" in text
    assert Report.objects.get().state == "draft"


def test_what_was_typed_comes_back_with_the_reason(world: World) -> None:
    one, liaison = world.occurrence(1, SCHOOL), browser(world.liaison(SCHOOL))
    page = liaison.post(
        address(one, "report-submit"), {"base": "0", "progress": "写了很多", "share_done": "很多"}
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert "写了很多" in text
    assert 'value="很多"' in text
    page = liaison.post(address(one, "report-submit"), {"base": "0", "problems": "缺人"})
    assert page.status_code == 422
    assert "进展情况" in page.content.decode()


def test_a_share_is_asked_only_where_there_is_a_number_to_reach(world: World) -> None:
    with_target = browser(world.liaison(SCHOOL)).get(address(world.occurrence(1, SCHOOL)))
    without = browser(world.liaison(COURT)).get(address(world.occurrence(4, COURT)))
    assert "share_done" in with_target.content.decode()
    assert "share_done" not in without.content.decode()


def test_who_else_is_here(world: World) -> None:
    one = world.occurrence(4, COURT)
    liaison, head = browser(world.liaison(COURT)), browser(world.head(COURT))
    assert liaison.post(address(one, "report-here")).json() == {"here": "", "latest": 0, "state": "draft"}
    assert head.post(address(one, "report-here")).json()["here"] == "区人民法院liaison 正在编辑"
    liaison.post(address(one, "report-here"), {"leaves": "1"})
    assert Editor.objects.count() == 1


def test_uploading_with_the_form(world: World) -> None:
    one, liaison = world.occurrence(4, COURT), browser(world.liaison(COURT))
    file = SimpleUploadedFile("纪要.pdf", b"%PDF-1.7 x")
    liaison.post(address(one, "report-save"), {"base": "0", "progress": "一", "upload": file})
    found = Evidence.objects.get()
    assert Revision.objects.get().values["evidence"] == [str(found.pk)]
    refused = SimpleUploadedFile("a.zip", b"PK\x05\x06" + b"\x00" * 18)
    page = liaison.post(address(one, "report-save"), {"base": "1", "progress": "二", "upload": refused})
    assert page.status_code == 422
    assert "压缩包" in page.content.decode()


def test_a_file_that_is_too_large_is_not_read(world: World, settings: Settings) -> None:
    settings.LUOSHI_EVIDENCE_BYTES = 10
    one, liaison = world.occurrence(4, COURT), browser(world.liaison(COURT))
    file = SimpleUploadedFile("纪要.pdf", b"%PDF-1.7 " * 9)
    page = liaison.post(address(one, "report-save"), {"base": "0", "progress": "写了", "upload": file})
    assert page.status_code == 422
    assert "超过上限" in page.content.decode()
    assert "写了" in page.content.decode(), "nothing typed is lost"


def test_quoting_from_the_form(world: World) -> None:
    source = sent(world, SCHOOL, 2, "新增两个点。")
    one, lead = world.occurrence(2, LEAD), browser(world.liaison(LEAD))
    page = lead.get(address(one)).content.decode()
    assert f'value="{source.pk}:progress"' in page
    data = {"base": "0", "progress": "总体顺利。", "quote": f"{source.pk}:progress"}
    assert lead.post(address(one, "report-quote"), data).status_code == 302
    assert "引自区教育局报送第 1 版" in lead.get(address(one)).content.decode()
    wrong = lead.post(address(one, "report-quote"), {**data, "base": "2", "quote": "999:progress"})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("who", "body", "status"),
    [
        ("office", "", 200),
        ("viewer", "", 200),
        ("liaison", SCHOOL, 200),
        ("head", SCHOOL, 200),
        ("liaison", LEAD, 200),
        ("liaison", OTHER, 200),
        ("liaison", "青山镇", 403),
        ("liaison", COURT, 403),
    ],
)
def test_who_may_read_an_own_report(world: World, who: str, body: str, status: int) -> None:
    sent(world, SCHOOL, 2, "秘密进展。")
    page = browser(person(world, who, body)).get(address(world.occurrence(2, SCHOOL)))
    assert page.status_code == status
    assert ("秘密进展" in page.content.decode()) == (status == 200)


@pytest.mark.parametrize("who", ["office", "viewer", LEAD])
def test_drafts_are_the_bodys_own_affair(world: World, who: str) -> None:
    written(world, SCHOOL, 2, "草稿内容。")
    user = person(world, who, "") if who in {"office", "viewer"} else world.liaison(who)
    page = browser(user).get(address(world.occurrence(2, SCHOOL)) + "?version=1")
    assert page.status_code == 200
    assert "草稿内容" not in page.content.decode()


def test_the_conclusion_is_read_by_everybody_who_takes_part_once_accepted(world: World) -> None:
    one, school = world.occurrence(1, LEAD), browser(world.liaison(SCHOOL))
    report = sent_joint(world)
    assert school.get(address(one)).status_code == 403
    accept(report=report, seen=1, by=world.office, at=AT)
    assert "总体顺利" in school.get(address(one)).content.decode()
    assert browser(world.liaison(COURT)).get(address(one)).status_code == 403


def sent_joint(world: World) -> Report:
    return submit_joint(report=written(world, LEAD, 1, "总体顺利。"), seen=1, by=world.liaison(LEAD), at=AT)


STEPS = {
    # step: who may take it on a submitted own report of a responsible body in task 2
    "accept": {"office"},
    "return": {"office", f"head {SCHOOL}", f"liaison {LEAD}", f"liaison {OTHER}"},
    "withdraw": {f"liaison {SCHOOL}", f"head {SCHOOL}"},
    "approve": {f"head {SCHOOL}"},
}
PEOPLE = (
    "office",
    "viewer",
    f"liaison {SCHOOL}",
    f"head {SCHOOL}",
    f"liaison {LEAD}",
    f"liaison {OTHER}",
    f"head {COURT}",
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", PEOPLE)
def test_steps_by_role(world: World, step: str, name: str) -> None:
    report = sent(world, SCHOOL, 2)
    who, _, body = name.partition(" ")
    data = {"seen": "1", "reason": "请补充"}
    page = browser(person(world, who, body)).post(address(report.occurrence, "report-step", step), data)
    report.refresh_from_db()
    assert (report.state != "submitted") == (name in STEPS[step]), page.status_code
    if name in STEPS[step]:
        assert page.status_code == 302


def test_signing_on_the_page(world: World) -> None:
    report = propose(report=written(world, LEAD, 2), seen=1, by=world.liaison(LEAD), at=AT)
    one, signer = report.occurrence, browser(world.liaison(OTHER))
    assert "代表区司法局会签" in signer.get(address(one)).content.decode()
    school = browser(world.liaison(SCHOOL))
    assert school.post(address(one, "report-step", "cosign"), {"seen": "1"}).status_code == 403
    signer.post(address(one, "report-step", "object"), {"seen": "1", "reason": "次数不对"})
    report.refresh_from_db()
    assert report.state == "objected"
    page = browser(world.liaison(LEAD)).get(address(one)).content.decode()
    assert "次数不对" in page
    assert "附异议提交" in page
    signer.post(address(one, "report-step", "cosign"), {"seen": "1"})
    report.refresh_from_db()
    assert report.state == "cosigned"


def test_versions_and_their_differences(world: World) -> None:
    report = written(world, COURT, 4, "召开会议一次。")
    by = world.liaison(COURT)
    save(report=report, values={"progress": "召开会议两次。"}, base=1, by=by, at=AT)
    page = browser(by).get(address(report.occurrence) + "?version=2").content.decode()
    assert "第 2 版与第 1 版的差别" in page
    assert "<del>召开会议一次。</del><ins>召开会议两次。</ins>" in page


def test_one_click_for_everything(world: World) -> None:
    page = browser(world.liaison(SCHOOL)).post(reverse("work:no-change"))
    text = page.content.decode()
    assert "需要您填写" in text
    assert text.count("还没有报送过进展情况") == 3
    stranger = browser(world.liaison("青山镇"))
    one = world.occurrence(1, SCHOOL)
    assert stranger.post(reverse("work:no-change"), {"occurrence": str(one.pk)}).status_code == 403


def person(world: World, who: str, body: str) -> Any:
    if who == "office":
        return world.office
    return world.viewer() if who == "viewer" else world.person(who, body)


def test_the_setting_of_a_body(world: World) -> None:
    there = reverse("work:body-setting", args=[world.bodies[SCHOOL].pk])
    head = browser(world.head(SCHOOL))
    assert head.get(there).status_code == 200
    head.post(there, {"head_approves": "1"})
    assert world.bodies[SCHOOL].work_setting.head_approves
    assert browser(world.head(COURT)).post(there, {}).status_code == 403
    sent(world, SCHOOL, 1)
    head_queue = head.get(reverse("work:approving")).content.decode()
    assert "办好第1项服务" in head_queue
