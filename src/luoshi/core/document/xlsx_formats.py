"""A number as its cell shows it: 0.95 as 95%, 44924 as 2022年12月29日, in the formats of spreadsheets.

The codes are those of ISO/IEC 29500-1, 18.8.30 and 18.8.31, with the built-in ones of the Chinese edition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from luoshi.core.document.ordinals import chinese_counting, ordinal, positional

_LONG_DATE = 'yyyy"年"m"月"d"日"'
_MONTH, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_CLOCK, _CLOCK_SECONDS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
# Formats that files refer to by number only. Fractions and powers of ten (11–13, 48) show as decimals.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy", 31: _LONG_DATE,
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: _CLOCK, 35: _CLOCK_SECONDS, 36: _MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '"¥"#,##0;"¥"-#,##0;"¥-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥-"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: _CLOCK, 56: _CLOCK_SECONDS, 57: _MONTH,
    58: _DAY,
}  # fmt: skip

# The parts of a format code. Sample: "yyyy", "\"年\"", "[$-804]", "\\-", "_ ", "#", "AM/PM"
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|!(?P<forced>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<half>AM/PM|A/P|上午/下午)|(?P<power>E[+-]0+)"
    r"|(?P<date>y+|e+|m+|d+|h+|s+|aaa+)|(?P<digit>[0#?])|(?P<mark>[.,%/;@])|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
# A duration that does not start again at a full day or hour. Sample: "h" of "[h]:mm"
_ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
# The symbol of a currency with its language. Sample: "$¥-804"
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_SYSTEM_DATE = (
    ("date", "yyyy"),
    ("literal", "年"),
    ("date", "m"),
    ("literal", "月"),
    ("date", "d"),
    ("literal", "日"),
)
_SYSTEM_TIME = (("date", "h"), ("literal", ":"), ("date", "mm"), ("literal", ":"), ("date", "ss"))
_LAST_DAY = 2_958_466
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a code: its parts as (kind, text), and what they amount to."""

    parts: tuple[tuple[str, str], ...]
    kind: str
    numerals: str


def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """What a cell with this number and format code shows.

    Args:
        value: the number as it is stored; dates count days.
        code: a format code; an empty one means General.
        from_1904: whether days are counted from 1904, as old Macintosh files do.

    Example:
        >>> shown(0.95, "0%"), shown(1234.5, "#,##0.00"), shown(3, "General"), shown(2, '"第"0"项"')
        ('95%', '1,234.50', '3', '第2项')
        >>> shown(44924, 'yyyy"年"m"月"d"日"'), shown(44924.5, "yyyy/m/d h:mm")
        ('2022年12月29日', '2022/12/29 12:00')
        >>> shown(44924, "[DBNum1]yyyy年m月d日")
        '二〇二二年十二月二十九日'
    """
    sections = _sections(code)
    section, amount = _choose(sections, value)
    if section is None or section.kind == "general":
        text = _general(amount if section else value)
        return _around_general(section, text) if section else text
    if section.kind == "date":
        moment = _moment(value, from_1904)
        return _general(value) if moment is None else _date(section, moment, value)
    return _number(section, amount)


def _choose(sections: tuple[_Section, ...], value: float) -> tuple[_Section | None, float]:
    """The section for a value, and the value as the section is to show it."""
    numeric = sections[:3]
    if not numeric or any(section.kind == "other" for section in numeric):
        return None, value
    if len(numeric) == 3 and value == 0:
        return numeric[2], value
    if len(numeric) >= 2 and value < 0:
        return numeric[1], -value
    return numeric[0], value


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[tuple[str, str]]] = [[]]
    for match in _PART.finditer(code[:255]):
        kind = match.lastgroup or "blank"
        text = match.group(kind) if match.lastgroup else ""
        if (kind, text) == ("mark", ";"):
            sections.append([])
        else:
            sections[-1].append(("literal" if kind in ("quoted", "escaped", "forced") else kind, text))
    return tuple(_section(parts) for parts in sections) if code else ()


def _section(parts: list[tuple[str, str]]) -> _Section:
    kind, numerals = "number", ""
    kept: list[tuple[str, str]] = []
    for name, text in parts:
        if name != "bracket":
            kept.append((name, text))
            continue
        lower = text.lower()
        if lower in ("$-f800", "$-f400"):
            # "The date (or time) as the system writes it": what follows is only what one system wrote.
            kept = list(_SYSTEM_TIME if lower == "$-f400" else _SYSTEM_DATE)
            break
        if lower.startswith("dbnum"):
            numerals = lower
        elif _ELAPSED.fullmatch(text):
            kept.append(("elapsed", lower))
        elif text[:1] in ("<", ">", "="):
            kind = "other"
        elif (currency := _CURRENCY.fullmatch(text)) is not None:
            kept.append(("literal", currency.group(1)))
    names = {name for name, _ in kept}
    if kind == "other" or "power" in names or (("mark", "/") in kept and "digit" in names):
        kind = "other"
    elif names & {"date", "elapsed", "half"}:
        kind = "date"
    elif "general" in names or ("mark", "@") in kept:
        kind = "general"
    return _Section(tuple(kept), kind, numerals)


# --- numbers ------------------------------------------------------------------------------------------


def _general(value: float) -> str:
    if value == int(value):
        return str(int(value))
    return format(Decimal(f"{value:.10g}"), "f")


