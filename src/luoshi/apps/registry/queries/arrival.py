"""A workbook that comes in: from cells to rows, with a fault for whatever is no table of ours."""

from __future__ import annotations

import re

from luoshi.apps.interface.returned import Fault, Grid, grids, letter
from luoshi.apps.registry.queries.workbook import SHEETS, Row, Sheet
from luoshi.core.document.model import Extract
from luoshi.core.errors import LuoshiError

MOST_ROWS = 10_000
# A heading without the star of a required column and without blanks. Sample: "名称 *"
_STAR = re.compile(r"[\s*＊]+")


class NoSheet(LuoshiError):
    code = "workbook-without-sheets"
    zh = "工作簿中没有名为“单位”“别名”“成员”或“规则”的工作表；请先导出名录，在导出的文件中修改。"
    en = (
        "The workbook has no sheet named “Bodies”, “Aliases”, “Members” or “Rules”; "
        "export the registry and edit that file."
    )


class ColumnMissing(LuoshiError):
    code = "workbook-column-missing"
    zh = "缺少“{column}”列；请恢复表头，表头应在有内容的第一行。"
    en = "The column “{column}” is missing; restore the headings in the first row that holds anything."


class ColumnTwice(LuoshiError):
    code = "workbook-column-twice"
    zh = "“{column}”列出现了两次；请删去一列。"
    en = "The column “{column}” stands there twice; delete one."


class TooManyRows(LuoshiError):
    code = "workbook-too-many-rows"
    zh = "工作簿共有 {rows} 行，超过上限 {limit} 行；请检查是否混入了其他表格，删去多余的行。"
    en = "The workbook has {rows} rows, more than the limit of {limit}; delete those that do not belong here."


def read_rows(extract: Extract) -> tuple[dict[str, list[Row]], list[Fault]]:
    """The rows of each sheet, by the sheet's key, and what is wrong with the sheets.

    Sheets and columns that are not ours are ignored; rows without any text are left out.
    """
    found: dict[str, list[Row]] = {}
    faults: list[Fault] = []
    for name, grid in grids(extract, tidy=str.strip):
        sheet = sheet_named(name)
        if sheet is not None and grid:
            rows, wrong = _sheet_rows(sheet, name, grid)
            found[sheet.key] = rows
            faults += wrong
    if not found:
        faults.append(Fault.of(NoSheet()))
    total = sum(map(len, found.values()))
    if total > MOST_ROWS:
        faults.append(Fault.of(TooManyRows(rows=total, limit=MOST_ROWS)))
        return {}, faults
    return found, faults


def sheet_named(name: str) -> Sheet | None:
    """The sheet of ours that is meant by a name, in either language."""
    wanted = name.strip().lower()
    return next((sheet for sheet in SHEETS if wanted in (sheet.zh, sheet.en.lower())), None)


def _sheet_rows(sheet: Sheet, name: str, grid: Grid) -> tuple[list[Row], list[Fault]]:
    first = min(grid)
    columns: dict[int, str] = {}
    faults: list[Fault] = []
    for place, text in sorted(grid[first].items()):
        heading = _STAR.sub("", text).lower()
        column = next((c for c in sheet.columns if heading in (c.zh, _STAR.sub("", c.en).lower())), None)
        if column is None:
            continue
        if column.key in columns.values():
            faults.append(Fault.of(ColumnTwice(column=text), name, first, letter(place)))
            continue
        columns[place] = column.key
    for column in sheet.columns:
        if column.required and column.key not in columns.values():
            faults.append(Fault.of(ColumnMissing(column=column.zh), name, first))
    if faults:
        return [], faults
    letters = {key: letter(place) for place, key in columns.items()}
    rows = []
    for number in sorted(grid):
        cells = {key: grid[number].get(place, "") for place, key in columns.items()}
        if number > first and any(cells.values()):
            rows.append(Row(name, number, cells, letters))
    return rows, faults
