"""A little of `make soak`: kills, fifty hands in one report, a copy under load, a full disk."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.house.tree import ROOT
from tests.migrated import outside
from tools.soak.__main__ import PARTS, main
from tools.soak.world import NOT_SAVED, Ledger

FAULTS = ("lost", "doubled", "errors", "log_problems")


@pytest.mark.long
def test_nothing_acknowledged_is_lost_and_nothing_doubled() -> None:
    command = [sys.executable, "-m", "tools.soak", "short", "--on", "sqlite"]
    done = subprocess.run(
        [*command, "--kills", "2", "--editors", "8", "--rounds", "2"],
        cwd=ROOT,
        env=outside(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert [line["part"] for line in found] == list(PARTS)
    for line in found:
        assert line["acknowledged"] > 0
        assert [line[fault] for fault in FAULTS] == [0, 0, 0, 0]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_a_database_of_either_kind(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, str]] = []

    def noted(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        given.append(options["env"])
        return subprocess.CompletedProcess(command, 0)

    @contextmanager
    def cluster(*arguments: object, **options: object) -> Iterator[str]:
        yield "postgresql://luoshi@/luoshi?host=/nowhere"

    monkeypatch.setattr("tools.postgres.throw_away_cluster", cluster)
    monkeypatch.setattr("tools.postgres.new_database", lambda address, name: address)
    monkeypatch.setattr("tools.soak.disks.MOUNT", "no-such-program")
    monkeypatch.setattr("tools.soak.__main__.subprocess.run", noted)
    monkeypatch.setattr(sys, "argv", ["soak", part, "--on", "both"])
    assert main() == 0
    assert [one["LUOSHI_DATABASE_URL"].partition(":")[0] for one in given] == ["sqlite", "postgresql"]


@pytest.mark.parametrize(
    ("status", "words", "pages", "away"),
    [(500, NOT_SAVED, 1, 0), (403, NOT_SAVED, 1, 0), (503, NOT_SAVED, 0, 1), (503, "...", 1, 0)],
)
def test_only_the_page_that_says_nothing_was_saved_is_no_error(
    status: int, words: str, pages: int, away: int
) -> None:
    ledger = Ledger()
    ledger.complain(status, words.encode())
    assert (len(ledger.error_pages), ledger.unavailable) == (pages, away)
