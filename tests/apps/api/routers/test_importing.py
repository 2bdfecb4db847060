"""Entries from a sheet by tokens: sent, looked through row by row, confirmed, and what it made."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import TestCase
from python_calamine import CalamineWorkbook

from luoshi.apps.bulk.models import State, Upload
from luoshi.apps.register.models import Entry
from tests.apps.api.calling import Caller, problem, program
from tests.apps.bulk.factories import KEY, VENUE, filled_in, sent
from tests.apps.register.factories import AT, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
PATH = f"/registers/{KEY}/uploads"
WRONG = {**VENUE, "kind": "没有的类型"}


def send(caller: Caller, content: bytes, transition: str = "register", **more: Any) -> HttpResponse:
    file = SimpleUploadedFile("阵地.xlsx", content)
    given = {"file": file, "transition": transition, **more}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return caller.client.post(f"/api/v1{PATH}", given, headers=caller.headers)


def do(caller: Caller, path: str, given: Any = None) -> Any:
    """A call after which work goes on beside it."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return caller.do(path, given)


def test_a_sheet_is_offered_filled_in_and_becomes_entries(place: Place, clerk: Caller) -> None:
    offer = next(one for one in clerk.get(f"{PATH}/offers") if one["transition"] == "register")
    assert offer["bodies"] == [place.other.pk]
    assert {one["key"] for one in offer["columns"] if one["needed"]} >= {"name", "kind"}
    assert clerk.file(f"{PATH}/template/register")[:2] == b"PK"
    response = send(clerk, filled_in([VENUE, WRONG, {**VENUE, "name": "讲堂"}]), body=place.other.pk)
    assert response.status_code == 202, response.content.decode()
    path = f"{PATH}/{response.json()['id']}"
    told = clerk.get(path)
    assert (told["state"], told["total"], told["bad"], told["made"]) == ("checked", 3, 1, 0)
    assert not Entry.objects.exists()
    faulty = clerk.get(f"{path}/rows?only=faulty")["items"]
    assert [(one["number"], one["good"], one["entry_id"]) for one in faulty] == [(4, False, None)]
    assert "没有“没有的类型”这一项" in faulty[0]["faults"][0]["zh"]
    problem(clerk("POST", f"{path}/confirm", {"whole": True}), 409, "bulk-not-whole")
    assert do(clerk, f"{path}/confirm", {"whole": False})["state"] == "waiting"
    told = clerk.get(path)
    assert (told["state"], told["made"], told["done"]) == ("done", 2, 2)
    made = clerk.get(f"{path}/rows?only=made")["items"]
    assert {one["entry_id"] for one in made} == set(Entry.objects.values_list("pk", flat=True))
    assert clerk.get(f"{path}/rows?only=left")["count"] == 0
    assert clerk.get(f"{path}/rows")["count"] == 3
    problem(clerk("POST", f"{path}/confirm", {"whole": False}), 409, "bulk-upload-settled")
    assert [one["id"] for one in clerk.get(PATH)["items"]] == [told["id"]]


def test_what_is_wrong_comes_back_to_mend(place: Place, clerk: Caller) -> None:
    path = f"{PATH}/{send(clerk, filled_in([VENUE, WRONG])).json()['id']}"
    content = clerk.file(f"{path}/faults/file")
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert any("没有“没有的类型”这一项" in str(cell) for cell in rows[2])
    again = send(clerk, content).json()
    assert clerk.get(f"{PATH}/{again['id']}")["bad"] == 1


def test_a_sheet_can_be_dropped(place: Place, clerk: Caller) -> None:
    path = f"{PATH}/{send(clerk, filled_in([VENUE])).json()['id']}"
    assert clerk.do(f"{path}/drop")["state"] == "dropped"
    assert clerk.get(f"{path}/rows")["count"] == 0
    problem(clerk("POST", f"{path}/drop", {}), 409, "bulk-upload-settled")
    assert not Entry.objects.exists()


def test_what_was_interrupted_goes_on(place: Place, clerk: Caller) -> None:
    upload = sent(place, filled_in([VENUE]))
    path = f"{PATH}/{upload.pk}"
    problem(clerk("POST", f"{path}/continue", {}), 409, "bulk-upload-settled")
    Upload.objects.filter(pk=upload.pk).update(state=State.MAKING, whole=True, due_at=AT.replace(year=2025))
    assert clerk.get(path)["state"] == "interrupted"
    assert do(clerk, f"{path}/continue")["state"] == "waiting"
    assert (clerk.get(path)["state"], clerk.get(path)["made"]) == ("done", 1)


def test_what_is_no_sheet_says_why(place: Place, clerk: Caller) -> None:
    path = f"{PATH}/{send(clerk, b'no workbook').json()['id']}"
    told = clerk.get(path)
    assert told["state"] == "failed"
    assert {"code", "zh", "en"} <= set(told["error"])
    problem(send(clerk, filled_in([VENUE]), "no-such"), 404, "api-not-there")
    problem(send(clerk, filled_in([VENUE]), "inspect"), 403, "api-not-allowed")
    problem(send(clerk, filled_in([VENUE]), body=place.centre.pk), 403, "api-not-allowed")


def test_nobody_sees_what_another_sent(place: Place, clerk: Caller) -> None:
    upload = sent(place, filled_in([WRONG]))
    path, office = f"{PATH}/{upload.pk}", program(place.office, "office")
    for part in ("", "/rows", "/faults/file"):
        problem(office("GET", path + part), 403, "api-not-allowed")
    for part, given in (("confirm", {"whole": False}), ("drop", {}), ("continue", {})):
        problem(office("POST", f"{path}/{part}", given), 403, "api-not-allowed")
    assert office.get(PATH)["count"] == 0
    problem(clerk("GET", f"/registers/legal-aid/uploads/{upload.pk}"), 404, "api-not-there")
    problem(program(place.stranger, "read")("GET", path), 403, "api-token-too-narrow")
    # Who keeps no venues is offered no sheet of them.
    other = program(place.liaison, "report")
    assert other.get(f"{PATH}/offers") == []
    problem(other("GET", f"{PATH}/template/register"), 403, "api-not-allowed")


def test_the_same_call_twice_sends_one_sheet(place: Place, clerk: Caller) -> None:
    content = filled_in([VENUE])
    named = Caller()
    named.client, named.headers = clerk.client, {**clerk.headers, "Idempotency-Key": "k1"}
    first, again = send(named, content), send(named, content)
    assert first.json()["id"] == again.json()["id"]
    assert Upload.objects.count() == 1


def test_statements_do_not_grow_with_the_rows(
    place: Place, clerk: Caller, django_assert_max_num_queries: Any
) -> None:
    small, large = (sent(place, filled_in([WRONG] * count)) for count in (2, 40))
    for part in ("", "/rows?size=200"):
        with django_assert_max_num_queries(15) as asked:
            clerk.get(f"{PATH}/{small.pk}{part}")
        cost = len(asked)
        with django_assert_max_num_queries(cost):
            clerk.get(f"{PATH}/{large.pk}{part}")
