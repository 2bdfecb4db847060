"""One bulletin: read, changed, given good practice, approved, taken away as a Word file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.apps.bulletin.forms.bulletin import PracticeFilter, TextForm
from luoshi.apps.bulletin.models import Bulletin
from luoshi.apps.bulletin.operations import writing
from luoshi.apps.bulletin.operations.refusals import BulletinMovedOn
from luoshi.apps.bulletin.queries.counting import totals
from luoshi.apps.bulletin.queries.paper import word_file
from luoshi.apps.bulletin.queries.reading import candidates, shown
from luoshi.apps.bulletin.views.listing import opened
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.rules import is_office
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.models import Report, Revision
from luoshi.core.errors import LuoshiError
from luoshi.core.supervision.bulletin import COUNTS, FIGURES, NAMES, marker

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAID = {
    "count": gettext_lazy("已按现在的数据重新统计。"),
    "submit": gettext_lazy("已送审；由另一位同事审定后发布。"),
    "return": gettext_lazy("已退回修改。"),
    "publish": gettext_lazy("已发布；正文和数字从此不再改动。"),
}


@requires("bulletin.view")
@require_safe
def bulletin(request: HttpRequest, bulletin: int) -> HttpResponse:
    """A bulletin as it is read, with the steps that the person may take."""
    found = opened(request, bulletin)
    user = person(request)
    office = is_office(user, found)
    last = found.revisions.order_by("-number").values_list("by", flat=True).first()
    context = {
        "section": "bulletin",
        "bulletin": found,
        "blocks": shown(found),
        "numbers": [(figure, NAMES[figure], number) for figure, number in totals(found).items()],
        "names": [NAMES[figure] for figure in FIGURES],
        "office": office,
        "second_missing": office and user.pk in {found.submitted_by_id, last},
    }
    return render(request, "bulletin/bulletin.html", context)


@requires("bulletin.write")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, bulletin: int) -> HttpResponse:
    """Change the text; nobody overwrites what a colleague saved meanwhile."""
    found = opened(request, bulletin)
    check(request, "bulletin.write", found)
    if found.state != Bulletin.State.DRAFT:
        return redirect("bulletin:bulletin", found.pk)
    sent = request.POST if request.method == "POST" else None
    form = TextForm(sent, initial={"title": found.title, "text": found.text})
    status, theirs = (200 if sent is None else 422), None
    base = sent.get("base", "") if sent is not None else str(found.version)
    if sent is not None and form.is_valid():
        try:
            version = int(base) if base.isascii() and base.isdigit() and len(base) < 9 else 0
            writing.edit(
                bulletin=found, **form.cleaned_data, base=version, by=person(request), at=timezone.now()
            )
        except BulletinMovedOn as refusal:
            form.add_error(None, refusal.message(language()))
            found.refresh_from_db(fields=["title", "text", "version"])
            # What is sent next is based on the version that is shown beside it.
            status, theirs, base = 409, found.text, str(found.version)
        except LuoshiError as refusal:
            form.add_error("text", refusal.message(language()))
        else:
            messages.success(request, _("已保存。"))
            return redirect("bulletin:bulletin", found.pk)
    context = {
        "section": "bulletin",
        "bulletin": found,
        "form": form,
        "base": base,
        "theirs": theirs,
        "markers": [(marker(one), words) for one, words in COUNTS.items()],
        "revisions": found.revisions.select_related("by")[:10],
    }
    return render(request, "bulletin/edit.html", context, status=status)


@requires("bulletin.write")
@require_POST
def step(request: HttpRequest, bulletin: int) -> HttpResponse:
    """Count again, submit, return or publish."""
    found = opened(request, bulletin)
    check(request, "bulletin.write", found)
    name, by, at = request.POST.get("step", ""), person(request), timezone.now()
    acts: dict[str, Callable[[], Any]] = {
        "count": lambda: writing.count_again(bulletin=found, by=by, at=at),
        "submit": lambda: writing.submit(bulletin=found, by=by, at=at),
        "return": lambda: writing.send_back(
            bulletin=found, answer=request.POST.get("answer", ""), by=by, at=at
        ),
        "publish": lambda: writing.publish(bulletin=found, by=by, at=at),
    }
    if name not in acts:
        raise Http404
    try:
        acts[name]()
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        messages.success(request, SAID[name])
    return redirect("bulletin:bulletin", found.pk)


@requires("bulletin.write")
@require_http_methods(["GET", "HEAD", "POST"])
def practices(request: HttpRequest, bulletin: int) -> HttpResponse:
    """Accepted reports of the period, to choose good practice from."""
    found = opened(request, bulletin)
    check(request, "bulletin.write", found)
    if request.method == "POST":
        return _chosen(request, found)
    form = PracticeFilter(request.GET)
    page = page_of(request, candidates(found, form.wanted()["q"]), 15)
    words = dict(found.practices.values_list("report", "words"))
    reports = [report.pk for report in page]
    pinned = {
        (row.report_id, row.number): str(row.values.get("progress") or "")
        for row in Revision.objects.filter(report__in=reports)
    }
    context = {
        "section": "bulletin",
        "bulletin": found,
        "form": form,
        "page": page,
        "rows": [
            {
                "report": report,
                "chosen": report.pk in words,
                "words": words.get(report.pk) or pinned.get((report.pk, report.pinned or 0), ""),
            }
            for report in page
        ],
    }
    return list_response(
        request, "bulletin/practices.html", "bulletin/partials/practice_results.html", context
    )


def _chosen(request: HttpRequest, found: Bulletin) -> HttpResponse:
    key = request.POST.get("report", "")
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        raise Http404
    report = get_object_or_404(Report, pk=int(key), region=found.region_id)
    by, at = person(request), timezone.now()
    try:
        if request.POST.get("step") == "drop":
            writing.drop_practice(bulletin=found, report=report, by=by, at=at)
        else:
            words = request.POST.get("words", "")
            writing.choose_practice(bulletin=found, report=report, words=words, by=by, at=at)
    except LuoshiError as refusal:
        messages.error(request, refusal.message(language()))
    else:
        messages.success(request, _("典型做法已更新。"))
    return redirect("bulletin:practices", found.pk)


@requires("bulletin.view")
@require_safe
def word(request: HttpRequest, bulletin: int) -> HttpResponse:
    """The bulletin as a Word file."""
    found = opened(request, bulletin)
    writing.note_export(bulletin=found, by=person(request), at=timezone.now())
    response = HttpResponse(word_file(found), content_type=WORD)
    name = content_disposition_header(True, f"{found.title[:60]}.docx")
    response["Content-Disposition"] = name or ""
    return response
