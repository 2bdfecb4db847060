"""Periods that reports are made for: weeks, months, quarters, half-years, years.

A period has a key that is stored and compared ("2026Q1"), a label that people read ("2026年第一季度"), and
its first and last day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from luoshi.core.errors import LuoshiError

Kind = Literal["week", "month", "quarter", "half-year", "year"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_MONTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""How long a period is, in months; a week is the only one that is not made of months."""

_QUARTERS_ZH = ("一", "二", "三", "四")
_HALVES_ZH = ("上", "下")
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# The key of a period. Samples: "2026", "2026H1", "2026Q1", "2026-03", "2026W07"
KEY = re.compile(
    r"(?P<year>\d{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2])|W(?P<week>[0-5]\d))?",
    re.ASCII,
)


class UnknownPeriod(LuoshiError):
    """Words that name no period."""

    code = "period-unknown"
    zh = "“{key}”不是期次;请写成 2026、2026H1、2026Q1、2026-03 或 2026W07 这样的形式。"
    en = "“{key}” is no period; write it like 2026, 2026H1, 2026Q1, 2026-03 or 2026W07."


@dataclass(frozen=True, slots=True)
class Period:
    """The `number`-th period of its kind in `year`, counted from 1.

    A week runs from Monday to Sunday and belongs to the year of its Thursday (GB/T 7408, ISO 8601).

    Example:
        >>> quarter = Period.parse("2026Q1")
        >>> quarter.label(), quarter.label("en"), quarter.end, quarter.next().key
        ('2026年第一季度', '2026 Q1', datetime.date(2026, 3, 31), '2026Q2')
    """

    kind: Kind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS or not 1 <= self.number <= _count(self.kind, self.year):
            raise ValueError(f"not a period: {self.kind} {self.number} of {self.year}")

    @classmethod
    def parse(cls, key: str) -> Period:
        """The period with this key.

        Raises:
            UnknownPeriod: no period has it.
        """
        found = KEY.fullmatch(key)
        if found is None or int(found["year"]) < 1:
            raise UnknownPeriod(key=key)
        year = int(found["year"])
        names: tuple[tuple[Kind, str], ...] = (
            ("half-year", found["half"]),
            ("quarter", found["quarter"]),
            ("month", found["month"]),
            ("week", found["week"]),
        )
        kind, number = next(((kind, int(digits)) for kind, digits in names if digits), ("year", 1))
        if not 1 <= number <= _count(kind, year):
            raise UnknownPeriod(key=key)
        return cls(kind, year, number)

    @classmethod
    def containing(cls, day: date, kind: Kind) -> Period:
        """The period of this kind that a day lies in.

        Example:
            >>> Period.containing(date(2027, 1, 1), "week").key    # a Friday
            '2026W53'
        """
        if kind == "week":
            year, week, _ = day.isocalendar()
            return cls(kind, year, week)
        return cls(kind, day.year, (day.month - 1) // _MONTHS[kind] + 1)

    @classmethod
    def between(cls, start: date, end: date, kind: Kind) -> tuple[Period, ...]:
        """Every period of this kind that holds a day from `start` to `end`, both counted; in order."""
        if end < start:
            return ()
        found = [cls.containing(start, kind)]
        while found[-1].end < end:
            found.append(found[-1].next())
        return tuple(found)

    @property
    def key(self) -> str:
        """What is stored: unique over all kinds, and in the order of time within one."""
        marks = {
            "week": f"W{self.number:02d}",
            "month": f"-{self.number:02d}",
            "quarter": f"Q{self.number}",
            "half-year": f"H{self.number}",
            "year": "",
        }
        return f"{self.year:04d}{marks[self.kind]}"

    @property
    def start(self) -> date:
        """The first day."""
        if self.kind == "week":
            return date.fromisocalendar(self.year, self.number, 1)
        return date(self.year, (self.number - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def end(self) -> date:
        """The last day."""
        if self.kind == "week":
            return date.fromisocalendar(self.year, self.number, 7)
        return last_of_month(self.year, self.number * _MONTHS[self.kind])

    @property
    def days(self) -> int:
        """How many calendar days it has."""
        return (self.end - self.start).days + 1

    def next(self) -> Period:
        """The period after this one."""
        if self.number < _count(self.kind, self.year):
            return Period(self.kind, self.year, self.number + 1)
        return Period(self.kind, self.year + 1)

    def previous(self) -> Period:
        """The period before this one."""
        if self.number > 1:
            return Period(self.kind, self.year, self.number - 1)
        return Period(self.kind, self.year - 1, _count(self.kind, self.year - 1))

    def label(self, language: str = "zh") -> str:
        """The period in words.

        Example:
            >>> [Period.parse(key).label() for key in ("2026", "2026H2", "2026-03", "2026W07")]
            ['2026年', '2026年下半年', '2026年3月', '2026年第7周']
            >>> [Period.parse(key).label("en") for key in ("2026", "2026H2", "2026-03", "2026W07")]
            ['2026', '2026 H2', 'March 2026', '2026 week 7']
        """
        year, number = self.year, self.number
        if language.startswith("en"):
            if self.kind == "month":
                return f"{_MONTHS_EN[number - 1]} {year}"
            return f"{year} week {number}" if self.kind == "week" else " ".join(self._parts())
        if self.kind == "quarter":
            return f"{year}年第{_QUARTERS_ZH[number - 1]}季度"
        if self.kind == "half-year":
            return f"{year}年{_HALVES_ZH[number - 1]}半年"
        rest = {"week": f"第{number}周", "month": f"{number}月", "year": ""}[self.kind]
        return f"{year}年{rest}"

    def _parts(self) -> tuple[str, ...]:
        letter = {"quarter": "Q", "half-year": "H"}.get(self.kind)
        return (str(self.year), f"{letter}{self.number}") if letter else (str(self.year),)


def last_of_month(year: int, month: int) -> date:
    """The last day of a month.

    Example:
        >>> last_of_month(2028, 2)
        datetime.date(2028, 2, 29)
    """
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def _count(kind: Kind, year: int) -> int:
    """How many periods of a kind a year has; 28 December always lies in the last week."""
    return date(year, 12, 28).isocalendar().week if kind == "week" else 12 // _MONTHS[kind]
