"""The exercise of the guide: a mechanism written by following it, in YAML alone, lived from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luoshi import mechanisms
from luoshi.apps.indicator.operations.verifying import discrepancies
from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.register.models import Entry
from luoshi.apps.register.outside import ask
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.mechanism.cases import Case, read_cases
from luoshi.core.mechanism.catalogue import load
from luoshi.core.mechanism.running import differences
from tests.mechanisms.owned import own_folder
from tests.mechanisms.stored import StoredCase

pytestmark = pytest.mark.django_db

KEY = "accessible-repairs"
FOLDER = Path(__file__).parent / "own"
FILES = {one.name: one.read_text(encoding="utf-8") for one in FOLDER.iterdir()}
CASES = [
    pytest.param(case, id=case.name.en)
    for case in read_cases(KEY, FILES[f"{KEY}.cases.yaml"], f"{KEY}.cases.yaml")
]
FIELDS = ["facility", "place", "damage", "blocked", "photos", "reporter"]
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
# A number or a code as it is printed. Sample: <dd>K7QM-3XTP-9WZH</dd>
KEYS = re.compile(r"<dd>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})</dd>")


@pytest.fixture(autouse=True)
def _installed(tmp_path: Path) -> Iterator[None]:
    with own_folder(tmp_path, FILES):
        yield


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def federation() -> Body:
    """The body that keeps such entries; with somebody who works there."""
    region = Region.objects.create(code="990111", name="云溪区", level=Region.Level.COUNTY)
    body = Body.objects.create(region=region, name="云溪区残联", kind="social", line="government")
    user = User.objects.create(username="worker", last_name="经办")
    Role.objects.create(region=region, user=user, name="liaison", body=body)
    return body


@pytest.fixture
def worker(federation: Body) -> Client:
    """Somebody of the body, logged in."""
    client = Client()
    client.force_login(User.objects.get(username="worker"))
    return client


def _report(client: Client, **more: Any) -> str:
    """Report damage from outside; gives the page with the receipt."""
    question = ask(KEY)
    form = {
        "shown": FIELDS,
        "f.facility": "ramp",
        "f.place": "云溪路一号",
        "f.damage": "坡道开裂",
        "f.blocked": "yes",
        "f.reporter.name": "甲某",
        "question": question.token,
        "answer": str(question.first + question.second),
        "told": "yes",
        "action": "send",
        **more,
    }
    return client.post(reverse("register:form", args=[KEY]), form).content.decode()


def _take(worker: Client, entry: Entry, step: str, **given: str) -> None:
    entry.refresh_from_db()
    fields = {f"f.{key}": value for key, value in given.items()}
    form = {"shown": list(given), "seen": entry.revision, "action": "send", **fields}
    address = reverse("register:step", args=[KEY, entry.pk, step])
    assert worker.get(address).status_code == 200
    assert worker.post(address, form).status_code == 302


@pytest.mark.parametrize("case", CASES)
def test_its_cases_come_out_in_memory_and_in_the_product(case: Case) -> None:
    catalogue = load({**mechanisms.declarations(), f"{KEY}.yaml": FILES[f"{KEY}.yaml"]})
    assert list(differences(case, catalogue, WorkCalendar())) == []
    region = Region.objects.create(code="990109", name="试验区", level=Region.Level.COUNTY)
    stored = StoredCase(case, region)
    assert [*stored.live(), *stored.differences(), *stored.figures()] == []
    assert discrepancies(region.code, KEY, case.today) == []


def test_reported_from_outside_repaired_inside_and_followed_by_receipt(worker: Client) -> None:
    outside = Client()
    assert "无障碍设施报修" in outside.get(reverse("register:filing")).content.decode()
    page = outside.get(reverse("register:form", args=[KEY])).content.decode()
    assert "10个工作日" in page
    assert "《无障碍环境建设法》第26条" in page
    photo = SimpleUploadedFile("照片.pdf", b"%PDF-1.7 a")
    number, code = KEYS.findall(_report(outside, **{"f.photos": photo}))
    entry = Entry.objects.get()
    assert (entry.number, entry.title, entry.files.count()) == ("障修〔2026〕1号", "坡道 云溪路一号", 1)
    assert entry.clocks.get().due == date(2026, 3, 16)
    _take(worker, entry, "assign")
    _take(worker, entry, "finish", **{"repaired-on": "2026-03-02", "work": "已修补"})
    stranger = Client()
    stranger.post(reverse("register:receipt"), {"number": number, "code": code})
    page = stranger.get(reverse("register:receipt")).content.decode()
    assert "已修复" in page
    assert "已修补" in page
    assert "甲某" not in page


def test_its_list_form_board_entry_and_paper_are_there(worker: Client) -> None:
    _report(Client())
    entry = Entry.objects.get()
    for name, parts in (
        ("register:list", [KEY]),
        ("register:board", [KEY]),
        ("register:entry", [KEY, entry.pk]),
    ):
        page = worker.get(reverse(name, args=parts)).content.decode()
        assert "坡道 云溪路一号" in page
        assert "甲某" not in page
    assert (
        entry.title in worker.get(reverse("register:list", args=[KEY]), {"view": "blocked"}).content.decode()
    )
    assert "待派修" in worker.get(reverse("register:paper", args=[KEY, entry.pk])).content.decode()
    form = worker.get(reverse("register:new", args=[KEY, "report"])).content.decode()
    assert 'name="f.facility"' in form
    assert "写明道路和门牌" in form
    assert "无障碍设施报修" in worker.get(reverse("register:start")).content.decode()


def test_its_number_opens_into_the_entry(worker: Client, federation: Body) -> None:
    _report(Client())
    entry = Entry.objects.get()
    _take(worker, entry, "assign")
    _take(worker, entry, "finish", **{"repaired-on": "2026-03-02", "work": "已修补"})
    page = worker.get(reverse("indicator:one", args=[KEY, "repaired-in-time"])).content.decode()
    assert "100%" in page
    assert reverse("register:entry", args=[KEY, entry.pk]) in page
    assert "按期修复率" in worker.get(reverse("indicator:list")).content.decode()
    assert discrepancies(federation.region_id, KEY, date(2026, 3, 2)) == []


def test_who_reported_it_withdraws_in_english_too(worker: Client) -> None:
    outside = Client()
    _report(outside)
    outside.cookies["django_language"] = "en"
    assert "Received, repair is being arranged" in outside.get(reverse("register:receipt")).content.decode()
    outside.post(reverse("register:receipt-act", args=["withdraw"]), {"seen": 1, "action": "send"})
    assert Entry.objects.get().state == "withdrawn"
