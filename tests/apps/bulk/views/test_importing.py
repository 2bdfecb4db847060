"""The pages of a sheet: sent, watched, looked through, confirmed; the rows that were wrong, to mend."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from pytest_django import DjangoAssertNumQueries

from luoshi.apps.bulk.models import State, Upload
from luoshi.apps.register.models import Entry
from tests.apps.bulk.factories import KEY, VENUE, filled_in, sent
from tests.apps.register.factories import AT, Place, make_place

pytestmark = pytest.mark.django_db
ADDRESS = f"/registers/{KEY}/import/"


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def browser(place: Place) -> Client:
    client = Client()
    client.force_login(place.stranger)
    return client


def send(browser: Client, place: Place, content: bytes) -> Any:
    file = SimpleUploadedFile("阵地.xlsx", content)
    data = {"transition": "register", "body": str(place.other.pk), "workbook": file}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return browser.post(ADDRESS, data)


WRONG = {**VENUE, "kind": "没有的类型"}


def test_from_the_sheet_to_the_entries(place: Place, browser: Client) -> None:
    page = browser.get(ADDRESS).content.decode()
    assert f"{ADDRESS}register/template/" in page
    answer = send(browser, place, filled_in([VENUE, WRONG, {**VENUE, "name": "讲堂"}]))
    shown = browser.get(answer["Location"]).content.decode()
    assert "行可以登记" in shown
    assert "没有“没有的类型”这一项" in shown
    assert 'value="whole"' not in shown

    with TestCase.captureOnCommitCallbacks(execute=True):
        browser.post(answer["Location"], {"action": "good"})
    assert Entry.objects.count() == 2
    shown = browser.get(answer["Location"]).content.decode()
    assert "行已登记" in shown

    faults = browser.get(f"{answer['Location']}faults/")
    mended = b"".join(faults)  # type: ignore[arg-type]
    again = send(browser, place, mended)
    upload = Upload.objects.latest("at")
    assert again["Location"].endswith(f"{upload.pk}/")
    assert (upload.state, upload.total, upload.bad) == (State.CHECKED, 1, 1)


def test_what_was_not_chosen(place: Place, browser: Client) -> None:
    answer = browser.post(ADDRESS, {"transition": "register", "body": str(place.other.pk)})
    assert answer.status_code == 422
    assert "还没有选择文件" in answer.content.decode()


def test_progress_is_asked_for_until_it_is_over(place: Place, browser: Client) -> None:
    upload = sent(place, filled_in([VENUE]))
    address = f"{ADDRESS}{upload.pk}/"
    assert "hx-trigger" not in browser.get(address).content.decode()
    Upload.objects.filter(pk=upload.pk).update(state=State.MAKING, done=40, total=80, due_at=None)
    part = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "hx-trigger" in part
    assert 'value="50"' in part
    assert "已处理 40 行，共 80 行" in part


def test_another_person_sees_nothing_of_it(place: Place) -> None:
    upload = sent(place, filled_in([WRONG]))
    other = Client()
    other.force_login(place.office)
    for address in (f"{ADDRESS}{upload.pk}/", f"{ADDRESS}{upload.pk}/faults/"):
        assert other.get(address).status_code == 403


def test_statements_do_not_grow_with_the_faults(
    place: Place, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    upload = sent(place, filled_in([WRONG] * 40))
    assert upload.bad == 40
    with django_assert_max_num_queries(20):
        browser.get(f"{ADDRESS}{upload.pk}/")


def test_the_list_leads_there(place: Place, browser: Client) -> None:
    sent(place, filled_in([VENUE]))
    assert ADDRESS in browser.get(f"/registers/{KEY}/").content.decode()


def test_the_day_of_the_job_is_not_that_of_the_file(place: Place) -> None:
    assert sent(place, filled_in([VENUE])).at == AT
