"""What a file is, by its content; its suffix only decides where the content leaves a choice."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from luoshi.core.document.errors import (
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    ScannedDocument,
    UnknownFormat,
    WrongSuffix,
)
from luoshi.core.errors import Phrase

# Suffixes of the formats that can be read; searched for in folders.
SUFFIXES = frozenset(
    ("txt", "text", "html", "htm", "shtml", "xhtml", "docx", "pdf", "ofd", "xlsx", "doc", "wps", "rtf", "odt",
     "xls", "et", "ods")
)  # fmt: skip

# Suffixes that may stand for each other: an office program opens any of a row, whatever the file is called.
_FAMILIES = {
    "word": ("docx", "doc", "wps", "rtf", "odt", "docm", "dotx", "dot", "wpt"),
    "sheet": ("xlsx", "xls", "et", "ods", "xlsm", "xltx", "ett"),
    "html": ("html", "htm", "shtml", "xhtml", "xht", "jsp", "jspx", "asp", "aspx", "php"),
    "pdf": ("pdf",),
    "ofd": ("ofd",),
    # What programs export under their own suffix although it is a page: old systems' "doc" and "xls".
    "page": ("doc", "xls", "wps", "et"),
}
_FAMILY_OF = {
    "docx": "word", "doc": "word", "wps": "word", "rtf": "word", "odt": "word",
    "xlsx": "sheet", "xls": "sheet", "ods": "sheet",
    "html": "html", "pdf": "pdf", "ofd": "ofd",
}  # fmt: skip
_CLAIMED = frozenset(suffix for family in _FAMILIES.values() for suffix in family) | {"pptx", "ppt", "zip"}

# First bytes of formats that hold no text to read, with what to call them.
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"\x00\x00\x00\x0cjP")
_BITMAP = b"BM"  # two letters that a text may begin with as well; then no zero bytes follow them
_OTHERS = (
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"MZ", Phrase("可执行程序", "a program")),
    (b"\x7fELF", Phrase("可执行程序", "a program")),
    (b"SQLite format 3", "SQLite"),
    (b"ID3", "MP3"),
    (b"CAJ\x00", "CAJ"),
    (b"HN\x00", "CAJ"),
    (b"SEP\x00", "SEP"),
    (b"!<arch>", "ar"),
)
_ARCHIVED_PAGES = (b"MIME-Version:", b"From: <Saved by", b'From: "Saved by')
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of a compound file by which its directory tells what it is.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("MatOST", "wps"),
    ("CONTENTS", "wps"),
)
_DIRECTORY_ENTRY = 128
_FREE_SECTORS = 0xFFFFFFFA  # numbers from here on mean "none"

# Parts by which a zip container is told, and what each is; the first that is there decides.
_PARTS = (
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("OFD.xml", "ofd"),
    ("ppt/", "pptx"),
    ("Doc_0/", "ofd"),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}

# How a page begins. Sample: "<!DOCTYPE html>", "<html"
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
# How a fragment of a page begins. Sample: "<tbody>", "<p class="
_FRAGMENT = re.compile(
    rb"<(?:meta|title|div|p|table|tbody|tr|span|section|article|h[1-6]|ul|ol|br|center|font|style|link)\b",
    re.IGNORECASE,
)
# What may stand before the first tag. Sample: a byte order mark, "<!-- saved from -->"
_PROLOGUE = re.compile(rb"(?:\s|\xef\xbb\xbf|<\?xml[^>]{0,200}>|<!--(?:(?!-->).){0,2000}-->)*", re.DOTALL)
# Closing tags: prose that quotes a tag has none. Sample: "</p>", "</td >"
_CLOSING = re.compile(rb"</(?:p|div|td|tr|span|table|body|html|li|h[1-6])\s*>", re.IGNORECASE)


def sniff(data: bytes, name: str) -> str:
    """The format of a file: one that has a reader, or `doc`, `wps`, `rtf`, `odt`, `ods`.

    Args:
        data: the whole file.
        name: its name; of it only the suffix is used.

    Raises:
        EmptyDocument: there is nothing in it.
        DamagedDocument: an old office document that breaks off.
        EncryptedDocument: an office document behind a password.
        ScannedDocument: an image.
        UnknownFormat: none of the formats that can be read; says what was seen.
        WrongSuffix: the suffix plainly claims another format.
    """
    if not data.strip(b"\x00 \t\r\n\x1a\xef\xbb\xbf\xfe\xff"):
        raise EmptyDocument(file=name)
    suffix = PurePath(name).suffix.lstrip(".").lower()
    format = _by_content(data, suffix, name)
    _agree(format, suffix, name)
    return format


def _by_content(data: bytes, suffix: str, name: str) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(data, suffix, name)
    if data.startswith(_COMPOUND):
        return _compound(data, suffix, name)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    binary = b"\x00" in data[:256]
    if data.startswith(_IMAGES) or data[8:12] == b"WEBP" or (binary and data.startswith(_BITMAP)):
        raise ScannedDocument(file=name, page=1)
    for mark, seen in _OTHERS:
        if binary and data.startswith(mark):
            raise UnknownFormat(file=name, seen=seen)
    if data.startswith(_ARCHIVED_PAGES):
        raise UnknownFormat(file=name, seen="MHTML")
    return _text(data, suffix, name)


def _text(data: bytes, suffix: str, name: str) -> str:
    """`html` or `txt`. Whether the bytes are text at all is for the reader to find out."""
    wide = (
        data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[1:64:2].count(0) > 16 or data[:64:2].count(0) > 16
    )
    head = data[:16384].replace(b"\x00", b"") if wide else data[:16384]
    start = _PROLOGUE.match(head)
    at = start.end() if start else 0
    if _PAGE.match(head, at) or (suffix in _FAMILIES["html"] and b"<" in head):
        return "html"
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml"):
        raise UnknownFormat(file=name, seen="XML")
    if _FRAGMENT.match(head, at) and (suffix not in ("txt", "text", "md") or len(_CLOSING.findall(head)) > 2):
        return "html"
    return "txt"


def _zip(data: bytes, suffix: str, name: str) -> str:
    """What a zip container holds. One whose directory is cut off is told by the parts that are there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = container.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        found = [format for part, format in _PARTS if part.encode() in data]
        if found or suffix in ("docx", "xlsx", "ofd"):
            return found[0] if found else suffix
        raise UnknownFormat(file=name, seen="zip") from None
    for part, format in _PARTS:
        if any(entry.startswith(part) for entry in names):
            if format == "pptx":
                raise UnknownFormat(file=name, seen=format)
            return format
    kind = next((format for mark, format in _OPEN_DOCUMENT.items() if mark in data[:200]), "")
    if kind:
        return kind
    raise UnknownFormat(file=name, seen=_zip_kind(names))


