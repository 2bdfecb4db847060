"""Due dates as a calendar file (iCalendar, RFC 5545) that calendars of offices and telephones can read.

Own work: the part of the format that whole days need is a dozen lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LINE = 75
"""Octets of a line; longer ones go on in the next line after a blank."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole day on which something is due; the same `uid` replaces an earlier entry."""

    uid: str
    day: date
    summary: str
    description: str = ""


def calendar(entries: Iterable[Entry], *, name: str, at: datetime) -> str:
    """The file.

    Args:
        entries: in any order.
        name: of the calendar.
        at: when it was made; aware, and in UTC.

    Example:
        >>> from datetime import UTC
        >>> text = calendar([Entry("1", date(2026, 9, 30), "报送,3项")], name="待办",
        ...                 at=datetime(2026, 9, 1, tzinfo=UTC))
        >>> print(text.splitlines()[9])
        SUMMARY:报送\\,3项
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Luoshi//Due dates//ZH",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escaped(entry.uid)}",
            f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(entry.summary)}",
            f"DESCRIPTION:{_escaped(entry.description)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line with its end, cut so that no piece is too long and no character is cut in two."""
    pieces, room = [""], LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(" ")
            room = LINE - 1
        pieces[-1] += character
        room -= size
    return "".join(f"{piece}\r\n" for piece in pieces)
