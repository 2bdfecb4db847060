"""Small pieces of every page: icons, dates and numbers as people write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from rules.permissions import has_perm

from luoshi.apps.interface.panels import panels_at

register = template.Library()

# A day as the reader writes it; the year may be open. Sample: "2025-12-31", "--12-31".
ISO_DAY = re.compile(r"(?P<year>\d{4}|-)-(?P<month>\d{2})-(?P<day>\d{2})")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str) -> bool:
    """Whether the person who looks has a permission anywhere; a page that knows no person says no."""
    user = context.get("user")
    return user is not None and has_perm(permission, user)


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, thing: Any) -> SafeString:
    """What apps above put at a place of this page, about a thing."""
    request = context.get("request")
    if request is None:
        return format_html("")
    found = panels_at(place, request, thing)
    shown = ((SafeString(render_to_string(one.template, one.context, request=request)),) for one in found)
    return format_html_join("", "{}", shown)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a `label` it speaks, without one it is decoration."""
    return _icon(name, str(label))


@lru_cache(maxsize=1024)
def _icon(name: str, label: str) -> SafeString:
    # Kept, because finding out where the sprite stands takes longer than reading a row of a list.
    address = f"{static('luoshi/img/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', address
    )


@register.filter
def day(value: Any) -> str:
    """A day as written in the reader's language; anything else stays as it is.

    Example:
        >>> from django.utils.translation import override
        >>> with override("zh-hans"):
        ...     print(day("2025-12-31"), day("--12-31"), day("长期"))
        2025年12月31日 12月31日 长期
        >>> with override("en"):
        ...     print(day("2025-12-31"))
        31 Dec 2025
    """
    found = ISO_DAY.fullmatch(str(value))
    if not found:
        return str(value)
    year, month, number = found["year"].strip("-"), int(found["month"]), int(found["day"])
    if (get_language() or "").startswith("zh"):
        return f"{year}年{month}月{number}日" if year else f"{month}月{number}日"
    return f"{number} {MONTHS[month - 1]} {year}".strip()


@register.filter
def month_day(value: str) -> str:
    """Month and day of a day, for places where the year stands above.

    Example:
        >>> from django.utils.translation import override
        >>> with override("zh-hans"):
        ...     print(month_day("2025-12-31"))
        12月31日
    """
    return day("-" + value[4:]) if ISO_DAY.fullmatch(value) and not value.startswith("-") else day(value)


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The numbers to offer in a pager: first, last, and those around the current one."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def share(value: int, most: int) -> str:
    """`value` as a length between 0 and 100 when `most` is 100; with a point in every language."""
    return f"{100 * value / most:.2f}" if most else "0"
