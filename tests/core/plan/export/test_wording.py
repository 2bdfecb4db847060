"""Values of a plan in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from luoshi.core.plan.export.wording import due_words, number_words, target_words, task_words
from luoshi.core.plan.model import Deadline, Plan, Target, Task
from luoshi.core.source import Span
from tests.core.plan.strategies import plans

HERE = Span(0, 1)


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        ("date", "2025-12-31", "2025-12-31", "2025-12-31"),
        ("date", "--10-31", "10月31日(未写明年份)", "31 October (no year given)"),
        ("recurring", "yearly", "每年", "every year"),
        ("recurring", "yearly:Q1", "每年第一季度", "every year in quarter 1"),
        ("recurring", "yearly:12", "每年12月", "every December"),
        ("recurring", "yearly:12-04", "每年12月4日", "every December 4"),
        ("recurring", "half-yearly", "每半年", "every half year"),
        ("recurring", "monthly:05", "每月5日", "every month on day 5"),
        ("standing", "ongoing", "长期", "ongoing"),
        ("vague", "定期", "引文", "引文"),
        ("recurring", "never seen", "never seen", "never seen"),
    ],
)
def test_deadlines_in_words(kind: str, value: str, zh: str, en: str) -> None:
    due = Deadline("引文", HERE, kind, value, "")
    assert (due_words(due), due_words(due, "en")) == (zh, en)


def test_a_target_tells_what_how_much_for_whom_and_by_when() -> None:
    target = Target("x", HERE, ">=", Decimal("1.50"), "个", "阵地", "每个社区", "2025-12-31", "")
    assert target_words(target) == "阵地 ≥1.5个 (每个社区) (2025-12-31前)"
    assert target_words(target, "en") == "阵地 ≥1.5个 (per 每个社区) (by 2025-12-31)"


@pytest.mark.parametrize(
    ("value", "words"), [("100", "100"), ("1E+2", "100"), ("0.50", "0.5"), ("10.0", "10")]
)
def test_numbers_have_neither_exponents_nor_needless_zeros(value: str, words: str) -> None:
    assert number_words(Decimal(value)) == words


@pytest.mark.parametrize(
    ("number", "title", "text", "words"),
    [
        ("3", "有标题", "3.有标题。还有别的。", "有标题"),
        ("3", None, "3.加强普法。还有别的。", "加强普法"),
        (None, None, "2025年前完成;其他。", "2025年前完成"),
        ("(一)", None, "(一)加强普法", "加强普法"),
        ("1", None, "1." + "长" * 60, "长" * 39 + "…"),
    ],
)
def test_a_task_is_called_by_its_title_or_first_sentence(
    number: str | None, title: str | None, text: str, words: str
) -> None:
    assert task_words(Task("t1", number, title, None, None, text, HERE)) == words


@given(plans())
def test_every_deadline_and_target_has_words_in_both_languages(plan: Plan) -> None:
    for task in plan.tasks:
        for language in ("zh", "en"):
            assert all(due_words(due, language) for due in task.deadlines)
            assert all(target_words(target, language) for target in task.targets)
