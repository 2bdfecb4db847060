"""Days and recurrences as people type them in a form, and as a form shows them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal

from luoshi.core.plan.export.wording import DAY, MONTHS, RHYTHMS, due_words, pick
from luoshi.core.plan.model import Deadline
from luoshi.core.source import Span

# A whole day. Samples: "2025-12-31", "2025年12月31日", "2025.12.31", "2025/12/31"
WHOLE_DAY = re.compile(r"(?P<year>\d{4})[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})日?")

# A year in which every day exists, for days that name none.
LEAP_YEAR = 2024
NOWHERE = Span(0, 0)
# Other ways to say what `due_words` says.
ALIASES = {
    "每季": "quarterly",
    "每个季度": "quarterly",
    "每个月": "monthly",
    "半年": "half-yearly",
    "每星期": "weekly",
    "每年一次": "yearly",
    "every six months": "half-yearly",
}


def day_of(typed: str) -> str | None:
    """The day that somebody typed, as the reading writes it; None when it is none.

    Example:
        >>> day_of("2025年12月31日"), day_of("12月4日"), day_of("2025-02-30")
        ('2025-12-31', '--12-04', None)
    """
    text = _key(typed)
    if found := WHOLE_DAY.fullmatch(text):
        try:
            return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
        except ValueError:
            return None
    return _spoken("date").get(text)


def recurrence_of(typed: str) -> str | None:
    """The recurrence that somebody typed, as the reading writes it; None when it is none.

    Example:
        >>> recurrence_of("每月28日"), recurrence_of("every quarter"), recurrence_of("yearly:Q1")
        ('monthly:28', 'quarterly', 'yearly:Q1')
    """
    return _spoken("recurring").get(_key(typed))


def as_typed(value: str, language: str) -> str:
    """A day or a recurrence as somebody would type it; both functions above take it back.

    Example:
        >>> as_typed("--12-04", "zh"), as_typed("yearly:Q1", "zh"), as_typed("2025-12-31", "zh")
        ('12月4日', '每年第一季度', '2025-12-31')
    """
    found = DAY.fullmatch(value)
    if found is None:
        return due_words(Deadline("", NOWHERE, "recurring", value, ""), language) if value else ""
    if found["year"] != "-":
        return value
    month, day = int(found["month"]), int(found["day"])
    return pick(language, f"{month}月{day}日", f"{day} {MONTHS[month - 1]}")


def _key(typed: str) -> str:
    return "".join(typed.split()).casefold()


@cache
def _spoken(kind: Literal["date", "recurring"]) -> dict[str, str]:
    """Every value of a kind by the words for it, in both languages, and by itself."""
    days = [f"{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 32) if _exists(month, day)]
    if kind == "date":
        values = [f"--{day}" for day in days]
    else:
        values = [rhythm for rhythm in RHYTHMS if rhythm != "ongoing"]
        values += [f"yearly:Q{quarter}" for quarter in range(1, 5)]
        values += [f"yearly:{month:02d}" for month in range(1, 13)]
        values += [f"yearly:{day}" for day in days]
        values += [f"monthly:{day:02d}" for day in range(1, 32)]
    said = {_key(words): value for words, value in ALIASES.items() if value in values}
    for value in values:
        said |= {_key(words): value for words in (value, as_typed(value, "zh"), as_typed(value, "en"))}
    return said


def _exists(month: int, day: int) -> bool:
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
