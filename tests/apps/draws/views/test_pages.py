"""Pages of draws: what people at work do on them, what anybody sees without an account."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from luoshi.apps.draws import models
from luoshi.apps.register.models import Entry
from tests.apps.draws.factories import (
    KEY,
    MECHANISM,
    SECRET,
    VALUE,
    Rosters,
    all_answered,
    committed,
    drawn,
    make_rosters,
    plan_round,
    prepared,
    step,
)

pytestmark = pytest.mark.django_db


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(entry: Entry, name: str = "draws:draw") -> str:
    return reverse(name, args=[MECHANISM, entry.pk, KEY])


def page(draw: models.Draw, name: str = "draws:notice") -> str:
    return reverse(name, args=[draw.pk])


def sheet(content: bytes) -> list[list[Any]]:
    """The rows of a workbook."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.fixture
def rosters() -> Rosters:
    return make_rosters()


def test_a_draw_is_run_on_its_page(rosters: Rosters) -> None:
    entry, client = plan_round(rosters), as_(rosters.liaison)
    where = address(entry)
    assert where in client.get(reverse("register:entry", args=[MECHANISM, entry.pk])).content.decode()
    assert client.post(where, {"action": "prepare", "source": "某彩票", "form": "数"}).status_code == 422
    tomorrow = timezone.localdate() + timedelta(days=1)
    given = {"action": "prepare", "source": "某彩票", "value_on": tomorrow.isoformat(), "form": "数"}
    assert client.post(where, given).status_code == 302
    assert client.post(where, {"action": "commit"}).status_code == 302
    draw = models.Draw.objects.get()
    assert draw.commitment in client.get(where).content.decode().replace("</span><span>", "")
    early = client.post(where, {"action": "draw", "value": VALUE})
    assert early.status_code == 422
    assert draw.secret == ""


def test_answers_and_a_cancellation_are_recorded_on_the_page(rosters: Rosters) -> None:
    entry, client = plan_round(rosters), as_(rosters.liaison)
    draw = drawn(rosters, entry)
    key = next(one for one in draw.orders["检查人员"][:3] if one != "云溪执001")
    form = {"action": "answer", "key": key, "reason": ""}
    assert client.post(address(entry), {**form, "answer": "maybe"}).status_code == 422
    holds = key in draw.orders["检查人员"][:2]
    said = client.post(address(entry), {**form, "answer": "accepted"})
    assert said.status_code == (302 if holds else 422)
    assert client.post(address(entry), {"action": "cancel", "reason": "x"}).status_code == 403
    assert as_(rosters.head).post(address(entry), {"action": "cancel", "reason": "重复"}).status_code == 302
    assert "重复" in Client().get(page(draw)).content.decode()


def test_records_are_opened_from_the_result_once_everybody_has_answered(rosters: Rosters) -> None:
    entry = plan_round(rosters)
    draw = drawn(rosters, entry)
    client = as_(rosters.liaison)
    assert "应答登记完，才能开启" in client.get(address(entry)).content.decode()
    assert client.post(address(entry), {"action": "open"}).status_code == 422
    all_answered(rosters, draw)
    assert "开启 3 份" in client.get(address(entry)).content.decode()
    assert as_(rosters.viewer).post(address(entry), {"action": "open"}).status_code == 403
    assert client.post(address(entry), {"action": "open"}).status_code == 302
    shown = client.get(address(entry)).content.decode()
    for row in draw.openings.select_related("entry"):
        assert reverse("register:entry", args=["inspection-records", row.entry_id]) in shown
    assert 'value="open"' not in shown
    again = client.post(address(entry), {"action": "open"})
    assert again.status_code == 422
    assert "不再重复开启" in again.content.decode()
    record = draw.openings.all()[0].entry
    page_of = client.get(reverse("register:entry", args=["inspection-records", record.pk])).content.decode()
    assert reverse("register:entry", args=[MECHANISM, entry.pk]) in page_of
    # The body of each inspector stands in rows, and is named all the same.
    assert page_of.count(f"<td>{rosters.market.name}</td>") == 2


def test_the_last_stage_is_over_once_results_are_reported(rosters: Rosters) -> None:
    entry, client = plan_round(rosters), as_(rosters.liaison)
    draw = drawn(rosters, entry)
    assert client.get(address(entry)).content.decode().count('aria-current="step"') == 1
    all_answered(rosters, draw)
    entry.refresh_from_db()
    entry = step(entry, "visit", {}, by=rosters.liaison)
    results = [{"name": one["name"], "result": "none"} for one in entry.values["objects"]]
    step(entry, "report", {"visited-on": "2026-03-09", "results": results}, by=rosters.liaison)
    assert 'aria-current="step"' not in client.get(address(entry)).content.decode()


@pytest.mark.parametrize(
    ("who", "sees", "runs"),
    [
        ("liaison", 200, 302),
        ("head", 200, 403),
        ("office", 200, 403),
        ("viewer", 200, 403),
        ("stranger", 403, 403),
    ],
)
def test_who_runs_a_draw(rosters: Rosters, who: str, sees: int, runs: int) -> None:
    entry = plan_round(rosters)
    prepared(rosters, entry, value_on=timezone.localdate() + timedelta(days=2))
    client = as_(getattr(rosters, who))
    assert client.get(address(entry)).status_code == sees
    assert client.get(address(entry, "draws:list")).status_code == sees
    assert client.post(address(entry), {"action": "commit"}).status_code == runs


