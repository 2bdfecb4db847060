"""Pages of bulletins: who sees which, numbers that open their lists, two editors, a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.bulletin.models import Bulletin
from luoshi.apps.bulletin.operations.writing import publish, submit
from tests.apps.bulletin.factories import COUNTED, COURT, drafted, quarter
from tests.apps.work.factories import World

pytestmark = pytest.mark.django_db
Queries = Callable[[int], Any]


@pytest.fixture
def world() -> World:
    return quarter()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def address(name: str, *parts: object) -> str:
    return reverse(f"bulletin:{name}", args=parts)


class Links(HTMLParser):
    """Every link whose words are a number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self.here = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here = dict(attrs).get("href") or "" if tag == "a" else ""

    def handle_data(self, data: str) -> None:
        if "/numbers/" in self.here and data.strip().isdigit():
            self.found.append((self.here, int(data)))


def test_every_number_on_the_page_opens_a_list_of_that_length(world: World) -> None:
    row = drafted(world)
    office = signed_in(world.office)
    links = Links()
    links.feed(office.get(address("bulletin", row.pk)).text)
    assert len(links.found) > 20
    for there, number in links.found:
        assert office.get(there).context["page"].paginator.count == number, there


def test_a_draft_is_the_offices_and_what_is_published_everybodys(world: World) -> None:
    row = drafted(world)
    for user in (world.liaison(COURT), world.viewer()):
        assert signed_in(user).get(address("bulletin", row.pk)).status_code == 403
        assert not signed_in(user).get(address("list")).context["page"].object_list
    publish(bulletin=submit(bulletin=row, by=world.office, at=COUNTED), by=world.colleague(), at=COUNTED)
    for user in (world.liaison(COURT), world.viewer()):
        client = signed_in(user)
        assert client.get(address("bulletin", row.pk)).status_code == 200
        assert client.get(address("figure", row.pk, "overdue")).status_code == 200
        assert client.get(address("edit", row.pk)).status_code == 403
        assert client.post(address("step", row.pk), {"step": "publish"}).status_code == 403


def test_from_data_to_publication_in_the_browser(world: World) -> None:
    office, second = signed_in(world.office), signed_in(world.colleague())
    page = office.get(address("new"))
    assert world.plan.pk in dict(page.context["form"].fields["plan"].choices)
    row = drafted(world)
    both = [one.get(address("edit", row.pk)).context["base"] for one in (office, second)]
    sent = {"title": "通报", "text": "一、总体\n共{应报送}项。", "base": both[0]}
    assert office.post(address("edit", row.pk), sent).status_code == 302
    late = second.post(address("edit", row.pk), {"title": "我的标题", "text": "我的版本", "base": both[1]})
    assert late.status_code == 409
    assert "我的版本" in late.text
    assert "共{应报送}项。" in late.text
    assert "<strong>通报</strong>" in late.text
    merged = {**sent, "text": "共{应报送}项，我的版本", "base": late.context["base"]}
    assert second.post(address("edit", row.pk), merged).status_code == 302
    office.post(address("step", row.pk), {"step": "submit"})
    second.post(address("step", row.pk), {"step": "publish"})
    assert Bulletin.objects.get().state == "submitted"
    office.post(address("step", row.pk), {"step": "return", "answer": "再看一遍"})
    office.post(address("edit", row.pk), {**merged, "base": 3})
    office.post(address("step", row.pk), {"step": "submit"})
    second.post(address("step", row.pk), {"step": "publish"})
    assert Bulletin.objects.get().state == "published"
    file = office.get(address("word", row.pk))
    assert file.content[:2] == b"PK"
    assert re.search(r"\.docx", file["Content-Disposition"])


def test_good_practice_is_chosen_on_its_page(world: World) -> None:
    row, office = drafted(world), signed_in(world.office)
    page = office.get(address("practices", row.pk))
    (candidate,) = page.context["rows"]
    assert candidate["words"] == f"{COURT}办了三场活动。"
    sent = {"report": candidate["report"].pk, "words": "办了三场活动。", "step": "choose"}
    office.post(address("practices", row.pk), sent)
    assert "办了三场活动。" in office.get(address("bulletin", row.pk)).text
    office.post(address("practices", row.pk), {**sent, "step": "drop"})
    assert not row.practices.exists()


def test_queries_do_not_grow(world: World, django_assert_max_num_queries: Queries) -> None:
    row, office = drafted(world), signed_in(world.office)
    for there in (
        address("list"),
        address("bulletin", row.pk),
        address("figure", row.pk, "asked"),
        address("practices", row.pk),
        address("edit", row.pk),
    ):
        with django_assert_max_num_queries(25):
            assert office.get(there).status_code == 200
    assert office.get(address("figure", row.pk, "asked"), {"format": "xlsx"}).content[:2] == b"PK"
    assert office.get(address("figure", row.pk, "nonsense")).status_code == 404
