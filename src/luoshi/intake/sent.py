"""Bytes that somebody sent in: held to the limit, and read in a process of their own as files on disk are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from luoshi.core.document.errors import TooLarge
from luoshi.core.document.model import Document, Extract
from luoshi.core.errors import Phrase
from luoshi.core.plan.model import Plan
from luoshi.intake.guard import read_cells, read_file
from luoshi.intake.limits import limits_from_environment, variable


def hold_to_limit(name: str, content: bytes) -> None:
    """Refuse what is too large before anything is done with it.

    Raises:
        TooLarge: the file is over the limit.
    """
    limit = limits_from_environment().bytes
    if len(content) > limit:
        raise TooLarge(
            file=name,
            what=Phrase("字节数", "bytes"),
            size=len(content),
            limit=limit,
            setting=variable("bytes"),
        )


def read_sent(name: str, content: bytes) -> tuple[Document, Plan]:
    """A document and what it says as a plan; the name is one that a folder can hold.

    Raises:
        DocumentError: one of its subclasses, when it cannot be read whole.
    """
    with _on_disk(name, content) as path:
        return read_file(path, limits_from_environment())


def read_sent_cells(name: str, content: bytes) -> Extract:
    """The cells of a workbook; the name is one that a folder can hold.

    Raises:
        DocumentError: one of its subclasses, when it cannot be read whole or is no workbook.
    """
    hold_to_limit(name, content)
    with _on_disk(name, content) as path:
        return read_cells(path, limits_from_environment())


@contextmanager
def _on_disk(name: str, content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="luoshi-sent-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path
