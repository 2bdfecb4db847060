"""One's own digests, settings and calendar; what happened to an order; webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.utils import timezone

from luoshi.apps.api import sending
from luoshi.apps.api.models import Answer
from luoshi.apps.organization.models import Role
from luoshi.apps.reminders.models import Digest
from tests.apps import factories
from tests.apps.api.calling import Caller, problem, program
from tests.apps.supervision.factories import HELPER, LEAD, signed
from tests.apps.work.factories import World, issued_plan, morning

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(office: User) -> Caller:
    return program(office, "office")


def test_digests_are_ones_own(caller: Caller, office: User) -> None:
    other = factories.user_with("other", Role.Name.OFFICE)
    for user in (office, other):
        Digest.objects.create(
            user=user,
            day=date(2026, 3, 2),
            lines=[{"title": "任务"}],
            count=1,
            state="shown",
            made_at=factories.NOW,
        )
    (digest,) = caller.get("/reminders")["items"]
    assert caller.get(f"/reminders/{digest['id']}")["read_at"] is None
    assert caller.do(f"/reminders/{digest['id']}/read")["read_at"]
    foreign = Digest.objects.get(user=other)
    problem(caller("GET", f"/reminders/{foreign.pk}"), 404, "api-not-there")
    problem(
        program(office, "read")("POST", f"/reminders/{digest['id']}/read", {}), 403, "api-token-too-narrow"
    )


def test_when_and_how_one_is_reminded(caller: Caller) -> None:
    assert caller.get("/reminders/setting")["hour"] == 8
    sent = {"mail": False, "address": "a@example.com", "hour": 9, "quiet_from": 21, "quiet_to": 7}
    assert caller.do("/reminders/setting", sent, "PUT") == {**sent, "feed_at": None}
    problem(caller("PUT", "/reminders/setting", {**sent, "address": "nowhere"}), 422, "api-body-wrong")
    problem(caller("PUT", "/reminders/setting", {**sent, "hour": 22}), 409, "reminders-hours-unusable")


def test_the_address_of_the_calendar_is_shown_once(caller: Caller, client: Client) -> None:
    made = caller.do("/reminders/calendar", {}, Idempotency_Key="k")
    path = made["address"].removeprefix("http://testserver")
    assert client.get(path).status_code == 200
    assert caller.do("/reminders/calendar", {}, Idempotency_Key="k") == {"address": None}
    assert path.encode() not in bytes(Answer.objects.get().content)
    caller.do("/reminders/calendar", method="DELETE")
    assert client.get(path).status_code == 404


def test_webhooks_are_made_listed_and_ended(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "target", lambda url: None)
    sent = {"url": "https://hooks.example.com/luoshi", "events": ["report.accepted"]}
    made = caller.do("/webhooks", sent, Idempotency_Key="k")
    assert made["secret"].startswith("whsec_")
    assert caller.do("/webhooks", sent, Idempotency_Key="k")["secret"] is None
    assert caller.get("/webhooks")["items"][0]["waiting"] == 0
    assert caller.get(f"/webhooks/{made['id']}")["url"] == sent["url"]
    assert caller.get(f"/webhooks/{made['id']}/deliveries?state=failed")["count"] == 0
    assert caller.file(f"/webhooks/{made['id']}/deliveries/file")[:2] == b"PK"
    caller.do(f"/webhooks/{made['id']}", method="DELETE")
    assert caller.get(f"/webhooks/{made['id']}")["ended_at"]
    problem(caller("POST", "/webhooks?region=110101", sent), 403, "api-not-allowed")


@pytest.fixture
def quarter(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A plan at work on 18 March 2026."""
    with override_settings(LUOSHI_API_CALLS=10_000):
        monkeypatch.setattr(timezone, "now", lambda: morning(2026, 3, 18))
        yield issued_plan(until=morning(2026, 3, 17))


def test_what_happened_to_an_order_and_its_paper(quarter: World) -> None:
    order = signed(quarter, morning(2026, 3, 18))
    office, lead = program(quarter.office, "office"), program(quarter.liaison(LEAD), "report")
    body = quarter.bodies[LEAD].pk
    lead.do(f"/orders/{order.pk}/bodies/{body}/reply", {"progress": "已定下两处"})
    names = [one["name"] for one in office.get(f"/orders/{order.pk}/timeline")["items"]]
    assert set(names) >= {"propose", "issue", "reply"}
    helper = program(quarter.liaison(HELPER), "read")
    seen = helper.get(f"/orders/{order.pk}/timeline")["items"]
    assert "reply" not in {one["name"] for one in seen}
    paper = office.get(f"/orders/{order.pk}/bodies/{body}/paper")
    assert (paper["lead"], paper["helpers"], paper["form"]) == (LEAD, [HELPER], "order")
    problem(helper("GET", f"/orders/{order.pk}/bodies/{body}/paper"), 403, "api-not-allowed")


def test_what_numbers_begin_with(quarter: World) -> None:
    office = program(quarter.office, "office")
    signed(quarter, morning(2026, 3, 18))
    before = office.get("/order-numbers")
    assert (before["year"], before["last"]) == (2026, 1)
    assert office.do("/order-numbers", {"prefix": "云督"}, "PUT")["prefix"] == "云督"
    assert office.get("/order-numbers")["prefix"] == "云督"
