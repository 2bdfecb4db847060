"""Bytes that somebody sent in are held to the limit and read as files are."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from luoshi.core.document.errors import DocumentError, TooLarge
from luoshi.intake.sent import hold_to_limit, read_sent, read_sent_cells


def test_a_document_that_was_sent_is_read_and_nothing_stays(samples: Path) -> None:
    content = (samples / "yunxi.txt").read_bytes()
    document, plan = read_sent("云溪.txt", content)
    assert document.name == "云溪.txt"
    assert plan.tasks
    assert not list(Path(tempfile.gettempdir()).glob("luoshi-sent-*/云溪.txt"))


def test_what_is_no_workbook_is_told() -> None:
    with pytest.raises(DocumentError):
        read_sent_cells("名录.xlsx", b"PK no workbook")


def test_what_is_too_large_is_refused_before_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_LIMIT_BYTES", "10")
    hold_to_limit("名录.xlsx", b"0" * 10)
    with pytest.raises(TooLarge, match=r"名录\.xlsx"):
        read_sent_cells("名录.xlsx", b"0" * 11)
