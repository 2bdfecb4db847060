"""Steps that are taken with a report on its page, and “no change” for one request or all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.models import Occurrence, Report
from luoshi.apps.work.operations import deciding, joint, taking_back
from luoshi.apps.work.operations.no_change import report_no_change
from luoshi.apps.work.operations.setting import set_body
from luoshi.apps.work.queries.reading import leads_of, own_bodies
from luoshi.apps.work.queries.sheet import open_requests
from luoshi.apps.work.views.report_page import open_occurrence
from luoshi.core.errors import LuoshiError

Step = Callable[..., object]


def _reasoned(step: Step) -> Step:
    def taken(report: Report, data: Any, seen: int, by: User, at: datetime) -> object:
        return step(report=report, reason=data.get("reason", ""), by=by, at=at)

    return taken


def _seen(step: Step) -> Step:
    def taken(report: Report, data: Any, seen: int, by: User, at: datetime) -> object:
        return step(report=report, seen=seen, by=by, at=at)

    return taken


def _plain(step: Step) -> Step:
    def taken(report: Report, data: Any, seen: int, by: User, at: datetime) -> object:
        return step(report=report, by=by, at=at)

    return taken


# By name in the address: the permission that it needs, what it does, and what is said when it is done.
STEPS: dict[str, tuple[str, Step, Promise]] = {
    "withdraw": ("work.report", _plain(taking_back.withdraw), gettext_lazy("已撤回，可以继续修改。")),
    "correct": (
        "work.report",
        _reasoned(taking_back.correct),
        gettext_lazy("可以更正了；在更正的一版被采纳之前，原来采纳的一版仍然算数。"),
    ),
    "revise": ("work.report", _plain(joint.revise), gettext_lazy("可以修改了；改后需重新会签。")),
    "submit": ("work.report", _seen(joint.submit_joint), gettext_lazy("已提交。")),
    "approve": ("work.approve", _seen(deciding.approve), gettext_lazy("已审核同意，等待统筹办公室采纳。")),
    "accept": ("work.accept", _seen(deciding.accept), gettext_lazy("已采纳。")),
    "return": ("work.return", _reasoned(deciding.send_back), gettext_lazy("已退回，理由会显示给填报单位。")),
}
SIGNING: dict[str, tuple[Step, Promise]] = {
    "cosign": (joint.cosign, gettext_lazy("已会签。")),
    "object": (joint.object_to, gettext_lazy("异议已提出，会随牵头报告一并上报；改为会签即撤销。")),
}


@requires("work.read")
@require_POST
def report_step(request: HttpRequest, occurrence: int, step: str) -> HttpResponse:
    """Take a step with a report; the page says what stood in the way."""
    found = open_occurrence(request, occurrence)
    report: Report | None = getattr(found, "report", None)
    if report is None or step not in {*STEPS, *SIGNING}:
        raise Http404
    try:
        said = _sign(request, report, step) if step in SIGNING else _take(request, report, step)
    except LuoshiError as error:
        messages.error(request, error.message(language()))
    else:
        messages.success(request, said)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("work:report", found.pk)


def _take(request: HttpRequest, report: Report, step: str) -> str:
    permission, take, said = STEPS[step]
    check(request, permission, report)
    seen = _number(request.POST.get("seen", ""))
    take(report, request.POST, seen, person(request), timezone.now())
    return str(said)


def _sign(request: HttpRequest, report: Report, step: str) -> str:
    """Sign or object for one of the person's bodies among the other leads."""
    take, said = SIGNING[step]
    mine = own_bodies(person(request))
    leads = [one for one in leads_of(report.task_id) if one.body_id in mine and one.body_id != report.body_id]
    wanted = request.POST.get("body", "")
    lead = next((one for one in leads if not wanted or str(one.body_id) == wanted), None)
    check(request, "work.cosign", lead or report)
    if lead is None:
        raise Http404
    given = {"reason": request.POST.get("reason", "")} if step == "object" else {}
    seen = _number(request.POST.get("seen", ""))
    take(report=report, body=lead.body, seen=seen, by=person(request), at=timezone.now(), **given)
    return str(said)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 9 else 0


@requires("work.report")
@require_http_methods(["POST"])
def no_change(request: HttpRequest) -> HttpResponse:
    """Say “no change” for the requests that are named or for all that wait; list what has to be written."""
    named = [int(key) for key in request.POST.getlist("occurrence") if key.isdecimal()]
    waiting = open_requests(own_bodies(person(request))).exclude(
        report__state__in=[*joint.AWAITED, Report.State.SUBMITTED, Report.State.APPROVED]
    )
    rows = Occurrence.objects.filter(pk__in=named) if named else waiting
    for row in rows:
        check(request, "work.report", row)
    result = report_no_change(occurrences=rows, by=person(request), at=timezone.now())
    if len(named) == 1 and result.done:
        messages.success(request, _("已报“无变化”。"))
        return redirect("work:report", named[0])
    context = {
        "section": "desk",
        "done": result.done,
        "refused": result.refused,
        "sent": [one for one in result.done if one.occurrence.answered_at],
        "proposed": [one for one in result.done if not one.occurrence.answered_at],
    }
    return render(request, "work/no_change.html", context)


@requires("work.set")
@require_http_methods(["GET", "HEAD", "POST"])
def body_setting(request: HttpRequest, body: int) -> HttpResponse:
    """How a body works: whether its head approves each report."""
    found = get_object_or_404(Body.objects.select_related("region"), pk=body)
    check(request, "work.set", OfBody(found))
    if request.method == "POST":
        set_body(
            body=found,
            head_approves=bool(request.POST.get("head_approves")),
            by=person(request),
            at=timezone.now(),
        )
        messages.success(request, _("设置已保存。"))
        return redirect("work:body-setting", found.pk)
    setting = getattr(found, "work_setting", None)
    waiting = Report.objects.filter(body=found, state=Report.State.SUBMITTED).count()
    context = {"section": "desk", "body": found, "setting": setting, "waiting": waiting}
    return render(request, "work/body_setting.html", context)


class OfBody:
    """What belongs to a body, as rules ask for it."""

    def __init__(self, body: Body) -> None:
        self.region_id, self.body_id = body.region_id, body.pk
