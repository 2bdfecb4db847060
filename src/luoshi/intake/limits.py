"""The limits of reading as settings: one environment variable a limit, read by the command line and the web.

`LUOSHI_LIMIT_PAGES=500 luoshi read FILE` refuses documents of more than 500 pages.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from luoshi.core.document.limits import Limits
from luoshi.core.errors import LuoshiError

PREFIX = "LUOSHI_LIMIT_"

# An attribute and its meaning in the docstring of Limits, which may run over several lines.
# Sample: "        pages: pages of a pdf or ofd.\n"
_ATTRIBUTE = re.compile(r"^ {8}(\w+): (.+(?:\n {12}.+)*)$", re.MULTILINE)


class WrongSetting(LuoshiError):
    """A setting whose value cannot be used."""

    code = "setting-wrong"
    zh = "设置 {setting} 的值“{value}”无效;请改为大于零的数。"
    en = "The setting {setting} has the value “{value}”, which is no number above zero; correct it."


@dataclass(frozen=True, slots=True)
class Setting:
    """A limit as a setting: its environment variable, its default and its meaning in English."""

    variable: str
    field: str
    default: float
    meaning: str


def variable(field: str) -> str:
    """The environment variable of a limit.

    Example:
        >>> variable("unpacked_bytes")
        'LUOSHI_LIMIT_UNPACKED_BYTES'
    """
    return PREFIX + field.upper()


def settings() -> tuple[Setting, ...]:
    """Every limit that can be set, in the order of `Limits`."""
    meanings = {name: " ".join(words.split()) for name, words in _ATTRIBUTE.findall(Limits.__doc__ or "")}
    unset = Limits()
    return tuple(
        Setting(variable(field.name), field.name, getattr(unset, field.name), meanings[field.name])
        for field in fields(Limits)
    )


def limits_from_environment(environment: Mapping[str, str] = os.environ) -> Limits:
    """The limits that the environment asks for; the defaults where it says nothing.

    Raises:
        WrongSetting: a variable holds something else than a number above zero.

    Example:
        >>> limits_from_environment({"LUOSHI_LIMIT_PAGES": "500"}).pages
        500
    """
    unset = Limits()
    given: dict[str, int | float] = {}
    for field in fields(Limits):
        value = environment.get(variable(field.name), "").strip()
        if value:
            given[field.name] = _number(variable(field.name), value, type(getattr(unset, field.name)))
    return Limits(**given)  # type: ignore[arg-type]


def _number(setting: str, value: str, kind: type[int] | type[float]) -> int | float:
    try:
        number = kind(value)
    except ValueError:
        raise WrongSetting(setting=setting, value=value) from None
    if not 0 < number < float("inf"):
        raise WrongSetting(setting=setting, value=value)
    return number
