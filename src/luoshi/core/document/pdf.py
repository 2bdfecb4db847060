"""pdf: the glyphs and ruling lines of every page, through pdfium."""

from __future__ import annotations

import re
from contextlib import closing
from threading import Lock

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from luoshi.core.document.errors import DamagedDocument, EncryptedDocument, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract
from luoshi.core.document.page_checks import PageFacts, check_readable
from luoshi.core.document.page_drawn import Drawn, Settled, settle
from luoshi.core.document.page_geometry import Transform, turn_back
from luoshi.core.document.page_model import Page
from luoshi.core.document.pages import lay_out
from luoshi.core.document.pdf_drawing import add_objects
from luoshi.core.document.pdf_text import add_text
from luoshi.core.errors import Phrase

# pdfium keeps global state: two threads must not be inside it at once.
_PDFIUM = Lock()
# The end of a whole file; some programs write a little behind it. Sample: %%EOF
_END_MARK = b"%%EOF"
_TAIL = 4096
# A linearised file names its own length in the first object. Sample: << /Linearized 1 /L 81234 …
_LINEARISED = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d+)", re.DOTALL)
# Metadata of the file by the names that all readers share.
_DECLARED = {"Title": "title", "Author": "author", "Subject": "subject", "CreationDate": "created"}


def read(data: bytes, *, file: str, limits: Limits) -> Extract:
    """The paragraphs and tables of a pdf.

    Args:
        data: the whole file.
        file: its name, for error messages.
        limits: `pages`, `characters` and `cells` are kept here.

    Returns:
        Pieces and tables in reading order, each character with its page and box.

    Raises:
        EncryptedDocument: a password is needed.
        DamagedDocument: the file is cut short, or a page cannot be opened.
        ScannedDocument, GarbledDocument, EmptyDocument: there is no text that could be read.
        TooLarge: there are too many pages, characters or cells.
    """
    _check_whole(data, file)
    with _PDFIUM:
        pages, facts, declared, notes = _read_pages(data, file, limits)
    notes += check_readable(facts, file=file)
    return Extract("pdf", lay_out(pages, file=file, limits=limits), declared, tuple(notes))


def _check_whole(data: bytes, file: str) -> None:
    """pdfium mends what it can, also a file whose second half is missing: that must not pass for whole."""
    end = data.rstrip(b"\0\t\n\r ")
    linearised = _LINEARISED.search(data[:2048])
    if _END_MARK not in end[-_TAIL:] or (linearised and int(linearised[1]) > len(data)):
        raise DamagedDocument(file=file, where=Phrase("文件结尾缺失", "its end is missing"))


def _read_pages(
    data: bytes, file: str, limits: Limits
) -> tuple[list[Page], list[PageFacts], dict[str, str], list[tuple[str, str]]]:
    pages: list[Page] = []
    facts: list[PageFacts] = []
    with closing(_open(data, file)) as document:
        count = len(document)
        if count > limits.pages:
            raise TooLarge(
                file=file,
                what=Phrase("页数", "a number of pages"),
                size=count,
                limit=limits.pages,
                setting="LUOSHI_LIMIT_PAGES",
            )
        notes = _active_content(document)
        characters = 0
        for index in range(count):
            page, fact, page_notes = _read_page(document, index, file)
            characters += fact.characters
            if characters > limits.characters:
                raise TooLarge(
                    file=file,
                    what=Phrase("字数", "a number of characters"),
                    size=characters,
                    limit=limits.characters,
                    setting="LUOSHI_LIMIT_CHARACTERS",
                )
            pages.append(page)
            facts.append(fact)
            notes += page_notes
        return pages, facts, _declared(document), notes


def _open(data: bytes, file: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        if len(document) > 0:
            return document
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise EncryptedDocument(file=file) from None
    raise DamagedDocument(file=file, where=Phrase("无法打开", "it cannot be opened"))


def _active_content(document: pdfium.PdfDocument) -> list[tuple[str, str]]:
    """Notes on scripts and attachments: they are never run or opened, but a person should know of them."""
    notes = []
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        notes.append(("active-content", "JavaScript"))
    attached = raw.FPDFDoc_GetAttachmentCount(document)
    if attached > 0:
        notes.append(("attachments", str(attached)))
    return notes


def _declared(document: pdfium.PdfDocument) -> dict[str, str]:
    values = (
        (ours, document.get_metadata_value(theirs).strip("\0 \t\r\n")) for theirs, ours in _DECLARED.items()
    )
    return {name: value for name, value in values if value}


# --- one page -----------------------------------------------------------------------------------------


def _read_page(document: pdfium.PdfDocument, index: int, file: str) -> Settled:
    where = Phrase(f"第{index + 1}页无法打开", f"page {index + 1} cannot be opened")
    try:
        with closing(document[index]) as handle, closing(handle.get_textpage()) as textpage:
            to_page, width, height = _display(handle)
            drawn = Drawn()
            add_text(drawn, textpage.raw, to_page, width, height)
            count = max(raw.FPDFPage_CountObjects(handle), 0)
            add_objects(drawn, [raw.FPDFPage_GetObject(handle, at) for at in range(count)], to_page)
    except pdfium.PdfiumError:
        raise DamagedDocument(file=file, where=where) from None
    return settle(drawn, number=index + 1, width=width, height=height)


def _display(handle: pdfium.PdfPage) -> tuple[Transform, float, float]:
    """From pdf's space to the displayed page, and its width and height."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(handle, box)
    wide, high = abs(box.right - box.left), abs(box.top - box.bottom)
    upright = Transform(1, 0, 0, -1, -min(box.left, box.right), max(box.top, box.bottom))
    # Turning the paper by n quarters is the inverse of turning it back: n quarters the other way.
    turn = raw.FPDFPage_GetRotation(handle) % 4
    to_page = upright.then(turn_back(-turn % 4, wide, high))
    return (to_page, high, wide) if turn % 2 else (to_page, wide, high)
