"""`luoshi work advance`: quiet, and safe to run twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import COMMAND


def test_it_may_be_run_twice(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "LUOSHI_DATA": str(tmp_path),
        "LUOSHI_LANGUAGE": "en",
        "LUOSHI_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "luoshi.settings.sqlite",
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], env=env, check=True)
    for _ in range(2):
        said = subprocess.run(
            [COMMAND, "work", "advance"], env=env, capture_output=True, text=True, check=False
        )
        assert (said.returncode, said.stdout) == (0, "0 periods made, 0 opened.\n"), said.stderr
