"""The command as a whole: version, help, formats, faults."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from luoshi import __version__
from luoshi.core.document.sniff import SUFFIXES
from tests.cli.conftest import Said

Run = Callable[..., Said]


def test_version(luoshi: Run) -> None:
    assert luoshi("--version") == Said(f"luoshi {__version__}\n", "", 0)


def test_help_speaks_both_languages(luoshi: Run) -> None:
    for command in ([], ["read"], ["explain"], ["formats"], ["open"]):
        said = luoshi(*command, "--help")
        assert said.code == 0
        assert " / " in said.out or "/ " in said.out
    assert {"read", "explain", "formats", "open"} <= set(luoshi("--help").out.split())


def test_formats_names_every_kind_of_file_that_is_read(luoshi: Run) -> None:
    listed = {line.split()[0] for line in luoshi("formats").out.splitlines()}
    assert {"txt", "html", "docx", "pdf", "ofd", "xlsx", "doc", "wps"} <= listed
    assert listed <= set(SUFFIXES)


@pytest.mark.parametrize(("office", "words"), [("/opt/soffice", "/opt/soffice"), (None, "not found")])
def test_formats_tells_whether_old_documents_can_be_converted(
    luoshi: Run, monkeypatch: pytest.MonkeyPatch, office: str | None, words: str
) -> None:
    monkeypatch.setattr("luoshi.cli.formats.find_office", lambda: office)
    out = luoshi("formats", "--language", "en").out
    assert all(words in line for line in out.splitlines() if line.startswith(("doc ", "wps ")))


def test_a_fault_is_one_sentence_and_debug_shows_where(
    luoshi: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("seven")

    monkeypatch.setattr("luoshi.cli.read.renderer", fail)
    said = luoshi("read", plan, "--language", "en")
    assert said.code == 70
    assert len(said.err.splitlines()) == 1
    assert "RuntimeError: seven" in said.err
    assert "--debug" in said.err
    assert luoshi("read", plan, "--debug").code == 1


def test_a_missing_library_says_what_to_install(
    luoshi: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for format in ("xlsx", "yaml"):
        said = luoshi("read", plan, "-f", format, "-o", tmp_path / "out", "--language", "en")
        assert said.code == 2
        assert "pip install 'luoshi[export]'" in said.err
        assert not (tmp_path / "out").exists()


def test_starting_is_light() -> None:
    """Help and version load neither a grammar nor a table engine nor a web framework."""
    code = "import sys; from luoshi.cli.app import application; application(); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"rich", "django", "lxml", "pydantic", "pypdfium2", "luoshi.core.plan.read", "yaml"}


def test_only_the_command_that_is_called_is_loaded() -> None:
    code = "import sys; from luoshi.cli.app import application; application(['read']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if name.startswith("luoshi.cli.")}
    assert "luoshi.cli.read" in loaded
    assert not loaded & {"luoshi.cli.align", "luoshi.cli.audit", "luoshi.cli.simulate"}


def test_a_command_that_is_not_there_is_told_with_those_near(luoshi: Run) -> None:
    said = luoshi("raed")
    assert said.code == 2
    assert "read" in said.err
