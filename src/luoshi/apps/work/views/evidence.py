"""Files of bodies: the list, one file with its versions and uses, and the file itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from rules.permissions import has_perm

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import moment, sheet_response, wants_sheet
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Body, Role
from luoshi.apps.organization.rules import bodies_with, regions_of, regions_with
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.forms.deciding import ExpiryForm, FileFilter, FileForm
from luoshi.apps.work.forms.report import content_of
from luoshi.apps.work.models import Evidence, EvidenceUse
from luoshi.apps.work.operations.evidence import (
    add_evidence,
    hand_out_evidence,
    replace_evidence,
    set_expiry,
)
from luoshi.apps.work.queries.queues import SOON, files, versions_of
from luoshi.apps.work.queries.reading import leads_of, own_bodies, readable_number, readable_numbers
from luoshi.core.errors import LuoshiError
from luoshi.core.work.evidence import words_for

COLUMNS = [
    (gettext_lazy("文件名"), 50),
    (gettext_lazy("说明"), 40),
    (gettext_lazy("类型"), 14),
    (gettext_lazy("大小(字节)"), 14),
    (gettext_lazy("单位"), 28),
    (gettext_lazy("使用次数"), 10),
    (gettext_lazy("有效期至"), 12),
    (gettext_lazy("上传人"), 14),
    (gettext_lazy("上传时间"), 18),
    (gettext_lazy("SHA-256"), 66),
]


@requires("work.view")
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest) -> HttpResponse:
    """The files of the person's bodies, or of the region for those who look at all of it; and a new one."""
    user = person(request)
    if request.method == "POST" and not has_perm("work.report", user):
        raise PermissionDenied
    mine = list(Body.objects.filter(pk__in=own_bodies(user)).order_by("name"))
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid() and _add(request, form, mine):
        return redirect("work:evidence")
    whole = regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER)
    regions = sorted(whole) or regions_of(user)
    offered = Body.objects.filter(region__in=regions, evidence__isnull=False).order_by("name").distinct()
    seen = {*(body.pk for body in mine), *bodies_with(user, Role.Name.VIEWER)}
    choices = offered if whole else offered.filter(pk__in=seen)
    wanted_form = FileFilter(request.GET, bodies=choices.values_list("pk", "name"))
    wanted = wanted_form.wanted()
    found = files(
        None if whole else seen,
        regions,
        today=localdate(),
        text=wanted["q"],
        state=wanted["state"],
        body=wanted_form.number("body"),
        sort=wanted["sort"] or "new",
    )
    if wants_sheet(request):
        return sheet_response(_("佐证材料"), COLUMNS, map(_cells, found))
    context = {
        "section": "desk",
        "form": wanted_form,
        "upload": form,
        "bodies": mine,
        "page": page_of(request, found),
        "soon": localdate() + SOON,
        "today": localdate(),
    }
    page, results = "work/evidence.html", "work/partials/evidence_results.html"
    response = list_response(request, page, results, context)
    response.status_code = 422 if form.errors else 200
    return response


def _add(request: HttpRequest, form: FileForm, mine: list[Body]) -> bool:
    """Keep the file for one of the person's bodies; a refusal stands in the form."""
    wanted = request.POST.get("body", "")
    body = next((one for one in mine if not wanted or str(one.pk) == wanted), None)
    if body is None:
        raise PermissionDenied
    file = form.cleaned_data["file"]
    try:
        added = add_evidence(
            body=body,
            name=file.name,
            content=content_of(file),
            note=form.cleaned_data["note"],
            expires_on=form.cleaned_data["expires_on"],
            by=person(request),
            at=timezone.now(),
        )
    except LuoshiError as error:
        form.add_error("file", error.message(language()))
        return False
    if added.reused:
        messages.info(
            request, _("这份文件已经在材料中（%(name)s），没有重复存放。") % {"name": added.evidence.name}
        )
    else:
        messages.success(request, _("已上传 %(name)s。") % {"name": added.evidence.name})
    return True