def test_nobody_outside_sees_a_draw_that_is_not_announced(rosters: Rosters) -> None:
    draw = prepared(rosters, plan_round(rosters))
    for name in ("notice", "names", "commitment", "proof"):
        assert Client().get(page(draw, f"draws:{name}")).status_code == 404
    assert draw.entry.title not in Client().get(reverse("draws:index")).content.decode()


def test_the_commitment_is_public_but_not_the_secret_nor_the_inspectors(rosters: Rosters) -> None:
    draw = committed(rosters, plan_round(rosters))
    assert Client().get(page(draw, "draws:proof")).status_code == 404
    seen = Client().get(page(draw)).content.decode()
    said = json.loads(Client().get(page(draw, "draws:commitment")).content)
    names = Client().get(page(draw, "draws:names")).content.decode()
    assert said["commitment"] == draw.commitment
    assert "某彩票第26030期开奖号码" in seen
    assert "云溪1号超市" in names
    for text in (seen, names, json.dumps(said)):
        assert SECRET.hex() not in text
        assert "云溪执002" not in text
    # The draw itself has not happened: nothing of it stands in the notice.
    assert "检查员" not in seen


def test_anybody_checks_the_proof_with_the_program_of_the_page(rosters: Rosters, tmp_path: Path) -> None:
    draw = drawn(rosters, plan_round(rosters))
    for file, name in (("proof.json", page(draw, "draws:proof")), ("verify.py", reverse("draws:program"))):
        (tmp_path / file).write_bytes(Client().get(name).content)
    arguments = ["proof.json", "--commitment", draw.commitment, "--value", VALUE]
    checked = subprocess.run(
        [sys.executable, "verify.py", *arguments], cwd=tmp_path, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    forged = subprocess.run(
        [sys.executable, "verify.py", *arguments[:-1], "another"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert forged.returncode == 1
    seen = Client().get(page(draw)).content.decode()
    assert "检查员" not in seen
    assert draw.head in seen


def test_people_at_work_read_masked_names_and_clashes(rosters: Rosters) -> None:
    entry = plan_round(rosters)
    draw = drawn(rosters, entry)
    seen = as_(rosters.viewer).get(address(entry)).content.decode()
    assert "检*" in seen or "检**" in seen or "检***" in seen
    assert "检查员2" not in seen
    assert ("应当回避" in seen) == ("云溪执001" in draw.orders["检查人员"][:2])


def test_strata_are_named_in_the_language_of_the_page(rosters: Rosters) -> None:
    entry = plan_round(rosters)
    prepared(rosters, entry)
    client = as_(rosters.viewer)
    assert "D类（高）" in client.get(address(entry)).content.decode()
    client.cookies["django_language"] = "en"
    shown = client.get(address(entry)).content.decode()
    assert "D (high)" in shown
    assert "D类" not in shown
    names = client.get(address(entry, "draws:list")).content.decode()
    assert "Objects · A (low)" in names
    assert "A类" not in names


def test_lists_are_searched_and_taken_away(rosters: Rosters) -> None:
    entry = plan_round(rosters)
    prepared(rosters, entry)
    client = as_(rosters.viewer)
    where = address(entry, "draws:list")
    found = client.get(where, {"q": "3号", "pool": "objects"}).content.decode()
    assert "云溪3号超市" in found
    assert "云溪4号超市" not in found
    kept_out = client.get(where, {"eligible": "no", "format": "xlsx"})
    rows = sheet(kept_out.content)
    assert len(rows) == 3
    assert "<table" not in client.get(where, {"q": "nothing"}).content.decode()


def test_the_public_list_is_searched_and_taken_away(rosters: Rosters) -> None:
    draw = committed(rosters, plan_round(rosters))
    where = reverse("draws:index")
    assert draw.entry.title in Client().get(where, {"q": draw.commitment[:8]}).content.decode()
    assert draw.entry.title not in Client().get(where, {"stage": "cancelled"}).content.decode()
    assert draw.entry.title not in Client().get(where, {"q": "别的"}).content.decode()
    rows = sheet(Client().get(where, {"format": "xlsx"}).content)  # type: ignore[union-attr]
    assert rows[1][2] == draw.commitment


def test_the_cost_of_pages_does_not_grow_with_the_lists(django_assert_max_num_queries: Any) -> None:
    rosters = make_rosters(objects=30, staff=20)
    entry = plan_round(rosters, objects=8, inspectors=6)
    draw = drawn(rosters, entry)
    client = as_(rosters.liaison)
    client.get(address(entry))
    with django_assert_max_num_queries(45):
        client.get(address(entry))
    with django_assert_max_num_queries(22):
        client.get(address(entry, "draws:list"))
    with django_assert_max_num_queries(25):
        Client().get(page(draw))
    with django_assert_max_num_queries(8):
        Client().get(reverse("draws:index"))


def test_a_day_that_is_none_is_told(rosters: Rosters) -> None:
    entry = plan_round(rosters)
    given = {"action": "prepare", "source": "某彩票", "value_on": "soon", "form": "数"}
    answer = as_(rosters.liaison).post(address(entry), given)
    assert answer.status_code == 422
    assert "公开值产生的日期" in answer.content.decode()
