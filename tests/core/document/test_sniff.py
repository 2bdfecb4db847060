"""Files are told by what they hold; names that plainly lie are refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from luoshi.core.document.errors import (
    EmptyDocument,
    EncryptedDocument,
    ScannedDocument,
    UnknownFormat,
    WrongSuffix,
)
from luoshi.core.document.sniff import sniff


def container(*names: str, stored: bytes = b"x") -> bytes:
    """A zip file with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in names:
            target.writestr(name, stored)
    return made.getvalue()


def compound(*streams: str) -> bytes:
    """The beginning of a compound file whose directory names these streams."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\x00") + b"\x09\x00"
    header = header.ljust(76, b"\x00").ljust(512, b"\xff")
    entries = b""
    for stream in streams:
        name = stream.encode("utf-16-le") + b"\x00\x00"
        entries += (name.ljust(64, b"\x00") + len(name).to_bytes(2, "little")).ljust(128, b"\x00")
    return header + b"\x00" * 512 + entries.ljust(1024, b"\x00")


WORD = container("[Content_Types].xml", "word/document.xml")
SHEET = container("[Content_Types].xml", "xl/workbook.xml")
OFD = container("OFD.xml", "Doc_0/Document.xml")
ODT = container("mimetype", stored=b"application/vnd.oasis.opendocument.text")
PAGE = "<!DOCTYPE html><html><body><p>云溪区</p></body></html>".encode()


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        ("云溪区".encode(), "a.txt", "txt"),
        ("云溪区".encode("gbk"), "a", "txt"),
        (b'{"a": 1}', "a.json", "txt"),
        ("# 方案".encode(), "a.md", "txt"),
        (b"BMW,MZ,Rar!", "a.txt", "txt"),
        (PAGE, "a.html", "html"),
        (PAGE, "a.shtml", "html"),
        (PAGE, "a.txt", "html"),
        (PAGE, "a.doc", "html"),
        (PAGE.decode().encode("utf-16"), "a.htm", "html"),
        (b"<!-- saved from url -->\r\n<html><p>x</p>", "a.htm", "html"),
        ("<tbody><tr><td>云溪区</td></tr></tbody>".encode(), "a", "html"),
        ("云溪区的网页".encode(), "a.html", "txt"),
        ("用 <p> 标签写的说明".encode(), "a.txt", "txt"),
        (WORD, "a.docx", "docx"),
        (WORD, "a.doc", "docx"),
        (WORD, "upload.tmp", "docx"),
        (WORD[:-40], "a.docx", "docx"),
        (SHEET, "a.xlsx", "xlsx"),
        (SHEET, "a.et", "xlsx"),
        (OFD, "a.ofd", "ofd"),
        (ODT, "a.odt", "odt"),
        (b"%PDF-1.7\n", "a.pdf", "pdf"),
        (b"\n\n%PDF-1.4\n", "a.PDF", "pdf"),
        (b"{\\rtf1 x}", "a.doc", "rtf"),
        (compound("Root Entry", "WordDocument", "1Table"), "a.doc", "doc"),
        (compound("Root Entry", "WordDocument"), "a.wps", "wps"),
        (compound("Root Entry", "Workbook"), "a.xls", "xls"),
        (compound("Root Entry", "Workbook"), "a.et", "xls"),
    ],
)
def test_the_content_decides(data: bytes, name: str, format: str) -> None:
    assert sniff(data, name) == format


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7\n", "a.docx", "pdf"),
        (WORD, "a.pdf", "docx"),
        (WORD, "a.txt", "docx"),
        (WORD, "a.xlsx", "docx"),
        ("云溪区".encode(), "a.docx", "plain text"),
        ("云溪区".encode(), "a.pdf", "plain text"),
        (PAGE, "a.docx", "html"),
        (compound("Workbook"), "a.docx", "xls"),
    ],
)
def test_a_name_that_lies_is_refused(data: bytes, name: str, words: str) -> None:
    with pytest.raises(WrongSuffix) as caught:
        sniff(data, name)
    assert words in caught.value.message("en")
    assert name.rpartition(".")[2] in caught.value.message("zh")


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"MZ\x90\x00\x03", "program"),
        (container("a.txt", "b.txt"), "2 files: a.txt"),
        (container("ppt/presentation.xml"), "pptx"),
        (compound("PowerPoint Document"), "ppt"),
        (compound("Something"), "OLE2"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "XML"),
        (b"MIME-Version: 1.0\r\n\r\nx", "MHTML"),
        (b"\x1f\x8b\x08\x00\x00", "gzip"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, seen: str) -> None:
    with pytest.raises(UnknownFormat) as caught:
        sniff(data, "upload")
    assert seen in caught.value.message("en")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"RIFF\x00\x00\x00\x00WEBP", b"BM\x00\x00\x00"]
)
def test_an_image_is_a_scan(data: bytes) -> None:
    with pytest.raises(ScannedDocument):
        sniff(data, "扫描件.pdf")


def test_passwords_are_noticed() -> None:
    with pytest.raises(EncryptedDocument):
        sniff(compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), "a.docx")
    locked = bytearray(compound("WordDocument"))
    locked[512:514], locked[512 + 11] = b"\xec\xa5", 0x01
    with pytest.raises(EncryptedDocument):
        sniff(bytes(locked), "a.doc")


@pytest.mark.parametrize("data", [b"", b" \n", b"\xef\xbb\xbf\r\n", b"\x00" * 64])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocument):
        sniff(data, "a.docx")
