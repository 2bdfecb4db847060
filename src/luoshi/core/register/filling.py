"""The values that a step brings: read, completed, and checked for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from luoshi.core.errors import Phrase
from luoshi.core.expression import Occasion
from luoshi.core.expression.evaluating import evaluate
from luoshi.core.expression.nodes import Absent
from luoshi.core.expression.values import Reference
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Entry
from luoshi.core.register.fields import Field
from luoshi.core.register.procedure import Transition
from luoshi.core.register.refusals import ValueNotAsked, ValuesMissing
from luoshi.core.register.values import read
from luoshi.core.register.view import View


def filled(
    entry: Entry, step: Transition, given: Mapping[str, object], setting: Setting, occasion: Occasion
) -> Entry:
    """The entry with what was given, what the step sets, and without what is no longer shown.

    Raises:
        ValueUnusable: a value that its field cannot hold.
        ValueNotAsked: a value for a field that the step does not ask for.
        ValuesMissing: what the step needs was not given, now or before.
    """
    fields = setting.register.field
    values = dict(entry.values)
    for key, raw in given.items():
        if key not in step.asks:
            raise ValueNotAsked(step=step.label, field=fields[key].label if key in fields else key)
        value = read(fields[key], raw)
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
    changed = replace(entry, values=MappingProxyType(values))
    changed = _set(changed, step, setting, occasion)
    changed = _without_hidden(changed, step, setting, occasion)
    _check_complete(changed, step, setting, occasion)
    return changed


def _set(entry: Entry, step: Transition, setting: Setting, occasion: Occasion) -> Entry:
    if not step.sets:
        return entry
    values = dict(entry.values)
    view = View(setting.register, entry, occasion, setting.world)
    for key, expression in step.sets.items():
        found = evaluate(expression, view, occasion)
        value = read(setting.register.field[key], plain(found))
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
    return replace(entry, values=MappingProxyType(values))


def plain(value: object) -> object:
    """The value of an expression as a field reads it.

    Example:
        >>> plain(True), plain(Reference("7", "区司法局")), plain(Absent.MISSING)
        ('yes', '7', None)
    """
    if value is Absent.UNKNOWN:
        return "unknown"
    if isinstance(value, Absent):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Reference):
        return value.key or value.name
    return value


def _without_hidden(entry: Entry, step: Transition, setting: Setting, occasion: Occasion) -> Entry:
    """What is not shown is not kept: fields of this step whose condition does not hold."""
    hidden = [key for key in step.asks if not is_shown(setting.register.field[key], entry, setting, occasion)]
    if not hidden:
        return entry
    kept = {key: value for key, value in entry.values.items() if key not in hidden}
    return replace(entry, values=MappingProxyType(kept))


def is_shown(field: Field, entry: Entry, setting: Setting, occasion: Occasion) -> bool:
    """Whether a form offers a field."""
    return field.shown is None or setting.holds(field.shown, entry, occasion)


def is_required(field: Field, step: Transition, entry: Entry, setting: Setting, occasion: Occasion) -> bool:
    """Whether a step needs a field."""
    if field.key in step.needs:
        return True
    if isinstance(field.required, bool):
        return field.required
    return setting.holds(field.required, entry, occasion)


def _check_complete(entry: Entry, step: Transition, setting: Setting, occasion: Occasion) -> None:
    missing = [
        field.label
        for field in (setting.register.field[key] for key in step.asks)
        if field.key not in entry.values
        and is_shown(field, entry, setting, occasion)
        and is_required(field, step, entry, setting, occasion)
    ]
    if missing:
        words = Phrase("、".join(one.zh for one in missing), ", ".join(one.en for one in missing))
        raise ValuesMissing(step=step.label, fields=words)
