"""`luoshi index`: what is written anew is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import COMMAND


def test_an_empty_installation_has_nothing_to_write(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "LUOSHI_DATA": str(tmp_path),
        "LUOSHI_LANGUAGE": "en",
        "LUOSHI_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "luoshi.settings.sqlite",
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], env=env, check=True)
    done = subprocess.run(
        [COMMAND, "index", "legal-aid", "--language", "en"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "The words of 0 entries were written anew.\n"), done.stderr
