"""`luoshi index`: what is written anew is told."""

from __future__ import annotations

import subprocess

from tests.cli.conftest import COMMAND


def test_an_empty_installation_has_nothing_to_write(installation: dict[str, str]) -> None:
    done = subprocess.run(
        [COMMAND, "index", "legal-aid", "--language", "en"],
        env=installation,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "The words of 0 entries were written anew.\n"), done.stderr
