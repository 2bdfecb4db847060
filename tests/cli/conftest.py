"""Ways to run the command: inside the test, as a process of its own, and on a terminal."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.cli.app import application
from tests.migrated import copied, folder_of_all, outside, sqlite_file

COMMAND = Path(sys.executable).with_name("luoshi")

PLAN = """云溪区普法工作重点任务分解方案
一、加强宣传
1.开展宪法宣传。每年12月4日组织集中宣传,到2025年底覆盖率达到100%。
牵头部门:区司法局
责任部门:区教体局、各镇、街道
2.建好普法队伍。定期开展培训。
责任部门:区司 法局
"""


@dataclass(frozen=True)
class Said:
    """What a run of the command printed, and its exit code."""

    out: str
    err: str
    code: int


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan as a text file."""
    file = tmp_path / "plan.txt"
    file.write_text(PLAN, "utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three plans and one file that is empty."""
    made = tmp_path / "plans"
    (made / "2022").mkdir(parents=True)
    for name in ("b.txt", "a.txt", "2022/c.txt"):
        (made / name).write_text(PLAN.replace("云溪区普法", f"云溪区{name[-5]}"), "utf-8")
    (made / "empty.txt").touch()
    return made


@pytest.fixture
def installation(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an installation that has its tables and nothing in them, and speaks English."""
    copied(sqlite_file(folder_of_all(tmp_path_factory)), tmp_path)
    return {
        **os.environ,
        "LUOSHI_DATA": str(tmp_path),
        "LUOSHI_LANGUAGE": "en",
        "LUOSHI_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "luoshi.settings.sqlite",
    }


@pytest.fixture
def luoshi(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Run the command inside the test."""
    monkeypatch.delenv("LUOSHI_LANGUAGE", raising=False)

    def run(*arguments: object, **environment: str) -> Said:
        done = CliRunner().invoke(
            application([str(one) for one in arguments]),
            [str(argument) for argument in arguments],
            env=environment,
        )
        return Said(done.stdout, done.stderr, done.exit_code)

    return run


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Start the command as a process group of its own, with a temporary folder of its own."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def start(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(COMMAND), *map(str, arguments)],
            env=outside() | {"TMPDIR": str(scratch), "COLUMNS": "100"},
            start_new_session=True,
            # What a shell starts in the background does not hear it, and neither would this.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            **({"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options),  # type: ignore[arg-type]
        )

    return start


@pytest.fixture
def scratch(tmp_path: Path, process: object) -> Path:
    """The temporary folder of processes that the test starts."""
    return tmp_path / "scratch"


def on_terminal(
    start: Callable[..., subprocess.Popen[bytes]], *arguments: object, stream: str
) -> tuple[str, int]:
    """What the command shows on `stream` (`stdout`, `stderr`) when that is a terminal, and its exit code."""
    ours, theirs = pty.openpty()
    child = start(*arguments, **{"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: theirs})
    os.close(theirs)
    shown = bytearray()
    while True:
        try:
            part = os.read(ours, 65_536)
        except OSError:  # Linux ends a terminal with an error, not with nothing.
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return shown.decode("utf-8"), child.wait()
