"""A little of `make soak`: kills, fifty hands in one report, a copy under load, a full disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.house.tree import ROOT
from tools.soak.__main__ import PARTS
from tools.soak.world import Ledger

FAULTS = ("lost", "doubled", "errors", "log_problems")


def test_nothing_acknowledged_is_lost_and_nothing_doubled() -> None:
    command = [sys.executable, "-m", "tools.soak", "short", "--on", "sqlite"]
    done = subprocess.run(
        [*command, "--kills", "2", "--editors", "8", "--rounds", "2"],
        cwd=ROOT,
        env={
            name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))
        },
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


@pytest.mark.parametrize(("status", "pages", "away"), [(500, 1, 0), (403, 1, 0), (503, 0, 1)])
def test_only_the_page_that_says_nothing_was_saved_is_no_error(status: int, pages: int, away: int) -> None:
    ledger = Ledger()
    ledger.complain(status, b"...")
    assert (len(ledger.error_pages), ledger.unavailable) == (pages, away)
