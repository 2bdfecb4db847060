"""The shape of a grammar rule, and how rules are registered.

A rule has a key, a reason in two languages, one sample that it matches, and (where it is one) a regular
expression. `luoshi explain` shows the reason; a test matches every pattern with its sample; the reference page
of the grammar is written from this registry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the grammar.

    Attributes:
        key: stable name, `group.name`, kept with every value that the rule finds.
        zh: why the words are read so, in Chinese.
        en: the same in English.
        sample: words that the pattern matches (in simplified characters and half-width points).
        pattern: the expression, or None for a rule that is a procedure.
    """

    key: str
    zh: str
    en: str
    sample: str
    pattern: re.Pattern[str] | None = None


RULES: dict[str, Rule] = {}


def rule(key: str, zh: str, en: str, sample: str, pattern: str | None = None) -> Rule:
    """Register a rule and return it.

    Raises:
        ValueError: if the key is taken or the pattern does not match its own sample.
    """
    if key in RULES:
        raise ValueError(f"two rules are called {key}")
    compiled = re.compile(pattern) if pattern is not None else None
    if compiled is not None and compiled.search(sample) is None:
        raise ValueError(f"rule {key} does not match its sample {sample!r}")
    made = Rule(key, zh, en, sample, compiled)
    RULES[key] = made
    return made
