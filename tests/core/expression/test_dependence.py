"""What a value depends on, and whether it may be kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.expression import (
    Occasion,
    Reference,
    depends_on,
    evaluate,
    names_used,
    parse,
    reads,
    storable,
)
from luoshi.core.expression.dependence import On, timely
from tests.core.expression.sample import DECISION, ENTRY, OCCASION, Sample
from tests.core.expression.written import any_text


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("1 + 1", set()),
        ("urgent and cost > 1", {On.VALUES}),
        ('state == "heard" and same(owner, holder)', {On.VALUES}),
        ("any(panel, score > 1)", {On.VALUES}),
        ('days(published, last_time("decide"))', {On.VALUES, On.STEPS}),
        ("published < today", {On.VALUES, On.TODAY}),
        ("working_days(published, closed)", {On.VALUES, On.CALENDAR}),
        ('after(published, 3, "working_day")', {On.VALUES, On.CALENDAR}),
        ('after(published, 3, "day")', {On.VALUES}),
        ("same(author, actor)", {On.VALUES, On.ACTOR}),
        ('running("comment")', {On.CLOCKS}),
        ('within("comment")', {On.CLOCKS, On.TODAY}),
        ("linked(review).fee", {On.VALUES, On.LINKED}),
        ('exists("legality-review", fee > 1 and taken("give"))', {On.OTHERS}),
        ('exists("legality-review", fee > this.cost or begun < today)', {On.OTHERS, On.VALUES, On.TODAY}),
    ],
)
def test_depends_on(text: str, on: set[On]) -> None:
    assert depends_on(parse(text, DECISION)) == on


def test_only_what_changes_with_the_entry_is_storable() -> None:
    kept = ["urgent", 'taken("decide")', 'running("comment")', "days(published, closed) <= 30"]
    fresh = ["today", 'overdue("comment")', "linked(review).fee > 1", "same(author, actor)"]
    assert all(storable(parse(text, DECISION)) for text in kept)
    assert all(timely(parse(text, DECISION)) for text in fresh)


def test_computed_fields_pass_on_what_they_depend_on() -> None:
    formulas = {
        "present": parse("members_due", DECISION),
        "members-due": parse("days(published, today) / days(published, closed)", DECISION),
    }
    assert depends_on(parse("present > 1", DECISION), formulas) == {On.VALUES, On.TODAY}
    assert timely(parse("present > 1", DECISION), formulas)
    assert storable(parse("present > 1", DECISION))


def test_formulas_in_a_circle_end() -> None:
    circle = {"present": parse("members_due", DECISION), "members-due": parse("present", DECISION)}
    assert depends_on(parse("present > 1", DECISION), circle) == {On.VALUES}


def test_names() -> None:
    text = 'any(panel, score > entry.factor) and linked(review).fee > cost and taken("draft")'
    text += ' and within("comment")'
    found = reads(parse(text, DECISION))
    assert found.fields == {"panel", "factor", "review", "cost"}
    assert found.transitions == {"draft"}
    assert found.limits == {"comment"}
    assert found.mechanisms == {"legality-review"}
    assert names_used(parse('exists("legality-review", fee > this.cost and given(opinion))', DECISION)) == {
        "cost"
    }


class Watched(Sample):
    """An entry that notes which fields were asked for."""

    def value(self, field: str) -> object:
        """See Entry."""
        self.asked.add(field)
        return super().value(field)

    asked: set[str]


@settings(max_examples=300)
@given(any_text)
def test_nothing_else_is_read(text: str) -> None:
    expression = parse(text, DECISION)
    entry = Watched(**vars(ENTRY))
    entry.asked = set()
    evaluate(expression, entry, OCCASION)
    assert entry.asked <= names_used(expression)


@settings(max_examples=300)
@given(any_text, st.dates(), st.sampled_from([None, Reference("8", "秦川")]))
def test_what_is_storable_does_not_change_with_the_occasion(
    text: str, today: object, actor: Reference
) -> None:
    expression = parse(text, DECISION)
    other = Occasion(today, WorkCalendar(), actor, actor)  # type: ignore[arg-type]
    alone = Sample(**{**vars(ENTRY), "seen": {}})
    if storable(expression):
        assert evaluate(expression, alone, other) == evaluate(expression, ENTRY, OCCASION)
