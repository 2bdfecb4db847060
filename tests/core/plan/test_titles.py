"""Titles within titles: their marks take turns, and nothing else changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.plan.titles import within_marks

MARKS = "《》〈〉"


def test_marks_take_turns_however_deep() -> None:
    assert within_marks("转发《关于印发〈要点〉的通知》") == "转发〈关于印发《要点》的通知〉"


@given(st.text("云溪区方案《》〈〉()—2025"))
def test_twice_is_as_before_and_words_stay(title: str) -> None:
    once = within_marks(title)
    assert within_marks(once) == title
    assert [one for one in once if one not in MARKS] == [one for one in title if one not in MARKS]
