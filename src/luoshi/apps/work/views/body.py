"""A body in a plan at work."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from rules.permissions import has_perm

from luoshi.apps.interface.lists import list_response, page_of, wants_results
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import requires
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.work.forms.showing import BodyTaskFilter
from luoshi.apps.work.models import Occurrence
from luoshi.apps.work.queries import body_work, burden
from luoshi.apps.work.queries.standing import light_of, of_light, tally
from luoshi.apps.work.templatetags.work_words import light_word
from luoshi.apps.work.views.opened import open_work

COLUMNS = [
    (_("编号"), 8),
    (_("任务"), 50),
    (_("角色"), 8),
    (_("状态"), 10),
    (_("灯色"), 10),
    (_("最近到期"), 12),
]
# On the page itself; the rest is behind links.
FIRST = 8


@requires("work.view")
@require_safe
def work_body(request: HttpRequest, plan: int, body: int) -> HttpResponse:
    """Tasks by light, open requests, people, files and burden of a body."""
    opened, issue = open_work(request, plan)
    base = {"section": "plans", "tab": "work", "part": "matrix", "plan": opened, "issue": issue}
    if issue is None:
        return render(request, "work/not_issued.html", base)
    found = get_object_or_404(Body, pk=body, region=opened.region_id)
    today = timezone.localdate()
    form = BodyTaskFilter(request.GET)
    wanted = form.wanted()
    everything = body_work.tasks_of_body(plan, body, today)
    listed = body_work.matching_tasks(
        of_light(everything, wanted["light"]),
        text=wanted["q"],
        role=wanted["role"],
        sort=wanted["sort"] or "light",
    )
    if wants_sheet(request):
        return sheet_response(str(found), COLUMNS, map(_row, listed))
    context = base | {"body": found, "form": form, "page": page_of(request, listed), "today": today}
    if not wants_results(request):
        context |= {"tally": tally(everything), **_beside(request, plan, found)}
    return list_response(request, "work/body.html", "work/partials/body_results.html", context)


def _beside(request: HttpRequest, plan: int, body: Body) -> dict[str, Any]:
    """What stands beside the tasks."""
    today = timezone.localdate()
    requests = body_work.open_requests(plan, body.pk, today)
    months = burden.months_until(today)
    asked = burden.within(Occurrence.objects.filter(body=body, opened_at__isnull=False), months)
    may_read = has_perm("work.read", request.user, _OfBody(body))
    return {
        "requests": requests[:FIRST],
        "request_count": requests.count(),
        "people": body_work.people_of(body.pk),
        "may_read": may_read,
        "files": body_work.files_of(body.pk)[:FIRST] if may_read else (),
        "burden": burden.bodies_burden(asked, [body])[0],
    }


class _OfBody:
    """What the reports of a body are to the rules."""

    def __init__(self, body: Body) -> None:
        self.region_id, self.body_id = body.region_id, body.pk


def _row(part: Any) -> list[str]:
    task = part.task
    title = heading(task.number, task.title, task.text)
    light = light_word(light_of(part.rank_of_light))
    return [
        task.number,
        title,
        part.get_role_display(),
        part.get_state_display(),
        light,
        str(part.next_due or ""),
    ]
