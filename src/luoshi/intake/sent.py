"""Bytes that somebody sent in: held to the limit, and read in a process of their own as files on disk are."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from luoshi.core.document.errors import TooLarge
from luoshi.core.document.model import Document, Extract
from luoshi.core.errors import Phrase
from luoshi.core.plan.model import Plan
from luoshi.intake.guard import read_cells, read_file, write_rows
from luoshi.intake.limits import limits_from_environment, variable

# A sheet of tens of thousands of rows, read beside every request, may take so many times as long.
LONG_SHEETS = 5


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


class SentRows:
    """The rows of a workbook that was sent in, read from disk one after the other."""

    def __init__(self, folder: Path, sheets: tuple[str, ...]) -> None:
        self._folder, self.sheets = folder, sheets

    def rows(self, sheet: int) -> Iterator[tuple[int, dict[int, str]]]:
        """The rows of a sheet, by its place in `sheets`: the number of each, and its texts by column."""
        with (self._folder / f"{sheet}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                row, texts = json.loads(line)
                yield row, {int(column): text for column, text in texts.items()}


@contextmanager
def sent_rows(name: str, content: bytes) -> Iterator[SentRows]:
    """The rows of a workbook of any length; memory does not grow with them.

    Raises:
        DocumentError: one of its subclasses, when it cannot be read whole or is no workbook.
    """
    hold_to_limit(name, content)
    limits = limits_from_environment()
    longer = replace(limits, seconds=limits.seconds * LONG_SHEETS)
    with _on_disk(name, content) as path, tempfile.TemporaryDirectory(prefix="luoshi-rows-") as folder:
        yield SentRows(Path(folder), write_rows(path, Path(folder), longer))


@contextmanager
def _on_disk(name: str, content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="luoshi-sent-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path
