"""Workbooks for the tests: the export of a registry, changed cell by cell."""

from __future__ import annotations

from collections.abc import Callable

from luoshi.apps.interface.returned import Fault
from luoshi.apps.registry.queries.arrival import read_rows
from luoshi.apps.registry.queries.workbook import SHEETS, Row, registry_rows, write
from luoshi.core.document import xlsx
from luoshi.core.document.limits import Limits
from tests.apps.factories import REGION

Rows = dict[str, list[dict[str, str]]]


def rows_of(content: bytes) -> tuple[dict[str, list[Row]], list[Fault]]:
    """The rows of a workbook, read here and not in a child process."""
    return read_rows(xlsx.read(content, file="名录.xlsx", limits=Limits()))


def edited(change: Callable[[Rows], object], region: str = REGION) -> bytes:
    """The registry as a workbook, after `change` of its rows by column key."""
    keys = {sheet.key: [column.key for column in sheet.columns] for sheet in SHEETS}
    rows = {
        sheet: [dict(zip(keys[sheet], cells, strict=True)) for cells in of]
        for sheet, of in registry_rows(region).items()
    }
    change(rows)
    return write(
        {sheet: [tuple(row.get(key, "") for key in keys[sheet]) for row in of] for sheet, of in rows.items()}
    )


def row_named(rows: Rows, name: str, sheet: str = "bodies", column: str = "name") -> dict[str, str]:
    """The row in which a column holds `name`."""
    return next(row for row in rows[sheet] if row[column] == name)
