"""One way in: bytes and a name become a document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module

from luoshi.core.document.clean import clean
from luoshi.core.document.errors import EmptyDocument, TooLarge, UnknownFormat
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Document, Extract
from luoshi.core.document.sniff import sniff
from luoshi.core.errors import Phrase

Reader = Callable[..., Extract]

# Formats that have a reader: the module of the same name.
READABLE = ("txt", "html", "docx", "pdf", "ofd", "xlsx")


def open_document(data: bytes, name: str, limits: Limits = Limits()) -> Document:  # noqa: B008 (frozen)
    """The document in `data`.

    Args:
        data: the whole file.
        name: its name without folders; its suffix is a hint, the content decides.
        limits: bounds on what reading may cost; `seconds` and `memory_bytes` are kept by the caller.

    Raises:
        DocumentError: one of its subclasses, when the file cannot be read whole.
    """
    if len(data) > limits.bytes:
        raise TooLarge(
            file=name,
            what=Phrase("大小", "a size in bytes of"),
            size=len(data),
            limit=limits.bytes,
            setting="LUOSHI_LIMIT_BYTES",
        )
    read = _reader(sniff(data, name), name)
    extract = read(data, file=name, limits=limits)
    document = clean(extract, name=name, sha256=hashlib.sha256(data).hexdigest(), limits=limits)
    if not document.text.strip():
        raise EmptyDocument(file=name)
    return document


def _reader(format: str, name: str) -> Reader:
    """The reader of a format, imported when needed: a text file must not load a pdf engine."""
    if format not in READABLE:
        # doc, wps and their like need a converter, which is a program outside: see luoshi.intake.office.
        raise UnknownFormat(file=name, seen=format)
    read: Reader = import_module(f"luoshi.core.document.{format}").read
    return read
