"""What is wrong with a workbook is told at its cell, all of it at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body
from luoshi.apps.registry.models import Upload
from luoshi.apps.registry.operations.importing import apply_upload
from luoshi.apps.registry.operations.refusals import UploadHasFaults
from luoshi.core.credit_code import compose
from tests.apps.factories import NOW, REGION
from tests.apps.registry.sending import Send, add, set_cell
from tests.apps.registry.workbooks import Rows, row_named

CODE = compose(authority="11", region=REGION, number="MB000001")


def faults_of(upload: Upload) -> list[tuple[str, int, str]]:
    return [(one["sheet"], one["row"], one["column"]) for one in upload.report["faults"]]


# In the export rows stand by kind, line and name: 各镇 2, 区教育局 3, 区招生办 4, 柳河镇 5, 石桥镇 6.
WRONG: dict[str, tuple[Callable[[Rows], object], tuple[str, int, str], str]] = {
    "name collides": (set_cell("区招生办", name="区教育局"), ("单位", 4, "B"), "已经是“区教育局”"),
    "name missing": (set_cell("区招生办", name=""), ("单位", 4, "B"), "没有填写"),
    "name too long": (set_cell("区招生办", name="长" * 201), ("单位", 4, "B"), "201"),
    "full name collides": (set_cell("区招生办", full_name="柳河镇"), ("单位", 4, "C"), "已经是"),
    "unknown number": (set_cell("区招生办", id="999999"), ("单位", 4, "A"), "999999"),
    "unknown kind": (set_cell("区招生办", kind="衙门"), ("单位", 4, "E"), "衙门"),
    "unknown level": (set_cell("区招生办", level="9"), ("单位", 4, "G"), "下拉列表"),
    "unknown parent": (set_cell("区招生办", parent="区天文局"), ("单位", 4, "H"), "不是名录中的单位"),
    "parent below": (set_cell("区教育局", parent="区招生办"), ("单位", 3, "H"), "下级"),
    "own parent": (set_cell("区教育局", parent="区教育局"), ("单位", 3, "H"), "下级"),
    "check digit": (set_cell("区招生办", credit_code=CODE[:-1] + "0"), ("单位", 4, "I"), "末位校验码"),
    "code taken": (set_cell("区招生办", credit_code=CODE), ("单位", 4, "I"), "已登记在“区教育局”"),
    "bad day": (set_cell("区招生办", active_from="2025-02-30"), ("单位", 4, "J"), "2025-02-30"),
    "no day": (set_cell("区招生办", active_to="去年"), ("单位", 4, "K"), "去年"),
    "days in disorder": (
        set_cell("区招生办", active_from="2025-02-01", active_to="2025-01-01"),
        ("单位", 4, "K"),
        "早于",
    ),
    "group loses its kind": (set_cell("各镇", kind="机关部门"), ("成员", 2, "A"), "不能有成员"),
    "alias of nobody": (add("aliases", body="区天文局", name="天文"), ("别名", 2, "A"), "不是名录中的单位"),
    "alias collides": (add("aliases", body="柳河镇", name="区教育局"), ("别名", 2, "B"), "已经是"),
    "alias without a name": (add("aliases", body="柳河镇"), ("别名", 2, "B"), "没有填写"),
    "member twice": (add("members", group="各镇", member="柳河镇"), ("成员", 4, "B"), "已是"),
    "group in itself": (add("members", group="各镇", member="各镇"), ("成员", 4, "B"), "包含"),
    "members of a bureau": (
        add("members", group="区教育局", member="柳河镇"),
        ("成员", 4, "A"),
        "不能有成员",
    ),
    "rule without conditions": (add("rules", group="各镇"), ("规则", 2, "A"), "没有任何条件"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_each_fault_is_told_at_its_cell(
    office: User, registry: dict[str, Body], send: Send, wrong: str
) -> None:
    change, place, words = WRONG[wrong]
    upload = send(change)
    assert place in faults_of(upload), upload.report["faults"]
    told = next(one for one in upload.report["faults"] if (one["sheet"], one["row"], one["column"]) == place)
    assert words in told["zh"]
    assert upload.report["changes"] == []
    with pytest.raises(UploadHasFaults):
        apply_upload(upload=upload, by=office, at=NOW)
    assert Body.objects.count() == 5


def test_groups_that_contain_each_other(office: User, registry: dict[str, Body], send: Send) -> None:
    def change(rows: Rows) -> None:
        rows["bodies"].append({"name": "镇街", "kind": "统称"})
        rows["members"] += [{"group": "镇街", "member": "各镇"}, {"group": "各镇", "member": "镇街"}]

    assert faults_of(send(change)) == [("成员", 4, "B"), ("成员", 5, "B")]


def test_rows_about_the_same_body_and_the_same_rule(
    office: User, registry: dict[str, Body], send: Send
) -> None:
    def change(rows: Rows) -> None:
        rows["bodies"].append(dict(row_named(rows, "柳河镇")))
        rows["rules"] += [{"group": "各镇", "kind": "街道"}, {"group": "各镇", "kind": "街道 "}]

    upload = send(change)
    assert faults_of(upload) == [("单位", 7, "B"), ("规则", 3, "A")]


def test_all_faults_are_told_at_once(office: User, registry: dict[str, Body], send: Send) -> None:
    def change(rows: Rows) -> None:
        for name in ("区招生办", "柳河镇"):
            row_named(rows, name).update(active_from="不详", parent="区天文局")

    assert len(faults_of(send(change))) == 4
