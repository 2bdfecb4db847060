"""The lines of a text file on disk, so that a place in it can be told as line and column."""

from __future__ import annotations

from pathlib import Path

from luoshi.core.document.encoding import decode, decode_declared
from luoshi.core.document.places import Lines


def file_lines(path: Path, format: str) -> Lines | None:
    """The lines of the file as its reader decoded it, or None for a format without lines.

    Args:
        path: a file that has been read.
        format: what it was read as, from `Document.format`.
    """
    match format:
        case "txt":
            return Lines.of(decode(path.read_bytes(), file=path.name)[0])
        case "html":
            return Lines.of(decode_declared(path.read_bytes(), file=path.name)[0])
        case _:
            return None
