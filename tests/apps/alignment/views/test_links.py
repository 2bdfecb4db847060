"""Pages of links: who may do what, the list, the buttons, and how many questions they ask the database."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from luoshi.apps.alignment.models import Link, Settlement
from luoshi.apps.work.models import Occurrence
from tests.apps import factories
from tests.apps.alignment.factories import OPENS, Twins, twins
from tests.apps.work.factories import REGION

pytestmark = pytest.mark.django_db
LINKS = reverse("alignment:links")


@pytest.fixture
def pair() -> Twins:
    """Two plans at work."""
    return twins()


@pytest.fixture
def office(client: Client, pair: Twins) -> Client:
    """The browser of the office."""
    client.force_login(pair.world.office)
    return client


def test_the_office_finds_confirms_and_takes_back(office: Client, pair: Twins) -> None:
    assert "还没有找到重复任务" in office.get(LINKS).content.decode()
    office.post(reverse("alignment:find"))
    page = office.get(LINKS).content.decode()
    assert '<mark class="shared">' in page
    assert "确认后，一份报送回答两项。" in page
    link = Link.objects.order_by("-score", "pk")[0]
    address = reverse("alignment:settle-link", args=[link.pk])
    back = office.post(address, {"action": "confirm", "seen": link.version, "next": LINKS + "?q=1"})
    assert back["Location"] == LINKS + "?q=1"
    link.refresh_from_db()
    assert link.state == Settlement.CONFIRMED
    pair.world.advance(OPENS)
    assert Occurrence.objects.filter(goes_with__isnull=False).exists()
    office.post(address, {"action": "reopen", "seen": link.version})
    assert not Occurrence.objects.filter(goes_with__isnull=False).exists()


def test_no_change_for_all_leaves_out_what_another_report_answers(client: Client, pair: Twins) -> None:
    pair.link()
    pair.world.advance(OPENS)
    client.force_login(pair.world.liaison("区教育局"))
    said = client.post(reverse("work:no-change")).context
    looked_at = {one.pk for one, _reason in said["refused"]}
    assert not said["done"]
    assert pair.world.occurrence(1, "区教育局").pk in looked_at
    assert pair.asked("区教育局").pk not in looked_at


def test_nobody_is_led_to_another_host(office: Client, pair: Twins) -> None:
    link = pair.link()
    sent = {"action": "refuse", "seen": link.version, "next": "https://example.com/"}
    assert office.post(reverse("alignment:settle-link", args=[link.pk]), sent)["Location"] == LINKS


def test_a_stale_page_settles_nothing(office: Client, pair: Twins) -> None:
    link = pair.link()
    sent = {"action": "refuse", "seen": link.version + 1}
    page = office.post(reverse("alignment:settle-link", args=[link.pk]), sent, follow=True)
    assert "刚刚由他人处理过" in page.content.decode()
    link.refresh_from_db()
    assert link.state == Settlement.CONFIRMED


@pytest.mark.parametrize("sent", [{}, {"action": "melt", "seen": "1"}, {"action": "refuse", "seen": "x"}])
def test_a_form_made_by_hand_is_refused(office: Client, pair: Twins, sent: dict[str, str]) -> None:
    link = pair.link()
    assert office.post(reverse("alignment:settle-link", args=[link.pk]), sent).status_code == 400


def test_the_list_searches_filters_and_goes_into_a_workbook(office: Client, pair: Twins) -> None:
    pair.link()
    office.post(reverse("alignment:find"))
    everything = Link.objects.count()
    book = CalamineWorkbook.from_filelike(BytesIO(office.get(LINKS + "?format=xlsx").content))
    assert len(book.get_sheet_by_index(0).to_python()) == everything + 1
    found = office.get(LINKS, {"state": "confirmed"}).context["page"].paginator.count
    assert found == Link.objects.filter(state="confirmed").count() == 1
    assert office.get(LINKS, {"q": "没有这样的词"}).context["page"].paginator.count == 0


def test_a_viewer_looks_and_settles_nothing(client: Client, pair: Twins) -> None:
    link = pair.link()
    client.force_login(pair.world.viewer())
    page = client.get(LINKS)
    assert page.status_code == 200
    assert "撤销" not in page.content.decode()
    assert client.post(reverse("alignment:settle-link", args=[link.pk])).status_code == 403


def test_the_neighbour_sees_nothing_of_it(client: Client, pair: Twins) -> None:
    link = pair.link()
    client.force_login(factories.office("neighbour", "990103"))
    assert client.get(LINKS).context["page"].paginator.count == 0
    sent = {"action": "refuse", "seen": link.version}
    assert client.post(reverse("alignment:settle-link", args=[link.pk]), sent).status_code == 403
    assert client.get(reverse("alignment:link-task", args=[pair.world.tasks[0].pk])).status_code == 403


def test_a_task_is_linked_by_hand(office: Client, pair: Twins) -> None:
    one, other = pair.world.tasks[0], pair.tasks[0]
    address = reverse("alignment:link-task", args=[one.pk])
    assert "办好第1项服务" in office.get(address, {"q": "办好"}).content.decode()
    office.post(address, {"other": other.pk})
    assert Link.objects.get().by_hand
    assert "请从列表中选择" in office.post(address, {"other": "0"}, follow=True).content.decode()


def test_pages_of_the_work_say_which_report_answers(office: Client, pair: Twins) -> None:
    pair.link()
    pair.world.advance(OPENS)
    one, other = pair.world.occurrence(1, "区教育局"), pair.asked("区教育局")
    page = office.get(reverse("work:report", args=[other.pk])).content.decode()
    assert "一并回答，采纳后自动完成" in page
    page = office.get(reverse("work:report", args=[one.pk])).content.decode()
    assert "本次报送采纳后，同时回答" in page
    pair.accepted(one, OPENS)
    task = reverse("work:task", args=[other.task.plan_id, other.task_id]) + "?part=reports"
    assert "报送</a>一并回答" in office.get(task).content.decode()


def test_the_number_of_questions_does_not_grow(
    office: Client, pair: Twins, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.post(reverse("alignment:find"))
    with django_assert_max_num_queries(20):
        office.get(LINKS)
    assert Link.objects.filter(region=REGION).count() > 1
