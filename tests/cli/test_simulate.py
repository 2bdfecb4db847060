"""`luoshi simulate`: a year of a plan, made from a seed, that an outsider can verify."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from luoshi.apps.audit import protection
from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Body
from luoshi.apps.supervision.models import Order
from luoshi.apps.work.models import Assignment, Extension, Report
from tests.cli.conftest import Said

Run = Callable[..., Said]


@pytest.fixture(autouse=True)
def data(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own; the database is that of the test."""
    monkeypatch.setattr("luoshi.apps.serving.migrate", list)
    settings.LUOSHI_DATA = tmp_path / "data"
    return tmp_path / "data"


def checked(export: Path) -> subprocess.CompletedProcess[str]:
    """What the stand-alone script of an export says, run by a Python that knows nothing of ours."""
    script = export.with_name("verify_audit.py")
    with zipfile.ZipFile(export) as archive:
        script.write_bytes(archive.read(script.name))
    command = [sys.executable, "-I", "-S", script.name, export.name]
    return subprocess.run(command, cwd=export.parent, capture_output=True, text=True, check=False)


def change_a_row(text: str) -> None:
    """Change an event as somebody who has taken the triggers away."""
    event = Event.objects.filter(type="work.report.accepted").order_by("pk")[40].pk
    with connection.cursor() as cursor:
        for statement in protection.REMOVE[connection.vendor]:
            cursor.execute(statement)
        cursor.execute("UPDATE audit_event SET actor_name = %s WHERE id = %s", [text, event])


def assert_verifiable(luoshi: Run, folder: Path) -> None:
    """The log goes out and is intact for an outsider; a row that is changed afterwards is found."""
    assert luoshi("audit", "export", folder / "log.zip").code == 0
    said = checked(folder / "log.zip")
    assert (said.returncode, said.stderr) == (0, "")
    assert str(Event.objects.count()) in said.stdout
    with zipfile.ZipFile(folder / "log.zip") as whole, zipfile.ZipFile(folder / "bad.zip", "w") as bad:
        for name in whole.namelist():
            content = whole.read(name)
            changed = content.replace(b'"work.report.accepted"', b'"work.report.returned"', 1)
            bad.writestr(name, changed if name != "verify_audit.py" else content)
    assert checked(folder / "bad.zip").returncode == 1
    change_a_row("somebody else")
    assert luoshi("audit", "verify").code == 1


def test_a_year_of_the_sample_plan(luoshi: Run, tmp_path: Path) -> None:
    said = luoshi("simulate", "--seed", 5, "--language", "en", "--debug")
    assert said.code == 0, said.err
    assert f"new reports: {Report.objects.count()}" in said.out
    assert Order.objects.count() > 10
    assert_verifiable(luoshi, tmp_path)


def test_a_year_of_the_real_plan_with_all_groups_taken_apart(
    luoshi: Run, tmp_path: Path, corpus: Path
) -> None:
    file = corpus / "plans/000_59e480d8bb04c074.txt"
    said = luoshi("simulate", "--plan", file, "--debug")
    assert said.code == 0, said.err
    groups = Body.objects.filter(kind=Body.Kind.GROUP, mentions__isnull=False).distinct()
    assert groups.count() == 5
    through = set(Assignment.objects.filter(via__isnull=False).values_list("via", flat=True))
    assert {group.pk for group in groups} <= through
    assert Assignment.objects.filter(task__number="20").exists()
    assert Assignment.objects.count() > 1000
    assert Report.objects.filter(state="accepted").count() > 3000
    assert Event.objects.filter(type="work.report.returned").count() > 100
    assert Extension.objects.count() > 10
    assert Order.objects.count() > 50
    assert_verifiable(luoshi, tmp_path)


def test_a_plan_that_is_not_there_is_told(luoshi: Run, tmp_path: Path) -> None:
    said = luoshi("simulate", "--plan", tmp_path / "none.txt", "--language", "en")
    assert (said.code, said.out) == (2, "")
    assert "none.txt" in said.err
