"""What expressions mean, line by line: the text, and its value over the sample entry and over an empty one.

The same lines are to hold for every evaluator.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luoshi.core.expression import MISSING, UNKNOWN

YES, NO = True, False
Case = tuple[str, object, object]

LOGIC: list[Case] = [
    # text, over the sample entry, over an empty entry
    ("yes", YES, YES),
    ("unknown", UNKNOWN, UNKNOWN),
    ("missing", MISSING, MISSING),
    ("urgent", NO, MISSING),
    ("heard", UNKNOWN, MISSING),
    ("not urgent", YES, MISSING),
    ("not heard", MISSING, MISSING),
    ("heard and yes", MISSING, MISSING),
    ("heard and no", NO, NO),
    ("heard or yes", YES, YES),
    ("heard or no", MISSING, MISSING),
    ("urgent or heard", MISSING, MISSING),
    ("urgent and heard", NO, MISSING),
    ("urgent == no", YES, MISSING),
    ("heard == heard", MISSING, MISSING),
    ("is_missing(urgent)", NO, YES),
    ("is_missing(heard)", NO, YES),
    ("is_unknown(heard)", YES, NO),
    ("is_unknown(urgent)", NO, NO),
    ("given(heard)", YES, NO),
    ("given(papers)", NO, NO),
    ("is_missing(papers)", YES, YES),
    ("is_missing(panel)", NO, YES),
    ("given(panel)", YES, NO),
    ("is_missing(budget / 0)", YES, YES),
    ("if_else(urgent, 7, 30)", Decimal(30), MISSING),
    ('if_else(given(budget), "有预算", "无预算")', "无预算", "无预算"),
    ("if_else(urgent, missing, cost)", Decimal("1200.50"), MISSING),
]
NUMBERS: list[Case] = [
    ("adopted", Decimal(0), MISSING),
    ("adopted == 0", YES, MISSING),
    ("adopted / comments", Decimal(0), MISSING),
    ("comments / adopted", MISSING, MISSING),
    ("present * 3 >= members_due * 2", YES, MISSING),
    ("present / members_due > 0.5", YES, MISSING),
    ("1 < present <= members_due", YES, MISSING),
    ("0.1 + 0.2 == 0.3", YES, YES),
    ("2 + 3 * 4 - 6 / 2", Decimal(11), Decimal(11)),
    ("-(present - 10)", Decimal(4), MISSING),
    ("- -3", Decimal(3), Decimal(3)),
    ("cost * factor", Decimal("1800.750"), MISSING),
    ("cost - budget", MISSING, MISSING),
    ("cost / cost", Decimal(1), MISSING),
    ("cost > 1000", YES, MISSING),
    ("max(present - 4, 0) + min(present, 3, 9)", Decimal(5), MISSING),
    ("present in (5, 6)", YES, MISSING),
    ("present not in (5, 6)", NO, MISSING),
]
DAYS: list[Case] = [
    ("today", date(2026, 9, 28), date(2026, 9, 28)),
    ("days(published, today)", Decimal(39), MISSING),
    ("days(today, published)", Decimal(-39), MISSING),
    ("days(published, closed)", MISSING, MISSING),
    ('working_days(date("2026-09-30"), date("2026-10-10"))', Decimal(3), Decimal(3)),
    ('working_days(date("0001-01-01"), today)', MISSING, MISSING),
    ('published >= date("2026-01-01")', YES, MISSING),
    ('published in (date("2026-08-20"), date("2026-08-21"))', YES, MISSING),
    ("year(published) == 2026 and quarter(published) == 3", YES, MISSING),
    ("year(half)", Decimal(2026), MISSING),
    ("first_day(half)", date(2026, 1, 1), MISSING),
    ("last_day(half)", date(2026, 6, 30), MISSING),
    ('after(published, 5, "year")', date(2031, 8, 20), MISSING),
    ('after(date("2026-01-31"), 1, "month")', date(2026, 2, 28), date(2026, 2, 28)),
    ('after(date("2026-03-31"), -1, "month")', date(2026, 2, 28), date(2026, 2, 28)),
    ('after(date("2026-09-30"), 1, "working_day")', date(2026, 10, 8), date(2026, 10, 8)),
    ('after(published, 30, "day") < today', YES, MISSING),
    ('after(published, 0.5, "day")', MISSING, MISSING),
    ('after(published, 9999, "year")', MISSING, MISSING),
    ('after(date("9999-12-31"), 1, "day")', MISSING, MISSING),
    ('after(date("9999-12-31"), 1, "month")', MISSING, MISSING),
    ('after(date("2199-12-31"), 9, "working_day")', MISSING, MISSING),
    ("begun", date(2026, 8, 1), MISSING),
]
WORDS: list[Case] = [
    ('state == "heard"', YES, MISSING),
    ('state in ("drafted", "heard")', YES, MISSING),
    ('matter == "price"', NO, MISSING),
    ('inside(matter, "price")', YES, MISSING),
    ('inside(matter, "economy") and not inside(matter, "traffic")', YES, MISSING),
    ('"firms" in effects', YES, NO),
    ('"people" in effects', NO, NO),
    ('inside(effects, "people")', YES, NO),
    ("count(effects)", Decimal(2), Decimal(0)),
    ("length(title)", Decimal(8), MISSING),
    ('title == "供热价格调整方案"', YES, MISSING),
    ("place", MISSING, MISSING),
    ('half == "2026H1"', YES, MISSING),
    ("code != title", YES, MISSING),
]
WHO: list[Case] = [
    ("same(author, actor)", YES, MISSING),
    ("same(drafter, actor_body)", NO, MISSING),
    ("same(owner, drafter) and same(holder, actor_body)", YES, MISSING),
    ("any(panel, same(expert, actor))", YES, NO),
    ("any(panel, same(unit, entry.drafter))", YES, NO),
    ("count(panel, same(expert, linked(entry.review).reviewer))", Decimal(2), Decimal(0)),
]
ROWS: list[Case] = [
    ("count(panel)", Decimal(3), Decimal(0)),
    ("count(papers) == 0", YES, YES),
    ("count(panel, agrees)", Decimal(1), Decimal(0)),
    ("count(panel, score >= 80)", Decimal(2), Decimal(0)),
    ("count(panel, score > entry.factor * 50)", Decimal(2), Decimal(0)),
    ("sum(panel.score)", Decimal(240), Decimal(0)),
    ("sum(panel.fee)", MISSING, Decimal(0)),
    ("sum(panel.fee, given(fee))", Decimal(600), Decimal(0)),
    ("min(panel.score)", Decimal(70), MISSING),
    ("max(panel.score, agrees or is_unknown(agrees))", Decimal(90), MISSING),
    ("max(panel.on)", MISSING, MISSING),
    ("(sum(panel.score) - min(panel.score) - max(panel.score)) / (count(panel) - 2)", Decimal(80), MISSING),
    ("any(panel, agrees)", YES, NO),
    ("all(panel, agrees)", NO, YES),
    ("any(panel, fee > 1000)", MISSING, NO),
    ("all(panel, fee > 100)", MISSING, YES),
    ('any(panel, field == "water")', YES, NO),
    ('any(panel, field == "law")', MISSING, NO),
]
COURSE: list[Case] = [
    ('taken("publish-draft")', YES, NO),
    ('times("publish-draft")', Decimal(2), Decimal(0)),
    ('first_time("publish-draft")', date(2026, 8, 20), MISSING),
    ('last_time("publish-draft")', date(2026, 9, 3), MISSING),
    ('first_time("decide")', MISSING, MISSING),
    ('days(first_time("draft"), first_time("publish-draft"))', Decimal(19), MISSING),
    ('within("comment")', YES, MISSING),
    ('running("comment")', YES, NO),
    ('overdue("examine")', YES, MISSING),
    ('within("examine")', NO, MISSING),
    ('running("examine")', NO, NO),
]
OTHERS: list[Case] = [
    ('linked(review).state == "given"', YES, MISSING),
    ("linked(review).fee", Decimal(300), MISSING),
    ("linked(review).begun", date(2026, 9, 1), MISSING),
    ('linked(review).opinion in ("lawful", "lawful-if-changed")', YES, MISSING),
    ("same(linked(review).reviewer, actor)", NO, MISSING),
    ("same(linked(review).decision, this)", YES, MISSING),
    ("sum(linked(review).points.weight)", Decimal(7), MISSING),
    ("count(linked(review).points)", Decimal(2), MISSING),
    ("linked(review).fee > cost", NO, MISSING),
    ('exists("legality-review", same(decision, this) and state == "given")', YES, NO),
    ('exists("legality-review", same(decision, this) and state == "asked")', NO, NO),
    ('exists("legality-review", fee > 1000)', MISSING, NO),
    ('entries("legality-review", begun >= this.begun)', Decimal(2), Decimal(0)),
    ('exists("legality-review", fee < this.cost and any(points, weight > 3))', YES, NO),
    ('exists("legality-review", taken("give"))', YES, NO),
    ('entries("decision", title == this.title)', Decimal(1), Decimal(0)),
    ('exists("decision", state == "heard")', NO, NO),
    ('exists("decision", cost < this.cost)', YES, NO),
]
CASES = [*LOGIC, *NUMBERS, *DAYS, *WORDS, *WHO, *ROWS, *COURSE, *OTHERS]
