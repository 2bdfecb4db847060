"""Words and signs of the work in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from luoshi.core.calendar.periods import Period
from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.work.lights import Light, Tally

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
    english = (get_language() or "").startswith("en")
    if isinstance(words, Phrase):
        return words.en if english else words.zh
    if isinstance(words, LuoshiError):
        return words.message("en" if english else "zh")
    return str(words)


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
