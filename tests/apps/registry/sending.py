"""Changing the rows of a workbook before it is sent in."""

from __future__ import annotations

from collections.abc import Callable

from luoshi.apps.registry.models import Upload
from tests.apps.registry.workbooks import Rows, row_named

Send = Callable[[Callable[[Rows], object]], Upload]


def set_cell(name: str, /, **cells: str) -> Callable[[Rows], object]:
    """A cell of the sheet of bodies, by the name of the body."""
    return lambda rows: row_named(rows, name).update(cells)


def add(sheet: str, /, **cells: str) -> Callable[[Rows], object]:
    """Another row."""
    return lambda rows: rows[sheet].append(cells)
