"""What an evidence file is, by its content and never by its name."""

from __future__ import annotations

import io
import zipfile

from luoshi.core.errors import LuoshiError, Phrase


class EvidenceEmpty(LuoshiError):
    """A file without a byte."""

    code = "work-evidence-empty"
    zh = "{name}是空文件;请重新选择。"
    en = "{name} is empty; choose another file."


class EvidenceTypeRefused(LuoshiError):
    """A file of a kind that is not taken."""

    code = "work-evidence-type-refused"
    zh = "{name}的内容是{seen},不能作为佐证材料;可以上传 PDF、OFD、Office/WPS 文件、图片或纯文本。"
    en = "{name} is {seen}, which is not taken; upload PDF, OFD, office files, pictures or plain text."


_OFFICE = "application/vnd.openxmlformats-officedocument."
# First bytes, and what begins with them.
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# A part of the container that tells what it is.
_PARTS = (
    ("word/document.xml", _OFFICE + "wordprocessingml.document"),
    ("xl/workbook.xml", _OFFICE + "spreadsheetml.sheet"),
    ("ppt/presentation.xml", _OFFICE + "presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
# How a page or a drawing with scripts begins; text otherwise.
_PAGES = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<head", b"<script", b"<body")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
_LOOKED_AT = 4096
_MACROS = "vbaProject.bin"

WORDS = {
    "application/pdf": Phrase("PDF 文件", "PDF"),
    "application/ofd": Phrase("OFD 文件", "OFD"),
    "application/rtf": Phrase("文字文件", "text document"),
    "application/x-ole-storage": Phrase("Office 文件", "office file"),
    _OFFICE + "wordprocessingml.document": Phrase("文字文件", "text document"),
    _OFFICE + "spreadsheetml.sheet": Phrase("电子表格", "spreadsheet"),
    _OFFICE + "presentationml.presentation": Phrase("演示文稿", "slides"),
    "text/plain": Phrase("纯文本", "plain text"),
}
"""What people call a kind of file."""


def words_for(media: str) -> Phrase:
    """What people call a file of this kind.

    Example:
        >>> words_for("image/png").zh
        '图片'
    """
    if media.startswith("image/"):
        return Phrase("图片", "picture")
    return WORDS.get(media, Phrase("Office 文件", "office file"))


def media_of(content: bytes, name: str) -> str:
    """What kind of file this is.

    Args:
        content: all of it.
        name: for the refusal only.

    Raises:
        EvidenceEmpty: there is nothing in it.
        EvidenceTypeRefused: it is none of the kinds that are taken.

    Example:
        >>> media_of(b"%PDF-1.7 ...", "picture.png")
        'application/pdf'
        >>> media_of("会议纪要".encode("gb18030"), "a.txt")
        'text/plain'
    """
    if not content:
        raise EvidenceEmpty(name=name)
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    for start, media in _STARTS:
        if content.startswith(start):
            return media
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"BM") and b"\x00" in content[:64]:
        return "image/bmp"
    if content.startswith(_COMPOUND):
        return "application/x-ole-storage"
    if content.startswith(_ZIP):
        return _container(content, name)
    return _text(content, name)


def _container(content: bytes, name: str) -> str:
    """What a zip container holds; only its directory is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            names = container.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise EvidenceTypeRefused(name=name, seen=Phrase("损坏的压缩文件", "a damaged archive")) from None
    if any(entry.endswith(_MACROS) for entry in names):
        raise EvidenceTypeRefused(name=name, seen=Phrase("带宏的 Office 文件", "an office file with macros"))
    for part, media in _PARTS:
        if part in names:
            return media
    if _OPEN_DOCUMENT in content[:200]:
        return "application/vnd.oasis.opendocument"
    raise EvidenceTypeRefused(name=name, seen=Phrase("压缩包", "an archive"))


def _text(content: bytes, name: str) -> str:
    head = content[:_LOOKED_AT]
    if head.startswith(_PROGRAMS):
        raise EvidenceTypeRefused(name=name, seen=Phrase("程序", "a program"))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        raise EvidenceTypeRefused(name=name, seen=Phrase("网页或 XML", "a web page or XML"))
    for encoding in ("utf-8", "gb18030", "utf-16"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return "text/plain"
    raise EvidenceTypeRefused(name=name, seen=Phrase("无法识别的内容", "of no kind that is known"))
