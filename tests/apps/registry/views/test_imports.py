"""A workbook on the pages: sent, looked at, taken over, sent back with its faults."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from luoshi.apps.organization.models import Body, Role
from luoshi.apps.organization.operations import create_body
from luoshi.apps.registry.models import Upload
from luoshi.apps.registry.operations import importing
from tests.apps.factories import NOW, REGION, user_with
from tests.apps.registry.workbooks import Rows, edited, row_named, rows_of

Send = Callable[[bytes], HttpResponse]


@pytest.fixture
def send(desk: Client, office: User, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Sends a workbook in; it is read in this process."""
    create_body(region=REGION, name="区教育局", by=office, at=NOW)
    monkeypatch.setattr(importing, "_read", lambda name, content: rows_of(content))
    return lambda content: desk.post(
        reverse("registry:import"), {"workbook": SimpleUploadedFile("名录.xlsx", content)}
    )


def good(rows: Rows) -> None:
    row_named(rows, "区教育局")["full_name"] = "云溪区教育局"
    rows["bodies"].append({"name": "柳河镇", "kind": "镇、乡"})


def bad(rows: Rows) -> None:
    row_named(rows, "区教育局").update(active_from="不详", parent="区天文局")


def test_a_good_workbook_is_shown_and_taken_over(desk: Client, send: Send) -> None:
    address = send(edited(good))["Location"]
    html = desk.get(address).content.decode()
    for words in ("云溪区教育局", "柳河镇", "镇、乡", "没有任务因此增减单位", "确认写入名录"):
        assert words in html
    assert Body.objects.count() == 1
    upload = Upload.objects.get()
    assert desk.post(reverse("registry:apply", args=[upload.pk]))["Location"] == reverse("registry:list")
    assert Body.objects.count() == 2
    assert "确认写入名录" not in desk.get(address).content.decode()


def test_a_bad_workbook_comes_back_marked(desk: Client, send: Send) -> None:
    address = send(edited(bad))["Location"]
    html = desk.get(address).content.decode()
    assert "有 2 处问题" in html
    assert "J2" in html
    assert "区天文局" in html
    upload = Upload.objects.get()
    marked = desk.get(reverse("registry:faults", args=[upload.pk])).content
    assert rows_of(marked)[0] == rows_of(edited(bad))[0], "corrected, it can be sent again as it is"
    desk.post(reverse("registry:apply", args=[upload.pk]))
    assert Body.objects.get().active_from is None


def test_the_marked_workbook_says_what_and_where(desk: Client, send: Send) -> None:
    send(edited(bad))
    from luoshi.core.document import xlsx
    from luoshi.core.document.limits import Limits

    marked = desk.get(reverse("registry:faults", args=[Upload.objects.get().pk])).content
    summary, bodies, *_rest = xlsx.read(marked, file="a.xlsx", limits=Limits()).pieces
    texts = ["".join(piece.text for piece in cell.pieces) for cell in bodies.cells if cell.row == 1]
    assert "“不详”不是日期" in texts[-1]
    assert "区天文局" in texts[-1]
    assert len({cell.row for cell in summary.cells}) == 3


def test_an_unchanged_workbook_says_so(desk: Client, send: Send) -> None:
    address = send(edited(lambda rows: None))["Location"]
    assert "与现在的名录相同" in desk.get(address).content.decode()


def test_nothing_chosen(desk: Client, send: Send) -> None:
    response = desk.post(reverse("registry:import"), {})
    assert response.status_code == 422
    assert "还没有选择文件" in response.content.decode()


def test_a_file_that_is_no_workbook(desk: Client) -> None:
    file = SimpleUploadedFile("名录.txt", "区教育局".encode())
    response = desk.post(reverse("registry:import"), {"workbook": file})
    assert response.status_code == 422
    assert "不是 Excel 工作簿" in response.content.decode()


@pytest.mark.parametrize("name", ["upload", "faults", "apply"])
def test_uploads_are_closed_to_others(client: Client, send: Send, name: str) -> None:
    send(edited(bad))
    address = reverse(f"registry:{name}", args=[Upload.objects.get().pk])
    for user in (user_with("viewer", Role.Name.VIEWER), user_with("neighbour", Role.Name.OFFICE, "990103")):
        client.force_login(user)
        assert (client.post if name == "apply" else client.get)(address).status_code == 403


def test_changes_meanwhile_are_told(desk: Client, office: User, send: Send) -> None:
    send(edited(good))
    create_body(region=REGION, name="柳河镇", by=office, at=NOW)
    address = reverse("registry:apply", args=[Upload.objects.get().pk])
    assert "名录有了变动" in desk.post(address, follow=True).content.decode()
    assert desk.post(address)["Location"] == reverse("registry:list")
