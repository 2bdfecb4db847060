"""Following by receipt: only with number and code, only one's own, only in words for outside."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.audit.models import Event
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Clock, Correction, Entry
from luoshi.apps.register.operations import limiting
from luoshi.apps.register.operations.filing import Filed, file
from luoshi.apps.register.operations.taking import take_step
from luoshi.core.register.procedure import Actor
from tests.apps.register.factories import APPLICATION, Place, make_place

pytestmark = pytest.mark.django_db

RECEIPT = reverse("register:receipt")
BEHIND = [reverse(f"register:{name}") for name in ("receipt-paper", "receipt-mine", "receipt-copy")] + [
    reverse("register:receipt-act", args=["withdraw"])
]


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def filed(place: Place) -> Filed:
    return file(
        mechanism=catalogue().latest("legal-aid"),
        body=place.centre,
        given={**APPLICATION, "applicant": {"name": "甲某", "phone": "13800001234"}},
        at=timezone.now(),
    )


def _enter(client: Client, filed: Filed) -> None:
    answer = client.post(RECEIPT, {"number": filed.receipt.number, "code": filed.code})
    assert answer.status_code == 302


def _step(filed: Filed, place: Place, transition: str, actor: Actor = Actor.HANDLER, **given: Any) -> Entry:
    entry = Entry.objects.get(pk=filed.receipt.entry_id)
    by = place.head if actor is Actor.HEAD else place.liaison
    return take_step(
        entry=entry,
        transition=transition,
        given=given,
        seen=entry.revision,
        actor=actor,
        by=by,
        at=timezone.now(),
    )


def test_without_number_and_code_nothing_is_behind_it(client: Client, filed: Filed) -> None:
    for address in BEHIND:
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in (302, 405)
            if answer.status_code == 302:
                assert answer["Location"] == RECEIPT
    client.cookies["luoshi_receipt"] = "forged"
    assert client.get(BEHIND[0]).status_code == 302


def test_wrong_codes_and_unknown_numbers_look_alike(client: Client, filed: Filed) -> None:
    wrong = client.post(RECEIPT, {"number": filed.receipt.number, "code": "AAAA"})
    unknown = client.post(RECEIPT, {"number": "AAAA-BBBB-CCCC", "code": filed.code})
    texts = [
        answer.content.decode().replace(filed.receipt.number, "").replace("AAAA-BBBB-CCCC", "")
        for answer in (wrong, unknown)
    ]
    assert wrong.status_code == unknown.status_code == 422
    assert _without_tokens(texts[0]) == _without_tokens(texts[1])


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_receipt_is_closed_after_wrong_codes(client: Client, filed: Filed) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(RECEIPT, {"number": filed.receipt.number, "code": "AAAA"})
    assert client.post(RECEIPT, {"number": filed.receipt.number, "code": filed.code}).status_code == 422


def test_one_address_tries_so_often(client: Client, filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.apps.register.views.receipt.OPENING", limiting.Measure("receipt", 2, 600))
    answers = [client.post(RECEIPT, {"number": "A", "code": "B"}).status_code for _ in range(3)]
    assert answers == [422, 422, 429]
    assert client.post(RECEIPT, {"number": filed.receipt.number, "code": filed.code}).status_code == 429


def test_it_shows_the_state_in_words_for_outside_and_nothing_of_the_inner_work(
    client: Client, filed: Filed, place: Place
) -> None:
    _enter(client, filed)
    page = client.get(RECEIPT).content.decode()
    due = Clock.objects.get(entry=filed.receipt.entry_id).due
    assert due >= timezone.localdate() + timedelta(days=7)  # later when the seventh day is a day off
    assert "已收到，正在审查" in page
    assert "第43条" in page
    assert f"{due.year}年{due.month}月{due.day}日" in page
    assert "甲某" not in page
    _step(filed, place, "ask-papers", **{"missing-papers": "请补交工资条"})
    page = client.get(RECEIPT).content.decode()
    assert "请补交工资条" in page
    assert "补充材料期限" in page
    assert place.liaison.get_full_name() not in page


def test_a_receipt_opens_its_own_entry_only(client: Client, filed: Filed, place: Place) -> None:
    other = file(
        mechanism=catalogue().latest("legal-aid"), body=place.centre, given=APPLICATION, at=timezone.now()
    )
    _enter(client, filed)
    client.post(reverse("register:receipt-act", args=["withdraw"]), {"seen": 1, "action": "send"})
    states = {one.pk: one.state for one in Entry.objects.all()}
    assert states == {filed.receipt.entry_id: "withdrawn", other.receipt.entry_id: "received"}
    assert client.get(f"/registers/legal-aid/{filed.receipt.entry_id}/").status_code == 302


def test_the_person_supplies_objects_and_rates_when_the_declaration_says_so(
    client: Client, filed: Filed, place: Place
) -> None:
    _enter(client, filed)
    assert client.get(reverse("register:receipt-act", args=["object"])).status_code == 404
    assert client.get(reverse("register:receipt-act", args=["grant"])).status_code == 404
    row = _step(filed, place, "refuse", Actor.HEAD, **{"refusal-ground": "不在受理范围"})
    assert "不在受理范围" in client.get(RECEIPT).content.decode()
    address = reverse("register:receipt-act", args=["object"])
    form = {"shown": ["objection"], "seen": row.revision, "action": "send"}
    assert client.post(address, {**form, "f.objection": ""}).status_code == 422
    assert client.post(address, {**form, "f.objection": "应当受理", "seen": 1}).status_code == 422
    assert client.post(address, {**form, "f.objection": "应当受理"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.steps.last().actor) == ("objected", "outside")


def test_what_a_person_gave_is_shown_and_taken_away(client: Client, filed: Filed) -> None:
    _enter(client, filed)
    assert "13800001234" in client.get(reverse("register:receipt-mine")).content.decode()
    answer = client.get(reverse("register:receipt-copy"))
    assert json.loads(answer.content)["values"]["applicant"] == {"name": "甲某", "phone": "13800001234"}
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert Event.objects.filter(type="register.person.exported").count() == 2


def test_a_correction_reaches_the_body_and_its_answer_the_person(
    client: Client, filed: Filed, place: Place
) -> None:
    _enter(client, filed)
    assert client.post(reverse("register:receipt-mine"), {"words": "错"}).status_code == 422
    client.post(reverse("register:receipt-mine"), {"words": "电话应为 13900001234"})
    asked = Correction.objects.get()
    worker = Client()
    worker.force_login(place.liaison)
    page = worker.get(reverse("register:reveal", args=["legal-aid", filed.receipt.entry_id]))
    assert "13900001234" in page.content.decode()
    shown = worker.post(page.request["PATH_INFO"], {"purpose": "核对电话号码"})
    assert "本人凭回执可以看到这一记录" in shown.content.decode()
    worker.post(
        reverse("register:correction", args=["legal-aid", filed.receipt.entry_id, asked.pk]),
        {"made": "yes", "answer": "已改为新的号码"},
    )
    assert "已改为新的号码" in client.get(RECEIPT).content.decode()


def test_leaving_closes_the_door(client: Client, filed: Filed) -> None:
    _enter(client, filed)
    client.post(reverse("register:receipt-leave"))
    assert filed.receipt.number not in client.get(RECEIPT).content.decode()


def test_the_printed_receipt_has_the_number_and_no_code(client: Client, filed: Filed) -> None:
    _enter(client, filed)
    page = client.get(reverse("register:receipt-paper")).content.decode()
    assert filed.receipt.number in page
    assert filed.code not in page
