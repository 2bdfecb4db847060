"""What expressions mean, by cases; and that a checked expression has a value over whatever an entry holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.expression import MISSING, UNKNOWN, Clock, Occasion, Reference, evaluate, holds, parse
from luoshi.core.expression.kinds import Choices, Date, Files
from luoshi.core.expression.values import fitted
from tests.core.expression.cases import CASES
from tests.core.expression.sample import DECISION, EMPTY, ENTRY, OCCASION, Sample
from tests.core.expression.written import any_text


@pytest.mark.parametrize(("text", "over_sample", "over_empty"), CASES, ids=[case[0] for case in CASES])
def test_value(text: str, over_sample: object, over_empty: object) -> None:
    expression = parse(text, DECISION)
    for entry, expected in ((ENTRY, over_sample), (EMPTY, over_empty)):
        found = evaluate(expression, entry, OCCASION)
        assert found == expected
        assert type(found) is type(expected)


def test_only_yes_holds() -> None:
    said = {"yes": True, "no": False, "unknown": False, "heard or no": False}
    assert {text: holds(parse(text, DECISION), ENTRY, OCCASION) for text in said} == said


def test_nobody_acts() -> None:
    nobody = Occasion(OCCASION.today, OCCASION.calendar)
    assert evaluate(parse("same(author, actor)", DECISION), ENTRY, nobody) is MISSING


def test_a_paused_limit_is_not_overdue() -> None:
    paused = Sample(clocks={"comment": Clock(due=None)})
    assert holds(parse('within("comment") and running("comment")', DECISION), paused, OCCASION)


def test_the_day_after_the_last_day_is_overdue() -> None:
    entry = Sample(clocks={"comment": Clock(due=OCCASION.today)})
    assert holds(parse('within("comment")', DECISION), entry, OCCASION)
    late = Occasion(date(2026, 9, 29), OCCASION.calendar)
    assert holds(parse('overdue("comment")', DECISION), entry, late)


references = st.builds(Reference, st.sampled_from(["", "7", "8"]), st.sampled_from(["", "周岚", "秦川"]))
odd = st.one_of(
    st.sampled_from(
        [MISSING, UNKNOWN, None, True, False, "yes", "no", "unknown", "", "2026H1", "9999Q4", "0001W01"]
    ),
    st.decimals(),
    st.integers(-(10**30), 10**30),
    st.dates(),
    st.datetimes(),
    st.text(max_size=4),
    st.floats(),
    references,
    st.sampled_from(["heating", "law", "lawful", "heard"]),
)
rows = st.lists(
    st.dictionaries(st.sampled_from(["expert", "agrees", "fee", "score", "on", "weight"]), odd), max_size=3
)
anything = st.one_of(odd, rows, rows.map(tuple), st.lists(odd, max_size=3).map(tuple))
clocks = st.builds(Clock, st.none() | st.dates(), st.none() | st.dates())


def entries(
    scheme_fields: list[str], seen: st.SearchStrategy[dict[str, list[Sample]]]
) -> st.SearchStrategy[Sample]:
    """Entries whose fields hold whatever there is."""
    return st.builds(
        Sample,
        st.dictionaries(st.sampled_from(scheme_fields), anything, max_size=12),
        references,
        st.sampled_from(["", "drafted", "given", "gone"]),
        st.none() | st.dates(),
        st.none() | references,
        st.none() | references,
        st.dictionaries(st.sampled_from(["draft", "decide", "give"]), st.lists(st.dates(), max_size=3)),
        st.dictionaries(st.sampled_from(["comment", "review"]), clocks),
        seen,
    )


plain = entries(list(DECISION.fields), st.just({}))
reviews = entries(list(DECISION.others["legality-review"].fields), st.just({}))
whole = entries(
    list(DECISION.fields), st.fixed_dictionaries({"legality-review": st.lists(reviews, max_size=3)})
)
occasions = st.builds(
    Occasion, st.dates(), st.just(WorkCalendar()), st.none() | references, st.none() | references
)


@settings(max_examples=400)
@given(any_text, st.one_of(plain, whole, st.just(ENTRY)), occasions)
def test_every_expression_has_a_value_of_its_kind(text: str, entry: Sample, occasion: Occasion) -> None:
    expression = parse(text, DECISION)
    found = evaluate(expression, entry, occasion)
    assert found in (MISSING, UNKNOWN) or found == fitted(found, expression.kind)


@given(st.sampled_from([case[0] for case in CASES]), whole, occasions)
def test_every_case_has_a_value_over_anything(text: str, entry: Sample, occasion: Occasion) -> None:
    expression = parse(text, DECISION)
    assert evaluate(expression, entry, occasion) == evaluate(expression, entry, occasion)


def test_what_does_not_fit_is_missing() -> None:
    over = Sample({"cost": Decimal("NaN"), "comments": "12", "published": "2026-01-01", "matter": ""})
    for text in ("cost", "comments", "published", "matter"):
        assert evaluate(parse(text, DECISION), over, OCCASION) is MISSING
    assert fitted(datetime(2026, 1, 1, tzinfo=UTC), Date()) is MISSING
    assert fitted("people", Choices({"people": None})) == ()
    assert fitted(Reference("3"), Files()) == (Reference("3"),)


def test_another_entry_asks() -> None:
    """A condition about a candidate sees the entry that draws as `this`."""
    expression = parse("is_missing(this.title) and not is_missing(title)", DECISION, asking=DECISION)
    assert holds(expression, ENTRY, OCCASION, this=EMPTY)
    assert not holds(expression, ENTRY, OCCASION, this=ENTRY)
