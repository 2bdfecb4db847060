"""Rows of a sheet as the form of a step would take them: looked up together, checked one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import User
from django.utils.timezone import localdate

from luoshi.apps.bulk.models import Row
from luoshi.apps.bulk.queries.columns import Column, Layout
from luoshi.apps.interface.returned import Fault
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register.operations.refusals import BodyUnknown, LinkUnknown
from luoshi.apps.register.operations.taking import act_of
from luoshi.apps.register.queries.listing import visible
from luoshi.apps.register.queries.loading import StoredWorld
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.register.acting import Setting
from luoshi.core.register.advancing import advance
from luoshi.core.register.entry import Entry
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.filling import is_required, is_shown
from luoshi.core.register.procedure import Actor
from luoshi.core.register.refusals import ValuesMissing
from luoshi.core.register.values import ValueUnusable, read
from luoshi.core.register.workflow import take

MISSING = Phrase("请填写“{field}”。", "Fill in “{field}”.")


@dataclass(frozen=True, slots=True)
class Checking:
    """What the rows of a sheet are checked for.

    Attributes:
        letters: of the columns by key, as they stand in the sheet that was sent; of inner sheets by field.
    """

    layout: Layout
    body: Body
    actor: Actor
    by: User
    at: datetime
    sheet: str
    letters: Mapping[str, Mapping[str, str]]

    @property
    def on(self) -> Any:
        """The day."""
        return localdate(self.at)

    def setting(self) -> Setting:
        """The rules, working days and neighbours of what is begun."""
        region = self.body.region_id
        return Setting(self.layout.mechanism.register, calendar_of(region), StoredWorld(region, self.on))


class Lookups:
    """The keys of what rows name, bodies by name and entries by number, looked up once for many rows."""

    def __init__(self, layout: Layout, rows: Sequence[Row], body: Body, by: User) -> None:
        named: dict[str, set[str]] = {}
        bodies: set[str] = set()
        for column, text in _said(layout, rows):
            if column.field.type is FieldType.BODY:
                bodies.add(text)
            elif column.field.type is FieldType.LINK:
                named.setdefault(column.field.to, set()).add(text)
        active = Body.objects.filter(region=body.region_id, active_to=None).exclude(kind=Body.Kind.GROUP)
        pairs = active.filter(name__in=bodies).values_list("name", "pk") if bodies else ()
        self._bodies = {name: str(key) for name, key in pairs}
        self._entries: dict[tuple[str, str], str] = {}
        for mechanism, numbers in named.items():
            found = visible(by, mechanism).filter(region=body.region_id, number__in=numbers)
            for number, key in found.values_list("number", "pk"):
                self._entries[mechanism, number] = str(key)

    def given(self, field: Field, text: str) -> str:
        """What a form would send for the text of a cell.

        Raises:
            BodyUnknown, LinkUnknown: there is nothing of that name.
        """
        said = text.strip()
        if field.type is FieldType.BODY:
            if said not in self._bodies:
                raise BodyUnknown(field=field.label)
            return self._bodies[said]
        if field.type is FieldType.LINK:
            if (field.to, said) not in self._entries:
                raise LinkUnknown(field=field.label)
            return self._entries[field.to, said]
        return text


def _said(layout: Layout, rows: Sequence[Row]) -> Iterator[tuple[Column, str]]:
    """The texts of all cells that name something."""
    kinds = (FieldType.BODY, FieldType.LINK)
    outer = [one for one in layout.columns if one.field.type in kinds]
    inner = {
        field.key: [one for one in columns if one.field.type in kinds] for field, columns in layout.inner
    }
    for row in rows:
        yield from ((one, row.texts[one.key].strip()) for one in outer if row.texts.get(one.key))
        for key, parts in row.parts.items():
            for _number, texts in parts:
                yield from ((one, texts[one.key].strip()) for one in inner[key] if texts.get(one.key))


def given_of(row: Row, checking: Checking, lookups: Lookups) -> tuple[dict[str, Any], list[Fault]]:
    """What a row gives, and what is wrong with single cells."""
    given: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in checking.layout.columns:
        text = row.texts.get(column.key, "")
        if not text:
            continue
        if column.part:
            given.setdefault(column.field.key, {})[column.part] = text
            continue
        try:
            given[column.field.key] = lookups.given(column.field, text)
        except LuoshiError as error:
            faults.append(_fault(checking, row, column.key, error))
    for field, columns in checking.layout.inner:
        lines = []
        for number, texts in row.parts.get(field.key, []):
            line, wrong = _line(checking, field, columns, number, texts, lookups)
            lines.append(line)
            faults += wrong
        if lines:
            given[field.key] = lines
    return given, faults


def _line(
    checking: Checking,
    field: Field,
    columns: Sequence[Column],
    number: int,
    texts: Mapping[str, str],
    lookups: Lookups,
) -> tuple[dict[str, str], list[Fault]]:
    line, faults = {}, []
    for column in columns:
        text = texts.get(column.key, "")
        place = checking.letters.get(field.key, {}).get(column.key, "")
        try:
            line[column.key] = lookups.given(column.field, text) if text else ""
            if read(column.field, line[column.key]) is None and column.needed:
                faults.append(_missing(column.field, field.label.zh, number, place))
        except LuoshiError as error:
            faults.append(Fault.of(error, field.label.zh, number, place))
    return line, faults


def check_all(rows: Sequence[Row], checking: Checking) -> Iterator[tuple[Row, list[Fault]]]:
    """The rows that cannot be used, each with all that is wrong with it."""
    lookups, setting = Lookups(checking.layout, rows, checking.body, checking.by), checking.setting()
    for row in rows:
        given, faults = given_of(row, checking, lookups)
        faults += _checked(row, given, checking, setting, {one.column for one in faults})
        if faults:
            yield row, faults


def _checked(
    row: Row, given: dict[str, Any], checking: Checking, setting: Setting, known: set[str]
) -> Iterator[Fault]:
    """What the form would say: of each value, of what is missing, and of the step as a whole."""
    register, step = setting.register, checking.layout.step
    values = {}
    wrong = bool(known)
    for key, raw in given.items():
        try:
            value = read(register.field[key], raw)
        except ValueUnusable as error:
            wrong = True
            yield _fault(checking, row, key, error)
            continue
        if value is not None:
            values[key] = value
    try:
        if not wrong:
            act = act_of(step.key, checking.actor, checking.by, checking.body, checking.at, given, "")
            advance(take(_fresh(checking), act, setting), setting, today=checking.on, at=checking.at)
            return
    except ValuesMissing:
        pass
    except LuoshiError as error:
        yield Fault.of(error, checking.sheet, row.number)
        return
    entry = replace(_fresh(checking), values=MappingProxyType(values))
    occasion = setting.occasion(checking.on)
    for key in step.asks:
        field = register.field[key]
        if key in given or key in values or not is_shown(field, entry, setting, occasion):
            continue
        letter_of = checking.letters.get("", {}).get(_first_key(checking, key), "")
        if is_required(field, step, entry, setting, occasion) and letter_of not in known:
            yield _missing(field, checking.sheet, row.number, letter_of)


def _fresh(checking: Checking) -> Entry:
    register, body = checking.layout.mechanism.register, str(checking.body.pk)
    return Entry("", register.key, register.version, body, body)


def _missing(field: Field, sheet: str, row: int, column: str) -> Fault:
    zh, en = MISSING.zh.format(field=field.label.zh), MISSING.en.format(field=field.label.en)
    return Fault(sheet, row, column, zh, en)


def _fault(checking: Checking, row: Row, key: str, error: LuoshiError) -> Fault:
    place = checking.letters.get("", {}).get(_first_key(checking, key), "")
    return Fault.of(error, checking.sheet, row.number, place)


def _first_key(checking: Checking, key: str) -> str:
    """The key of the first column of a field."""
    return next((one.key for one in checking.layout.columns if key in (one.key, one.field.key)), key)
