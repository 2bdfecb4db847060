"""Which columns a sheet has."""

from __future__ import annotations

from django.utils.translation import override

from luoshi.apps.bulk.queries.columns import mark_of
from tests.apps.bulk.factories import layout


def test_a_person_has_three_columns() -> None:
    keys = layout("legal-aid", "apply").main_keys()
    place = keys.index("applicant.name")
    assert keys[place : place + 3] == ["applicant.name", "applicant.phone", "applicant.identity"]


def test_only_the_name_of_a_person_is_needed() -> None:
    columns = {one.key: one for one in layout("legal-aid", "apply").columns}
    assert columns["applicant.name"].heading("zh").endswith("姓名 *")
    assert not columns["applicant.phone"].needed


def test_a_heading_is_in_one_language_whatever_the_page_is_in() -> None:
    columns = {one.key: one for one in layout("legal-aid", "apply").columns}
    with override("en"):
        assert columns["applicant.phone"].heading("zh") == "申请人 · 电话"
    with override("zh-hans"):
        assert columns["applicant.phone"].heading("en") == "Applicant · telephone"


def test_marks_of_others_are_none() -> None:
    assert mark_of("问题") is None
    assert mark_of("luoshi-bulk/1") is None
    assert mark_of("luoshi-bulk/2 a@1 b") is None
