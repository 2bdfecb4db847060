"""The list of a register as a workbook: every field that a page shows, a sheet for each field of rows.

Rows are read and written one batch after the other, so that memory does not grow with the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from luoshi.apps.interface.sheets import (
    CELL,
    CONTENT_TYPE,
    HEAD,
    LONGEST_NAME,
    for_paper,
    long_book,
    sheet_name,
)
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.loading import StoredWorld, loaded, register_of
from luoshi.apps.register.queries.showing import Names, computed, in_words
from luoshi.core.expression import evaluate
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.acting import Setting
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.packing import unpack
from luoshi.core.register.view import View

BATCH = 500


def sheet_of(mechanism: Mechanism, rows: QuerySet[Entry], language: str) -> FileResponse:
    """All entries of a list as a file to download; what is personal is masked as it is on the page."""
    target = long_book(lambda book: _Sheets(book, mechanism, language).write(rows))
    name = mechanism.name.said(language)[:LONGEST_NAME]
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=CONTENT_TYPE)


class _Sheets:
    """The sheets of one workbook, with the row that each has come to."""

    def __init__(self, book: Workbook, mechanism: Mechanism, language: str) -> None:
        self._book, self._mechanism, self._language = book, mechanism, language
        self._fields = [one for one in mechanism.register.fields if one.type is not FieldType.ROWS]
        rows = (one for one in mechanism.register.fields if one.type is FieldType.ROWS)
        self._inner = [one for one in rows if not (one.personal or one.sensitive)]
        self._computes = any(one.formula is not None for one in self._fields)
        self._head = book.add_format(HEAD)
        self._cell = book.add_format(CELL)
        self._settings: dict[tuple[str, int], Setting] = {}
        self._last: dict[str, int] = {}

    def write(self, rows: QuerySet[Entry]) -> None:
        """Write the main sheet and those of the inner rows, in one pass."""
        heads = [
            (_("编号"), 24),
            (_("标题"), 40),
            (_("状态"), 16),
            (_("办理单位"), 26),
            (_("登记日期"), 12),
            (_("办结日期"), 12),
            (_("最近期限"), 12),
            *((self._labelled(one), 20) for one in self._fields),
        ]
        main = self._begin(self._mechanism.name.said(self._language), heads)
        inner = {one.key: self._begin_inner(one) for one in self._inner}
        for entry, values, names in self._entries(rows):
            self._put(main, self._cells(entry, values, names))
            for field in self._inner:
                for row in self._rows(field, values, names):
                    self._put(inner[field.key], [entry.number, entry.title, *row])
        last = max(self._last[main.get_name()] - 1, 1)
        main.autofilter(0, 0, last, len(heads) - 1)
        main.activate()

    def _begin_inner(self, field: Field) -> Worksheet:
        columns = [(self._labelled(one), 20) for one in field.columns]
        return self._begin(field.label.said(self._language), [(_("编号"), 24), (_("标题"), 40), *columns])

    def _begin(self, title: str, heads: Sequence[tuple[str, int]]) -> Worksheet:
        sheet = self._book.add_worksheet(sheet_name(title, self._last, len(self._last)))
        for index, (heading, width) in enumerate(heads):
            sheet.set_column(index, index, width, self._cell)
            sheet.write_string(0, index, heading, self._head)
        for_paper(sheet)
        self._last[sheet.get_name()] = 1
        return sheet

    def _put(self, sheet: Worksheet, cells: Sequence[str]) -> None:
        row = self._last[sheet.get_name()]
        for index, words in enumerate(cells):
            if words:
                sheet.write_string(row, index, words)
        self._last[sheet.get_name()] = row + 1

    def _labelled(self, field: Field) -> str:
        label = field.label.said(self._language)
        return f"{label} ({field.unit})" if field.unit else label

    def _entries(self, rows: QuerySet[Entry]) -> Iterator[tuple[Entry, Mapping[str, Any], Names]]:
        if self._computes:
            rows = rows.prefetch_related("steps", "clocks")
        found = rows.iterator(chunk_size=BATCH)
        while batch := list(islice(found, BATCH)):
            names = Names(self._mechanism.register.fields, batch)
            for entry in batch:
                yield entry, unpack(self._mechanism.register.field, entry.values), names

    def _cells(self, entry: Entry, values: Mapping[str, Any], names: Names) -> list[str]:
        state = self._mechanism.register.state.get(entry.state)
        due = getattr(entry, "next_due", None)
        return [
            entry.number,
            entry.title,
            state.label.said(self._language) if state else entry.state,
            entry.holder.name,
            entry.began.isoformat(),
            entry.ended.isoformat() if entry.ended else "",
            due.isoformat() if due else "",
            *self._values(entry, values, names),
        ]

    def _values(self, entry: Entry, values: Mapping[str, Any], names: Names) -> Iterator[str]:
        view = self._view(entry) if self._computes else None
        for field in self._fields:
            value = values.get(field.key)
            if field.formula is not None and view is not None:
                yield computed(field, evaluate(field.formula, *view))
            elif field.type is FieldType.LINK and value is not None:
                linked = names.links.get(int(str(value)))
                yield str(linked) if linked else ""
            elif field.type.holds_files and value is not None:
                yield str(len(value)) if isinstance(value, tuple) else "1"
            else:
                yield in_words(field, value, names, self._language)

    def _view(self, entry: Entry) -> tuple[View, Any]:
        """The entry as formulas see it, by the rules that it follows."""
        key = (entry.region_id, entry.version)
        if key not in self._settings:
            world = StoredWorld(entry.region_id)
            self._settings[key] = Setting(register_of(entry), calendar_of(entry.region_id), world)
        setting = self._settings[key]
        occasion = setting.occasion(timezone.localdate())
        return View(setting.register, loaded(entry), occasion, setting.world), occasion

    def _rows(self, field: Field, values: Mapping[str, Any], names: Names) -> Iterator[list[str]]:
        for row in values.get(field.key) or ():
            yield [in_words(one, row.get(one.key), names, self._language) for one in field.columns]
