"""Digests on pages, settings, and the calendar that needs no signing in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.reminders.models import Digest, Setting
from luoshi.apps.reminders.operations.digesting import make_digests
from luoshi.apps.reminders.operations.setting import make_feed, revoke_feed
from luoshi.apps.reminders.views.notices import MOST_CALLS
from tests.apps.supervision.factories import LEAD, OTHER, signed
from tests.apps.work.factories import World, issued_plan, morning

pytestmark = pytest.mark.django_db
AT = morning(2026, 3, 17)


@pytest.fixture
def world() -> World:
    return issued_plan(until=AT)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def address(secret: str) -> str:
    return reverse("reminders:feed", args=[secret])


def test_a_person_reads_their_own_digests_only(world: World) -> None:
    make_digests(at=AT)
    found = Digest.objects.get(user=world.liaison(LEAD))
    client = signed_in(world.liaison(LEAD))
    assert "未读" in client.get(reverse("reminders:list")).text
    page = client.get(reverse("reminders:digest", args=[found.pk])).text
    assert "谁要求、凭什么" in page
    found.refresh_from_db()
    assert found.read_at is not None
    assert signed_in(world.office).get(reverse("reminders:digest", args=[found.pk])).status_code == 404


def test_the_desk_says_how_many_are_unread(world: World) -> None:
    make_digests(at=AT)
    client = signed_in(world.liaison(LEAD))
    assert "1 份未读" in client.get(reverse("work:desk")).text
    found = Digest.objects.get(user=world.liaison(LEAD))
    client.get(reverse("reminders:digest", args=[found.pk]))
    assert "份未读" not in client.get(reverse("work:desk")).text


def test_a_digest_of_nothing_is_not_waiting_to_be_read(world: World) -> None:
    user = world.liaison(LEAD)
    Digest.objects.create(user=user, day=AT.date(), state=Digest.State.NOTHING, made_at=AT)
    assert "份未读" not in signed_in(user).get(reverse("work:desk")).text


def test_where_nothing_gives_a_right_none_is_claimed(world: World) -> None:
    make_digests(at=AT)
    found = Digest.objects.get(user=world.liaison(LEAD))
    found.lines = [{**line, "asker": "法律援助 · 待审查", "right": ""} for line in found.lines]
    found.save()
    page = signed_in(world.liaison(LEAD)).get(reverse("reminders:digest", args=[found.pk])).text
    assert "法律援助 · 待审查" in page
    assert "谁要求" not in page


def test_settings_are_kept_and_refused_when_no_hour_is_left(world: World) -> None:
    client = signed_in(world.liaison(LEAD))
    sent = {"mail": "on", "address": "a@b.example", "hour": 9, "quiet_from": 19, "quiet_to": 7}
    client.post(reverse("reminders:settings"), sent)
    kept = Setting.objects.get(user=world.liaison(LEAD))
    assert (kept.mail, kept.address, kept.hour) == (True, "a@b.example", 9)
    refused = client.post(reverse("reminders:settings"), {**sent, "hour": 23})
    assert refused.status_code == 422
    assert "免打扰时段" in refused.text


def test_the_calendar_shows_days_and_titles_without_signing_in(world: World) -> None:
    order = signed(world)
    Setting.objects.all()
    secret = make_feed(user=world.liaison(LEAD), by=world.liaison(LEAD), at=AT)
    answer = Client().get(address(secret))
    text = answer.text.replace("\r\n ", "")
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"督办：{order.matter}" in text or order.due is not None
    assert order.requirement not in text
    assert order.authority not in text
    assert secret not in Setting.objects.get(user=world.liaison(LEAD)).feed


def test_an_address_ends_when_it_is_revoked_or_replaced(world: World) -> None:
    user = world.liaison(LEAD)
    first = make_feed(user=user, by=user, at=AT)
    second = make_feed(user=user, by=user, at=AT)
    assert Client().get(address(first)).status_code == 404
    assert Client().get(address(second)).status_code == 200
    revoke_feed(user=user, by=user, at=AT)
    assert Client().get(address(second)).status_code == 404
    third = make_feed(user=user, by=user, at=AT)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert Client().get(address(third)).status_code == 404


def test_the_address_is_shown_once(world: World) -> None:
    client = signed_in(world.liaison(OTHER))
    shown = client.post(reverse("reminders:feed-address"), {"step": "make"}).context["address"]
    assert Client().get(shown).status_code == 200
    assert shown not in client.get(reverse("reminders:settings")).text
    client.post(reverse("reminders:feed-address"), {"step": "revoke"})
    assert Client().get(shown).status_code == 404


def test_secrets_cannot_be_tried_out(world: World) -> None:
    client = Client()
    answers = {client.get(address("guess")).status_code for _ in range(MOST_CALLS)}
    assert answers == {404}
    assert client.get(address("guess")).status_code == 429
