"""`luoshi demo`: what it says while the story is made, and when it is ready. The story has its own tests."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Said

Run = Callable[..., Said]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the command asks of the server, which is only pretended to start."""
    asked: list[object] = []

    def make_demo(tell: Callable[[date], None]) -> str:
        tell(date(2026, 4, 6))
        return "/plans/1/work/"

    def serve(port: int, *, ready: Callable[[], None]) -> None:
        asked.append(port)
        ready()

    monkeypatch.setattr(
        "luoshi.apps.serving.prepare", lambda data, *, demo: asked.extend([data, "demo" if demo else ""])
    )
    monkeypatch.setattr("luoshi.apps.serving.make_demo", make_demo)
    monkeypatch.setattr("luoshi.apps.serving.serve", serve)
    return asked


def test_it_tells_the_weeks_and_the_address(luoshi: Run, served: list[object], tmp_path: Path) -> None:
    said = luoshi("demo", "--data", tmp_path, "--no-browser", "--language", "en")
    assert said.code == 0
    data, kind, port = served
    assert (data, kind) == (tmp_path, "demo")
    assert said.out == f"The demo is ready at http://127.0.0.1:{port}/plans/1/work/\n"
    assert said.err == "The demo's story: the week of 2026-04-06\nCtrl-C stops it.\n"


def test_it_says_the_same_in_chinese(luoshi: Run, served: list[object], tmp_path: Path) -> None:
    said = luoshi("demo", "--data", tmp_path, "--no-browser")
    assert said.out.startswith("演示已就绪:http://127.0.0.1:")
    assert said.err.startswith("演示数据:2026-04-06 的一周\n")


def test_a_port_in_use_is_told_before_anything_is_made(
    luoshi: Run, served: list[object], tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = luoshi("demo", "--port", taken.getsockname()[1], "--data", tmp_path, "--language", "en")
    assert said.code == 2
    assert "is in use" in said.err
    assert served == []
