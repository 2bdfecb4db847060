"""The canonical text says the same as what was written."""

from __future__ import annotations

import pytest
from hypothesis import given

from luoshi.core.expression import parse, unparse
from tests.core.expression.cases import CASES
from tests.core.expression.sample import DECISION
from tests.core.expression.written import any_text


@given(any_text)
def test_reading_the_canonical_text_gives_the_same_expression(text: str) -> None:
    first = parse(text, DECISION)
    again = parse(unparse(first), DECISION)
    assert again == first
    assert again.kind == first.kind
    assert unparse(again) == unparse(first)


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_cases_too(text: str) -> None:
    first = parse(text, DECISION)
    assert parse(unparse(first), DECISION) == first


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("  urgent   and(heard)\n and not  yes", "urgent and heard and not yes"),
        ("urgent and (heard or yes)", "urgent and (heard or yes)"),
        ("not (urgent and heard)", "not (urgent and heard)"),
        ("present - (members_due - 1)", "present - (members_due - 1)"),
        ("(present - members_due) - 1", "present - members_due - 1"),
        ("-(present + 1) * 2", "-(present + 1) * 2"),
        ("0 < present < 9", "0 < present and present < 9"),
        ("present not in [1, 2]", "not present in (1, 2)"),
        ("present in (1,)", "present in (1,)"),
        ("'价\"格' == title", "'价\"格' == title"),
        ("entry.urgent", "urgent"),
        ("this.urgent", "urgent"),
        ("any(panel, entry.urgent and agrees)", "any(panel, entry.urgent and agrees)"),
        ("min(present, 2, 3)", "min(min(present, 2), 3)"),
        ("(urgent == heard) == yes", "(urgent == heard) == yes"),
        ('exists("legality-review", same(decision, this) and fee > this.cost)',) * 2,
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert unparse(parse(text, DECISION)) == canonical


def test_different_things_stay_different() -> None:
    texts = [
        "yes",
        "1",
        '"1"',
        "1 + 2 + 3",
        "1 + (2 + 3)",
        "present",
        "any(panel, agrees)",
        "all(panel, agrees)",
    ]
    texts += ['inside(effects, "people")', '"people" in effects', 'within("comment")', 'within("examine")']
    parsed = [parse(text, DECISION) for text in texts]
    assert all(a != b for index, a in enumerate(parsed) for b in parsed[:index])
