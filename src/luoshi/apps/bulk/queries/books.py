"""Workbooks of a first step: empty ones to fill in, and the rows that could not be used, to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from luoshi.apps.bulk.queries.columns import REF, Column, Layout
from luoshi.apps.interface.returned import letter
from luoshi.apps.interface.sheets import HEAD, long_book, sheet_name
from luoshi.apps.organization.models import Body
from luoshi.core.register.fields import Field, FieldType

# Rows in which a list of choices is offered; further ones can be filled in, too.
ROWS = 100_000
FIRST_ROW = 3
_NARROW = (FieldType.DATE, FieldType.NUMBER, FieldType.MONEY, FieldType.YES_NO, FieldType.PERIOD)


@dataclass(frozen=True, slots=True)
class Filled:
    """A row that stands in the workbook already, with what is wrong with it.

    Attributes:
        texts: by the keys of the columns, `REF` among them.
        parts: by field of rows: the texts of each of its rows.
    """

    wrong: str
    texts: dict[str, str]
    parts: dict[str, list[dict[str, str]]] = field(default_factory=dict)


def book_of(layout: Layout, region: str, language: str, filled: Iterable[Filled] = ()) -> IO[bytes]:
    """The workbook as an open file that is gone once it is closed; rows are written one after the other."""
    return long_book(lambda book: _Book(book, layout, region, language).write(filled))


class _Book:
    def __init__(self, book: Workbook, layout: Layout, region: str, language: str) -> None:
        self._book, self._layout, self._language = book, layout, language
        self._head = book.add_format({**HEAD, "text_wrap": True})
        self._needed = book.add_format({**HEAD, "bg_color": "#F6E7D8", "text_wrap": True})
        self._wrong = book.add_format({"font_color": "#9C2A1A", "text_wrap": True, "valign": "top"})
        # Text stays text: eighteen digits of an identity card are no number.
        self._text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._lists = _lists(layout, region, language)

    def write(self, filled: Iterable[Filled]) -> None:
        layout, language = self._layout, self._language
        main = self._sheet(layout.mechanism.name.said(language), set())
        used = {main.get_name()}
        self._begin(main, layout.main_mark(), layout.columns, with_ref=bool(layout.inner), says_why=True)
        inner: dict[str, tuple[Worksheet, tuple[Column, ...], int]] = {}
        for one, columns in layout.inner:
            sheet = self._sheet(one.label.said(language), used)
            used.add(sheet.get_name())
            self._begin(sheet, layout.inner_mark(one), columns, with_ref=True)
            inner[one.key] = (sheet, columns, FIRST_ROW - 1)
        for place, row in enumerate(filled, start=FIRST_ROW - 1):
            main.write_string(place, 0, row.wrong, self._wrong)
            for index, key in enumerate(layout.main_keys(), start=1):
                if row.texts.get(key):
                    main.write_string(place, index, row.texts[key], self._text)
            for key, parts in row.parts.items():
                sheet, columns, first = inner[key]
                for line, texts in enumerate(parts, start=first):
                    self._inner_row(sheet, line, columns, row.texts.get(REF, ""), texts)
                inner[key] = (sheet, columns, first + len(parts))
        self._offer()
        self._explain()
        main.activate()

    def _sheet(self, title: str, used: set[str]) -> Worksheet:
        return self._book.add_worksheet(sheet_name(title, used, len(used)))

    def _begin(
        self,
        sheet: Worksheet,
        mark: str,
        columns: Sequence[Column],
        *,
        with_ref: bool,
        says_why: bool = False,
    ) -> None:
        keys = [mark, *([REF] if with_ref else []), *(one.key for one in columns)]
        sheet.set_column(0, 0, 28 if says_why else 3, self._wrong)
        for index, key in enumerate(keys):
            sheet.write_string(0, index, key)
        sheet.set_row(0, None, None, {"hidden": True})
        heads = [_("问题（导入时不读）") if says_why else "", *([_("序号 *")] if with_ref else [])]
        for index, words in enumerate(heads):
            sheet.write_string(1, index, words, self._head)
        if with_ref:
            sheet.set_column(1, 1, 8, self._text)
            sheet.write_comment(1, 1, _("自己编的序号，例如 1、2、3；其他工作表用它指明是哪一行。"))
        for index, one in enumerate(columns, start=len(heads)):
            sheet.set_column(index, index, 14 if one.field.type in _NARROW else 24, self._text)
            sheet.write_string(
                1, index, one.heading(self._language), self._needed if one.needed else self._head
            )
            if note := self._note(one):
                sheet.write_comment(1, index, note, {"x_scale": 2, "y_scale": 1.5})
            if one.key in self._lists and one.field.type is not FieldType.CHOICES:
                sheet.data_validation(FIRST_ROW - 1, index, FIRST_ROW - 2 + ROWS, index, self._choice(one))
        sheet.freeze_panes(2, len(heads))

    def _choice(self, column: Column) -> dict[str, Any]:
        place, options = list(self._lists).index(column.key), self._lists[column.key]
        named = letter(place + 1)
        return {
            "validate": "list",
            "source": f"='{self._options_name()}'!${named}$1:${named}${max(len(options), 1)}",
            "error_title": column.field.label.said(self._language)[:32],
            "error_message": _("请从列表中选择。"),
        }

    @staticmethod
    def _options_name() -> str:
        return _("选项")

    def _offer(self) -> None:
        """A hidden sheet with what can be chosen, a column a field."""
        if not self._lists:
            return
        sheet = self._book.add_worksheet(self._options_name())
        sheet.hide()
        for row in range(max(map(len, self._lists.values()))):
            for column, options in enumerate(self._lists.values()):
                if row < len(options):
                    sheet.write_string(row, column, options[row])

    def _explain(self) -> None:
        sheet = self._book.add_worksheet(_("填写说明"))
        wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 90, wrap)
        for row, words in enumerate(self._words()):
            sheet.write_string(row, 0, words)

    def _words(self) -> Iterator[str]:
        yield _("每行是一个条目，从第 3 行填起；带 * 的必须填写。请勿删改隐藏的第一行，列的顺序可以调整。")
        yield _("日期写成 2026-03-01；多项选择用顿号“、”分开；单位写名录中的全称；关联条目写编号。")
        yield _("单元格显示什么，就读入什么；第一列由系统填写，导入时不读。")
        for one in self._layout.left_out:
            yield _("“%(field)s”不能用表格导入，登记后在条目中补充。") % {
                "field": one.label.said(self._language)
            }

    def _note(self, column: Column) -> str:
        """Help, what can be chosen of a field with several answers, and how to write it."""
        parts = [column.field.help.said(self._language)] if column.field.help else []
        if column.field.type is FieldType.CHOICES:
            parts.append(_("可选：%(options)s") % {"options": "、".join(self._lists.get(column.key, []))})
        if column.field.type is FieldType.DATE:
            parts.append(_("写成 2026-03-01"))
        if column.field.type is FieldType.LINK:
            parts.append(_("写条目的编号"))
        return "\n".join(parts)

    def _inner_row(
        self, sheet: Worksheet, row: int, columns: Sequence[Column], ref: str, texts: dict[str, str]
    ) -> None:
        sheet.write_string(row, 1, ref, self._text)
        for index, one in enumerate(columns, start=2):
            if texts.get(one.key):
                sheet.write_string(row, index, texts[one.key], self._text)


def _lists(layout: Layout, region: str, language: str) -> dict[str, list[str]]:
    """What can be chosen, by column."""
    found: dict[str, list[str]] = {}
    bodies: list[str] = []
    for one in (*layout.columns, *(column for _field, columns in layout.inner for column in columns)):
        if one.field.type is FieldType.BODY:
            bodies = bodies or list(body_names(region))
            found[one.key] = bodies
        elif options := _options(one.field, language):
            found[one.key] = options
    return found


def body_names(region: str) -> Iterator[str]:
    """The bodies of a region that can be named, by name."""
    rows = Body.objects.filter(region=region, active_to=None).exclude(kind=Body.Kind.GROUP)
    yield from rows.order_by("name").values_list("name", flat=True)


def _options(one: Field, language: str) -> list[str]:
    if one.type is FieldType.YES_NO:
        return [_("是"), _("否"), _("不详")]
    if one.type in (FieldType.CHOICE, FieldType.CHOICES):
        return [option.label.said(language) for option in one.offered() if not option.retired]
    return []
