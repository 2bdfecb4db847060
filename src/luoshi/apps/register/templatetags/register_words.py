"""Words and signs of registers in templates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from luoshi.apps.register.queries.lights import light_of
from luoshi.apps.work.templatetags.work_words import said
from luoshi.core.errors import Phrase
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.acting import ACTORS
from luoshi.core.register.procedure import Actor, TimeLimit, Transition
from luoshi.core.work.lights import Light

register = template.Library()

THEMES = {
    "publicity": gettext_lazy("普法宣传"),
    "decisions": gettext_lazy("依法决策"),
    "credit": gettext_lazy("诚信建设"),
    "enforcement": gettext_lazy("行政执法"),
    "services": gettext_lazy("法律服务"),
    "disputes": gettext_lazy("矛盾纠纷化解"),
    "grassroots": gettext_lazy("基层治理"),
    "security": gettext_lazy("安全与数据"),
    "work": gettext_lazy("工作保障"),
}
# The shape that stands with the colour and the word of a state.
_SHAPES = {"waiting": "triangle", "going": "circle", "good": "tick", "bad": "square", "ended": "ring"}


@register.filter
def theme_word(theme: str) -> str:
    """The heading under which mechanisms of a theme stand."""
    return str(THEMES[theme])


@register.filter
def tone_icon(tone: str) -> str:
    """The icon of a state, by its tone.

    Example:
        >>> tone_icon("good")
        'light-tick'
    """
    return f"light-{_SHAPES.get(tone, 'ring')}"


@register.simple_tag
def due_light(due: date | None, limit: TimeLimit | None, today: date) -> Light:
    """The light of a limit that ends on a day."""
    return light_of(due, limit, today)


@register.filter
def left(due: date, today: date) -> str:
    """How many days are left, or by how many it is late, in words."""
    days = (due - today).days
    if days < 0:
        return ngettext("超期%(days)s天", "超期%(days)s天", -days) % {"days": -days}
    if days == 0:
        return _("今天到期")
    return ngettext("剩%(days)s天", "剩%(days)s天", days) % {"days": days}


@register.simple_tag
def limit_words(limit: TimeLimit) -> str:
    """How long a limit is, and how often it can be made longer, in words."""
    words = limit.rule.words(get_language() or "zh")
    if not limit.times:
        return words
    return _("%(words)s，可延长%(times)s次") % {"words": words, "times": limit.times}


@register.simple_tag
def who_acts(mechanism: Mechanism, step: Transition) -> str:
    """Who takes a step, by the names that the mechanism has for them."""
    names = (said(acts_as(mechanism, one)) for one in step.who if one is not Actor.SYSTEM)
    return _("或").join(names)


@register.simple_tag
def acted_as(mechanism: Mechanism, actor: str) -> Any:
    """As what somebody acted, by the name that the mechanism has for it; a phrase."""
    return acts_as(mechanism, Actor(actor))


def acts_as(mechanism: Mechanism, actor: Actor) -> Phrase:
    """What an actor is called in a mechanism."""
    return (mechanism.roles or {}).get(actor.value, ACTORS[actor])
