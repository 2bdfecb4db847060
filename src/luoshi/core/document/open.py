"""One way in: bytes and a name become a document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module

from luoshi.core.document.clean import clean
from luoshi.core.document.errors import TooLarge, UnknownFormat
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Document, Extract
from luoshi.core.document.sniff import sniff
from luoshi.core.errors import Phrase

Reader = Callable[..., Extract]

# Formats that have a reader: the module of the same name.
READABLE = ("txt", "html", "docx", "pdf", "ofd", "xlsx", "xls")


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
        what = Phrase("大小(字节)", "a size in bytes of")
        raise TooLarge(file=name, what=what, size=len(data), limit=limits.bytes, setting="LUOSHI_LIMIT_BYTES")
    format = sniff(data, name)
    return open_as(format, data, name, limits)


def open_as(format: str, data: bytes, name: str, limits: Limits) -> Document:
    """As `open_document`, for data whose format is known.

    Raises:
        UnknownFormat: there is no reader for it. Word processors' own formats (doc, wps) need a converter,
            which is a program outside: see `luoshi.intake.office`.
    """
    if format not in READABLE:
        raise UnknownFormat(file=name, seen=format)
    # Imported when needed: a text file must not load a pdf engine.
    read: Reader = import_module(f"luoshi.core.document.{format}").read
    extract = read(data, file=name, limits=limits)
    return clean(extract, name=name, sha256=hashlib.sha256(data).hexdigest(), limits=limits)
