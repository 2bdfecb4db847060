"""Line breaking of the sample formats."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tools.sample.typeset import NEVER_FIRST, NEVER_LAST, break_lines, width


@given(st.text(st.sampled_from("推进法治区司局、，。（）“” ab12%"), min_size=1), st.integers(6, 30))
def test_lines_are_the_text_and_fit(text: str, room: int) -> None:
    lines = break_lines(text, room, indent=2)
    assert "".join(lines) == text
    for before, line in itertools.pairwise(lines):
        assert line[0] not in NEVER_FIRST
        assert before[-1] not in NEVER_LAST
        assert not (before[-1].isalnum() and line[0].isalnum() and before[-1].isascii() and line[0].isascii())


def test_a_line_holds_what_fits_and_no_more() -> None:
    assert break_lines("推进法治云溪建设", 4) == ["推进法治", "云溪建设"]
    assert break_lines("推进法治云溪建设", 4, indent=2) == ["推进", "法治云溪", "建设"]
    assert sum(map(width, "推a1，")) == 3
