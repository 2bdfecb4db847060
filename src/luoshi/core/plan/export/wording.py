"""Values of a plan in words, for people: the same in tables, workbooks and calendars."""

from __future__ import annotations

import re
from decimal import Decimal

from luoshi.core.plan.model import BodyMention, Deadline, Target, Task

# A day with or without a year. Samples: "2025-12-31", "--12-31"
DAY = re.compile(r"(?P<year>\d{4}|-)-(?P<month>\d\d)-(?P<day>\d\d)")

# A yearly duty in a month or on a day. Samples: "yearly:12", "yearly:12-04"
YEARLY_IN = re.compile(r"yearly:(?P<month>\d\d)(?:-(?P<day>\d\d))?")

# A yearly duty in a quarter. Sample: "yearly:Q1"
YEARLY_QUARTER = re.compile(r"yearly:Q(?P<quarter>[1-4])")

# A monthly duty on a day. Sample: "monthly:28"
MONTHLY_ON = re.compile(r"monthly:(?P<day>\d\d?)")

# What ends the first sentence of a task that has no title. Sample: the "。" of "加强普法。每年…"
SENTENCE_END = re.compile(r"[。;；!！?？\n]")

# What parts the number of a task from its words. Sample: the "." of "3.加强普法"
NUMBER_END = re.compile(r"^[.．、,，)）\s]+")

RHYTHMS = {
    "yearly": ("每年", "every year"),
    "half-yearly": ("每半年", "every half year"),
    "quarterly": ("每季度", "every quarter"),
    "monthly": ("每月", "every month"),
    "weekly": ("每周", "every week"),
    "ongoing": ("长期", "ongoing"),
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
COMPARATORS = {">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<"}
SEVERITIES = {"error": ("错误", "error"), "warning": ("警告", "warning"), "note": ("说明", "note")}


def pick(language: str, zh: str, en: str) -> str:
    """The Chinese words, or the English ones when `language` is English."""
    return en if language.startswith("en") else zh


def severity_words(severity: str, language: str = "zh") -> str:
    """The weight of a finding in a word."""
    return pick(language, *SEVERITIES[severity])


def due_words(due: Deadline, language: str = "zh") -> str:
    """When a task is due, in words; a vague deadline as the document has it.

    Example:
        >>> from luoshi.core.source import Span
        >>> due_words(Deadline("每年12月4日", Span(0, 7), "recurring", "yearly:12-04", "yearly"))
        '每年12月4日'
        >>> due_words(Deadline("年底前", Span(0, 3), "date", "--12-31", "year-end"), "en")
        '31 December (no year given)'
    """
    if due.kind == "vague":
        return due.quote
    if due.value in RHYTHMS:
        return pick(language, *RHYTHMS[due.value])
    if match := DAY.fullmatch(due.value):
        return _day(match, language)
    return _rhythm(due.value, language) or due.value


def _day(match: re.Match[str], language: str) -> str:
    if match["year"] != "-":
        return match[0]
    month, day = int(match["month"]), int(match["day"])
    return pick(language, f"{month}月{day}日(未写明年份)", f"{day} {MONTHS[month - 1]} (no year given)")


def _rhythm(value: str, language: str) -> str | None:
    if match := YEARLY_IN.fullmatch(value):
        month, day = int(match["month"]), int(match["day"] or 0)
        zh, en = f"每年{month}月", f"every {MONTHS[month - 1]}"
        return pick(language, zh + (f"{day}日" if day else ""), en + (f" {day}" if day else ""))
    if match := YEARLY_QUARTER.fullmatch(value):
        quarter = match["quarter"]
        return pick(
            language,
            f"每年第{'一二三四'[int(quarter) - 1]}季度",
            f"every year in quarter {quarter}",
        )
    if match := MONTHLY_ON.fullmatch(value):
        return pick(language, f"每月{int(match['day'])}日", f"every month on day {int(match['day'])}")
    return None


def target_words(target: Target, language: str = "zh") -> str:
    """A number to reach, with what it measures and by when.

    Example:
        >>> from luoshi.core.source import Span
        >>> from decimal import Decimal
        >>> target_words(Target("100%", Span(0, 4), ">=", Decimal(100), "%", "覆盖率", None, None, ""))
        '覆盖率 ≥100%'
    """
    amount = (
        f"{COMPARATORS.get(target.comparator, target.comparator)}{number_words(target.value)}{target.unit}"
    )
    parts = [target.of, amount]
    if target.per:
        parts.append(pick(language, f"(每{target.per.removeprefix('每')})", f"(per {target.per})"))
    if target.by:
        parts.append(pick(language, f"({target.by}前)", f"(by {target.by})"))
    return " ".join(part for part in parts if part)


def number_words(value: Decimal) -> str:
    """The number without an exponent and without zeros at its end.

    Example:
        >>> number_words(Decimal("1E+2")), number_words(Decimal("99.50"))
        ('100', '99.5')
    """
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def task_words(task: Task, length: int = 40) -> str:
    """The title of a task, or its first sentence cut to `length` characters."""
    if task.title:
        return task.title
    text = task.text.strip()
    if task.number:
        text = NUMBER_END.sub("", text.removeprefix(task.number))
    first = SENTENCE_END.split(text, maxsplit=1)[0].strip()
    return first if len(first) <= length else first[: length - 1] + "…"


def body_words(bodies: tuple[BodyMention, ...], language: str = "zh") -> str:
    """The names of bodies as a list."""
    return pick(language, "、", "; ").join(body.name for body in bodies)
