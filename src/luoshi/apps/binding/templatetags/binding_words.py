"""Words of bindings in templates."""

from __future__ import annotations

from django import template

from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.queries.declared import mechanism_of, name_of
from luoshi.apps.plan.models import Deadline
from luoshi.apps.plan.templatetags.plan_words import due_words
from luoshi.core.errors import Phrase

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
