"""`luoshi administrators`: the first three, once."""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND
from tests.migrated import copied, folder_of_all, outside, sqlite_file


def run(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The command on an installation of its own."""
    command = [COMMAND, "administrators", "--data", str(data), *more]
    return subprocess.run(command, env=outside(), capture_output=True, text=True, check=False, timeout=120)


def test_three_are_made_once(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copied(sqlite_file(folder_of_all(tmp_path_factory)), tmp_path)
    done = run(tmp_path, "--system", "zhang.san", "--language", "en")
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert [line[:2] for line in lines] == [
        ["System", "zhang.san"],
        ["Security", "security-admin"],
        ["Audit", "audit-admin"],
    ]
    assert len({password for _, _, password in lines}) == 3
    assert "shown this once" in done.stderr
    with sqlite3.connect(tmp_path / "luoshi.sqlite3") as database:
        [(hashed,)] = database.execute("SELECT password FROM auth_user WHERE username = 'zhang.san'")
    assert hashed.startswith("argon2")
    again = run(tmp_path)
    assert again.returncode == 2
    assert "已经有管理员" in again.stderr
    assert not again.stdout


def test_three_different_names(tmp_path: Path) -> None:
    refused = run(tmp_path, "--system", "one", "--audit", "one")
    assert refused.returncode == 2
    assert "三个不同的用户名" in refused.stderr
    assert not (tmp_path / "luoshi.sqlite3").exists()


@pytest.mark.long
def test_a_new_installation_gets_its_tables_first(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[1] for line in done.stdout.splitlines()] == [
        "system-admin",
        "security-admin",
        "audit-admin",
    ]
