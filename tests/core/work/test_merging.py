"""One text becomes another: what stayed, what went and what came make up both."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from luoshi.core.work.merging import compare

CLAUSES = st.lists(
    st.sampled_from(
        [
            "每季度召开会议1次，",
            "每季度召开会议2次，",
            "会后印发通知。",
            "会后三日内印发通知。",
            "\n",
            "培训99.5%",
        ]
    ),
    max_size=6,
).map("".join)
TEXTS = CLAUSES | st.text(alphabet="会议通知129.%，。；\n ab", max_size=40)


@given(TEXTS, TEXTS)
@example("", "召开会议。")
@example("召开会议。", "")
def test_the_parts_make_up_each_of_the_two_texts(old: str, new: str) -> None:
    parts = compare(old, new)
    assert "".join(part.text if part.by == "nobody" else part.was for part in parts) == old
    assert "".join(part.text for part in parts) == new
    assert all(part.text or part.was for part in parts)
    assert all(part.text != part.was and not part.conflict for part in parts if part.by != "nobody")


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(part.by == "nobody" for part in compare(text, text))


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        # In a clause that is still much the same only the words that differ; a number is never cut.
        ("每季度召开会议12次。", "每季度召开会议15次。", [("12", "15")]),
        ("建成法治文化公园，印发通知。", "建成法治文化公园和长廊，印发通知。", [("", "和长廊")]),
        # A clause that was rewritten stands whole, as does one that is new or gone.
        ("召开会议。印发通知。", "组织进社区普法。印发通知。", [("召开会议。", "组织进社区普法。")]),
        ("召开会议。印发通知。", "召开会议。", [("印发通知。", "")]),
    ],
)
def test_what_differs_is_as_short_as_it_can_be_read(
    old: str, new: str, changed: list[tuple[str, str]]
) -> None:
    assert [(part.was, part.text) for part in compare(old, new) if part.by != "nobody"] == changed
