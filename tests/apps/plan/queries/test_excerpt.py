"""Cutting a text under overlapping marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.queries.excerpt import BEFORE, Mark, cut, excerpt, marks_of

KINDS = ("lead", "target", "finding")
MARKS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 12), st.sampled_from(KINDS)).map(
        lambda mark: Mark(mark[0], mark[0] + mark[1], mark[2])
    ),
    max_size=8,
)


@given(text=st.text(max_size=30), offset=st.integers(0, 10), marks=MARKS)
def test_cutting_loses_nothing_and_marks_every_character(text: str, offset: int, marks: list[Mark]) -> None:
    pieces = list(cut(text, offset, marks))
    assert "".join(piece.text for piece in pieces) == text
    at = offset
    for piece in pieces:
        for place in range(at, at + len(piece.text)):
            expected = sorted({mark.kind for mark in marks if mark.start <= place < mark.end})
            assert list(piece.kinds) == expected
        at += len(piece.text)


def test_excerpt_shows_whole_lines_around_the_task(plan: Plan) -> None:
    task = plan.tasks.get(number="2")
    shown = excerpt(task, marks_of(task))
    whole = "".join(piece.text for line in shown.lines for piece in line)
    assert whole == task.text.replace("\n", "")
    assert shown.before[-1].startswith("责任部门")
    assert shown.after[0].startswith("3.办好第3项服务")
    lines = plan.document.text.split("\n")
    assert all(line in lines for line in [*shown.before, *shown.after])
    assert sum(map(len, shown.before)) <= BEFORE
