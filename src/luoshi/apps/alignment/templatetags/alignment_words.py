"""Words of alignments in templates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from luoshi.apps.alignment.models import Pair, Settlement
from luoshi.apps.alignment.queries.comparisons import STANDINGS
from luoshi.core.alignment.matching import standing

register = template.Library()


@register.filter
def percent(score: Decimal | float | None) -> str:
    """A share as a percentage; a dash where there is none.

    Example:
        >>> percent(0.756), percent(None)
        ('76%', '—')
    """
    return "—" if score is None else f"{score:.0%}"


@register.filter
def standing_word(key: str) -> str:
    """How a clause or a task stands, in words."""
    return str(STANDINGS[key])


@register.filter
def standing_icon(key: str) -> str:
    """The shape that stands with the word."""
    return {"settled": "check", "needless": "close", "met": "done", "partly": "vague", "missing": "warning"}[
        key
    ]


@register.filter
def shared_words(reasons: dict[str, Any]) -> list[str]:
    """The longest words that two duties share."""
    found = sorted((one[0] for one in reasons.get("shared", [])), key=len, reverse=True)
    return list(dict.fromkeys(found))[:5]


@register.filter
def pair_standing(pair: Pair) -> str:
    """How a clause would stand by this pair alone."""
    if pair.state == Settlement.CONFIRMED:
        return "settled"
    return standing(float(pair.score)).value
