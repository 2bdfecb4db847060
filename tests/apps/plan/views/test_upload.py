"""Uploading a document and watching its import."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luoshi.apps.plan.models import ImportJob, Plan
from tests.apps.factories import NOW, REGION, plan_text, user_with

HTMX = {"HX-Request": "true"}


def file(name: str = "方案.txt", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or plan_text(1).encode())


@pytest.fixture
def send(desk: Client, django_capture_on_commit_callbacks: Any) -> Any:
    """Uploads files and lets the import run."""

    def sending(*files: SimpleUploadedFile) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return desk.post(reverse("plan:upload"), {"documents": list(files)})

    return sending


def test_one_file_leads_to_its_review(desk: Client, send: Any) -> None:
    response = send(file())
    job = ImportJob.objects.get()
    assert response["Location"] == reverse("plan:job", args=[job.pk])
    review = reverse("plan:review", args=[Plan.objects.get().pk])
    assert desk.get(response["Location"])["Location"] == review
    assert desk.get(response["Location"], headers=HTMX)["HX-Redirect"] == review


def test_several_files_lead_to_the_list(send: Any) -> None:
    response = send(file("甲.txt"), file("乙.txt", plan_text(2).encode()))
    assert response["Location"] == reverse("plan:upload")
    assert Plan.objects.count() == 2


def test_no_file_is_refused_with_a_reason(send: Any) -> None:
    response = send()
    assert response.status_code == 422
    assert "还没有选择文件" in response.content.decode()


def test_a_file_over_the_limit_is_refused_with_a_reason(send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_LIMIT_BYTES", "10")
    response = send(file("大文件.txt"))
    assert response.status_code == 422
    assert "大文件.txt" in response.content.decode()
    assert not ImportJob.objects.exists()


def test_a_file_that_cannot_be_read_is_told_and_can_be_tried_again(
    desk: Client, send: Any, django_capture_on_commit_callbacks: Any
) -> None:
    response = send(file("方案.pdf", b"%PDF-1.7 broken"))
    page = desk.get(response["Location"]).content.decode()
    assert "方案.pdf" in page
    assert 'role="alert"' in page
    assert "hx-trigger" not in page
    job = ImportJob.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("plan:retry", args=[job.pk]))
    job.refresh_from_db()
    assert job.attempt == 2


def test_a_running_import_is_asked_for_again(desk: Client, office: Any) -> None:
    job = ImportJob.objects.create(
        region_id=REGION,
        name="方案.txt",
        sha256="0" * 64,
        size=1,
        content=b"x",
        by=office,
        at=NOW,
        state="reading",
    )
    part = desk.get(reverse("plan:job", args=[job.pk]), headers=HTMX).content.decode()
    assert 'hx-trigger="load delay:1s"' in part
    assert "<html" not in part
    assert 'aria-current="step"' in part


def test_jobs_of_another_region_are_closed(client: Client, office: Any) -> None:
    job = ImportJob.objects.create(
        region_id=REGION, name="方案.txt", sha256="0" * 64, size=1, content=b"x", by=office, at=NOW
    )
    client.force_login(user_with("neighbour", "office", "990103"))
    assert client.get(reverse("plan:job", args=[job.pk])).status_code == 403
    assert client.post(reverse("plan:retry", args=[job.pk])).status_code == 403
    assert "方案.txt" not in client.get(reverse("plan:upload")).content.decode()


def test_a_file_that_is_here_already_is_said_to_be(desk: Client, send: Any) -> None:
    send(file())
    again = send(file("同一份.txt"))
    page = desk.get(again["Location"], follow=True).content.decode()
    assert "同一份.txt 以前导入过" in page
    assert Plan.objects.count() == 1


def test_the_list_of_imports_asks_again_while_one_runs(desk: Client, office: Any) -> None:
    address = reverse("plan:upload")
    job = ImportJob.objects.create(
        region_id=REGION, name="方案.txt", sha256="0" * 64, size=1, content=b"x", by=office, at=NOW
    )
    assert 'hx-select="#recent"' in desk.get(address).content.decode()
    ImportJob.objects.filter(pk=job.pk).update(state="failed", ended_at=NOW)
    assert "hx-select" not in desk.get(address).content.decode()
