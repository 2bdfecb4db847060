"""Pages of comparisons: the upload, three ways to look at it, each clause with its tasks, and the buttons."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from luoshi.apps.alignment.models import Clause, Comparison, Pair, Settlement
from luoshi.apps.audit.models import Event
from luoshi.apps.plan.models import ImportJob
from luoshi.apps.plan.operations.importing import mark_interrupted
from tests.apps import factories

pytestmark = pytest.mark.django_db
UPSTREAM = (
    "云溪市社区服务实施意见\n"
    "1.办好社区服务。每个社区至少有1个服务点，2026年底前覆盖率达到95%，适时评估。\n"
    "2.完善社会组织年度检查办法，检查结果向社会公布。\n"
)


@pytest.fixture
def office(client: Client) -> Client:
    """The browser of the office."""
    client.force_login(factories.office())
    return client


@pytest.fixture
def send(office: Client, django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Sends a text from above for a plan and lets the reading run."""

    def sending(plan: int, text: str = UPSTREAM) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return office.post(reverse("alignment:comparisons", args=[plan]), {"document": upload(text)})

    return sending


@pytest.fixture
def made(office: Client, send: Callable[..., Any]) -> Comparison:
    """A comparison made by uploading a file."""
    answer = send(factories.stored_plan(2).pk)
    found = Comparison.objects.get()
    assert office.get(answer["Location"])["Location"] == reverse("alignment:comparison", args=[found.pk])
    return found


def upload(text: str = UPSTREAM) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile("市实施意见.txt", text.encode())


def shown(client: Client, made: Comparison, **given: str) -> str:
    """The comparison as it is shown."""
    return client.get(reverse("alignment:comparison", args=[made.pk]), given).content.decode()


def test_each_clause_and_each_task_says_how_it_stands(office: Client, made: Comparison) -> None:
    page = office.get(reverse("alignment:comparison", args=[made.pk]))
    assert [one.standing for one in page.context["page"]] == ["met", "missing"]
    tasks = office.get(reverse("alignment:comparison", args=[made.pk]), {"view": "tasks"})
    standings = [one.standing for one in tasks.context["page"]]
    assert standings == ["met", "met", "missing"]
    counted = {key: number for key, _, number in tasks.context["of_tasks"]}
    assert counted["missing"] == standings.count("missing")
    assert "加强宣传引导" in shown(office, made, view="tasks", standing="missing")
    assert 'class="align-cell standing-met"' in shown(office, made, view="matrix")


def test_the_words_in_both_are_marked_in_both(office: Client, made: Comparison) -> None:
    clause = made.clauses.order_by("position")[0]
    page = office.get(reverse("alignment:clause", args=[clause.pk])).content.decode()
    assert page.count('<mark class="shared">') >= 4
    for pair in clause.pairs.all():
        for words, left, right in pair.reasons["shared"]:
            assert clause.text[left:].startswith(words)
            assert pair.task.text[right:].startswith(words)


def test_a_person_settles_and_takes_back(office: Client, made: Comparison) -> None:
    pair = Pair.objects.order_by("-score", "pk")[0]
    address = reverse("alignment:settle-pair", args=[pair.pk])
    office.post(address, {"action": "confirm", "seen": pair.version})
    page = office.get(reverse("alignment:comparison", args=[made.pk]))
    assert page.context["page"][0].standing == "settled"
    for action in ("reopen", "refuse"):
        pair.refresh_from_db()
        office.post(address, {"action": action, "seen": pair.version})
    pair.refresh_from_db()
    assert pair.state == Settlement.REFUSED


