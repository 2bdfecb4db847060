"""The pages of webhooks: for the office of the region, with a secret that is shown once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from ipaddress import ip_address

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from luoshi.apps.api.models import Delivery, Webhook
from luoshi.apps.api.operations.delivering import deliver
from luoshi.apps.api.operations.webhooks import make_webhook, secret_of
from luoshi.apps.organization.operations import ensure_region
from tests.apps import factories
from tests.apps.work.factories import issued_plan, morning

pytestmark = pytest.mark.django_db
ADDRESS, URL = reverse("api:webhooks"), "https://127.0.0.1:9/in"


@pytest.fixture(autouse=True)
def inside(settings: Settings) -> None:
    settings.LUOSHI_WEBHOOKS_INSIDE = True


def test_a_secret_is_shown_once(desk: Client) -> None:
    response = desk.post(ADDRESS, {"url": URL, "events": ["plan.issued", "order.issued"]})
    assert secret_of(Webhook.objects.get()) in response.content.decode()
    again = desk.get(ADDRESS).content.decode()
    assert URL in again
    assert "whsec_" not in again


def test_an_unsafe_address_is_refused_in_the_form(desk: Client, settings: Settings) -> None:
    settings.LUOSHI_WEBHOOKS_INSIDE = False
    response = desk.post(ADDRESS, {"url": f"https://{ip_address(0x0A000001)}/", "events": ["plan.issued"]})
    assert response.status_code == 422
    assert "内部网络" in response.content.decode()


def test_the_log_lists_narrows_and_exports(
    desk: Client, office: User, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    now = morning(2026, 3, 2)
    hook, _ = make_webhook(region=factories.REGION, url=URL, events=["plan.issued"], by=office, at=now)
    issued_plan()
    deliver(at=now)
    address = reverse("api:webhook", args=[hook.pk])
    with django_assert_max_num_queries(20):
        page = desk.get(address).context["page"]
    assert page.paginator.count == Delivery.objects.count() == 1
    assert desk.get(f"{address}?state=done").context["page"].paginator.count == 0
    assert desk.get(f"{address}?format=xlsx").content[:2] == b"PK"


def test_other_regions_have_their_own(desk: Client, office: User) -> None:
    ensure_region(code="990103", name="望山区", level=3, by=office, at=factories.NOW)
    hook, _ = make_webhook(region="990103", url=URL, events=["plan.issued"], by=office, at=factories.NOW)
    assert desk.get(ADDRESS).context["page"].paginator.count == 0
    assert desk.get(reverse("api:webhook", args=[hook.pk])).status_code == 403
    assert desk.post(reverse("api:end-webhook", args=[hook.pk])).status_code == 403
