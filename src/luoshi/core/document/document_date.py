"""Dates as official documents print them: in Arabic or Chinese digits, with all kinds of marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from luoshi.core.source import Span

_DIGITS = "〇○零Oo一二三四五六七八九"
# A day in any of the usual forms; the parts may be spaced. Sample: 2022-12-29, 二〇二二年十二月二十九日
_DATE = re.compile(
    rf"(?P<year>(?:19|20)\d\d|[{_DIGITS}]{{4}})\s?(?:年|[-./／－—])\s?"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十元正]{1,2})\s?(?:月|[-./／－—])\s?"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十廿卅]{1,3})(?!\d)\s?日?"
)
# What may stand around a date that is all of a line.
_AROUND = " \t　\xa0()（）。."
# How a line that is a date begins; most are passed over by this alone. Sample: （2
_BEGINS = re.compile(rf"[{_AROUND}]*[12{_DIGITS}]")
_VALUES = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "O": 0,
    "o": 0,
    "元": 1,
    "正": 1,
}


def find_dates(text: str) -> Iterator[tuple[str, Span]]:
    """The days named in `text` as `YYYY-MM-DD` with their places; days the calendar lacks are left out.

    Example:
        >>> [day for day, _ in find_dates("二○二二年十二月二十九日印发,2023/1/5 公布,2022年2月30日")]
        ['2022-12-29', '2023-01-05']
    """
    for found in _DATE.finditer(text):
        try:
            day = date(_year(found["year"]), _small(found["month"]), _small(found["day"]))
        except ValueError:
            continue
        yield day.isoformat(), Span(*found.span())


def only_date(text: str) -> tuple[str, Span] | None:
    """The day that is all of `text`, but for white space and a bracket, as in a signature."""
    if _BEGINS.match(text) is None or (found := next(find_dates(text), None)) is None:
        return None
    rest = text[: found[1].start] + text[found[1].end :]
    return found if not rest.strip(_AROUND) else None


def _year(digits: str) -> int:
    if digits.isascii() and digits.isdigit():
        return int(digits)
    return int("".join(str(_VALUES[digit]) for digit in digits))


def _small(digits: str) -> int:
    """A number up to ninety-nine in either kind of digits."""
    if digits.isascii():
        return int(digits)
    digits = digits.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return _VALUES[ones] if len(ones) == 1 else 0
    return (_VALUES[tens] if tens else 1) * 10 + (_VALUES[ones] if ones else 0)
