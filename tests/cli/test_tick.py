"""`luoshi tick`: one command for everything that is due, and a real kill in the middle of it."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import time
from pathlib import Path

from tests.cli.conftest import COMMAND


def tick(env: dict[str, str]) -> str:
    done = subprocess.run([COMMAND, "tick"], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_may_be_run_twice_and_seals_once(installation: dict[str, str]) -> None:
    first = tick(installation)
    assert first.startswith("0 periods made, 0 opened; 0 entries moved on; 0 digests, 0 letters")
    assert first.endswith("checkpoint 1.\n")
    assert tick(installation) == first


def test_killed_at_any_moment_it_can_be_run_again(installation: dict[str, str], tmp_path: Path) -> None:
    for after in (0.3, 0.8, 1.3):
        process = subprocess.Popen([COMMAND, "tick"], env=installation, stdout=subprocess.DEVNULL)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert tick(installation).endswith("checkpoint 1.\n")
    with sqlite3.connect(tmp_path / "luoshi.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM audit_checkpoint").fetchone() == (1,)
