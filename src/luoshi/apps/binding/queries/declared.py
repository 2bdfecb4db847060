"""What is declared of bindings: the mechanism, indicator or duty that a row names, if there still is one."""

from __future__ import annotations

from luoshi.apps.binding.models import Binding
from luoshi.apps.register.declared import catalogue
from luoshi.core.errors import Phrase
from luoshi.core.indicator.declaration import Indicator
from luoshi.core.mechanism.declaration import Duty, Mechanism


def mechanism_of(key: str) -> Mechanism | None:
    """The latest version of a mechanism; None where it is declared no longer."""
    return catalogue().versions.get(key, (None,))[-1]


def indicator_of(mechanism: str, key: str) -> Indicator | None:
    """An indicator of a mechanism."""
    found = mechanism_of(mechanism)
    return None if found is None else found.indicator.get(key)


def duty_of(mechanism: str, key: str) -> Duty | None:
    """A duty of a mechanism."""
    found = mechanism_of(mechanism)
    return None if found is None else next((one for one in found.duties if one.key == key), None)


def name_of(binding: Binding) -> Phrase:
    """What a binding binds, in words; its key where that is declared no longer."""
    found: Mechanism | Indicator | Duty | None
    if binding.kind == Binding.Kind.MECHANISM:
        found = mechanism_of(binding.mechanism)
        return Phrase(binding.mechanism, binding.mechanism) if found is None else found.name
    if binding.kind == Binding.Kind.TARGET:
        found = indicator_of(binding.mechanism, binding.part)
    else:
        found = duty_of(binding.mechanism, binding.part)
    return Phrase(binding.part, binding.part) if found is None else found.label
