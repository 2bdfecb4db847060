"""The form of a report: shown, saved as somebody types, submitted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.forms.report import ReportInput, content_of, read_report
from luoshi.apps.work.models import Occurrence, Report
from luoshi.apps.work.operations.evidence import add_evidence
from luoshi.apps.work.operations.joint import propose, quote, submit_joint
from luoshi.apps.work.operations.presence import leave, look_in
from luoshi.apps.work.operations.reporting import Saved, open_report, save, submit
from luoshi.apps.work.views.report_page import (
    file_context,
    form_context,
    may_write,
    merge_context,
    open_occurrence,
    reading_context,
)
from luoshi.core.errors import LuoshiError
from luoshi.core.work.prefill import NOT_APPLICABLE, Value


@requires("work.read")
@require_safe
def report(request: HttpRequest, occurrence: int) -> HttpResponse:
    """The form for those who may fill it in, and what was said for everybody else."""
    found = open_occurrence(request, occurrence)
    if may_write(request, found) and "read" not in request.GET and "version" not in request.GET:
        return render(request, "work/report_form.html", form_context(request, found))
    return render(request, "work/report.html", reading_context(request, found))


@requires("work.report")
@require_POST
def report_save(request: HttpRequest, occurrence: int) -> HttpResponseBase:
    """Keep what was typed. The page itself asks for JSON; a browser without scripts gets the form again."""
    found = open_occurrence(request, occurrence)
    check(request, "work.report", found)
    sent = read_report(request.POST)
    try:
        saved = _save(request, found, sent)
    except LuoshiError as error:
        return _refused(request, found, sent, error.message(language()))
    if _wants_json(request):
        return JsonResponse(_told(request, found, saved, sent))
    if sent.errors:
        return _again(request, found, sent)
    if merge_context(saved, person(request)):
        return _show_merge(request, found, saved)
    messages.success(request, _("已保存。"))
    return redirect("work:report", found.pk)


@requires("work.report")
@require_POST
def report_submit(request: HttpRequest, occurrence: int) -> HttpResponseBase:
    """Save and send up, or to the other leads; when somebody else saved meanwhile, show that first."""
    found = open_occurrence(request, occurrence)
    check(request, "work.report", found)
    sent = read_report(request.POST)
    if sent.errors:
        return _again(request, found, sent)
    try:
        saved = _save(request, found, sent)
        if merge_context(saved, person(request)):
            return _show_merge(request, found, saved)
        said = _send(request, found, saved)
    except LuoshiError as error:
        return _refused(request, found, sent, error.message(language()))
    messages.success(request, said)
    return redirect("work:report", found.pk)


@requires("work.report")
@require_POST
def report_quote(request: HttpRequest, occurrence: int) -> HttpResponseBase:
    """Save, then put the words of another body into the joint report."""
    found = open_occurrence(request, occurrence)
    check(request, "work.report", found)
    sent = read_report(request.POST)
    if sent.errors:
        return _again(request, found, sent)
    source, _colon, field = request.POST.get("quote", "").partition(":")
    try:
        saved = _save(request, found, sent)
        quote(
            report=_report_of(found),
            source=Report.objects.select_related("body").get(pk=int(source or 0)),
            field=field,
            by=person(request),
            at=timezone.now(),
        )
    except (Report.DoesNotExist, ValueError):
        return _refused(request, found, sent, _("这一份报送已不存在；请刷新页面。"))
    except LuoshiError as error:
        return _refused(request, found, sent, error.message(language()))
    if merge_context(saved, person(request)):
        return _show_merge(request, found, saved)
    response = redirect("work:report", found.pk)
    response["Location"] += f"#field-{field}"
    return response


@requires("work.report")
@require_POST
def report_here(request: HttpRequest, occurrence: int) -> HttpResponse:
    """Who else has the report open, and whether somebody saved: asked by the page every few seconds."""
    found = open_occurrence(request, occurrence)
    check(request, "work.report", found)
    kept: Report | None = getattr(found, "report", None)
    if kept is None:
        if not may_write(request, found):
            return JsonResponse({"here": [], "latest": 0, "state": ""})
        kept = open_report(occurrence=found, by=person(request), at=timezone.now())
    if request.POST.get("leaves"):
        leave(report=kept, by=person(request), at=timezone.now())
        return HttpResponse(status=204)
    others = look_in(report=kept, by=person(request), at=timezone.now())
    names = [one.get_full_name() or one.get_username() for one in others]
    said = _("%(names)s 正在编辑") % {"names": "、".join(names)} if names else ""
    return JsonResponse({"here": said, "latest": kept.latest, "state": kept.state})


def _save(request: HttpRequest, occurrence: Occurrence, sent: ReportInput) -> Saved:
    """Keep files and values; what was not understood is left as it was."""
    by, now = person(request), timezone.now()
    kept = open_report(occurrence=occurrence, by=by, at=now)
    occurrence.report = kept
    for file in request.FILES.getlist("upload"):
        content = content_of(file)
        added = add_evidence(body=occurrence.body, name=file.name or "", content=content, by=by, at=now)
        files = sent.values.get("evidence", ())
        if isinstance(files, tuple):
            sent.values["evidence"] = tuple(dict.fromkeys([*files, str(added.evidence.pk)]))
    understood = {key: value for key, value in sent.values.items() if key not in sent.errors}
    saved = save(report=kept, values=understood, base=sent.base, by=by, at=now)
    kept.refresh_from_db()
    return saved


def _send(request: HttpRequest, occurrence: Occurrence, saved: Saved) -> str:
    """Send up, or to the other leads where the button says so; what to tell the person."""
    kept, by, now = _report_of(occurrence), person(request), timezone.now()
    if not kept.joint:
        kept = submit(report=kept, seen=saved.latest, by=by, at=now)
        waiting = kept.state == Report.State.SUBMITTED and _head_approves(kept)
        return _("已提交，等待本单位负责人审核。") if waiting else _("已提交。")
    if request.POST.get("send") == "propose":
        kept = propose(report=kept, seen=saved.latest, by=by, at=now)
        return (
            _("已送会签。") if kept.state == Report.State.PROPOSED else _("已准备好，等待本单位负责人提交。")
        )
    submit_joint(report=kept, seen=saved.latest, by=by, at=now)
    return _("已提交。")


def _head_approves(report: Report) -> bool:
    setting = getattr(report.body, "work_setting", None)
    return setting is not None and setting.head_approves


def _report_of(occurrence: Occurrence) -> Report:
    kept: Report = occurrence.report
    return kept


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _told(request: HttpRequest, occurrence: Occurrence, saved: Saved, sent: ReportInput) -> dict[str, Any]:
    """What the page has to know after it saved."""
    merge = merge_context(saved, person(request))
    files = {"occurrence": occurrence, **file_context(occurrence.body_id, saved.values)}
    return {
        "latest": saved.latest,
        "own": saved.own,
        "values": {key: _shown(value) for key, value in saved.values.items() if key != "evidence"},
        "merged": render_to_string("work/partials/report_merge.html", {"merge": merge}, request)
        if merge
        else "",
        "files": render_to_string("work/partials/report_files.html", files, request),
        "refused": " ".join(sent.errors.values()),
        "said": _("已保存 %(time)s") % {"time": localtime().strftime("%H:%M:%S")},
    }


def _shown(value: Value) -> str:
    return "" if value is NOT_APPLICABLE else str(value)


def _refused(request: HttpRequest, occurrence: Occurrence, sent: ReportInput, reason: str) -> HttpResponse:
    """What was typed comes back with the reason."""
    if _wants_json(request):
        return JsonResponse({"refused": reason})
    occurrence = open_occurrence(request, occurrence.pk)
    if not may_write(request, occurrence):
        messages.error(request, reason)
        return redirect("work:report", occurrence.pk)
    context = form_context(
        request, occurrence, values=sent.values, base=sent.base, errors={**sent.errors, "": reason}
    )
    return render(request, "work/report_form.html", context, status=422)


def _again(request: HttpRequest, occurrence: Occurrence, sent: ReportInput) -> HttpResponse:
    context = form_context(request, occurrence, values=sent.values, base=sent.base, errors=sent.errors)
    return render(request, "work/report_form.html", context, status=422)


def _show_merge(request: HttpRequest, occurrence: Occurrence, saved: Saved) -> HttpResponse:
    """The form with both texts brought together, before anything is sent."""
    context = form_context(request, occurrence, saved=saved, values=saved.values, base=saved.latest)
    return render(request, "work/report_form.html", context, status=409)
