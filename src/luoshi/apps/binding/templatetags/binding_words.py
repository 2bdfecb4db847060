"""Words of bindings in templates."""

from __future__ import annotations

from django import template

from luoshi.apps.binding.models import Binding, CarriedFigure
from luoshi.apps.binding.queries.declared import mechanism_of, name_of
from luoshi.apps.indicator.templatetags.indicator_words import figure_words, fraction_words
from luoshi.apps.plan.models import Deadline
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.plan.templatetags.plan_words import due_words
from luoshi.core.errors import Phrase
from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.indicator.figure import Figure, Totals

register = template.Library()

register.filter("bound_name", name_of)


@register.filter
def mechanism_name(key: str) -> Phrase:
    """A mechanism by its key, in words."""
    found = mechanism_of(key)
    return Phrase(key, key) if found is None else found.name


@register.filter
def rhythm_words(value: str) -> str:
    """A recurrence in words: 每年第一季度."""
    return due_words(Deadline(kind=Deadline.Kind.RECURRING, value=value))


@register.filter
def is_declared(key: str) -> bool:
    """Whether there is a mechanism of this key."""
    return mechanism_of(key) is not None


@register.filter
def reason_words(binding: Binding) -> list[str]:
    """The words of the declaration that stand in the task."""
    return [word for word, _start, _end in binding.reasons.get("words", [])]


@register.filter
def carried_label(one: CarriedFigure) -> str:
    """The name of a number that a report carries, as it was when the report was sent."""
    return Phrase(one.label["zh"], one.label["en"]).said(language())


@register.filter
def carried_words(one: CarriedFigure) -> str:
    """The number with its unit, or the word for why there is none."""
    return figure_words(_figure(one), _indicator(one))


@register.filter
def carried_fraction(one: CarriedFigure) -> str:
    """Numerator and denominator of a share."""
    return fraction_words(_figure(one), _indicator(one))


def _figure(one: CarriedFigure) -> Figure:
    totals = Totals(one.top, one.base, one.entries)
    return Figure(one.standing, one.value, totals)  # type: ignore[arg-type]


def _indicator(one: CarriedFigure) -> Indicator:
    """The indicator as it was, so that a later declaration changes no word of an old report."""
    name = Phrase(one.label["zh"], one.label["en"])
    return Indicator(one.indicator, name, Measure(one.words["measure"]), one.words["unit"])