def _zip_kind(names: list[str]) -> object:
    shown = "、".join(PurePath(entry).name for entry in names[:3])
    return Phrase(
        f"zip 压缩包,内有{len(names)}个文件:{shown}", f"a zip archive of {len(names)} files: {shown}"
    )


def _compound(data: bytes, suffix: str, name: str) -> str:
    """What a compound file of the old office programs holds, by the names in its directory."""
    kinds = [kind for stream, kind in _STREAMS if _has_stream(data, stream)]
    if "encrypted" in kinds or (kinds[:1] == ["doc"] and _is_locked(data)):
        raise EncryptedDocument(file=name)
    if _is_cut(data) or (not kinds and suffix in _CLAIMED):
        where = Phrase("文件不完整", "it breaks off, or its directory is lost")
        raise DamagedDocument(file=name, where=where)
    if not kinds or kinds[0] == "ppt":
        raise UnknownFormat(file=name, seen=kinds[0] if kinds else "OLE2")
    # The Chinese office suite writes the same streams under suffixes of its own.
    return "wps" if (kinds[0], suffix) == ("doc", "wps") else kinds[0]


def _has_stream(data: bytes, stream: str) -> bool:
    """Whether a directory entry (they lie at multiples of 128 bytes) carries the name of a stream."""
    wanted = stream.encode("utf-16-le") + b"\x00\x00"
    at = data.find(wanted)
    while at >= 0:
        length = int.from_bytes(data[at + 64 : at + 66], "little")
        if at % _DIRECTORY_ENTRY == 0 and length == len(wanted):
            return True
        at = data.find(wanted, at + 1)
    return False


def _is_cut(data: bytes) -> bool:
    """Whether a compound file is shorter than its table of sectors says.

    A converter would open what is left of it, and the result would look whole.
    """
    size = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    tables = [int.from_bytes(data[at : at + 4], "little") for at in range(76, 512, 4)]
    last = -1
    for index, sector in enumerate(tables):
        if sector < _FREE_SECTORS:
            table = data[(sector + 1) * size : (sector + 2) * size]
            if len(table) < size:
                return True
            used = [at for at in range(0, size, 4) if table[at : at + 4] != b"\xff\xff\xff\xff"]
            last = max([last, *(index * size // 4 + at // 4 for at in used[-1:])])
    return len(data) <= (last + 1) * size


def _is_locked(data: bytes) -> bool:
    """Whether the header of a doc, which stands in its first sector, says that the text is encrypted."""
    return data[512:514] == b"\xec\xa5" and bool(data[512 + 0x0B] & 0x01)


def _agree(format: str, suffix: str, name: str) -> None:
    """Refuse a suffix that plainly claims another format than the content has."""
    family = _FAMILY_OF.get(format)
    if suffix not in _CLAIMED and (suffix not in ("txt", "text") or format in ("txt", "html")):
        return
    if suffix in _FAMILIES.get(family or "", ()) or (format == "html" and suffix in _FAMILIES["page"]):
        return
    if format == "txt" and suffix in _FAMILIES["html"]:
        return  # a page without a single tag
    seen = Phrase("纯文本", "plain text") if format == "txt" else format
    raise WrongSuffix(file=name, suffix=f".{suffix}", seen=seen)
