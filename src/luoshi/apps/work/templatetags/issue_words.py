"""Words of the pages that hand a plan out: rules of time, months and marks of days."""

from __future__ import annotations

from typing import Protocol

from django import template
from django.template import Context
from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from rules.permissions import has_perm

from luoshi.apps.interface.templatetags.interface import day as day_words
from luoshi.apps.plan.queries.wording import language
from luoshi.core.plan.titles import within_marks
from luoshi.core.plan.typed import as_typed

register = template.Library()

# One character each, so that a day of the calendar says what it is without its colour.
_MARKS = {"holiday": "休", "shifted": "班", "own-off": "假", "own-on": "工"}
_WEEK = "一二三四五六日"


class Timed(Protocol):
    """A reporting rule, stored or not."""

    recurrence: str
    day: object


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str, thing: object) -> bool:
    """Whether the reader has a permission for a thing."""
    request = context.get("request")
    return request is not None and bool(has_perm(permission, request.user, thing))


@register.filter
def rule_words(rule: Timed) -> str:
    """When a task is reported on, in words.

    Example:
        >>> from django.utils.translation import override
        >>> from luoshi.apps.work.queries.drafting import RuleValues
        >>> with override("zh-hans"):
        ...     print(rule_words(RuleValues("yearly:Q1")))
        每年第一季度
    """
    return day_words(rule.day) if rule.day else as_typed(rule.recurrence, language())


@register.filter
def within_title(title: object) -> str:
    """A title as it stands between title marks."""
    return within_marks(str(title))


@register.filter
def month_name(number: int) -> str:
    """The name of a month."""
    return f"{number}月" if language() == "zh" else str(MONTHS[number])


@register.filter
def weekday_names(_value: object) -> list[tuple[str, str]]:
    """The days of the week from Monday, short and long."""
    if language() == "zh":
        return [(name, f"星期{name}") for name in _WEEK]
    return [(str(WEEKDAYS_ABBR[n])[:2], str(WEEKDAYS[n])) for n in range(7)]


@register.filter
def day_mark(key: str) -> str:
    """The mark of a day that is not as its weekday says."""
    return _MARKS.get(key, "")
