"""Uploading documents, and watching their import."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.rules import regions_of
from luoshi.apps.plan.forms.upload import SUFFIXES, UploadForm
from luoshi.apps.plan.models import ImportJob
from luoshi.apps.plan.models.job import PLAN
from luoshi.apps.plan.operations.importing import mark_interrupted, request_import, retry_import
from luoshi.apps.plan.operations.reading import READINGS
from luoshi.apps.plan.queries.wording import language
from luoshi.core.errors import LuoshiError
from luoshi.intake.limits import limits_from_environment

RECENT = 10


@requires("plan.import")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """A form for documents, and the imports of late."""
    mark_interrupted(at=timezone.now())
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        jobs = _request_all(request, form)
        _tell_known(request, jobs)
        if jobs and not form.errors:
            return redirect("plan:job", jobs[0].pk) if len(jobs) == 1 else redirect("plan:upload")
    recent = ImportJob.objects.filter(region_id__in=regions_of(request.user), purpose=PLAN).defer("content")
    shown = list(recent.select_related("plan", "by").order_by("-at", "pk")[:RECENT])
    context = {
        "section": "upload",
        "form": form,
        "jobs": shown,
        "active": any(job.active for job in shown),
        "suffixes": [suffix[1:] for suffix in SUFFIXES],
        "limit": limits_from_environment().bytes,
    }
    return render(request, "plan/upload.html", context, status=422 if form.errors else 200)


def _request_all(request: HttpRequest, form: UploadForm) -> list[ImportJob]:
    """A job for each file; a file that is refused leaves its reason in the form."""
    jobs = []
    for file in form.cleaned_data["documents"]:
        try:
            jobs.append(
                request_import(
                    region=regions_of(request.user)[0],
                    name=file.name,
                    content=file.read(),
                    by=person(request),
                    at=timezone.now(),
                )
            )
        except LuoshiError as error:
            form.add_error("documents", error.message(language()))
    return jobs


def _tell_known(request: HttpRequest, jobs: list[ImportJob]) -> None:
    """Say which files are here already: their plan comes up as it was left."""
    for job in jobs:
        if job.state == ImportJob.State.DONE:
            messages.info(request, _("%(file)s 以前导入过；打开的是原来的方案。") % {"file": job.name})


def _open_job(request: HttpRequest, job: UUID, permission: str) -> ImportJob:
    found = get_object_or_404(ImportJob.objects.defer("content").select_related("plan"), pk=job)
    check(request, permission, found)
    return found


@requires("plan.import")
@require_safe
def job(request: HttpRequest, job: UUID) -> HttpResponseBase:
    """How far an import is; the page asks again by itself and goes on to what was made when it is done."""
    mark_interrupted(at=timezone.now())
    found = _open_job(request, job, "plan.import")
    reading = READINGS[found.purpose]
    address = reading.address(found) if found.state == ImportJob.State.DONE else ""
    if address:
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(address)
        return redirect(address)
    context = {
        "section": "upload",
        "job": found,
        "error": found.error.get(language(), ""),
        "elapsed": int((timezone.now() - (found.started_at or found.at)).total_seconds()),
        "steps": _steps(found),
        "back": reading.back(found),
    }
    partial = bool(request.headers.get("HX-Request"))
    return render(request, "plan/partials/job_status.html" if partial else "plan/job.html", context)


def _steps(job: ImportJob) -> list[tuple[str, str]]:
    """Each step of an import with `done`, `now` or `next`."""
    names = [_("等待"), _("读取文件"), *map(str, READINGS[job.purpose].steps)]
    at = {"waiting": 0, "reading": 1, "storing": 2, "done": 3}.get(job.state, 1)
    return [
        (name, "done" if index < at else "now" if index == at else "next") for index, name in enumerate(names)
    ]


@requires("plan.import")
@require_POST
def retry(request: HttpRequest, job: UUID) -> HttpResponse:
    """Try an import again."""
    found = _open_job(request, job, "plan.import")
    try:
        retry_import(job=found, by=person(request), at=timezone.now())
    except LuoshiError as error:
        messages.error(request, error.message(language()))
    return redirect("plan:job", found.pk)
