"""A workbook is taken over whole or not at all, and told row by row where it is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luoshi.apps.audit.models import Event
from luoshi.apps.organization.models import Body, BodyAlias, GroupRule, Membership
from luoshi.apps.organization.operations import create_body
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.operations.matching import match_body
from luoshi.apps.registry.models import Upload
from luoshi.apps.registry.operations import importing
from luoshi.apps.registry.operations.importing import apply_upload, receive
from luoshi.apps.registry.operations.refusals import RegistryChangedMeanwhile, UploadApplied
from luoshi.apps.registry.queries.workbook import write_registry
from luoshi.core.credit_code import compose
from luoshi.core.document.errors import NotAWorkbook, TooLarge
from tests.apps.factories import NOW, REGION
from tests.apps.registry.sending import Send, add
from tests.apps.registry.strategies import empty_region, fill
from tests.apps.registry.workbooks import Rows, row_named, rows_of

CODE = compose(authority="11", region=REGION, number="MB000001")


def nothing(_: Rows) -> None:
    """Leave the export as it is."""


# --- what comes back unchanged changes nothing ------------------------------------------------------------


def test_an_unchanged_export_changes_nothing(office: User, registry: dict[str, Body]) -> None:
    upload = receive(region=REGION, name="名录.xlsx", content=write_registry(REGION), by=office, at=NOW)
    assert upload.report["faults"] == []
    assert upload.report["changes"] == []
    apply_upload(upload=upload, by=office, at=NOW)
    assert set(Body.objects.values_list("version", flat=True)) == {1}
    assert Event.objects.get(type="organization.registry.imported").detail["changes"] == []


class TestAnyRegistry(TestCase):
    """Export and import of whatever registry there may be."""

    @given(data=st.data())
    @settings(max_examples=40)
    def test_comes_back_as_it_was(self, data: st.DataObject) -> None:
        empty_region()
        fill(data)
        rows, faults = rows_of(write_registry(REGION))
        report = importing._report(REGION, rows, faults)
        assert report["faults"] == []
        assert report["changes"] == []


# --- what changes ----------------------------------------------------------------------------------------


def test_every_sheet_is_taken_over(office: User, registry: dict[str, Body], send: Send) -> None:
    def change(rows: Rows) -> None:
        row_named(rows, "区教育局").update(full_name="云溪区教育局", active_from="2019年3月1日")
        rows["bodies"].append({"name": "青坪镇", "kind": "镇、乡", "line": "镇街园区", "level": "乡级"})
        rows["bodies"].append({"name": "区体育局", "parent": "区教育局"})
        rows["aliases"].append(
            {"body": "区教育局", "name": "区教委", "kind": "原名", "valid_to": "2018/12/31"}
        )
        rows["members"].append({"group": "各镇", "member": "青坪镇", "valid_from": "2026-01-01"})
        row_named(rows, "石桥镇", "members", "member")["valid_to"] = "2025-12-31"
        rows["rules"].append({"group": "各镇", "kind": "街道"})

    upload = send(change)
    assert upload.report["faults"] == []
    assert not BodyAlias.objects.exists(), "looking changes nothing"
    apply_upload(upload=upload, by=office, at=NOW)
    bureau = Body.objects.get(name="区教育局")
    assert (bureau.full_name, bureau.active_from, bureau.version) == ("云溪区教育局", date(2019, 3, 1), 2)
    assert Body.objects.get(name="区体育局").parent == bureau
    assert Body.objects.get(name="青坪镇").level == 4
    assert bureau.aliases.get().valid_to == date(2018, 12, 31)
    assert dict(Membership.objects.values_list("member__name", "valid_to")) == {
        "柳河镇": None,
        "石桥镇": date(2025, 12, 31),
        "青坪镇": None,
    }
    assert GroupRule.objects.get().kind == "street"
    told = Event.objects.get(type="organization.registry.imported").detail["changes"]
    assert [(one["sheet"], one["deed"]) for one in told] == [
        ("bodies", "changed"),
        ("bodies", "created"),
        ("bodies", "created"),
        ("aliases", "created"),
        ("members", "changed"),
        ("members", "created"),
        ("rules", "created"),
    ]


def test_what_a_sheet_leaves_out_goes_and_bodies_stay(
    office: User, registry: dict[str, Body], send: Send
) -> None:
    def change(rows: Rows) -> None:
        rows["bodies"] = []
        rows["members"].pop()

    upload = send(change)
    assert [(one["sheet"], one["deed"]) for one in upload.report["changes"]] == [("members", "removed")]
    apply_upload(upload=upload, by=office, at=NOW)
    assert Body.objects.count() == 5
    assert Membership.objects.count() == 1


def test_names_and_codes_may_be_swapped(office: User, registry: dict[str, Body], send: Send) -> None:
    def change(rows: Rows) -> None:
        one, other = row_named(rows, "区教育局"), row_named(rows, "区招生办")
        one["name"], other["name"] = other["name"], one["name"]
        one["credit_code"], other["credit_code"] = "", one["credit_code"]
        one["parent"] = other["parent"] = ""

    apply_upload(upload=send(change), by=office, at=NOW)
    swapped = Body.objects.get(pk=registry["区招生办"].pk)
    assert (swapped.name, swapped.credit_code) == ("区教育局", CODE)


def test_other_sheets_may_use_the_old_name(office: User, registry: dict[str, Body], send: Send) -> None:
    upload = send(lambda rows: row_named(rows, "柳河镇").update(name="柳河新镇"))
    assert upload.report["faults"] == []
    assert len(upload.report["changes"]) == 1


def test_a_body_that_ends_takes_its_aliases_along(
    office: User, registry: dict[str, Body], send: Send
) -> None:
    BodyAlias.objects.create(region_id=REGION, body=registry["柳河镇"], name="柳河")
    upload = send(lambda rows: row_named(rows, "柳河镇").update(active_to="2025-06-30"))
    apply_upload(upload=upload, by=office, at=NOW)
    assert BodyAlias.objects.get().valid_to == date(2025, 6, 30)


def test_the_effects_on_tasks_are_told(
    office: User, plan: Plan, registry: dict[str, Body], send: Send
) -> None:
    match_body(plan=plan, name="各镇", body=registry["各镇"], by=office, at=NOW)

    def change(rows: Rows) -> None:
        rows["bodies"].append({"name": "青坪镇", "kind": "镇、乡"})
        rows["members"].append({"group": "各镇", "member": "青坪镇"})
        row_named(rows, "石桥镇", "members", "member")["valid_to"] = "2025-12-31"

    upload = send(change)
    effects = upload.report["effects"]
    assert (effects["gained"], effects["lost"], effects["tasks"], effects["plans"]) == (3, 3, 3, 1)
    assert {(one["body"], one["gained"], one["via"]) for one in effects["changes"]} == {
        ("青坪镇", True, "各镇"),
        ("石桥镇", False, "各镇"),
    }
    assert not Body.objects.filter(name="青坪镇").exists()
    apply_upload(upload=upload, by=office, at=NOW)


# --- in time ---------------------------------------------------------------------------------------------


def test_what_was_not_shown_is_not_done(office: User, registry: dict[str, Body], send: Send) -> None:
    upload = send(add("bodies", name="青坪镇", kind="镇、乡"))
    create_body(region=REGION, name="青坪镇", by=office, at=NOW)
    with pytest.raises(RegistryChangedMeanwhile):
        apply_upload(upload=upload, by=office, at=NOW)
    upload.refresh_from_db()
    assert [one["deed"] for one in upload.report["changes"]] == ["changed"]
    apply_upload(upload=upload, by=office, at=NOW)
    assert Body.objects.get(name="青坪镇").kind == "town"


def test_effects_that_were_not_shown_are_not_had(
    office: User, plan: Plan, registry: dict[str, Body], send: Send
) -> None:
    upload = send(add("members", group="各镇", member="区教育局"))
    match_body(plan=plan, name="各镇", body=registry["各镇"], by=office, at=NOW)
    with pytest.raises(RegistryChangedMeanwhile):
        apply_upload(upload=upload, by=office, at=NOW)
    assert Membership.objects.count() == 2
    upload.refresh_from_db()
    assert upload.report["effects"]["gained"] == 3


def test_once_is_enough(office: User, registry: dict[str, Body], send: Send) -> None:
    upload = send(add("bodies", name="青坪镇"))
    apply_upload(upload=upload, by=office, at=NOW)
    with pytest.raises(UploadApplied):
        apply_upload(upload=upload, by=office, at=NOW)


def test_forgotten_uploads_go(office: User, registry: dict[str, Body], send: Send) -> None:
    old = send(nothing)
    Upload.objects.update(at=NOW - importing.KEPT * 2)
    send(nothing)
    assert not Upload.objects.filter(pk=old.pk).exists()


def test_other_files_are_refused(office: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotAWorkbook):
        receive(region=REGION, name="名录.txt", content="区教育局".encode(), by=office, at=NOW)
    monkeypatch.setenv("LUOSHI_LIMIT_BYTES", "100")
    with pytest.raises(TooLarge):
        receive(region=REGION, name="名录.xlsx", content=b"x" * 200, by=office, at=NOW)
    assert not Upload.objects.exists()
