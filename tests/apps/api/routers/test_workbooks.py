"""Reports by a workbook: taken away, filled in, looked at, taken over as drafts or submitted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.utils import timezone

from luoshi.apps.work.models import Report
from tests.apps.api.calling import problem, program
from tests.apps.work.factories import World, issued_plan, morning
from tests.apps.work.workbooks import Cells, filled_in, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quarter(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is 18 March 2026, and tokens live on."""
    with override_settings(LUOSHI_API_CALLS=10_000):
        monkeypatch.setattr(timezone, "now", lambda: morning(2026, 3, 18))
        yield


@pytest.fixture
def world() -> World:
    return issued_plan(until=morning(2026, 3, 17))


def fill(rows: Cells) -> None:
    for row in rows:
        row["progress"] = "已建成服务点3个"


def test_a_workbook_is_taken_over_as_it_was_shown(world: World) -> None:
    body = world.bodies["区教育局"]
    liaison = program(world.liaison("区教育局"), "report")
    assert read(liaison.file(f"/bodies/{body.pk}/workbook"))[1] == []
    sent = liaison.send("/workbooks", "填报.xlsx", filled_in(body.pk, fill))
    assert sent["faults"] == 0
    assert sent["changes"] > 0
    path = f"/workbooks/{sent['id']}"
    rows = liaison.get(f"{path}/changes")
    assert rows["count"] == sent["changes"]
    assert rows["items"][0]["fields"][0][0] == "progress"
    assert not Report.objects.exists()
    assert liaison.do(f"{path}/apply", {})["outcome"] == "saved"
    assert Report.objects.filter(body=body, latest=1).count() == sent["changes"]
    problem(liaison("POST", f"{path}/apply", {}), 409, "work-sheet-applied")
    assert liaison.get("/workbooks")["items"][0]["outcome"] == "saved"


def test_what_lacks_something_is_not_submitted(world: World) -> None:
    def half(rows: Cells) -> None:
        rows[0].update(progress="", problems="场地未落实")

    liaison = program(world.liaison("区教育局"), "report")
    content = filled_in(world.bodies["区教育局"].pk, half)
    path = f"/workbooks/{liaison.send('/workbooks', '填报.xlsx', content)['id']}"
    problem(liaison("POST", f"{path}/apply", {"submit": True}), 409, "work-sheet-incomplete")
    assert not Report.objects.exists()


def test_what_is_wrong_comes_back_marked(world: World) -> None:
    def wrong(rows: Cells) -> None:
        rows[0]["share_done"] = "一半"

    liaison = program(world.liaison("区教育局"), "report")
    sent = liaison.send("/workbooks", "填报.xlsx", filled_in(world.bodies["区教育局"].pk, wrong))
    path = f"/workbooks/{sent['id']}"
    assert sent["faults"] == 1
    assert liaison.get(f"{path}/faults")["items"][0]["row"] == 2
    assert liaison.file(f"{path}/faults/file")[:2] == b"PK"


def test_workbooks_of_others_stay_theirs(world: World) -> None:
    body = world.bodies["区教育局"]
    mine, theirs = (program(world.liaison(name), "report") for name in ("区教育局", "区民政局"))
    sent = mine.send("/workbooks", "填报.xlsx", filled_in(body.pk, fill))
    problem(theirs("GET", f"/workbooks/{sent['id']}"), 403, "api-not-allowed")
    problem(theirs("POST", f"/workbooks/{sent['id']}/apply", {}), 403, "api-not-allowed")
    problem(theirs("GET", f"/bodies/{body.pk}/workbook"), 403, "api-not-allowed")
    assert theirs.get("/workbooks")["count"] == 0
