"""Small pieces of templates."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.utils.translation import override

from luoshi.apps.interface.templatetags.interface import day, icon, month_day, page_numbers, share


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("2025-12-31", "2025年12月31日", "31 Dec 2025"),
        ("--03-01", "3月1日", "1 Mar"),
        ("长期", "长期", "长期"),
        ("", "", ""),
    ],
)
def test_day(value: str, chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert day(value) == chinese
    with override("en"):
        assert day(value) == english


def test_month_day_leaves_the_year_out() -> None:
    with override("zh-hans"):
        assert month_day("2025-04-15") == month_day("--04-15") == "4月15日"
    with override("en"):
        assert month_day("2025-04-15") == "15 Apr"


def test_icon_speaks_only_with_a_label() -> None:
    assert 'aria-hidden="true"' in icon("task")
    assert 'role="img" aria-label="&lt;任务&gt;"' in icon("task", "<任务>")


def test_pager_offers_the_ends_and_the_middle() -> None:
    page = Paginator(range(1000), 10).page(50)
    assert page_numbers(page) == [1, "…", 49, 50, 51, "…", 100]


def test_share_of_nothing_is_nothing() -> None:
    assert share(3, 0) == "0"
    assert share(1, 3) == "33.33"
