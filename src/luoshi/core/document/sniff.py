"""What a file is, by its content; its suffix is only asked where the content leaves a choice."""

from __future__ import annotations

import re
from pathlib import PurePath

from luoshi.core.document.errors import EmptyDocument, UnknownFormat, WrongSuffix
from luoshi.core.errors import Phrase

TEXT_SUFFIXES = frozenset({"", "txt", "text", "md", "markdown", "csv", "tsv", "json", "jsonl", "log"})
HTML_SUFFIXES = frozenset({"html", "htm", "shtml", "xhtml", "mht", "jsp", "aspx", "php"})

# An element that a page or a fragment of one begins with. Sample: "<tbody>", "<!DOCTYPE html>", "<p class="
_TAG = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|tbody|tr"
    rb"|span|section|article|h[1-6]|ul|ol|br|center|font)\b",
    re.IGNORECASE | re.DOTALL,
)


def sniff(data: bytes, name: str) -> str:
    """The format of a file: `txt`, `html`, `docx`, `xlsx`, `ofd`, `pdf`, or one that a converter must read.

    Raises:
        EmptyDocument, UnknownFormat, WrongSuffix.
    """
    suffix = PurePath(name).suffix.lstrip(".").lower()
    if not data.strip():
        raise EmptyDocument(file=name)
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        for format, part in (("docx", b"word/"), ("xlsx", b"xl/"), ("ofd", b"OFD.xml")):
            if part in data:
                return format
        raise UnknownFormat(file=name, seen="zip")
    if suffix in HTML_SUFFIXES or _TAG.match(data[:4096].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if suffix not in TEXT_SUFFIXES:
        raise WrongSuffix(file=name, suffix=f".{suffix}", seen=Phrase("纯文本", "plain text"))
    return "txt"
