"""The real plan, set line by line as pdf and as ofd, reads back as exactly the lines it was set from."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.core.document import ofd, pdf
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Piece
from tools.sample import pdf as typesetter
from tools.sample.content import Line
from tools.sample.ofd import build_ofd
from tools.sample.pdf import build_pdf


@pytest.fixture(scope="module")
def lines(corpus: Path) -> list[str]:
    """The lines of the real plan."""
    (path,) = sorted((corpus / "plans").glob("000_*.txt"))
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_lines(data: bytes, format: str) -> list[str]:
    """The paragraphs read from a pdf or ofd; there must be no tables."""
    read = {"pdf": pdf.read, "ofd": ofd.read}[format]
    pieces = read(data, file=f"plan.{format}", limits=Limits()).pieces
    assert all(isinstance(piece, Piece) for piece in pieces)
    return [piece.text for piece in pieces if isinstance(piece, Piece)]


def test_the_real_plan_as_pdf(lines: list[str]) -> None:
    assert read_lines(build_pdf([Line("body", line) for line in lines]), "pdf") == lines


def test_the_real_plan_as_ofd(lines: list[str]) -> None:
    assert read_lines(build_ofd([Line("body", line) for line in lines]), "ofd") == lines


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("justify: true", "justify: false"),
        ("size: 16pt", "size: 10.5pt"),
        ('paper: "a4"', 'paper: "a4", flipped: true'),
        ("leading: 12pt, spacing: 12pt", "leading: 9pt, spacing: 16pt"),
    ],
)
def test_the_real_plan_in_other_looks(
    lines: list[str], monkeypatch: pytest.MonkeyPatch, was: str, now: str
) -> None:
    assert was in typesetter.LOOK
    monkeypatch.setattr(typesetter, "LOOK", typesetter.LOOK.replace(was, now))
    assert read_lines(build_pdf([Line("body", line) for line in lines]), "pdf") == lines