def _around_general(section: _Section, text: str) -> str:
    if section.numerals and text.isdecimal():
        text = _chinese(int(text), section.numerals)
    return "".join(
        text if kind == "general" or part == "@" else part if kind in ("literal", "mark") else ""
        for kind, part in section.parts
    )


def _number(section: _Section, value: float) -> str:
    marks = [text for kind, text in section.parts if kind in ("digit", "mark")]
    if not any(mark in "0#?" for mark in marks):
        return "".join(text for kind, text in section.parts if kind in ("literal", "mark"))
    # Commas between digits part thousands; commas behind them all divide by a thousand each.
    digits = "".join(marks).replace("%", "")
    whole, _, fraction = digits.rstrip(",").partition(".")
    scaling = len(digits) - len(digits.rstrip(","))
    amount = abs(Decimal(repr(value))) * 100 ** marks.count("%") / 1000**scaling
    places = sum(mark in "0#?" for mark in fraction)
    rounded = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    integer, _, decimals = format(rounded, "f").partition(".")
    needed = fraction.replace(",", "").rstrip("#?")
    decimals = decimals.rstrip("0").ljust(len(needed), "0")
    integer = _grouped(integer, whole)
    text = _laid_out(section, integer, decimals)
    if section.numerals and not decimals and integer.isdecimal():
        text = _laid_out(section, _chinese(int(integer), section.numerals), "")
    return ("-" if value < 0 and rounded else "") + text


def _grouped(integer: str, whole: str) -> str:
    integer = integer.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        integer = f"{int(integer or 0):,}" if integer else ""
    return integer


def _laid_out(section: _Section, integer: str, decimals: str) -> str:
    """The digits at the places that the code gives them: literal text may stand between digits."""
    slots = sum(1 for kind, _ in _before_point(section) if kind == "digit")
    placed, text, point = 0, "", False
    for kind, part in section.parts:
        if kind == "digit" and not point:
            placed += 1
            # The first place takes all digits for which there are no places of their own.
            left = slots - placed
            start = 0 if placed == 1 else max(len(integer) - left - 1, 0)
            text += integer[start : max(len(integer) - left, 0)]
        elif (kind, part) == ("mark", "."):
            point = True
            text += "." + decimals if decimals else ""
        elif kind == "literal" or part == "%":
            text += part
    return text


def _before_point(section: _Section) -> list[tuple[str, str]]:
    parts = list(section.parts)
    return parts[: parts.index(("mark", "."))] if ("mark", ".") in parts else parts


def _chinese(value: int, numerals: str) -> str:
    return ordinal(value, "chineseLegalSimplified") if numerals == "dbnum2" else chinese_counting(value)


# --- dates --------------------------------------------------------------------------------------------


def _moment(value: float, from_1904: bool) -> datetime | None:
    if not 0 <= value < _LAST_DAY:
        return None
    # Spreadsheets count a 29 February 1900 that never was.
    first = (1904, 1, 1) if from_1904 else (1899, 12, 30) if value >= 60 else (1899, 12, 31)
    start = datetime(*first)  # noqa: DTZ001 (a cell has no time zone)
    try:
        return start + timedelta(seconds=round(value * 86_400))
    except OverflowError:
        return None


def _date(section: _Section, moment: datetime, value: float) -> str:
    parts = [part for part in section.parts if part[0] != "blank"]
    half = any(kind == "half" for kind, _ in parts)
    text = ""
    for index, (kind, part) in enumerate(parts):
        if kind == "date":
            minutes = part[0] in "mM" and len(part) <= 2 and _beside_clock(parts, index)
            text += _numerals(_unit(part.lower(), moment, half, minutes), part, section.numerals)
        elif kind == "elapsed":
            seconds = round(value * 86_400)
            text += str(seconds // {"h": 3600, "m": 60, "s": 1}[part[0]]).zfill(len(part))
        elif kind == "half":
            afternoon = moment.hour >= 12
            text += part.split("/")[afternoon]
        elif kind in ("literal", "mark"):
            text += part
    return text


def _beside_clock(parts: list[tuple[str, str]], index: int) -> bool:
    """Whether an `m` means minutes: hours stand before it or seconds behind it."""
    units = [(at, part[0].lower()) for at, (kind, part) in enumerate(parts) if kind in ("date", "elapsed")]
    before = [unit for at, unit in units if at < index]
    after = [unit for at, unit in units if at > index]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _unit(part: str, moment: datetime, half: bool, minutes: bool) -> str:
    size = len(part)
    match part[0]:
        case "y":
            return f"{moment.year % 100:02d}" if size <= 2 else str(moment.year)
        case "e":
            return str(moment.year)
        case "a":
            day = _CHINESE_WEEKDAYS[moment.weekday()]
            return f"星期{day}" if size >= 4 else day
        case "d" if size >= 3:
            name = _WEEKDAYS[moment.weekday()]
            return name if size >= 4 else name[:3]
        case "m" if not minutes and size >= 3:
            name = _MONTHS[moment.month - 1]
            return name[0] if size == 5 else name if size >= 4 else name[:3]
    hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
    amount = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour, "s": moment.second}
    return str(amount[part[0]]).zfill(min(size, 2))


def _numerals(text: str, part: str, numerals: str) -> str:
    if not numerals or not text.isdecimal():
        return text
    if part[0] in "yYeE":
        return (
            positional(int(text)) if numerals == "dbnum1" else positional(int(text), "零壹贰叁肆伍陆柒捌玖")
        )
    return _chinese(int(text), numerals)
