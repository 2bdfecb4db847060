"""What a rule of the grammar is, and the one register of all rules.

A rule has a key, a reason in two languages and one sample. Some rules are a pattern; others are a procedure
that a module of this package carries out. `luoshi explain` shows the reason behind every value that was read;
the reference page of the grammar is written from this register; a test holds every pattern to its sample.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Rule:
    """A rule of the grammar.

    Attributes:
        key: stable name, `group.name`, kept with every value that the rule finds.
        zh: why the words are read so, in Chinese.
        en: the same in English.
        sample: words that it reads (in simplified characters and half-width points).
    """

    key: str
    zh: str
    en: str
    sample: str


@dataclass(frozen=True)
class PatternRule(Rule):
    """A rule that is a regular expression, written as `expression`."""

    expression: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when a text first needs it: most texts need few of the rules."""
        return re.compile(self.expression)


RULES: dict[str, Rule] = {}


def procedure(key: str, zh: str, en: str, sample: str) -> Rule:
    """Register a rule that a module carries out, and return it.

    Raises:
        ValueError: the key is taken.
    """
    return _registered(Rule(key, zh, en, sample))


def rule(key: str, zh: str, en: str, sample: str, *expression: str) -> PatternRule:
    """Register a rule that is a pattern, and return it.

    Args:
        key: its name.
        zh: its reason in Chinese.
        en: its reason in English.
        sample: words that the pattern finds.
        expression: the pattern in pieces, read one after the other, so that each can have its own line.

    Raises:
        ValueError: the key is taken.
    """
    made = PatternRule(key, zh, en, sample, "".join(expression))
    _registered(made)
    return made


def _registered(made: Rule) -> Rule:
    if made.key in RULES:
        raise ValueError(f"two rules are called {made.key}")
    RULES[made.key] = made
    return made


def one_of(*lists: str) -> str:
    """A pattern that matches any one word of lists in which blanks and line ends part the words.

    Longer words come first, so that a word that begins with another is not cut short by it.

    Example:
        >>> one_of("负责 具体负责", "落实")
        '(?:具体负责|负责|落实)'
    """
    words = dict.fromkeys(word for listed in lists for word in listed.split())
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def maybe(*lists: str) -> str:
    """As `one_of`, or nothing at all.

    Example:
        >>> maybe("各自", "各")
        '(?:各自|各)?'
    """
    return one_of(*lists) + "?"
