"""`luoshi open`: from a file to its page, on this machine only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.conftest import Said

Run = Callable[..., Said]
Start = Callable[..., "subprocess.Popen[bytes]"]


def opened(child: subprocess.Popen[bytes]) -> str:
    """The address that the command prints when the page is there."""
    assert child.stdout is not None
    line = child.stdout.readline().decode("utf-8")
    assert "http://127.0.0.1:" in line, line
    return line.split()[-1]


def stop(child: subprocess.Popen[bytes]) -> tuple[int, str]:
    """End the command as Ctrl-C does."""
    os.killpg(child.pid, signal.SIGINT)
    _, err = child.communicate()
    return child.returncode, err.decode("utf-8")


def test_a_file_is_shown_and_shown_again(process: Start, plan: Path, tmp_path: Path) -> None:
    seen = []
    for _ in range(2):
        child = process("open", plan, "--data", tmp_path / "data", "--no-browser", "--language", "en")
        try:
            address = opened(child)
            with urlopen(address) as page:  # noqa: S310 (an address of our own)
                assert page.status == 200
                assert "云溪区普法工作重点任务分解方案" in page.read().decode("utf-8")
            seen.append(address.split("/", 3)[3])
        finally:
            code, err = stop(child)
        assert code in (0, 130)
        assert err == "Ctrl-C stops it.\n"
    assert seen[0] == seen[1]


def test_a_port_in_use_is_told(luoshi: Run, plan: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = luoshi("open", plan, "--port", port, "--data", tmp_path / "data", "--language", "en")
    assert said.code == 2
    assert said.err.startswith(f"Port {port} is in use")


def test_a_file_that_cannot_be_read_leaves_no_database(luoshi: Run, folder: Path, tmp_path: Path) -> None:
    said = luoshi("open", folder / "empty.txt", "--data", tmp_path / "data")
    assert said.code == 2
    assert "empty.txt" in said.err
    assert not (tmp_path / "data").exists()


def test_without_the_web_extra_it_says_what_to_install(
    luoshi: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luoshi.cli.open.find_spec", lambda name: None)
    said = luoshi("open", plan, "--language", "en")
    assert (said.code, said.out) == (2, "")
    assert "pip install 'luoshi[web]'" in said.err
