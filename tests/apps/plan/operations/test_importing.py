"""Imports as jobs: whatever happens to them, the file is kept and the job says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from luoshi.apps.audit.models import Event
from luoshi.apps.plan.models import ImportJob, Plan
from luoshi.apps.plan.operations.importing import (
    GRACE,
    mark_interrupted,
    request_import,
    retry_import,
    run_import,
)
from luoshi.apps.plan.operations.refusals import ImportActive
from luoshi.core.document.errors import TooLarge
from tests.apps.factories import NOW, REGION, plan_text

TEXT = plan_text(2).encode()


@pytest.fixture
def run(django_capture_on_commit_callbacks: Any) -> Any:
    """Runs the work that waits for the transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def request(office: User, content: bytes = TEXT, name: str = "方案.txt") -> ImportJob:
    return request_import(region=REGION, name=name, content=content, by=office, at=NOW)


def test_a_file_becomes_a_plan(office: User, run: Any) -> None:
    with run():
        job = request(office)
    job.refresh_from_db()
    assert (job.state, job.content, job.error) == (ImportJob.State.DONE, None, {})
    assert job.plan is not None
    assert job.plan.created_by == office
    assert job.plan.tasks.count() >= 2


def test_the_same_bytes_are_imported_once(office: User, run: Any) -> None:
    with run():
        first = request(office)
    with run():
        again = request(office, name="另一个名字.txt")
    assert again.state == ImportJob.State.DONE
    first.refresh_from_db()
    assert again.plan == first.plan
    assert Plan.objects.count() == 1


def test_an_import_under_way_is_joined(office: User) -> None:
    assert request(office) == request(office)
    assert ImportJob.objects.count() == 1


def test_a_file_that_cannot_be_read_is_kept_with_its_reason(office: User, run: Any) -> None:
    with run():
        job = request(office, b"%PDF-1.7\nnot a pdf", "方案.pdf")
    job.refresh_from_db()
    assert job.state == ImportJob.State.FAILED
    assert bytes(job.content) == b"%PDF-1.7\nnot a pdf"
    assert "方案.pdf" in job.error["zh"]
    assert "方案.pdf" in job.error["en"]
    assert job.error["code"].startswith("document-")
    assert Event.objects.filter(type="plan.import.failed", detail__code=job.error["code"]).count() == 1


def test_a_failed_import_is_tried_again(office: User, run: Any) -> None:
    with run():
        job = request(office, b"", "空.txt")
    job.refresh_from_db()
    assert job.error["code"] == "document-empty"
    with run():
        retry_import(job=job, by=office, at=NOW)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (ImportJob.State.FAILED, 2)


def test_a_running_import_is_not_tried_again(office: User) -> None:
    job = request(office)
    with pytest.raises(ImportActive):
        retry_import(job=job, by=office, at=NOW)


def test_files_over_the_limit_are_refused_at_once(office: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_LIMIT_BYTES", "10")
    with pytest.raises(TooLarge) as refused:
        request(office)
    assert "LUOSHI_LIMIT_BYTES" in refused.value.message("zh")
    assert not ImportJob.objects.exists()


def test_an_import_that_nobody_works_on_is_marked(office: User) -> None:
    job = request(office)
    ImportJob.objects.filter(pk=job.pk).update(state="reading", started_at=NOW, due_at=NOW + GRACE)
    assert mark_interrupted(at=NOW + GRACE) == 0
    assert mark_interrupted(at=NOW + GRACE + timedelta(seconds=1)) == 1
    job.refresh_from_db()
    assert (job.state, bytes(job.content)) == (ImportJob.State.INTERRUPTED, TEXT)


def test_a_restart_marks_everything_under_way(office: User, run: Any) -> None:
    job = request(office)
    assert mark_interrupted(at=NOW, everything=True) == 1
    run_import(job.pk)
    job.refresh_from_db()
    assert job.state == ImportJob.State.INTERRUPTED
    with run():
        retry_import(job=job, by=office, at=NOW)
    job.refresh_from_db()
    assert job.state == ImportJob.State.DONE


def test_only_one_of_two_workers_gets_a_job(office: User) -> None:
    job = request(office)
    run_import(job.pk, clock=lambda: NOW)
    run_import(job.pk, clock=lambda: NOW)
    assert Event.objects.filter(type="plan.plan.imported").count() == 1


def test_damage_while_storing_is_told_and_leaves_nothing_half(
    office: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job = request(office)
    monkeypatch.setattr("luoshi.apps.plan.operations.storing._store_findings", lambda *values: 1 / 0)
    run_import(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error["code"]) == (ImportJob.State.FAILED, "document-reader-failed")
    assert not Plan.objects.exists()
    assert "import failed" in caplog.text


def test_work_goes_to_a_thread_unless_it_is_wanted_here(
    office: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from luoshi.apps.plan.operations import workers

    seen: list[object] = []
    settings.LUOSHI_JOBS = "thread"
    monkeypatch.setattr(workers._POOL, "submit", lambda *work: seen.append(work))
    job = request(office)
    workers.start(run_import, job.pk)
    assert seen == [(workers._in_thread, run_import, job.pk)]
