"""Bodies, changes and faults in templates, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.apps.interface.returned import Fault
from luoshi.apps.interface.templatetags.interface import day
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.registry.queries.changes import heading_of, label_of
from luoshi.apps.registry.queries.workbook import SHEETS
from luoshi.core.errors import Phrase
from luoshi.core.roster import Period

register = template.Library()

NAME_KINDS = {
    "name": gettext_lazy("现名"),
    "full": gettext_lazy("全称"),
    "short": gettext_lazy("简称"),
    "alias": gettext_lazy("别名"),
    "former": gettext_lazy("原名"),
}


@register.filter
def name_kind(kind: str) -> str:
    """What kind of name it is."""
    return str(NAME_KINDS[kind])


@register.filter
def period(valid: Period) -> str:
    """Days from and to, as people write them; empty when there is no bound.

    Example:
        >>> from datetime import date
        >>> from django.utils.translation import override
        >>> with override("zh-hans"):
        ...     print(period(Period(None, date(2024, 6, 30))))
        至 2024年6月30日
    """
    start, end = (day(bound.isoformat()) if bound else "" for bound in (valid.start, valid.end))
    if start and end:
        return f"{start} – {end}"
    if start:
        return _("%(day)s 起") % {"day": start}
    return _("至 %(day)s") % {"day": end} if end else ""


@register.filter
def iso(value: date | None) -> str:
    """A day as people write it; empty for none."""
    return day(value.isoformat()) if value else ""


@register.filter
def fault_words(fault: Fault) -> str:
    """What is wrong, in the language of the person."""
    return fault.en if language() == "en" else fault.zh


@register.filter
def sheet_name(key: str) -> str:
    """The name of a sheet."""
    return next(_pick(Phrase(sheet.zh, sheet.en)) for sheet in SHEETS if sheet.key == key)


@register.filter
def field_changes(change: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What a change changes: heading, value before, value after."""
    return [
        (
            _pick(heading_of(change["sheet"], field)),
            _value(change["sheet"], field, old),
            _value(change["sheet"], field, new),
        )
        for field, old, new in change["fields"]
    ]


def _value(sheet: str, field: str, value: Any) -> str:
    return day(_pick(label_of(sheet, field, value)))


def _pick(value: Any) -> str:
    if isinstance(value, Phrase):
        return value.en if language() == "en" else value.zh
    return str(value)
