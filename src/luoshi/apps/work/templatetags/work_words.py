"""Words and signs of the work in templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.contrib.auth.models import User
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.apps.work.models import Extension, Report
from luoshi.apps.work.queries.desk import Kind
from luoshi.apps.work.queries.sheet_back import fault_words
from luoshi.apps.work.queries.standing import light_of
from luoshi.core.calendar.periods import Period
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.work.lights import Light, Tally
from luoshi.core.work.merging import Part, compare
from luoshi.core.work.prefill import FIELDS, NOT_APPLICABLE, Value
from luoshi.core.work.values import unpack

register = template.Library()


@register.filter
def said(words: Any) -> str:
    """A phrase or an error in the reader's language; anything else as it is.

    Example:
        >>> from django.utils.translation import override
        >>> with override("en"):
        ...     print(said(Phrase("逾期", "overdue")))
        overdue
    """
    language = get_language() or ""
    if isinstance(words, Phrase):
        return words.said(language)
    if isinstance(words, LuoshiError):
        return words.message(language)
    return str(words)


@register.filter
def compared(old: str, new: str) -> tuple[Part, ...]:
    """How one wording became another, part by part."""
    return compare(old, new)


@register.filter
def light_key(light: Light | str) -> str:
    """The key of a light, for classes and addresses."""
    return light.value if isinstance(light, Light) else str(light)


@register.filter
def light_word(light: Light | str) -> str:
    """The word that stands with the colour."""
    return said(Light(light_key(light)).word)


@register.filter
def light_icon(light: Light | str) -> str:
    """The icon with the shape that stands with the colour."""
    return f"light-{Light(light_key(light)).shape}"


@register.filter
def by_light(tally: Tally) -> list[tuple[str, int]]:
    """The numbers of a tally, the worst light first."""
    return [(light.value, tally.count(light)) for light in Light]


@register.filter
def period_words(key: str) -> str:
    """A period as people write it.

    Example:
        >>> from django.utils.translation import override
        >>> with override("zh-hans"):
        ...     print(period_words("2026Q1"))
        2026年第一季度
    """
    return Period.parse(key).label("en" if (get_language() or "").startswith("en") else "zh")


@register.filter
def rank_light(rank: int) -> Light:
    """The light of a rank that the database computed."""
    return light_of(rank)


@register.filter
def day_label(kind: Kind) -> str:
    """What the day of a to-do is: to sign by, asked on, or due."""
    if kind.day == "sign_by":
        return _("签收期限")
    return _("申请日期") if kind.day == "asked_at__date" else _("到期日期")


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to go through one by one."""
    return str(text).split()


@register.filter
def report_word(state: str) -> str:
    """The word for a state of a report."""
    return str(dict(Report.State.choices).get(state, state))


@register.filter
def report_lines(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fields of a version of a report that hold words or numbers, each with its label."""
    kept = unpack(values)
    lines = [(said(field.words), kept[field.key]) for field in FIELDS if field.key in kept]
    return [(label, value_words(value)) for label, value in lines if not isinstance(value, tuple)]


@register.filter
def value_words(value: Value) -> str:
    """What a field holds, in words."""
    if value is NOT_APPLICABLE:
        return _("不适用")
    return "、".join(value) if isinstance(value, tuple) else str(value)


@register.filter
def field_word(key: str) -> str:
    """The label of a field of a report."""
    return next((said(field.words) for field in FIELDS if field.key == key), key)


@register.filter
def stored_words(value: Any) -> str:
    """A value as it is stored, in words; empty when there is none."""
    return "" if value is None else value_words(unpack({"value": value})["value"])


@register.filter
def spoken(told: Mapping[str, str]) -> str:
    """What is kept in both languages, in the reader's."""
    return told.get("en" if (get_language() or "").startswith("en") else "zh", "")


@register.filter
def extension_words(extension: Extension) -> str:
    """The state of a request for more time; what nobody can endorse waits for the office at once."""
    state = Extension.State.ENDORSED if getattr(extension, "straight", False) else extension.state
    return str(Extension.State(state).label)


@register.filter
def named(person: User | None) -> str:
    """A person by their name; by the name they sign in with where there is no other."""
    return "" if person is None else person.get_full_name() or person.get_username()


register.filter("fault_words", fault_words)
