"""The small programs behind the commands."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.house.tree import ROOT
from tools.postgres import throw_away_cluster
from tools.system import find_postgres

STEP = ROOT / "tools/step"


def step(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `tools/step`."""
    return subprocess.run([STEP, *arguments], capture_output=True, text=True, check=False)


def test_step_says_what_it_does_and_how_long_it_took() -> None:
    done = step("Greeting", "echo", "hello there")
    assert done.returncode == 0
    assert done.stdout == "→ Greeting\nhello there\n  done in 0 s\n"


def test_quiet_step_shows_output_only_when_it_fails() -> None:
    assert "hello" not in step("-q", "Greeting", "echo", "hello").stdout
    failed = step("-q", "Greeting", "sh", "-c", "echo hello; exit 7")
    assert failed.returncode == 7
    assert "hello" in failed.stdout
    assert "failed after" in failed.stderr


def test_throw_away_cluster_answers_and_leaves_nothing(postgres: Path) -> None:
    before = set(Path(tempfile.gettempdir()).glob("luoshi-pg-*"))
    with throw_away_cluster() as address:
        folder = address.rpartition("host=")[2]
        with psycopg.connect(host=folder, user="luoshi", dbname="postgres") as connection:
            row = connection.execute("SELECT current_setting('listen_addresses')").fetchone()
        assert row == ("",)
    assert not Path(folder).exists()
    assert set(Path(tempfile.gettempdir()).glob("luoshi-pg-*")) == before
    assert (postgres / "initdb").is_file()
    assert find_postgres() == postgres


@pytest.mark.parametrize("program", ["step", "lock"])
def test_shell_programs_are_executable_and_parse(program: str) -> None:
    path = ROOT / "tools" / program
    assert path.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", path], check=True)
