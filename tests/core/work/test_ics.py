"""The calendar file is what RFC 5545 says."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.work.ics import LINE, Entry, calendar

NOW = datetime(2026, 9, 1, 2, 3, 4, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n,;\\"), max_size=200)


def unfolded(text: str) -> list[str]:
    """The lines as a reader joins them again."""
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    """A value as a reader shows it."""
    found, marks = "", iter(value)
    for mark in marks:
        if mark == "\\":
            mark = next(marks)
            mark = "\n" if mark == "n" else mark
        found += mark
    return found


@given(TEXTS, TEXTS)
def test_every_text_comes_back_and_no_line_is_too_long(summary: str, description: str) -> None:
    text = calendar([Entry("a1", date(2026, 12, 31), summary, description)], name="待办", at=NOW)

    assert all(len(line.encode()) <= LINE for line in text.split("\r\n"))
    lines = unfolded(text)
    values = {line.partition(":")[0]: line.partition(":")[2] for line in lines}
    assert unescaped(values["SUMMARY"]) == summary
    assert unescaped(values["DESCRIPTION"]) == description


def test_an_entry_is_a_whole_day_that_ends_the_day_after() -> None:
    lines = unfolded(calendar([Entry("a1", date(2026, 12, 31), "报送")], name="待办", at=NOW))

    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTAMP:20260901T020304Z" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
