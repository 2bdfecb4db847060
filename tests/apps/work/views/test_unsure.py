"""A day that rests on a year whose holidays are not published says so wherever it stands."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.apps.work.models import Occurrence
from tests.apps.work.factories import issued_plan, morning

NOTE = "放假安排尚未公布"
COURT = "区人民法院"


@pytest.mark.django_db
@pytest.mark.parametrize("certain", [True, False])
def test_it_is_said_beside_the_day(client: Client, certain: bool) -> None:
    world = issued_plan(until=morning(2026, 3, 17))
    one = world.occurrence(4, COURT)
    Occurrence.objects.filter(pk=one.pk).update(certain=certain)
    client.force_login(world.liaison(COURT))
    pages = [
        reverse("work:report", args=[one.pk]),
        reverse("work:task", args=[world.plan.pk, one.task_id]) + "?part=reports",
        reverse("work:calendar") + "?period=2026-03",
    ]
    for address in pages:
        page = client.get(address).content.decode()
        assert (NOTE in page) is not certain, address
