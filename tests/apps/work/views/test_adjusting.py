"""Other wordings through their pages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.apps.work.models import Adjustment
from luoshi.apps.work.queries.wordings import wording_of
from tests.apps.work.factories import World, issued_plan

SENT = {"new_text": "新的表述", "reason": "机构调整", "basis": "会议纪要"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return issued_plan()


def form_of(world: World, task: int = 1) -> str:
    return reverse("work:adjust", args=[world.tasks[task - 1].pk])


def test_a_body_proposes_and_the_office_decides(client: Client, world: World) -> None:
    client.force_login(world.liaison("区民政局"))
    address = client.post(form_of(world), SENT).headers["location"]
    assert Adjustment.objects.get().body == world.bodies["区民政局"]
    assert client.post(address, {"step": "approve"}).status_code == 403
    client.force_login(world.office)
    assert client.post(address, {"step": "refuse"}).status_code == 422
    assert client.post(address, {"step": "approve"}).status_code == 302
    assert wording_of(world.tasks[0]) == "新的表述"


def test_the_office_does_not_decide_on_its_own_proposal(client: Client, world: World) -> None:
    client.force_login(world.office)
    address = client.post(form_of(world), SENT).headers["location"]
    assert 'value="approve"' not in client.get(address).text
    assert client.post(address, {"step": "approve"}).status_code == 422
    client.force_login(world.colleague())
    assert client.post(address, {"step": "approve"}).status_code == 302


def test_who_has_no_part_proposes_nothing_and_withdraws_nothing(client: Client, world: World) -> None:
    client.force_login(world.liaison("区人民法院"))
    assert client.get(form_of(world)).status_code == 403
    assert client.post(form_of(world), SENT).status_code == 403
    client.force_login(world.liaison("区民政局"))
    address = client.post(form_of(world), SENT).headers["location"]
    client.force_login(world.liaison("区教育局"))
    assert client.get(address).status_code == 200
    assert client.post(address, {"step": "withdraw"}).status_code == 403
    client.force_login(world.liaison("区民政局"))
    assert client.post(address, {"step": "withdraw"}).status_code == 302


def test_what_differs_is_marked_wherever_both_wordings_stand(client: Client, world: World) -> None:
    task = world.tasks[0]
    client.force_login(world.liaison("区民政局"))
    new = f"{task.text}增设一处<园区>。"
    address = client.post(form_of(world), {**SENT, "new_text": new}).headers["location"]
    at_work = reverse("work:task", args=[task.plan_id, task.pk])
    client.force_login(world.office)
    client.post(address, {"step": "approve"})
    for page in (address, at_work, f"{at_work}?part=changes"):
        text = client.get(page).text
        assert "</span>增设一处&lt;园区&gt;。<span" in text
        assert text.count("<ins>") == text.count("增加：") >= 1
        assert "<del>" not in text


def test_what_was_typed_stays_when_it_is_refused(client: Client, world: World) -> None:
    client.force_login(world.liaison("区民政局"))
    refused = client.post(form_of(world), {**SENT, "basis": " ", "reason": "区划变动"})
    assert refused.status_code == 422
    assert "区划变动" in refused.text
    client.post(form_of(world), SENT)
    assert client.post(form_of(world), SENT).status_code == 422
