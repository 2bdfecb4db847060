"""Kinds of files by their content; the name only stands in refusals."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.work.evidence import EvidenceEmpty, EvidenceTypeRefused, media_of, words_for


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        ("会议纪要".encode(), "text/plain"),
        ("会议纪要".encode("gb18030"), "text/plain"),
    ],
)
def test_kinds(content: bytes, media: str) -> None:
    assert media_of(content, "x") == media
    assert words_for(media).zh


def test_a_page_that_calls_itself_text() -> None:
    with pytest.raises(EvidenceTypeRefused, match="网页"):
        media_of(b"  <HTML><body onload=x>", "a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_told_or_refused(content: bytes) -> None:
    with suppress(EvidenceTypeRefused, EvidenceEmpty):
        assert words_for(media_of(content, "x")).en
