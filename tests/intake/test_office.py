"""Word processors' own formats are read through LibreOffice, or its absence is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from luoshi.core.document.errors import ConverterMissing, DamagedDocument, ReadingTooSlow
from luoshi.core.document.limits import Limits
from luoshi.core.plan.model import Plan
from luoshi.intake.guard import read_file
from tests.intake.conftest import PLAN


@pytest.fixture(scope="session")
def documents(libreoffice: str, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample plan as doc, rtf and odt, made from its docx."""
    folder = tmp_path_factory.mktemp("office")
    for format in ("doc", "rtf", "odt"):
        subprocess.run(
            [libreoffice, "--headless", f"-env:UserInstallation=file://{folder}/profile",
             "--convert-to", format, "--outdir", str(folder), str(samples / "yunxi.docx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    shutil.copy(folder / "yunxi.doc", folder / "yunxi.wps")
    return folder


def bodies(plan: Plan) -> list[tuple[str | None, tuple[str, ...], tuple[str, ...]]]:
    return [
        (t.number, tuple(b.name for b in t.leads), tuple(b.name for b in t.responsibles)) for t in plan.tasks
    ]


@pytest.mark.parametrize("suffix", ["doc", "wps", "rtf", "odt"])
def test_a_converted_document_gives_the_same_plan(documents: Path, samples: Path, suffix: str) -> None:
    document, plan = read_file(documents / f"yunxi.{suffix}")
    _, expected = read_file(samples / "yunxi.docx")
    assert (document.format, document.name) == (suffix, f"yunxi.{suffix}")
    assert bodies(plan) == bodies(expected)
    assert len(plan.tasks) > 30


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_half_a_document_is_not_read(documents: Path, tmp_path: Path, share: float) -> None:
    data = (documents / "yunxi.doc").read_bytes()
    path = tmp_path / "a.doc"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(DamagedDocument):
        read_file(path)


def test_what_the_converter_cannot_open_is_damaged(libreoffice: str, tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(DamagedDocument, match="LibreOffice"):
        read_file(path)


def test_its_absence_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 " + PLAN.encode("gbk") + b"}")
    with pytest.raises(ConverterMissing) as caught:
        read_file(path)
    assert "LibreOffice" in caught.value.message("zh")


def test_a_converter_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "pids"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\necho $$ >> {marker}\n/bin/sleep 600 & echo $! >> {marker}\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 x}")
    with pytest.raises(ReadingTooSlow):
        read_file(path, Limits(seconds=1))
    pids = [int(pid) for pid in marker.read_text().split()]
    assert len(pids) == 2
    deadline = time.monotonic() + 5
    while any(_is_running(pid) for pid in pids):
        assert time.monotonic() < deadline, "the converter is still there"
        os.sched_yield()


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
