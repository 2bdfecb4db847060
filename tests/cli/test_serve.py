"""`luoshi serve`: a server that is ready, counts, and stops in order."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from tests.cli.conftest import Said

Start = Callable[..., "subprocess.Popen[bytes]"]


def free() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_serves_counts_and_stops_when_asked(process: Start, tmp_path: Path) -> None:
    port = free()
    child = process("serve", "--port", port, "--data", tmp_path / "data", "--workers", 2, "--language", "en")
    try:
        assert child.stdout is not None
        assert child.stdout.readline().decode() == f"Serving at http://127.0.0.1:{port}/\n"
        base = f"http://127.0.0.1:{port}"
        for _ in range(6):
            with urlopen(f"{base}/ready/") as page:  # noqa: S310 (an address of our own)
                assert json.load(page)["status"] == "ready"
                number = page.headers["X-Request-ID"]
        with urlopen(f"{base}/metrics/") as page:  # noqa: S310
            text = page.read().decode()
        # Both processes counted, whichever of them answers now.
        assert 'luoshi_requests_total{method="GET",route="running:ready",status="200"} 6.0' in text
    finally:
        os.kill(child.pid, signal.SIGTERM)
        _, err = child.communicate(timeout=30)
    assert child.returncode == 0
    lines = [json.loads(line) for line in err.decode().splitlines() if line.startswith("{")]
    (line,) = [line for line in lines if line.get("request_id") == number]
    assert (line["route"], line["status"]) == ("running:ready", 200)
    assert not list((tmp_path / "scratch").iterdir())


def test_it_refuses_an_old_database_where_it_may_not_change_it(process: Start, tmp_path: Path) -> None:
    refused = process(
        "serve", "--port", free(), "--no-migrate", "--data", tmp_path / "data", "--language", "en"
    )
    _, err = refused.communicate()
    assert refused.returncode == 2
    assert "run: luoshi migrate" in err.decode()


def test_a_taken_port_is_told(luoshi: Callable[..., Said], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = luoshi("serve", "--port", port, "--data", tmp_path / "data", "--language", "en")
    assert said.code == 2
    assert said.err.startswith(f"Port {port} is in use")