def test_a_clause_that_needs_no_task_says_why_everywhere(office: Client, made: Comparison) -> None:
    clause = made.clauses.order_by("-position")[0]
    address, why = reverse("alignment:needless", args=[clause.pk]), "年度检查由市级登记机关办理。"
    assert office.post(address, {"seen": clause.version, "reason": " "}).status_code == 422
    office.post(address, {"seen": clause.version, "reason": why})
    page = office.get(reverse("alignment:comparison", args=[made.pk]))
    assert [one.standing for one in page.context["page"]] == ["met", "needless"]
    counted = {key: n for key, _, n in page.context["of_clauses"]}
    assert (counted["needless"], counted["missing"]) == (1, 0)
    assert "needless" not in {key for key, _, _ in page.context["of_tasks"]}
    assert why in shown(office, made, standing="needless")
    assert why in shown(office, made, view="matrix")
    (listed,) = office.get(reverse("alignment:comparisons", args=[made.plan_id])).context["page"]
    assert listed.alone in (None, 0)
    book = office.get(reverse("alignment:comparison", args=[made.pk]), {"format": "xlsx"})
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [(row[2], row[5]) for row in rows[1:]] == [("文字对应", ""), ("本级无需任务", why)]
    clause.refresh_from_db()
    office.post(address, {"seen": clause.version, "action": "unmark"})
    page = office.get(reverse("alignment:comparison", args=[made.pk]))
    assert [one.standing for one in page.context["page"]] == ["met", "missing"]
    kinds = Event.objects.filter(type__startswith="alignment.clause").order_by("pk")
    assert [one.type for one in kinds] == ["alignment.clause.needless", "alignment.clause.reopened"]


def test_a_clause_has_a_task_or_needs_none(office: Client, made: Comparison) -> None:
    clause, task = made.clauses.order_by("position")[0], made.plan.tasks.order_by("position")[0]
    pair, mark = clause.pairs.order_by("-score", "pk")[0], reverse("alignment:needless", args=[clause.pk])
    office.post(mark, {"seen": clause.version, "reason": "由市级办理"})
    settle = reverse("alignment:settle-pair", args=[pair.pk])
    for address, sent in (
        (settle, {"action": "confirm", "seen": pair.version}),
        (reverse("alignment:clause", args=[clause.pk]), {"task": task.pk}),
    ):
        assert "请先撤销标记" in office.post(address, sent, follow=True).content.decode()
    assert not Pair.objects.filter(state=Settlement.CONFIRMED).exists()
    office.post(mark, {"seen": clause.version + 1, "action": "unmark"})
    office.post(settle, {"action": "confirm", "seen": pair.version})
    said = office.post(mark, {"seen": clause.version + 2, "reason": "由市级办理"}, follow=True)
    assert "请先撤销该对应" in said.content.decode()
    assert not Clause.objects.exclude(needless="").exists()


def test_two_persons_do_not_overwrite_each_other(
    office: Client, made: Comparison, send: Callable[..., Any]
) -> None:
    clause = made.clauses.order_by("position")[0]
    address = reverse("alignment:needless", args=[clause.pk])
    office.post(address, {"seen": clause.version, "reason": "由市级办理"})
    said = office.post(address, {"seen": clause.version, "reason": "由省级办理"}, follow=True)
    assert "刚刚由他人处理过" in said.content.decode()
    clause.refresh_from_db()
    assert clause.needless == "由市级办理"
    send(made.plan_id)
    clause.refresh_from_db()
    assert clause.needless == "由市级办理"


def test_what_is_refused_pairs_nothing(office: Client, made: Comparison) -> None:
    Pair.objects.all().update(state="refused", settled_at=factories.NOW)
    page = office.get(reverse("alignment:comparison", args=[made.pk]))
    assert [one.standing for one in page.context["page"]] == ["missing", "missing"]


def test_a_pair_by_hand_goes_when_it_is_taken_back(office: Client, made: Comparison) -> None:
    clause, task = made.clauses.order_by("-position")[0], made.plan.tasks.order_by("-position")[0]
    office.post(reverse("alignment:clause", args=[clause.pk]), {"task": task.pk})
    pair = Pair.objects.get(clause=clause, task=task)
    assert (pair.state, pair.by_hand) == (Settlement.CONFIRMED, True)
    office.post(reverse("alignment:settle-pair", args=[pair.pk]), {"action": "reopen", "seen": pair.version})
    assert not Pair.objects.filter(pk=pair.pk).exists()
    answer = office.post(reverse("alignment:clause", args=[clause.pk]), {"task": "0"}, follow=True)
    assert "请从列表中选择一项" in answer.content.decode()


