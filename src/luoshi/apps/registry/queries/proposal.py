"""What the rows of a workbook say the registry should be; a cell that cannot be understood is a fault."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from luoshi.apps.interface.returned import Fault
from luoshi.apps.organization.models import Body, BodyAlias
from luoshi.apps.organization.operations.bodies import FIELDS, LONGEST_NAME
from luoshi.apps.organization.operations.refusals import BodyNameUnusable
from luoshi.apps.registry.queries.arrival import sheet_named
from luoshi.apps.registry.queries.state import Alias, Item, Member, Rule, State
from luoshi.apps.registry.queries.workbook import SHEETS, Row, labels
from luoshi.core.credit_code import WrongCreditCode, verified
from luoshi.core.errors import LuoshiError, Phrase

# A day as people and spreadsheets write it. Samples: 2024-07-01, 2024/7/1, 2024.7.1, 2024年7月1日
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00:00(?::00)?)?")
_NEW: dict[str, Any] = {
    **dict.fromkeys(FIELDS, ""),
    "kind": Body.Kind.ORGAN.value,
    "line": Body.Line.OTHER.value,
    **dict.fromkeys(("level", "parent", "active_from", "active_to")),
}


class CellEmpty(LuoshiError):
    code = "workbook-cell-empty"
    zh = "“{column}”没有填写；请补上，或删去这一行。"
    en = "“{column}” is empty; fill it in, or delete the row."


class UnknownNumber(LuoshiError):
    code = "workbook-unknown-number"
    zh = "编号“{given}”在名录中不存在；新单位的编号请留空。"
    en = "No body has the number “{given}”; leave the number of a new body empty."


class BodyInTwoRows(LuoshiError):
    code = "workbook-body-twice"
    zh = "“{body}”已在第 {row} 行出现；请只保留一行。"
    en = "“{body}” stands in row {row} already; keep one row only."


class UnknownBody(LuoshiError):
    code = "workbook-unknown-body"
    zh = "“{given}”不是名录中的单位；请核对名称，或先在“单位”表中加上它。"
    en = "“{given}” is no body of the registry; check the name, or add it to the sheet “Bodies”."


class SeveralBodies(LuoshiError):
    code = "workbook-several-bodies"
    zh = "有几个单位都叫“{given}”；请写成“{given}#编号”，指明是哪一个。"
    en = "Several bodies are called “{given}”; write “{given}#number” to say which."


class UnknownChoice(LuoshiError):
    code = "workbook-unknown-choice"
    zh = "“{given}”不是“{column}”的选项；请从下拉列表中选择。"
    en = "“{given}” is no choice for “{column}”; choose from the list in the cell."


class NoDay(LuoshiError):
    code = "workbook-no-day"
    zh = "“{given}”不是日期；请写成 2024-07-01 这样的日期。"
    en = "“{given}” is no day; write it like 2024-07-01."


def propose(before: State, rows: dict[str, list[Row]]) -> tuple[State, list[Fault]]:
    """The registry as the workbook wants it.

    A sheet that is there says everything of its kind: an alias, member or rule that it leaves out is to go.
    A sheet or column that is not there changes nothing. Bodies never go: they end.
    """
    reading = _Reading(before)
    reading.read_bodies(rows.get("bodies", []))
    for sheet, read in (("aliases", reading.alias), ("members", reading.member), ("rules", reading.rule)):
        if sheet in rows:
            reading.after.items[sheet] = [
                (item, row) for row in rows[sheet] if (item := reading.whole(read, row)) is not None
            ]
    _end_names(before, reading.after)
    return reading.after, reading.faults


class _Reading:
    """A workbook being read; what is wrong is collected in `faults`."""

    def __init__(self, before: State) -> None:
        self.before = before
        self.after = State(dict(before.bodies), {sheet: list(of) for sheet, of in before.items.items()})
        self.faults: list[Fault] = []
        self.columns = {(sheet.key, column.key): column for sheet in SHEETS for column in sheet.columns}
        self.labels = {place: labels(column) for place, column in self.columns.items() if column.choices}
        self.bearers = _bearers(before, "name")
        self.named = _by_name(before, before)

    def fault(self, error: LuoshiError, row: Row, key: str) -> None:
        self.faults.append(Fault.of(error, row.sheet, row.number, row.letters.get(key, "")))

    # --- bodies -----------------------------------------------------------------------------------------

    def read_bodies(self, rows: list[Row]) -> None:
        """Every row becomes the values of the body that it means; parents come last, when all are known."""
        for row in sorted(rows, key=lambda one: not one.cells.get("id")):
            key = self._meant(row)
            if key is None:
                continue
            if key in self.after.rows:
                other = self.after.rows[key].number
                self.fault(BodyInTwoRows(body=row.cells["name"], row=other), row, "name")
                continue
            self.after.rows[key] = row
            self.after.bodies[key] = self._values(row, self.before.bodies.get(key, _NEW))
        self.named = _by_name(self.before, self.after)
        for key, row in self.after.rows.items():
            if "parent" in row.letters:
                self.after.bodies[key]["parent"] = self.body(row, "parent", required=False)

    def _meant(self, row: Row) -> int | None:
        """The key of the body that a row is about; a new one below zero; None where that is unclear."""
        number = row.cells.get("id", "")
        if number:
            key = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
            if key not in self.before.bodies:
                self.fault(UnknownNumber(given=number), row, "id")
                return None
            return key
        same = self.bearers.get(row.cells["name"], set()) - self.after.rows.keys()
        if len(same) == 1:
            return same.pop()
        return -1 - sum(1 for key in self.after.rows if key < 0)

    def _values(self, row: Row, stored: dict[str, Any]) -> dict[str, Any]:
        found = dict(stored)
        for key in ("name", "full_name", "short_name"):
            if key in row.letters:
                found[key] = self.text(row, key, required=key == "name")
        for key in ("kind", "line", "level"):
            if key in row.letters:
                found[key] = self.choice("bodies", row, key, stored[key])
        for key in ("active_from", "active_to"):
            if key in row.letters:
                found[key] = self.day(row, key)
        if "credit_code" in row.letters:
            found["credit_code"] = self._credit_code(row)
        return found

    def _credit_code(self, row: Row) -> str:
        text = row.cells["credit_code"]
        try:
            return verified(text) if text else ""
        except WrongCreditCode as error:
            self.fault(error, row, "credit_code")
            return ""

    # --- the other sheets -------------------------------------------------------------------------------

    def whole(self, read: Callable[[Row], Item | None], row: Row) -> Item | None:
        """What a row says; nothing when a cell of it is wrong: half a row would look wrong once more."""
        told = len(self.faults)
        item = read(row)
        return item if len(self.faults) == told else None

    def alias(self, row: Row) -> Alias | None:
        """A row of the sheet of aliases."""
        body, name = self.body(row, "body"), self.text(row, "name", required=True)
        kind = self.choice("aliases", row, "kind", BodyAlias.Kind.ALIAS.value)
        start, end = self.day(row, "valid_from"), self.day(row, "valid_to")
        return Alias(body, name, kind, start, end) if body is not None and name else None

    def member(self, row: Row) -> Member | None:
        """A row of the sheet of members."""
        group, member = self.body(row, "group"), self.body(row, "member")
        excluded = bool(self.choice("members", row, "excluded", False))
        start, end = self.day(row, "valid_from"), self.day(row, "valid_to")
        known = group is not None and member is not None
        return Member(group or 0, member or 0, excluded, start, end) if known else None

    def rule(self, row: Row) -> Rule | None:
        """A row of the sheet of rules."""
        group = self.body(row, "group")
        kind, line = self.choice("rules", row, "kind", ""), self.choice("rules", row, "line", "")
        level = self.choice("rules", row, "level", None)
        return Rule(group, kind, line, level) if group is not None else None

    # --- cells ------------------------------------------------------------------------------------------

    def text(self, row: Row, key: str, *, required: bool) -> str:
        text = row.cells.get(key, "")
        if required and not text:
            self._empty(row, key)
        if len(text) > LONGEST_NAME:
            self.fault(BodyNameUnusable(limit=LONGEST_NAME, length=len(text)), row, key)
        return text

    def choice(self, sheet: str, row: Row, key: str, empty: Any) -> Any:
        """The value that a label means; an empty cell means `empty`, and no level at all."""
        text = row.cells.get(key, "")
        if not text:
            return None if key == "level" else empty
        known = self.labels[sheet, key]
        if text.lower() not in known:
            self.fault(UnknownChoice(given=text[:40], column=self._heading(row, key)), row, key)
            return empty
        return known[text.lower()]

    def day(self, row: Row, key: str) -> date | None:
        text = row.cells.get(key, "")
        found = _DAY.fullmatch(text)
        try:
            if found:
                return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            found = None
        if text:
            self.fault(NoDay(given=text[:40]), row, key)
        return None

    def body(self, row: Row, key: str, *, required: bool = True) -> int | None:
        """The body that a cell names: as `name`, or as `name#number` when several share the name."""
        text = row.cells.get(key, "")
        if not text:
            if required:
                self._empty(row, key)
            return None
        meant = self.named.get(text, set())
        lasting = {one for one in meant if self.after.bodies[one]["active_to"] is None}
        if len(meant) == 1 or len(lasting) == 1:
            return next(iter(meant if len(meant) == 1 else lasting))
        self.fault(SeveralBodies(given=text) if meant else UnknownBody(given=text[:80]), row, key)
        return None

    def _empty(self, row: Row, key: str) -> None:
        self.fault(CellEmpty(column=self._heading(row, key)), row, key)

    def _heading(self, row: Row, key: str) -> Phrase:
        sheet = sheet_named(row.sheet)
        column = self.columns[sheet.key if sheet else "", key]
        return Phrase(column.zh, column.en)


def _by_name(before: State, after: State) -> dict[str, set[int]]:
    """Who may be meant by a name: those that bear it, else those that bore it before the change."""
    found: dict[str, set[int]] = {}
    for state, field in ((before, "full_name"), (before, "name"), (after, "full_name"), (after, "name")):
        found |= _bearers(state, field)
    numbered = {f"{values['name']}#{key}": {key} for key, values in after.bodies.items() if key > 0}
    earlier = {f"{values['name']}#{key}": {key} for key, values in before.bodies.items()}
    return {**earlier, **numbered, **found}


def _bearers(state: State, field: str) -> dict[str, set[int]]:
    """The bodies by one of their names."""
    found: dict[str, set[int]] = defaultdict(set)
    for key, values in state.bodies.items():
        if values[field]:
            found[values[field]].add(key)
    return dict(found)


def _end_names(before: State, after: State) -> None:
    """A body that the workbook ends takes its names along."""
    ended = {
        key: values["active_to"]
        for key, values in after.bodies.items()
        if values["active_to"] and values["active_to"] != before.bodies.get(key, _NEW)["active_to"]
    }
    after.items["aliases"] = [
        (_until(alias, ended[alias.body]) if alias.body in ended else alias, place)
        for alias, place in after.items["aliases"]
    ]


def _until(alias: Alias, last: date) -> Alias:
    return alias._replace(valid_to=min(alias.valid_to or last, last))
