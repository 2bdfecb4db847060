"""`luoshi work advance`: quiet, and safe to run twice."""

from __future__ import annotations

import subprocess

from tests.cli.conftest import COMMAND


def test_it_may_be_run_twice(installation: dict[str, str]) -> None:
    for _ in range(2):
        said = subprocess.run(
            [COMMAND, "work", "advance"], env=installation, capture_output=True, text=True, check=False
        )
        assert (said.returncode, said.stdout) == (0, "0 periods made, 0 opened.\n"), said.stderr