def test_comparing_again_keeps_what_is_settled(
    office: Client, made: Comparison, send: Callable[..., Any]
) -> None:
    pair = Pair.objects.order_by("-score", "pk")[0]
    office.post(reverse("alignment:settle-pair", args=[pair.pk]), {"action": "refuse", "seen": pair.version})
    send(made.plan_id)
    assert Comparison.objects.count() == 1
    assert Clause.objects.count() == 2
    pair.refresh_from_db()
    assert pair.state == Settlement.REFUSED


def test_the_text_of_the_plan_itself_is_refused(office: Client) -> None:
    plan = factories.stored_plan(2)
    own = upload(factories.plan_text(2))
    answer = office.post(reverse("alignment:comparisons", args=[plan.pk]), {"document": own})
    assert answer.status_code == 422
    assert "就是本方案的文件" in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_a_file_without_clauses_is_told_where_it_was_sent_and_can_be_tried_again(
    office: Client, send: Callable[..., Any]
) -> None:
    plan = factories.stored_plan(2)
    answer = send(plan.pk, "你好\n")
    job = office.get(answer["Location"]).content.decode()
    assert "没有读到任务或条款" in job
    assert reverse("alignment:comparisons", args=[plan.pk]) in job
    assert (
        "没有读到任务或条款" in office.get(reverse("alignment:comparisons", args=[plan.pk])).content.decode()
    )
    assert "市实施意见.txt" not in office.get(reverse("plan:upload")).content.decode()
    assert not Comparison.objects.exists()


def test_the_same_file_is_read_once_at_a_time(office: Client) -> None:
    plan = factories.stored_plan(2)
    for _ in range(2):
        office.post(reverse("alignment:comparisons", args=[plan.pk]), {"document": upload()})
    (job,) = ImportJob.objects.all()
    assert (job.state, job.about, job.plan) == ("waiting", plan, None)
    page = office.get(reverse("plan:job", args=[job.pk])).content.decode()
    assert "回到方案的“上级对照”" in page
    assert "逐条对照" in page
    assert job.name in office.get(reverse("alignment:comparisons", args=[plan.pk])).content.decode()


def test_a_text_from_above_that_was_interrupted_is_read_again(
    office: Client, django_capture_on_commit_callbacks: Any
) -> None:
    plan = factories.stored_plan(2)
    office.post(reverse("alignment:comparisons", args=[plan.pk]), {"document": upload()})
    job = ImportJob.objects.get()
    assert mark_interrupted(at=factories.NOW, everything=True) == 1
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("plan:retry", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", Comparison.objects.get().pk)


def test_a_form_without_a_file_is_told(office: Client) -> None:
    plan = factories.stored_plan(2)
    answer = office.post(reverse("alignment:comparisons", args=[plan.pk]))
    assert (answer.status_code, "还没有选择文件" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("view", ["clauses", "tasks", "matrix"])
def test_each_view_goes_into_a_workbook(office: Client, made: Comparison, view: str) -> None:
    answer = office.get(reverse("alignment:comparison", args=[made.pk]), {"view": view, "format": "xlsx"})
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + (3 if view == "tasks" else 2)


def test_a_comparison_is_removed(office: Client, made: Comparison) -> None:
    office.post(reverse("alignment:remove", args=[made.pk]))
    assert not Comparison.objects.exists()


@pytest.mark.parametrize("view", ["clauses", "tasks", "matrix"])
def test_the_number_of_questions_does_not_grow(
    office: Client, made: Comparison, view: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20):
        shown(office, made, view=view)


def test_others_do_not_see_it(client: Client, made: Comparison) -> None:
    client.force_login(factories.office("neighbour", "990103"))
    for name, key in (("comparison", made.pk), ("clause", made.clauses.order_by("pk")[0].pk)):
        assert client.get(reverse(f"alignment:{name}", args=[key])).status_code == 403
    client.force_login(factories.user_with("viewer", "viewer"))
    assert client.get(reverse("alignment:comparison", args=[made.pk])).status_code == 200
    assert client.post(reverse("alignment:comparisons", args=[made.plan_id])).status_code == 403
