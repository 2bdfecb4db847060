"""Whether pages hold text that can be read at all: scans and garbled fonts are refused, not passed on."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.core.document.errors import EmptyDocument, GarbledDocument, ScannedDocument

# A page with fewer characters than this, and a picture over most of it, is a scan.
_FEW_CHARACTERS = 10
_PICTURE_SHARE = 0.4
# With this share of its pages scanned, a document counts as a scan.
_SCANNED_SHARE = 0.8
# Unreadable characters: from this share on worth a note, from that on the document is refused.
_NOTE_SHARE, _REFUSE_SHARE = 0.01, 0.3
# A page of text drawn as outlines has many shapes and no characters.
_MANY_SHAPES = 300


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What was seen on a page.

    Attributes:
        number: from 1.
        characters: visible characters, white space aside.
        unreadable: those of them that stand for nothing (private use, replacement, unmapped).
        pictures: share of the page that pictures cover, 0 to 1.
        shapes: number of drawn outlines.
        sample: the first characters, for a note.
    """

    number: int
    characters: int
    unreadable: int
    pictures: float
    shapes: int
    sample: str = ""

    def is_scan(self) -> bool:
        """Whether the page shows text that is no text to a program."""
        drawn = self.pictures >= _PICTURE_SHARE or self.shapes >= _MANY_SHAPES
        return self.characters < _FEW_CHARACTERS and drawn


def is_unreadable(code: int) -> bool:
    """Whether a code point stands for no character that anyone could read.

    Example:
        >>> is_unreadable(0xFFFD), is_unreadable(0xE123), is_unreadable(ord("区"))
        (True, True, False)
    """
    return (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xE000 <= code <= 0xF8FF
        or code in (0xFFFD, 0xFFFE, 0xFFFF)
        or code >= 0xF0000
    )


def check_readable(pages: list[PageFacts], *, file: str) -> list[tuple[str, str]]:
    """Notes on pages that cannot be read whole.

    Raises:
        ScannedDocument: (nearly) all pages are pictures without text.
        GarbledDocument: a great part of the characters cannot be read.
        EmptyDocument: there is neither text nor picture.
    """
    scans = [page for page in pages if page.is_scan()]
    filled = [page for page in pages if page.characters >= _FEW_CHARACTERS]
    if scans and len(scans) >= _SCANNED_SHARE * (len(scans) + len(filled)):
        raise ScannedDocument(file=file, page=scans[0].number)
    characters = sum(page.characters for page in pages)
    if characters == 0:
        raise EmptyDocument(file=file)
    unreadable = sum(page.unreadable for page in pages)
    if unreadable >= _REFUSE_SHARE * characters:
        raise GarbledDocument(file=file, page=next(page.number for page in pages if page.unreadable))
    notes = [("scanned-page", str(page.number)) for page in scans]
    for page in pages:
        if page.unreadable > _NOTE_SHARE * page.characters:
            notes.append(("garbled", f"{page.number}: {page.sample}"))
    return notes
