"""What the form of a step shows: its fields with what is known, in groups, and the limits that it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register import models
from luoshi.apps.register.forms.inputs import MOST_ROWS, Input, given, rows_of
from luoshi.apps.register.queries.bringing import Brought, brought
from luoshi.apps.register.queries.listing import visible
from luoshi.apps.register.queries.loading import StoredWorld, loaded, setting_of
from luoshi.core.errors import Phrase
from luoshi.core.expression import Expression, names_used
from luoshi.core.mechanism.declaration import FormStep, Mechanism
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Entry
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.filling import is_required, is_shown
from luoshi.core.register.packing import pack
from luoshi.core.register.person import Person
from luoshi.core.register.procedure import TimeLimit, Transition
from luoshi.core.register.values import Value, ValueUnusable, read

# Linked entries that a picker offers; who looks for an older one writes its number.
MOST_LINKS = 200


class Asking:
    """The form of one step for one entry, with what was typed so far."""

    def __init__(
        self,
        mechanism: Mechanism,
        step: Transition,
        row: models.Entry | None,
        body: Body,
        values: Mapping[str, Any],
        language: str,
        *,
        user: User | AnonymousUser,
        sent: bool = False,
    ) -> None:
        """Begin with what was typed; `sent` where it was refused, so that what is missing is marked."""
        self._user, self._sent = user, sent
        self._mechanism, self._step, self._row, self._body = mechanism, step, row, body
        self._typed, self._language = values, language
        self._errors: dict[str, str] = {}
        register = mechanism.register
        self._setting = (
            setting_of(row)
            if row is not None
            else Setting(register, calendar_of(body.region_id), StoredWorld(body.region_id))
        )
        before = (
            loaded(row)
            if row is not None
            else Entry("", register.key, register.version, str(body.pk), str(body.pk))
        )
        self._known, self._before = pack(before.values), before.values
        self._entry = replace(before, values=MappingProxyType({**before.values, **self._read()}))

    def groups(self) -> list[tuple[FormStep | None, list[Input]]]:
        """The fields that are shown, by the steps of the form; those that belong to none stand at the end."""
        occasion = self._setting.occasion(timezone.localdate())
        shown = {
            field.key: self._input(field, needed)
            for field in self._fields()
            if is_shown(field, self._entry, self._setting, occasion)
            for needed in [is_required(field, self._step, self._entry, self._setting, occasion)]
        }
        found: list[tuple[FormStep | None, list[Input]]] = []
        for group in self._mechanism.views.steps:
            inputs = [shown.pop(key) for key in group.fields if key in shown]
            if inputs:
                found.append((group, inputs))
        if shown:
            found.append((None, list(shown.values())))
        return found

    def limits(self) -> list[tuple[TimeLimit, bool]]:
        """The limits that the step touches, and whether it starts them; otherwise it ends them."""
        limit = self._mechanism.register.limit
        return [(limit[key], True) for key in self._step.starts] + [
            (limit[key], False) for key in self._step.stops
        ]

    def _fields(self) -> Iterable[Field]:
        return (self._mechanism.register.field[key] for key in self._step.asks)

    def _read(self) -> dict[str, Value]:
        """What was typed as far as it can be read; the rest is told at its field."""
        found: dict[str, Value] = {}
        fields = {field.key: field for field in self._fields()}
        usable = {key: value for key, value in self._typed.items() if key in fields}
        for key, raw in given(usable, fields, self._known).items():
            try:
                value = read(fields[key], raw)
            except ValueUnusable as error:
                problem = error.details["problem"]
                said = problem.said(self._language) if isinstance(problem, Phrase) else str(problem)
                self._errors[key] = said
                continue
            if value is not None:
                found[key] = value
        return found

    def _input(self, field: Field, needed: bool) -> Input:
        hidden = field.hidden
        known = "" if hidden else self._known.get(field.key, "")
        comes = None if known or field.key in self._typed else self._brought.get(field.key)
        value = comes.rows if comes else self._typed.get(field.key, known)
        made = Input(field, value, needed, self._errors.get(field.key, ""))
        if comes and comes.rows:
            made.brought = (len(comes.rows), comes.source.said(self._language))
        made.steers = field.key in self._steering
        if hidden and field.key in self._known:
            kept = self._before[field.key]
            made.kept = kept.masked if isinstance(kept, Person) else str(_("（个人信息，已隐去）"))
        if self._sent and needed and not made.error and not made.kept and field.key not in self._entry.values:
            made.error = _("请填写这一项。")
        self._offer(made, field, value)
        return made

    def _offer(self, made: Input, field: Field, value: Any) -> None:
        """What can be chosen, or is there already."""
        if field.type is FieldType.BODY:
            made.choices = self._bodies
        elif field.type is FieldType.LINK:
            entries = visible(self._user, field.to).filter(region=self._body.region_id)
            named = models.Entry.objects.filter(pk=int(value)) if str(value).isdigit() else ()
            latest = entries.order_by("-began", "-pk")[:MOST_LINKS]
            made.choices = list({str(one.pk): str(one) for one in (*named, *latest)}.items())
        elif field.type.holds_files:
            tokens = value if isinstance(value, list) else [value]
            files = models.EntryFile.objects.filter(
                region=self._body.region_id, mechanism=self._mechanism.key, field=field.key, token__in=tokens
            )
            made.files = list(files.order_by("pk"))
        elif field.type is FieldType.ROWS:
            made.columns = rows_of(field, value)
            for cell in (cell for row in made.columns for cell in row):
                self._offer(cell, cell.field, cell.value)

    @cached_property
    def _brought(self) -> dict[str, Brought]:
        """What other entries say already; asked for where nothing is known or typed."""
        if self._row is None:
            return {}
        fields = self._mechanism.register.field
        return brought(self._row, fields, self._step, self._user, most=MOST_ROWS)

    @cached_property
    def _bodies(self) -> list[tuple[str, str]]:
        """The bodies of the region, for pickers."""
        bodies = Body.objects.filter(region=self._body.region_id, active_to=None)
        rows = bodies.exclude(kind=Body.Kind.GROUP).order_by("name").values_list("pk", "name")
        return [(str(key), name) for key, name in rows]

    @cached_property
    def _steering(self) -> frozenset[str]:
        """The fields on which conditions of the form depend."""
        found: set[str] = set()
        for field in self._fields():
            for condition in (field.shown, field.required):
                if isinstance(condition, Expression):
                    found |= names_used(condition)
        return frozenset(found)
