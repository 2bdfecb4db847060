"""Scans, garbled fonts and empty files are refused."""

from __future__ import annotations

import pytest

from luoshi.core.document.errors import EmptyDocument, GarbledDocument, ScannedDocument
from luoshi.core.document.page_checks import PageFacts, check_readable


def text(number: int, characters: int = 500, unreadable: int = 0) -> PageFacts:
    return PageFacts(number, characters, unreadable, 0.0, 0, "推进")


def scan(number: int) -> PageFacts:
    return PageFacts(number, 0, 0, 1.0, 0)


def test_text_is_fine() -> None:
    assert check_readable([text(1), text(2)], file="a.pdf") == []


def test_a_scan_names_its_first_page() -> None:
    with pytest.raises(ScannedDocument) as caught:
        check_readable([text(1), *[scan(number) for number in range(2, 12)]], file="a.pdf")
    assert "第2页" in caught.value.message()


def test_text_drawn_as_outlines_is_a_scan() -> None:
    with pytest.raises(ScannedDocument):
        check_readable([PageFacts(1, 0, 0, 0.0, 900)], file="a.pdf")


def test_some_scanned_pages_are_noted() -> None:
    assert check_readable([text(1), text(2), scan(3)], file="a.pdf") == [("scanned-page", "3")]


def test_garbled_text_is_refused_or_noted() -> None:
    with pytest.raises(GarbledDocument) as caught:
        check_readable([text(1), text(2, unreadable=400)], file="a.pdf")
    assert "第2页" in caught.value.message()
    assert check_readable([text(1), text(2, unreadable=20)], file="a.pdf") == [("garbled", "2: 推进")]


def test_blank_pages_alone_are_empty() -> None:
    with pytest.raises(EmptyDocument):
        check_readable([PageFacts(1, 0, 0, 0.0, 0)], file="a.pdf")


def test_a_blank_page_among_others_is_no_fault() -> None:
    assert check_readable([text(1), PageFacts(2, 0, 0, 0.0, 0)], file="a.pdf") == []