def _cells(row: Evidence) -> list[Any]:
    kind = words_for(row.media)
    by = row.by.get_full_name() or row.by.get_username()
    return [
        row.name,
        row.note,
        kind.said(language()),
        row.size,
        str(row.body),
        row.use_count,  # type: ignore[attr-defined]
        row.expires_on.isoformat() if row.expires_on else "",
        by,
        moment(row.at),
        row.blob_id,
    ]


@requires("work.read")
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_page(request: HttpRequest, evidence: int) -> HttpResponse:
    """One file: its versions, where it is used, a newer version, and until when it proves something."""
    found = open_evidence(request, evidence)
    is_member = has_perm("work.report", request.user, found)
    file_form, expiry_form = FileForm(), ExpiryForm(initial={"expires_on": found.expires_on})
    if request.method == "POST":
        check(request, "work.report", found)
        if "expiry" in request.POST:
            expiry_form = ExpiryForm(request.POST)
            if expiry_form.is_valid():
                expires_on = expiry_form.cleaned_data["expires_on"]
                set_expiry(evidence=found, expires_on=expires_on, by=person(request), at=timezone.now())
                messages.success(request, _("有效期已保存。"))
                return redirect("work:evidence-page", found.pk)
        else:
            file_form = FileForm(request.POST, request.FILES)
            if file_form.is_valid() and (newer := _replace(request, found, file_form)):
                return redirect("work:evidence-page", newer.pk)
    uses = EvidenceUse.objects.filter(evidence=found).select_related(
        "report__task__plan", "report__body", "report__occurrence"
    )
    context = {
        "section": "desk",
        "file": found,
        "versions": versions_of(found),
        "uses": [use.report for use in uses.defer("report__task__read", "report__task__plan__read")],
        "is_member": is_member,
        "file_form": file_form,
        "expiry_form": expiry_form,
        "today": localdate(),
    }
    wrong = file_form.errors or expiry_form.errors
    return render(request, "work/evidence_page.html", context, status=422 if wrong else 200)


def _replace(request: HttpRequest, old: Evidence, form: FileForm) -> Evidence | None:
    file = form.cleaned_data["file"]
    try:
        newer = replace_evidence(
            evidence=old,
            name=file.name,
            content=content_of(file),
            expires_on=form.cleaned_data["expires_on"],
            by=person(request),
            at=timezone.now(),
        )
    except LuoshiError as error:
        form.add_error("file", error.message(language()))
        return None
    messages.success(request, _("已替换为 %(name)s；用过旧版的报送仍保留旧版。") % {"name": newer.name})
    return newer


@requires("work.read")
@require_safe
def evidence_file(request: HttpRequest, evidence: int) -> HttpResponse:
    """The file itself, as an attachment that no browser opens in place."""
    found = open_evidence(request, evidence)
    content = hand_out_evidence(evidence=found, by=person(request), at=timezone.now())
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def open_evidence(request: HttpRequest, evidence: int) -> Evidence:
    """The file, for its body, for those who read the whole region, and for whoever reads a report on it.

    Raises:
        Http404: there is none.
        PermissionDenied: none of these is the person.
    """
    found = get_object_or_404(
        Evidence.objects.select_related("body", "by", "replaces", "replaced_by"), pk=evidence
    )
    if has_perm("work.read", request.user, found):
        return found
    if not any(_reads(request, found, use) for use in found.evidence_uses.select_related("report")):
        raise PermissionDenied
    return found


def _reads(request: HttpRequest, file: Evidence, use: EvidenceUse) -> bool:
    """Whether the person may read a version of the report that names the file."""
    report, user = use.report, person(request)
    if not has_perm("work.read", user, report):
        return False
    numbers = {
        *(readable_numbers(user, report) or ()),
        readable_number(user, report, leads_of(report.task_id)),
    }
    named = report.revisions.filter(number__in=[number for number in numbers if number is not None])
    return any(str(file.pk) in one.values.get("evidence", ()) for one in named)
