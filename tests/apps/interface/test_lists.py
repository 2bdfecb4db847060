"""Lists without end: counted so far, and paged as far as counted."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from luoshi.apps.interface.lists import Endless, count_up_to

pytestmark = pytest.mark.django_db


def rows(number: int) -> Endless:
    User.objects.all().delete()
    User.objects.bulk_create(User(username=f"person-{n}") for n in range(number))
    return Endless(User.objects.order_by("username"), 2, most=5)


@pytest.mark.parametrize(
    ("number", "count", "more", "pages"), [(0, 0, False, 1), (5, 5, False, 3), (6, 5, True, 3)]
)
def test_rows_are_counted_so_far(number: int, count: int, more: bool, pages: int) -> None:
    found = rows(number)
    assert (found.count, found.more, found.num_pages) == (count, more, pages)


def test_the_last_page_that_was_counted_is_full(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = rows(9)
    with django_assert_num_queries(2):
        assert [user.username for user in found.get_page("99")] == ["person-4"]


def test_counting_ends_where_it_does_not_matter() -> None:
    found = rows(9).object_list
    assert [count_up_to(found, most) for most in (1, 8, 9, 10)] == [1, 8, 9, 9]
