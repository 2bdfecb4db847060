"""Two people fill in one report: field by field, nothing that either wrote is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.work.merging_values import merge_values
from luoshi.core.work.prefill import NOT_APPLICABLE, Value

Values = dict[str, Value]
LINES = st.lists(st.sampled_from(["会议。", "通知。", "培训2次,", "缺人;", "进社区。"]), max_size=5).map(
    "".join
)
FILES = st.lists(st.sampled_from(["1", "2", "3", "4"]), unique=True, max_size=4).map(tuple)


@st.composite
def filled_in(draw: st.DrawFn) -> Values:
    """A report as somebody filled it in."""
    values: Values = {}
    if words := draw(LINES):
        values["progress"] = words
    if files := draw(FILES):
        values["evidence"] = files
    share = draw(st.none() | st.integers(0, 100) | st.just(NOT_APPLICABLE))
    if share is not None:
        values["share_done"] = share
    return values


@given(filled_in(), filled_in())
def test_who_changes_nothing_takes_nothing_away(base: Values, edited: Values) -> None:
    for first, second in ((base, edited), (edited, base)):
        merged = merge_values(base, first, second)
        assert merged.values == edited
        assert merged.clean


@given(filled_in(), filled_in(), filled_in())
def test_nothing_that_was_added_is_lost(base: Values, first: Values, second: Values) -> None:
    merged = merge_values(base, first, second)
    for side in (first, second):
        before, now = base.get("evidence", ()), side.get("evidence", ())
        assert isinstance(before, tuple)
        assert isinstance(now, tuple)
        kept = merged.values.get("evidence", ())
        assert isinstance(kept, tuple)
        assert set(now) - set(before) <= set(kept)
    for field in merged.fields:
        if field.key == "share_done" and field.conflict:
            assert {field.first, field.second} == {first.get("share_done"), second.get("share_done")}


@given(filled_in(), filled_in(), filled_in())
def test_a_number_that_both_changed_is_for_a_person_to_choose(
    base: Values, first: Values, second: Values
) -> None:
    merged = merge_values(base, first, second)
    three = [side.get("share_done") for side in (base, first, second)]
    marked = [field.key for field in merged.fields if field.conflict]
    assert ("share_done" in marked) == (len({repr(one) for one in three}) == 3)


def test_words_are_not_given_up_for_a_mark() -> None:
    for first, second in (("缺人", NOT_APPLICABLE), (NOT_APPLICABLE, "缺人")):
        merged = merge_values({}, {"problems": first}, {"problems": second})
        assert merged.values == {"problems": "缺人"}
        assert not merged.clean


def test_a_file_that_somebody_took_out_stays_out() -> None:
    merged = merge_values({"evidence": ("1", "2")}, {"evidence": ("2", "3")}, {"evidence": ("1", "2", "4")})
    assert merged.values == {"evidence": ("2", "3", "4")}
