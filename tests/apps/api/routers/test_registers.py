"""Registers by tokens: who sees which entries, with what is personal masked, and how they go on."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Role
from luoshi.apps.register.models import Correction, Entry
from tests.apps.api.calling import Caller, problem, program
from tests.apps.register.factories import APPLICATION, AT, Place, apply_for_aid, make_place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LIST = "/registers/legal-aid/entries"
BEGIN = {"transition": "apply", "values": APPLICATION}


@pytest.fixture
def liaison(place: Place) -> Caller:
    return program(place.liaison, "report")


@pytest.fixture
def head(place: Place) -> Caller:
    return program(place.head, "report")


@pytest.fixture
def office(place: Place) -> Caller:
    return program(place.office, "office")


@pytest.fixture
def stranger(place: Place) -> Caller:
    return program(place.stranger, "report")


def _viewer(place: Place) -> User:
    """Somebody who only looks at the region."""
    user = User.objects.create(username="looks")
    Role.objects.create(region=place.region, user=user, name=Role.Name.VIEWER)
    return user


def test_registers_are_listed_for_whom_they_concern(
    place: Place, liaison: Caller, office: Caller, stranger: Caller
) -> None:
    apply_for_aid(place)
    found = {one["key"]: one for one in liaison.get("/registers?size=200")["items"]}
    assert found["legal-aid"]["all"] == found["legal-aid"]["open"] == 1
    assert found["legal-aid"]["name"]["zh"] == "法律援助"
    everything = {one["key"] for one in office.get("/registers?size=200")["items"]}
    assert "legal-aid" not in {one["key"] for one in stranger.get("/registers?size=200")["items"]}
    assert "legal-aid" in everything >= set(found)
    assert [one["key"] for one in office.get("/registers?q=法律援助中心没有的词")["items"]] == []


def test_a_register_says_what_a_step_asks_for(liaison: Caller, stranger: Caller) -> None:
    told = liaison.get("/registers/legal-aid")
    apply = next(one for one in told["transitions"] if one["key"] == "apply")
    assert apply["origins"] == []
    fields = {one["key"]: one for one in told["fields"]}
    assert {*apply["asks"]} <= set(fields)
    assert fields["applicant"]["personal"]
    assert "civil" in {one["key"] for one in fields["form"]["options"]}
    assert told["begin"][0]["transition"] == "apply"
    assert stranger.get("/registers/legal-aid")["begin"] == []
    problem(liaison("GET", "/registers/no-such"), 404, "api-not-there")


def test_an_entry_begins_goes_on_and_tells_its_history(liaison: Caller, head: Caller) -> None:
    response = liaison("POST", LIST, BEGIN)
    assert response.status_code == 201, response.content.decode()
    made, etag = response.json(), response["ETag"]
    assert (made["state"], made["revision"], etag) == ("received", 1, '"1"')
    path = f"{LIST}/{made['id']}"
    shown = liaison.get(path)
    assert [one["transition"] for one in shown["steps"] if one["mine"]]
    problem(head("POST", f"{path}/steps/grant", {}), 428, "api-version-missing")
    granted = head("POST", f"{path}/steps/grant", {"values": {}}, If_Match=etag)
    assert granted.status_code == 200, granted.content.decode()
    assert granted.json()["state"] == "granted"
    told = liaison.get(f"{path}/history")["items"]
    assert [one["transition"] for one in told] == ["apply", "grant"]
    assert told[0]["fields"] == sorted(APPLICATION)
    assert {one["limit"] for one in liaison.get(f"{path}/limits")["items"]} == {"review", "appoint"}
    # The other one looked at what is not so any more.
    told = problem(head("POST", f"{path}/steps/refuse", {}, If_Match=etag), 412, "register-entry-changed")
    assert (told["present"]["state"], told["present"]["revision"]) == ("granted", 2)


def test_what_does_not_fit_says_where(place: Place, liaison: Caller) -> None:
    for values, code in (
        ({**APPLICATION, "form": "没有的"}, "value-unusable"),
        ({**APPLICATION, "no-such": "x"}, "step-value-not-asked"),
        ({"facts": "拖欠工资"}, "step-values-missing"),
        ({**APPLICATION, "evidence": ["没有这个文件"]}, "register-file-unknown"),
    ):
        told = problem(liaison("POST", LIST, {**BEGIN, "values": values}), 422, code)
        assert told["messages"]["zh"] != told["messages"]["en"]
    problem(liaison("POST", LIST, {**BEGIN, "transition": "no-such"}), 404, "api-not-there")
    problem(liaison("POST", LIST, {**BEGIN, "transition": "grant"}), 403, "api-not-allowed")
    problem(liaison("POST", LIST, {**BEGIN, "body": place.other.pk}), 403, "api-not-allowed")
    assert not Entry.objects.exists()


def test_the_same_call_twice_begins_one_entry(liaison: Caller) -> None:
    one = liaison.do(LIST, BEGIN, Idempotency_Key="k1")
    assert liaison.do(LIST, BEGIN, Idempotency_Key="k1")["id"] == one["id"]
    assert Entry.objects.count() == 1


def test_entries_are_told_to_who_may_see_them(place: Place, office: Caller) -> None:
    row = apply_for_aid(place)
    neighbour = make_place("990111")
    viewer = _viewer(place)
    path = f"{LIST}/{row.pk}"
    reads = ("", "/history", "/limits", "/links", "/named-by", "/files")
    for user, scope in (
        (place.liaison, "report"),
        (place.head, "read"),
        (place.office, "office"),
        (viewer, "read"),
    ):
        caller = program(user, scope)
        assert caller.get(LIST)["count"] == 1
        for part in reads:
            caller.get(path + part)
    for user in (place.stranger, neighbour.liaison, neighbour.office):
        caller = program(user, "read")
        assert caller.get(LIST)["count"] == 0
        for part in reads:
            problem(caller("GET", path + part), 403, "api-not-allowed")
    # An entry stands below its own register only.
    problem(office("GET", f"/registers/mediation/entries/{row.pk}"), 404, "api-not-there")


def test_steps_are_taken_by_whom_the_declaration_names(place: Place, liaison: Caller, office: Caller) -> None:
    row = apply_for_aid(place)
    path = f"{LIST}/{row.pk}/steps"
    seen = {"If_Match": '"1"'}
    problem(liaison("POST", f"{path}/grant", {}, **seen), 403, "api-not-allowed")
    problem(office("POST", f"{path}/grant", {}, **seen), 403, "api-not-allowed")
    problem(program(place.stranger, "report")("POST", f"{path}/withdraw", {}, **seen), 403, "api-not-allowed")
    reader = program(place.liaison, "read")
    problem(reader("POST", f"{path}/withdraw", {}, **seen), 403, "api-token-too-narrow")
    problem(liaison("POST", f"{path}/apply", {}, **seen), 404, "api-not-there")
    assert liaison.do(f"{path}/withdraw", {}, **seen)["state"] == "withdrawn"


def test_nothing_personal_is_told_without_a_purpose(place: Place, liaison: Caller, office: Caller) -> None:
    row = apply_for_aid(place)
    path = f"{LIST}/{row.pk}"
    for part in (LIST, path, f"{path}/history"):
        content = liaison("GET", part).content.decode()
        assert "甲某" not in content
        assert "拖欠工资" not in content
    values = {one["field"]: one for one in liaison.get(path)["values"]}
    assert values["applicant"]["words"] == "甲*"
    assert values["applicant"]["value"] is None
    assert values["applicant"]["hidden"]
    assert values["form"]["value"] == "civil"
    problem(liaison("POST", f"{path}/reveal", {"purpose": "看"}), 422, "register-purpose-too-short")
    viewer = _viewer(place)
    problem(
        program(viewer, "report")("POST", f"{path}/reveal", {"purpose": "核对申请"}), 403, "api-not-allowed"
    )
    purpose = {"purpose": "核对申请材料"}
    told = liaison.do(f"{path}/reveal", purpose, Idempotency_Key="k2")
    assert "甲某" in {one["words"] for one in told["values"]}
    # Asked again under its key it is not given again, because no answer was kept with it.
    again = liaison("POST", f"{path}/reveal", purpose, Idempotency_Key="k2")
    assert again.json()["values"] is None
    events = Event.objects.filter(type="register.person.revealed")
    assert [one.detail["purpose"] for one in events] == ["核对申请材料"]
    assert "甲某" not in str([one.detail for one in events])
    assert office.get(LIST)["items"][0]["columns"]


def test_what_is_to_be_put_right_is_answered_once(place: Place, liaison: Caller, stranger: Caller) -> None:
    row = apply_for_aid(place)
    asked = Correction.objects.create(entry=row, words="电话应为另一个号码", at=AT)
    path = f"{LIST}/{row.pk}/corrections"
    assert [one["words"] for one in liaison.get(path)["items"]] == [asked.words]
    problem(stranger("GET", path), 403, "api-not-allowed")
    problem(program(place.liaison, "read")("GET", path), 403, "api-token-too-narrow")
    words = {"made": True, "answer": "已按来电更正"}
    problem(stranger("POST", f"{path}/{asked.pk}/answer", words), 403, "api-not-allowed")
    assert liaison.do(f"{path}/{asked.pk}/answer", words)["made"] is True
    problem(liaison("POST", f"{path}/{asked.pk}/answer", words), 409, "register-correction-answered")
    other = apply_for_aid(place)
    problem(liaison("POST", f"{LIST}/{other.pk}/corrections/{asked.pk}/answer", words), 404, "api-not-there")


def _kept(caller: Caller, path: str, field: str, transition: str, name: str = "证明.pdf") -> Any:
    file = SimpleUploadedFile(name, b"%PDF-1.7 a")
    given = {"file": file, "field": field, "transition": transition}
    return caller.client.post(f"/api/v1{path}", given, headers=caller.headers)


def test_files_are_kept_for_a_step_and_handed_out(place: Place, liaison: Caller, stranger: Caller) -> None:
    kept = _kept(liaison, "/registers/legal-aid/files", "evidence", "apply")
    assert kept.status_code == 201, kept.content.decode()
    values = {**APPLICATION, "evidence": [kept.json()["token"]]}
    made = liaison.do(LIST, {**BEGIN, "values": values})
    files = liaison.get(f"{LIST}/{made['id']}/files")["items"]
    assert [one["name"] for one in files] == ["证明.pdf"]
    path = f"{LIST}/{made['id']}/files/{files[0]['id']}"
    assert liaison.file(path) == b"%PDF-1.7 a"
    assert Event.objects.filter(type="register.file.downloaded").count() == 1
    problem(stranger("GET", path), 403, "api-not-allowed")
    other = apply_for_aid(place)
    problem(liaison("GET", f"{LIST}/{other.pk}/files/{files[0]['id']}"), 404, "api-not-there")
    problem(_kept(liaison, "/registers/legal-aid/files", "facts", "apply"), 422, "step-value-not-asked")
    problem(_kept(stranger, "/registers/legal-aid/files", "evidence", "apply"), 403, "api-not-allowed")
    own = f"{LIST}/{other.pk}/files"
    problem(_kept(liaison, own, "evidence", "grant"), 403, "api-not-allowed")
    problem(_kept(stranger, own, "evidence", "withdraw"), 403, "api-not-allowed")


def test_lists_are_narrowed_as_their_declaration_says(place: Place, liaison: Caller) -> None:
    first, second = apply_for_aid(place), apply_for_aid(place, matter="injury")
    declared = liaison.get("/registers/legal-aid")
    assert "matter" in declared["filters"]

    def found(asked: str) -> set[int]:
        return {one["id"] for one in liaison.get(f"{LIST}?{asked}")["items"]}

    assert found("value=matter:labour") == {first.pk}
    assert found("value=matter:labour&value=form:civil") == {first.pk}
    assert found(f"q={second.number}") == {second.pk}
    assert found("state=received") == found("state=open") == {first.pk, second.pk}
    assert found("state=granted") == found("late=late") == found("since=2027-01-01") == set()
    assert found(f"holder={place.centre.pk}&until=2026-03-02&sort=due") == {first.pk, second.pk}
    for view in declared["views"]:
        assert found(f"view={view['key']}") <= {first.pk, second.pk}
    for wrong in ("value=applicant:甲某", "value=matter", "view=no-such"):
        problem(liaison("GET", f"{LIST}?{wrong}"), 422, "api-filter-unknown")
    problem(liaison("GET", f"{LIST}?sort=secret"), 422, "api-body-wrong")
    board = {one["state"]: one["entries"] for one in liaison.get("/registers/legal-aid/board")}
    assert (board["received"], board["granted"]) == (2, 0)


def test_a_list_is_taken_away_as_a_workbook(place: Place, liaison: Caller) -> None:
    apply_for_aid(place)
    other = apply_for_aid(place, matter="injury")
    content = liaison.file("/sheets/registers/legal-aid?value=matter:injury&until=2026-03-02")
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [other.number]
    problem(liaison("GET", "/sheets/registers/legal-aid?view=no-such"), 422, "api-filter-unknown")


def test_what_is_personal_is_assessed_by_the_office(place: Place, office: Caller, liaison: Caller) -> None:
    apply_for_aid(place)
    sheet = office.get("/registers/legal-aid/privacy")
    assert "applicant" in {one["field"] for one in sheet["fields"]}
    assert sheet["entries"] == 1
    problem(program(place.office, "read")("GET", "/registers/legal-aid/privacy"), 403, "api-token-too-narrow")
    problem(liaison("GET", "/registers/legal-aid/privacy"), 403, "api-token-too-narrow")


@pytest.mark.parametrize(
    "path", ["/registers?size=200", f"{LIST}?size=200", "one", "one/history", "one/limits"]
)
def test_reading_costs_the_same_however_much_there_is(
    place: Place, liaison: Caller, path: str, django_assert_max_num_queries: Any
) -> None:
    row = apply_for_aid(place)
    address = path.replace("one", f"{LIST}/{row.pk}") if path.startswith("one") else path
    with django_assert_max_num_queries(40) as one:
        liaison.get(address)
    for _ in range(5):
        apply_for_aid(place)
    with django_assert_max_num_queries(len(one)):
        liaison.get(address)
