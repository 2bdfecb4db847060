"""The pages for people without an account: what they show, take and refuse."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Entry, EntryFile, Receipt
from luoshi.apps.register.operations import limiting
from luoshi.apps.register.outside import ask, asked
from tests.apps.register.factories import Place, make_place

pytestmark = pytest.mark.django_db

FORM = reverse("register:form", args=["legal-aid"])
FIELDS = ["applicant", "language", "form", "matter", "facts", "opponent", "means", "exemption", "evidence"]
# The token of the question in a form. Sample: name="question" value="WyJsZ…"
QUESTION = re.compile(r'name="question" value="([^"]+)"')
# A number or a code as it is printed. Sample: <dd>K7QM-3XTP-9WZH</dd>
KEYS = re.compile(r"<dd>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})</dd>")


@pytest.fixture
def place() -> Place:
    return make_place()


def sent(**more: Any) -> dict[str, Any]:
    """A form that is filled in, with the answer to its question."""
    question = ask("legal-aid")
    return {
        "shown": FIELDS,
        "f.applicant.name": "甲某",
        "f.applicant.phone": "13800001234",
        "f.form": "civil",
        "f.matter": "labour",
        "f.facts": "拖欠工资三个月",
        "f.means": "exempt",
        "f.exemption": "wages",
        "question": question.token,
        "answer": str(question.first + question.second),
        "told": "yes",
        "action": "send",
        **more,
    }


def keys_of(response: HttpResponse) -> tuple[str, str]:
    """Number and code of the receipt on a page."""
    number, code = KEYS.findall(response.content.decode())
    return number, code


def test_what_can_be_filed_is_listed_with_its_limits_and_articles(client: Client, place: Place) -> None:
    page = client.get(reverse("register:filing")).content.decode()
    assert "法律援助" in page
    assert "《法律援助法》第43条" in page
    Body.objects.update(active_to=timezone.localdate())
    assert FORM not in client.get(reverse("register:filing")).content.decode()
    assert client.get(FORM).status_code == 404


def test_the_form_asks_for_what_the_intake_names_and_nothing_else(client: Client, place: Place) -> None:
    page = client.get(FORM).content.decode()
    asked_for = set(re.findall(r'name="shown" value="([a-z-]+)"', page))
    assert asked_for == set(FIELDS) - {"exemption"}
    assert "办结后保存" in page
    assert "《法律援助法》" in page


def test_a_form_gives_a_receipt_that_is_shown_once(client: Client, place: Place) -> None:
    form = sent()
    response = client.post(FORM, form)
    number, code = keys_of(response)
    assert Receipt.objects.get().number == number
    assert "no-store" in response["Cache-Control"]
    again = client.post(FORM, form)
    assert again.status_code == 422
    assert Entry.objects.count() == 1
    followed = client.get(reverse("register:receipt")).content.decode()
    assert number in followed
    assert code not in followed


def test_another_language_or_size_of_text_keeps_the_code(client: Client, place: Place) -> None:
    page = client.post(FORM, sent()).content.decode()
    number, code = KEYS.findall(page)
    again = reverse("register:receipt-again")
    assert f'action="{again}"' in page
    carried = {"number": number, "code": code}
    english = client.post(again, {**carried, "language": "en"})
    assert 'lang="en"' in english.content.decode()
    assert keys_of(english) == (number, code)
    assert "no-store" in english["Cache-Control"]
    large = client.post(again, {**carried, "text": "large"})
    assert "text-large" in large.content.decode()
    assert 'lang="en"' in large.content.decode()
    assert keys_of(large) == (number, code)
    assert client.post(again, {**carried, "code": "AAAA-BBBB-CCCC"})["Location"] == reverse(
        "register:receipt"
    )


def test_what_is_not_asked_is_not_taken(client: Client, place: Place) -> None:
    client.post(
        FORM, sent(**{"shown": [*FIELDS, "subsidy", "lawyer"], "f.subsidy": "9", "f.lawyer.name": "乙"})
    )
    assert set(Entry.objects.get().values) == {"applicant", "form", "matter", "facts", "means", "exemption"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answer": "99"}, "验证问题回答不对"),
        ({"question": "x"}, "验证问题已失效"),
        ({"told": ""}, "个人信息告知"),
        ({"f.matter": ""}, "请填写"),
        ({"f.applicant.identity": "110101199003078510"}, "身份证号码不正确"),
    ],
)
def test_a_refusal_keeps_what_was_written(
    client: Client, place: Place, change: dict[str, Any], said: str
) -> None:
    response = client.post(FORM, sent(**change))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "拖欠工资三个月" in page
    assert not Entry.objects.exists()


def test_a_question_is_not_used_up_by_a_refusal(client: Client, place: Place) -> None:
    form = sent(**{"f.facts": ""})
    page = client.post(FORM, form).content.decode()
    token = QUESTION.findall(page)[0]
    assert asked("legal-aid", token) is not None
    assert client.post(FORM, {**form, "f.facts": "拖欠工资", "question": token}).status_code == 200
    assert Entry.objects.count() == 1


def test_files_are_told_by_their_content_and_kept_for_the_form(client: Client, place: Place) -> None:
    bad = SimpleUploadedFile("a.pdf", b"MZ\x90\x00")
    assert client.post(FORM, sent(**{"f.evidence": bad})).status_code == 422
    good = SimpleUploadedFile("工资条.pdf", b"%PDF-1.7 a")
    page = client.post(FORM, sent(**{"f.evidence": good, "told": ""})).content.decode()
    assert not EntryFile.objects.exists()
    good.seek(0)
    page = client.post(FORM, sent(**{"f.evidence": good, "f.matter": ""})).content.decode()
    token = EntryFile.objects.get().token
    assert token in page
    client.post(FORM, sent(**{"f.evidence": token}))
    assert EntryFile.objects.get().entry == Entry.objects.get()


def test_a_file_of_another_cannot_be_taken_by_its_token(client: Client, place: Place) -> None:
    client.post(FORM, sent(**{"f.evidence": SimpleUploadedFile("a.pdf", b"%PDF-1.7 a")}))
    token = EntryFile.objects.get().token
    assert client.post(FORM, sent(**{"f.evidence": token})).status_code == 422
    assert Entry.objects.count() == 1


def test_with_several_bodies_the_person_chooses(client: Client, place: Place) -> None:
    other = Body.objects.create(region=place.region, name="区司法局", kind="organ", line="government")
    assert client.post(FORM, sent()).status_code == 422
    assert client.post(FORM, sent(body=place.other.pk)).status_code == 422
    client.post(FORM, sent(body=other.pk))
    assert Entry.objects.get().body == other


def test_one_address_files_so_often(client: Client, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.apps.register.views.outside.FILING", limiting.Measure("file", 2, 3600))
    assert [client.post(FORM, sent()).status_code for _ in range(3)] == [200, 200, 429]
    # Without a proxy of our own nobody says another address.
    assert client.post(FORM, sent(), headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 429
    with override_settings(LUOSHI_PROXIES=1):
        assert client.post(FORM, sent(), headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 200


def test_it_works_without_scripts_and_a_changed_answer_asks_more(client: Client, place: Place) -> None:
    page = client.post(FORM, sent(action="show", **{"f.exemption": ""})).content.decode()
    assert 'name="f.exemption"' in page
    assert not Entry.objects.exists()
    part = client.post(FORM, sent(action="show"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


def test_files_are_few_and_small_together(client: Client, place: Place) -> None:
    many = [SimpleUploadedFile(f"{number}.pdf", b"%PDF-1.7 a") for number in range(11)]
    assert client.post(FORM, sent(**{"f.evidence": many})).status_code == 422
    pair = [SimpleUploadedFile(f"{number}.pdf", b"%PDF-1.7 abcdef") for number in range(2)]
    with override_settings(LUOSHI_EVIDENCE_BYTES=20):
        assert client.post(FORM, sent(**{"f.evidence": pair})).status_code == 422
    assert not EntryFile.objects.exists()
