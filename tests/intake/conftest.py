"""Readers that misbehave, put in the place of the real ones before a worker is forked."""

from __future__ import annotations

import faulthandler
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from luoshi.core.document import txt
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract
from luoshi.intake import guard

PLAN = "云溪区任务分解方案\n一、总体要求\n1.建立清单。\n牵头部门:区司法局\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan on disk."""
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def nothing_left(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of its own, which must be empty in the end; and no child may be left."""
    before = _children()
    folder = tmp_path_factory.mktemp("scratch")
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    assert list(folder.iterdir()) == []
    assert _children() <= before


def _children() -> set[str]:
    """Processes that this one has started, zombies included. A browser of other tests may be among them."""
    found: set[str] = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that ended in the meantime
            found.update((task / "children").read_text(encoding="ascii").split())
    return found


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are forked, so that they have what a test has put in place."""
    monkeypatch.setattr(guard, "_alone", lambda: True)


def _endless() -> None:
    while True:
        pass


def _asleep() -> None:
    time.sleep(600)


def _killed() -> None:
    faulthandler.disable()  # pytest's; its report would look like a fault of the test
    os.kill(os.getpid(), signal.SIGSEGV)


def _greedy() -> None:
    bytearray(1 << 40)


def _broken() -> None:
    raise ZeroDivisionError("a fault of ours, with words of the document in it")


def _gone() -> None:
    os._exit(3)


@pytest.fixture
def misbehaving(forked: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts that begin with the name of a misdeed make the reader commit it."""
    deeds: dict[bytes, Callable[[], None]] = {
        b"endless": _endless, b"asleep": _asleep, b"killed": _killed, b"greedy": _greedy, b"broken": _broken,
        b"gone": _gone,
    }  # fmt: skip
    honest = txt.read

    def read(data: bytes, *, file: str, limits: Limits) -> Extract:
        deeds.get(data.split(b"\n")[0], lambda: None)()
        return honest(data, file=file, limits=limits)

    monkeypatch.setattr(txt, "read", read)
