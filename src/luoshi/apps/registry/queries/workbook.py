"""The registry as one workbook: its sheets and columns, how they are written and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language, override
from xlsxwriter import Workbook

from luoshi.apps.organization.models import Body, BodyAlias, GroupRule, Membership, Region

YES = {"zh": "是", "en": "yes"}
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading in both languages, its width in characters, what it may hold."""

    key: str
    zh: str
    en: str
    width: int
    required: bool = False
    choices: Callable[[], Iterable[tuple[Any, Any]]] | None = None

    def heading(self) -> str:
        """In the language of the person; what must be filled in carries a star."""
        return _speak(self.zh, self.en) + ("*" if self.required else "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook."""

    key: str
    zh: str
    en: str
    columns: tuple[Column, ...]


def _kinds() -> Iterable[tuple[Any, Any]]:
    return Body.Kind.choices


def _lines() -> Iterable[tuple[Any, Any]]:
    return Body.Line.choices


def _levels() -> Iterable[tuple[Any, Any]]:
    return Region.Level.choices


def _alias_kinds() -> Iterable[tuple[Any, Any]]:
    return BodyAlias.Kind.choices


def _yes() -> Iterable[tuple[Any, Any]]:
    return [(True, "是")]


SHEETS = (
    Sheet(
        "bodies",
        "单位",
        "Bodies",
        (
            Column("id", "编号", "No.", 8),
            Column("name", "名称", "Name", 30, required=True),
            Column("full_name", "全称", "Full name", 36),
            Column("short_name", "简称", "Short name", 18),
            Column("kind", "类别", "Kind", 16, choices=_kinds),
            Column("line", "系统", "Line", 16, choices=_lines),
            Column("level", "级别", "Level", 10, choices=_levels),
            Column("parent", "上级单位", "Parent body", 26),
            Column("credit_code", "统一社会信用代码", "Credit code", 22),
            Column("active_from", "设立日期", "Founded on", 12),
            Column("active_to", "撤销日期", "Dissolved on", 12),
        ),
    ),
    Sheet(
        "aliases",
        "别名",
        "Aliases",
        (
            Column("body", "单位", "Body", 30, required=True),
            Column("name", "别名", "Alias", 30, required=True),
            Column("kind", "类别", "Kind", 12, choices=_alias_kinds),
            Column("valid_from", "启用日期", "In use from", 12),
            Column("valid_to", "停用日期", "In use to", 12),
        ),
    ),
    Sheet(
        "members",
        "成员",
        "Members",
        (
            Column("group", "分组", "Group", 30, required=True),
            Column("member", "成员", "Member", 30, required=True),
            Column("excluded", "除外", "Left out", 10, choices=_yes),
            Column("valid_from", "加入日期", "Member from", 12),
            Column("valid_to", "退出日期", "Member to", 12),
        ),
    ),
    Sheet(
        "rules",
        "规则",
        "Rules",
        (
            Column("group", "分组", "Group", 30, required=True),
            Column("kind", "类别", "Kind", 16, choices=_kinds),
            Column("line", "系统", "Line", 16, choices=_lines),
            Column("level", "级别", "Level", 10, choices=_levels),
        ),
    ),
)


def labels(column: Column) -> dict[str, Any]:
    """What may be written into a column with choices, in either language, and what it means."""
    found: dict[str, Any] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {str(label).lower(): value for value, label in (column.choices or list)()}
    if column.key == "excluded":
        found |= {
            "yes": True,
            "y": True,
            "true": True,
            "1": True,
            "否": False,
            "no": False,
            "false": False,
            "0": False,
        }
    return found


# --- writing ------------------------------------------------------------------------------------------


def write_registry(region: str) -> bytes:
    """The whole registry of a region, in six queries."""
    return write(registry_rows(region))


def registry_rows(region: str) -> dict[str, list[Cells]]:
    """The rows of each sheet, as they are written."""
    return {sheet.key: list(rows) for sheet, rows in zip(SHEETS, _rows(region), strict=True)}


def write(rows: dict[str, list[Cells]]) -> bytes:
    """A workbook with these rows beneath the headings of each sheet."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # Text format: Excel must not turn a code into a number or a day into its own.
    cell = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E2EEF2"})
    for sheet in SHEETS:
        page = book.add_worksheet(_speak(sheet.zh, sheet.en))
        given = rows.get(sheet.key, [])
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, column.width, cell)
            page.write_string(0, index, column.heading(), head)
            _offer(page, index, column)
        for number, row in enumerate(given, start=1):
            for index, value in enumerate(row):
                page.write_string(number, index, value, cell)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(given), 1), len(sheet.columns) - 1)
    book.close()
    return buffer.getvalue()


def _offer(page: Any, index: int, column: Column) -> None:
    """A list to choose from; other values are told about when the workbook comes back."""
    if column.choices is None:
        return
    choices = (
        [_speak(YES["zh"], YES["en"])] if column.key == "excluded" else [str(c[1]) for c in column.choices()]
    )
    options = {"validate": "list", "source": choices, "error_type": "warning"}
    page.data_validation(1, index, 5000, index, options)


def _speak(zh: str, en: str) -> str:
    return en if (get_language() or "").startswith("en") else zh


def _rows(region: str) -> Iterator[Iterator[Cells]]:
    reference = references(region)
    bodies = Body.objects.filter(region_id=region).order_by("kind", "line", "name", "pk")
    yield (_body_row(body, reference) for body in bodies)
    aliases = BodyAlias.objects.filter(region_id=region).order_by("body__name", "body", "name", "pk")
    yield (
        (reference[a.body_id], a.name, str(a.get_kind_display()), _day(a.valid_from), _day(a.valid_to))
        for a in aliases
    )
    members = Membership.objects.filter(region_id=region).order_by(
        "group__name", "member__name", "valid_from", "pk"
    )
    yield (
        (
            reference[m.group_id],
            reference[m.member_id],
            _speak(YES["zh"], YES["en"]) if m.excluded else "",
            _day(m.valid_from),
            _day(m.valid_to),
        )
        for m in members
    )
    rules = GroupRule.objects.filter(region_id=region).order_by("group__name", "kind", "line", "level", "pk")
    yield ((reference[r.group_id], _label(r, "kind"), _label(r, "line"), _label(r, "level")) for r in rules)


def references(region: str) -> dict[int, str]:
    """How a row names each body: by its name, with its number when the name is not its alone."""
    rows = Body.objects.filter(region_id=region)
    shared = set(
        rows.order_by().values("name").annotate(n=Count("pk")).filter(n__gt=1).values_list("name", flat=True)
    )
    named = rows.order_by("pk").values_list("pk", "name")
    return {key: f"{name}#{key}" if name in shared else name for key, name in named}


def _body_row(body: Body, reference: dict[int, str]) -> Cells:
    return (
        str(body.pk),
        body.name,
        body.full_name,
        body.short_name,
        str(body.get_kind_display()),
        str(body.get_line_display()),
        _label(body, "level"),
        reference[body.parent_id] if body.parent_id else "",
        body.credit_code,
        _day(body.active_from),
        _day(body.active_to),
    )


def _label(row: Any, name: str) -> str:
    value = getattr(row, name)
    return "" if value in ("", None) else str(getattr(row, f"get_{name}_display")())


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


# --- reading ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Row:
    """A row as it was sent: the sheet's name and the row's number there, cells by column key."""

    sheet: str
    number: int
    cells: dict[str, str]
    letters: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For storing; a workbook has many rows, so nothing is copied."""
        return {"sheet": self.sheet, "number": self.number, "cells": self.cells, "letters": self.letters}
