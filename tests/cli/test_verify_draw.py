"""The program that is handed out checks a proof with Python alone. What it lets pass: tests/core/draw."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.cli import verify_draw
from luoshi.core.draw.record import head, proof
from tests.core.draw.example import VALUE, answered, called_off, committed


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A proof as it is published."""
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof(answered()), ensure_ascii=False, indent=2), encoding="utf-8")
    return file


def test_it_runs_alone(published: Path, tmp_path: Path) -> None:
    alone = shutil.copy(verify_draw.__file__, tmp_path / "verify_draw.py")
    command = [sys.executable, "-I", "-S", alone, published, "--value", VALUE]
    command += ["--commitment", committed().commitment]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("成立 / it holds: 2026年第二季度市场监管抽查\n")
    assert committed().commitment in done.stdout
    assert head(answered()) in done.stdout


def test_it_is_short_and_imports_nothing_of_ours() -> None:
    text = Path(verify_draw.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    imported = {
        line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import", "from"))
    }
    assert imported <= set(sys.stdlib_module_names)


def test_what_was_published_elsewhere_is_held_against_it(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_draw.main(str(published), "--value", VALUE, "--commitment", committed().commitment) == 0
    with pytest.raises(SystemExit, match="not the published commitment"):
        verify_draw.main(str(published), "--commitment", "0" * 64)
    with pytest.raises(SystemExit, match="not the public value"):
        verify_draw.main(str(published), "--value", "03 08")


def test_exit_codes(published: Path, tmp_path: Path) -> None:
    def code(file: Path) -> int:
        command = [sys.executable, "-I", verify_draw.__file__, file]
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert code(published) == 0
    touched = tmp_path / "touched.json"
    touched.write_text(published.read_text("utf-8").replace("停业装修", "搬迁"), "utf-8")
    assert code(touched) == 1
    touched.write_bytes(published.read_bytes()[:-9])
    assert code(touched) == 2
    assert code(tmp_path / "none.json") == 2


def test_a_draw_that_was_cancelled_first_holds_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cancelled.json"
    file.write_text(json.dumps(proof(called_off())), encoding="utf-8")
    assert verify_draw.main(str(file)) == 0
    assert head(called_off()) in capsys.readouterr().out
