"""What can be wrong with an expression: the expression, the character, and what is allowed there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from luoshi.core.errors import LuoshiError, Phrase

# More names than this are not listed in a message.
_LISTED = 12


class ExpressionWrong(LuoshiError):
    """An expression that cannot be read or that does not fit the declaration it stands in."""

    code = "expression-wrong"
    zh = "表达式“{expression}”第{at}个字符处:{problem}"
    en = "Expression “{expression}”, character {at}: {problem}"


class Problem(Exception):
    """What is wrong, before it is known at which character. Never leaves this package."""

    def __init__(self, zh: str, en: str) -> None:
        self.words = Phrase(zh, en)
        super().__init__(zh)


def unknown(what: Phrase, name: str, allowed: Iterable[str]) -> Problem:
    """Says that a name is not known: the near one, else those that are allowed.

    Example:
        >>> print(unknown(Phrase("字段", "field"), "aplicant", ["applicant", "matter"]).words.en)
        there is no field “aplicant”; did you mean “applicant”?
    """
    names = sorted(allowed)
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return Problem(
            f"没有{what.zh}“{name}”,是否应为“{near[0]}”?",
            f"there is no {what.en} “{name}”; did you mean “{near[0]}”?",
        )
    if not names:
        return Problem(
            f"没有{what.zh}“{name}”,此处也没有可用的{what.zh}。", f"there is no {what.en} here at all."
        )
    shown = names[:_LISTED]
    more_zh, more_en = ("等", " and others") if len(names) > _LISTED else ("", "")
    return Problem(
        f"没有{what.zh}“{name}”;可以写:{'、'.join(shown)}{more_zh}。",
        f"there is no {what.en} “{name}”; write one of {', '.join(shown)}{more_en}.",
    )
