"""What is refused, where in the text, and in which words."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.expression import ExpressionWrong, Scheme, parse
from luoshi.core.expression.kinds import (
    Body,
    Choice,
    Choices,
    Code,
    Date,
    Files,
    Kind,
    Link,
    Money,
    Number,
    Period,
    Person,
    Place,
    State,
    Text,
    Truth,
)
from luoshi.core.expression.syntax import DEEPEST, LONGEST
from tests.core.expression.sample import DECISION, REVIEW

# text, the character, what the English message says
REFUSED: list[tuple[str, int, str]] = [
    # names
    ("commments > 1", 1, "did you mean “comments”?"),
    ("urgent and hurd", 12, "did you mean “heard”?"),
    ("xyz", 1, "there is no field “xyz”; write one of"),
    ("any(panel, agreed)", 12, "did you mean “agrees”?"),
    ("any(panel, urgent)", 12, "for the field of the entry write entry.urgent"),
    ("linked(review).opinon", 1, "did you mean “opinion”?"),
    ('state == "herd"', 10, "there is no state “herd”; did you mean “heard”?"),
    ('state in ("drafted", "decide")', 22, "did you mean “decided”?"),
    ('matter == "heatin"', 11, "there is no option “heatin”; did you mean “heating”?"),
    ('inside(matter, "prise")', 16, "did you mean “price”?"),
    ('"farmer" in effects', 1, "did you mean “farmers”?"),
    ('taken("publish_draft")', 7, "there is no transition “publish_draft”; did you mean “publish-draft”?"),
    ('within("coment")', 8, "there is no limit “coment”; did you mean “comment”?"),
    (
        'exists("legal-review", yes)',
        8,
        "there is no mechanism “legal-review”; did you mean “legality-review”?",
    ),
    ('exists("legality-review", cost > 1)', 27, "there is no field “cost”"),
    ("dayz(published, closed)", 1, "there is no function “dayz”; did you mean “days”?"),
    ("sum(panel.fees)", 1, "did you mean “fee”?"),
    ('half == "2026Q5"', 9, "“2026Q5” is no period"),
    ('after(today, 1, "days")', 17, "there is no unit “days”; did you mean “day”?"),
    ("entry", 1, "write entry.field"),
    # kinds
    ("comments + present", 1, "the units differ: 条 and 人"),
    ("comments > present", 1, "the units differ"),
    ("cost > comments", 1, "an amount of money and a number (条) do not go together"),
    ("cost + factor", 1, "do not go together"),
    ("cost * cost", 1, "cannot be multiplied by"),
    ("comments / cost", 1, "cannot be divided by"),
    ("comments * present", 1, "cannot be multiplied by"),
    ("published + 1", 1, "one cannot reckon with a date"),
    ("published > 1", 1, "do not go together"),
    ('cost == "12"', 9, "does not go together with the quoted word “12”"),
    ("title < place", 1, "text has no order"),
    ("author == actor", 1, "write same(a, b)"),
    ("same(author, drafter)", 1, "a person and a body do not go together"),
    ("same(title, author)", 6, "this has to be a person or a body or a linked entry, not text"),
    ("urgent == missing", 1, "write is_missing(…)"),
    ('effects == "firms"', 1, "ask whether “option” is in the field"),
    ("panel == 1", 1, "ask for count(…)"),
    ("panel", 1, "rows are no single value"),
    ("panel.fee", 1, "write sum(rows.column)"),
    ("review.fee", 1, "write linked(field).field"),
    ("linked(title).fee", 8, "this has to be a linked entry, not text"),
    ("linked(review)", 1, "write linked(field).field or .state"),
    ("title.upper", 1, "text has no “.upper”"),
    ("title and yes", 1, "this has to be a condition, not text"),
    ("not cost", 5, "this has to be a condition"),
    ("if_else(cost, 1, 2)", 9, "this has to be yes or no"),
    ("if_else(urgent, 1, title)", 1, "do not go together"),
    ("is_unknown(cost)", 12, "this has to be yes or no"),
    ("sum(panel.on)", 5, "sum cannot be taken of a date"),
    ("sum(cost)", 1, "write it like sum(rows.column)"),
    ("min(cost)", 1, "write it like min(rows.column) / min(a, b)"),
    ("count(title)", 7, "this has to be rows or files or several choices"),
    ("days(published)", 1, "write it like days(from, to)"),
    ("days(published, to=closed)", 1, "write it like days(from, to)"),
    ("any(panel, any(panel, agrees))", 16, "write entry.panel"),
    ("any(panel, any(entry.panel, agrees))", 12, "a condition over rows cannot hold another one"),
    ('any(panel, exists("legality-review", yes))', 12, "cannot stand in another condition"),
    ('exists("legality-review", exists("decision", yes))', 27, "cannot stand in another condition"),
    ("present in (1, cost)", 16, "a list holds numbers, days or quoted words"),
    ("present in members_due", 12, "after in stands a list"),
    ("present in ()", 12, "the list is empty"),
    ('date("2026-02-30")', 1, 'write a day like date("2025-12-31")'),
    ("date(title)", 1, "write a day like"),
    # what expressions do not know
    ("", 1, "the expression is empty"),
    ("urgent and", 1, "this cannot be read"),
    ("(urgent", 1, "this cannot be read"),
    ("urgent = yes", 8, "this cannot be read"),
    ("urgent is yes", 1, "compare with == or !="),
    ("True", 1, "write yes, no, unknown or missing"),
    ("present ** 2", 1, "one reckons with + - * / only"),
    ("present % 2", 1, "one reckons with + - * / only"),
    ("~present", 1, "write not"),
    ("title[0]", 1, "expressions do not know this"),
    ("lambda: 1", 1, "expressions do not know this"),
    ("[x for x in panel]", 1, "expressions do not know this"),
    ("(x := 1)", 2, "expressions do not know this"),
    ("1 if urgent else 2", 1, "expressions do not know this"),
    ("{1: 2}", 1, "expressions do not know this"),
    ('f"{title}"', 1, "expressions do not know this"),
    ("count(*panel)", 1, "write it like count(rows)"),
    ("(1, 2)", 1, "a list can only stand after in"),
    ("title.upper()", 1, "only named functions can be called"),
    ("__import__('os')", 1, "there is no function “__import__”"),
    ("1e9 < 2", 1, "write a number like 30 or 0.95"),
    ("0x10", 1, "write a number like"),
    ("1_000", 1, "write a number like"),
    ("9" * 16, 1, "write a number like"),
    ("1j", 1, "write a number like"),
    ('b"x" == title', 1, "write a number like"),
    ("title == “价格”", 10, 'write " in place of the full-width “'),
    ("present\uff1e1", 8, "write > in place of the full-width \uff1e"),
    ("字段 == 1", 1, "“字” can only stand in quotation marks"),
    ("urgent # why", 8, "“#” can only stand in quotation marks"),
    ('title == "a\\n"', 12, "backslashes and control characters"),
    ('title == "\x00"', 11, "backslashes and control characters"),
    ("title == '''a\"b'c'''", 10, "one kind of quotation marks"),
    ('"价格" == title and comments > cost', 19, "do not go together"),
]


@pytest.mark.parametrize(("text", "at", "words"), REFUSED, ids=[repr(case[0])[:50] for case in REFUSED])
def test_refused(text: str, at: int, words: str) -> None:
    with pytest.raises(ExpressionWrong) as caught:
        parse(text, DECISION)
    message = caught.value.message("en")
    assert words in message
    assert f"character {at}:" in message
    assert caught.value.message("zh").startswith(f"表达式“{text}”第{at}个字符处:")


@pytest.mark.parametrize(
    "text",
    [
        "1" + "+1" * LONGEST,
        "(" * 400 + "1" + ")" * 400,
        "[" * 300,
        "-" * 900 + "1",
        "not " * 240 + "yes",
        "1 in (" + "1," * 250 + ")",
        "(" * DEEPEST + "yes" + " or no) and yes" * DEEPEST,
    ],
    ids=lambda text: text[:12],
)
def test_large_ones_are_refused(text: str) -> None:
    with pytest.raises(ExpressionWrong):
        parse(text, DECISION)


def test_a_long_condition_still_fits() -> None:
    assert parse(" and ".join(["urgent", "heard"] * 40), DECISION).kind == Truth()


KINDS: list[tuple[str, Kind]] = [
    ("comments + 1", Number("条")),
    ("1 + 1", Number()),
    ("comments / adopted", Number()),
    ("comments / present", Number("条/人")),
    ("comments * factor", Number("条")),
    ("cost * comments", Money()),
    ("cost / comments", Money()),
    ("cost / budget", Number()),
    ("days(published, closed)", Number("日")),
    ("min(cost, 400)", Money()),
    ("max(panel.on)", Date()),
    ("if_else(urgent, missing, title)", Text()),
    ('if_else(urgent, "a", "b")', Text()),
    ("linked(review).reviewer", Person()),
    ("owner", Body()),
    ("this", Link("decision")),
    ("state", State(DECISION.states)),
    ("papers", Files()),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text: str, kind: Kind) -> None:
    assert parse(text, DECISION).kind == kind


@pytest.mark.parametrize(
    ("text", "kind", "fits"),
    [
        ("urgent", Truth(), True),
        ("cost", Truth(), False),
        ("missing", Truth(), True),
        ("7", Money(), True),
        ("7", Number("件"), True),
        ("present", Number("件"), False),
        ("days(published, closed)", Number("天"), True),
        ('"heating"', DECISION.fields["matter"], True),
        ('"heatin"', DECISION.fields["matter"], False),
        ('if_else(urgent, "heating", "hot")', DECISION.fields["matter"], False),
        ("matter", Choice.of("heating"), False),
        ("matter", DECISION.fields["matter"], True),
        ('"firms"', Choices({"firms": None}), False),
        ('"2026Q1"', Period(), True),
        ('"一季度"', Period(), False),
        ("place", Text(), True),
        ("title", Place(), False),
        ("code", Code(), True),
        ("today", Date(), True),
        ("this", Link("decision"), True),
        ("this", Link("legality-review"), False),
    ],
)
def test_expected_kind(text: str, kind: Kind, fits: bool) -> None:
    if fits:
        parse(text, DECISION, kind)
    else:
        with pytest.raises(ExpressionWrong):
            parse(text, DECISION, kind)


def test_mechanisms_that_name_each_other() -> None:
    text = (
        "same(linked(linked(review).decision).author, author) and linked(linked(review).decision).cost > cost"
    )
    assert parse(text, DECISION).kind == Truth()
    assert parse('linked(decision).state == "heard" and inside(linked(decision).matter, "price")', REVIEW)


def test_a_link_to_a_mechanism_that_is_not_there() -> None:
    lonely = Scheme("a", {"to": Link("b")})
    with pytest.raises(ExpressionWrong, match="没有系统“b”"):
        parse("linked(to).state", lonely)


@given(st.text(max_size=60) | st.text("()[]{}'\"andornti =<>+-*/.,1x", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ExpressionWrong):
        parse(text, DECISION)
