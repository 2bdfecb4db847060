"""Random expressions that are well-typed over the sample mechanism, as people could write them."""

from __future__ import annotations

from hypothesis import strategies as st

Texts = st.SearchStrategy[str]


def joined(pattern: str, *parts: Texts) -> Texts:
    """Texts made of a pattern and its parts."""
    return st.tuples(*parts).map(lambda found: pattern.format(*found))


def numbers(inner: Texts, truths: Texts, days: Texts) -> Texts:
    """Numbers without a unit."""
    return st.one_of(
        joined("({} {} {})", inner, st.sampled_from("+-*/"), inner),
        joined("-{}", inner),
        joined("if_else({}, {}, {})", truths, inner, inner),
        joined("{}({}, {})", st.sampled_from(["min", "max"]), inner, inner),
        joined("days({}, {}) / days({}, {})", days, days, days, days).map("({})".format),
        joined("(working_days({}, {}) / working_days({}, {}))", days, days, days, days),
        joined("quarter({})", days),
        joined("count(panel, {})", row_truths),
        joined("(sum(panel.score, {}) / max(panel.score))", row_truths),
        joined('entries("legality-review", {})', other_truths),
    )


def truths(inner: Texts, numbers: Texts, days: Texts) -> Texts:
    """Conditions."""
    sign = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    return st.one_of(
        joined("({} {} {})", inner, st.sampled_from(["and", "or"]), inner),
        joined("(not {})", inner),
        joined("({} {} {})", numbers, sign, numbers),
        joined("({} {} {} {} {})", numbers, sign, numbers, sign, numbers),
        joined("({} {} {})", days, sign, days),
        joined("({} {} {})", inner, st.sampled_from(["==", "!="]), inner),
        joined("{}({})", st.sampled_from(["is_missing", "given"]), st.one_of(inner, numbers, days)),
        joined("is_unknown({})", inner),
        joined("({} {} (1, -2.5))", numbers, st.sampled_from(["in", "not in"])),
        joined("{}(panel, {})", st.sampled_from(["any", "all"]), row_truths),
        joined('exists("legality-review", {})', other_truths),
    )


def dates(inner: Texts, numbers: Texts, truths: Texts) -> Texts:
    """Days."""
    units = st.sampled_from(["day", "working_day", "month", "year"])
    return st.one_of(
        joined('after({}, {}, "{}")', inner, numbers, units),
        joined("if_else({}, {}, {})", truths, inner, inner),
        joined("{}({}, {})", st.sampled_from(["min", "max"]), inner, inner),
    )


def listed(*texts: str) -> Texts:
    """Some texts, in brackets where they are made of parts."""
    return st.sampled_from([f"({text})" if " " in text else text for text in texts])


plain_numbers = listed(
    "0",
    "1",
    "2.50",
    "factor",
    "year(half) / year(today)",
    "comments / adopted",
    "cost / budget",
    "count(panel)",
)
plain_days = listed(
    "today",
    "published",
    "closed",
    "begun",
    'date("2026-02-28")',
    'last_time("draft")',
    "first_day(half)",
    "last_day(half)",
    "max(panel.on)",
    "linked(review).begun",
)
plain_truths = listed(
    "yes",
    "no",
    "unknown",
    "urgent",
    "heard",
    'within("comment")',
    'overdue("examine")',
    'running("comment")',
    'taken("draft")',
    'inside(matter, "price")',
    'inside(effects, "people")',
    '"firms" in effects',
    "same(author, actor)",
    "same(owner, actor_body)",
    "same(linked(review).decision, this)",
    'state == "heard"',
    'matter in ("price",)',
    'half != "2026"',
    'title == "x"',
)
row_truths = listed(
    "agrees",
    "given(fee)",
    "score > 3",
    "fee > entry.cost",
    "on <= today",
    "same(expert, actor)",
    "agrees and not entry.urgent",
    'field == "law" or entry.state == "heard"',
)
other_truths = listed(
    "same(decision, this)",
    'state == "given"',
    "fee >= this.cost",
    'taken("give")',
    'within("review")',
    "any(points, weight > entry.fee / this.cost)",
    "begun < this.begun or this.urgent",
    "any(this.panel, agrees)",
)


def _deeper(depth: int) -> tuple[Texts, Texts, Texts]:
    if depth == 0:
        return plain_numbers, plain_truths, plain_days
    number, truth, day = _deeper(depth - 1)
    return (
        st.one_of(plain_numbers, numbers(number, truth, day)),
        st.one_of(plain_truths, truths(truth, number, day)),
        st.one_of(plain_days, dates(day, number, truth)),
    )


any_text = st.one_of(*_deeper(2))
