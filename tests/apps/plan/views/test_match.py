"""Matching names with the registry on the page."""

from __future__ import annotations

from io import BytesIO

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Plan, TaskBody

HTMX = {"HX-Request": "true"}


def test_a_row_is_matched_in_place(desk: Client, plan: Plan) -> None:
    Body.objects.create(region=plan.region, name="区财政局")
    data = {"name": "区财正局", "body": "区财政局"}
    text = desk.post(reverse("plan:match", args=[plan.pk]), data, headers=HTMX).content.decode()
    assert 'id="name-' in text
    assert "取消对应" in text
    assert TaskBody.objects.filter(body__name="区财政局").count() == 3


def test_an_unknown_body_is_refused_with_a_reason(desk: Client, plan: Plan) -> None:
    data = {"name": "区财正局", "body": "区天文局"}
    text = desk.post(reverse("plan:match", args=[plan.pk]), data, headers=HTMX).content.decode()
    assert "登记簿中没有“区天文局”" in text
    assert not TaskBody.objects.exclude(body=None).exists()


def test_registering_twice_is_refused(desk: Client, plan: Plan) -> None:
    address = reverse("plan:register", args=[plan.pk])
    desk.post(address, {"name": "区教育局"}, headers=HTMX)
    text = desk.post(address, {"name": "区教育局"}, headers=HTMX).content.decode()
    assert "已经是" in text
    assert Body.objects.count() == 1


def test_all_at_once(desk: Client, plan: Plan) -> None:
    Body.objects.create(region=plan.region, name="区民政局")
    page = desk.get(reverse("plan:review-names", args=[plan.pk])).content.decode()
    assert "匹配 1 个同名单位" in page
    assert "把其余 3 个登记为新单位" in page
    desk.post(reverse("plan:match-exact", args=[plan.pk]))
    desk.post(reverse("plan:register-all", args=[plan.pk]))
    assert not TaskBody.objects.filter(body=None).exists()
    response = desk.post(reverse("plan:register-all", args=[plan.pk]))
    assert "没有可以处理的单位名称" in str(next(iter(get_messages(response.wsgi_request))))


def test_long_lists_come_in_pages_and_as_a_workbook(desk: Client, plan: Plan) -> None:
    task = plan.tasks.get(key="t1")
    TaskBody.objects.bulk_create(
        TaskBody(region=plan.region, task=task, position=100 + n, role="lead", name=f"第{n}工作专班")
        for n in range(60)
    )
    address = reverse("plan:review-names", args=[plan.pk])
    pages = [desk.get(address, {"page": n}).content.decode() for n in (1, 2)]
    assert [page.count('<tr id="name-') for page in pages] == [50, 14]
    assert "<strong>64</strong>" in pages[1]
    book = CalamineWorkbook.from_filelike(BytesIO(desk.get(address, {"format": "xlsx", "q": "专班"}).content))
    assert len(book.get_sheet_by_index(0).to_python()) == 61


def test_the_list_is_narrowed(desk: Client, plan: Plan) -> None:
    address = reverse("plan:review-names", args=[plan.pk])
    text = desk.get(address, {"q": "局", "only": "unmatched"}, headers=HTMX).content.decode()
    assert text.count('<tr id="name-') == 3
    assert "没有符合条件的名称" in desk.get(address, {"q": "天文"}, headers=HTMX).content.decode()
