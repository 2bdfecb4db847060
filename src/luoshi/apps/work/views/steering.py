"""Steps of the office with tasks of bodies, and reports that it asks for beside the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.plan.models import Task
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.work.forms.steering import AskForm, StepForm
from luoshi.apps.work.models import Assignment, Issue
from luoshi.apps.work.operations import halting
from luoshi.apps.work.operations.asking import ask as ask_bodies
from luoshi.apps.work.operations.handing_over import hand_over
from luoshi.apps.work.operations.timing import AT_WORK
from luoshi.core.errors import LuoshiError
from luoshi.core.work.burden import earliest_due
from luoshi.core.work.machines import ASSIGNMENT


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the office.

    Attributes:
        title: what it does.
        note: what it means for the body.
        fields: that have to be filled in.
        act: the operation.
    """

    title: Promise | str
    note: Promise | str
    fields: tuple[str, ...]
    act: Callable[..., Any]


STEPS = {
    "suspend": Step(
        gettext_lazy("中止任务"),
        gettext_lazy("中止期间不计时、不开启新期次；恢复后剩余时间不变。"),
        ("reason",),
        halting.suspend,
    ),
    "resume": Step(
        gettext_lazy("恢复任务"),
        gettext_lazy("从今天起继续计时，剩余工作日与中止时相同，且不少于最短通知。"),
        (),
        halting.resume,
    ),
    "cancel": Step(
        gettext_lazy("撤销任务"),
        gettext_lazy("撤销后不再报送，已报送的内容保留。撤销不能恢复。"),
        ("reason", "basis"),
        halting.cancel,
    ),
    "hand-over": Step(
        gettext_lazy("移交任务"),
        gettext_lazy("未完成的期次、草稿和待批的延期申请一并移交；已完成的留在原单位名下。"),
        ("receiver", "reason"),
        hand_over,
    ),
    "close": Step(
        gettext_lazy("办结任务"),
        gettext_lazy(
            "只有写明终点、报送已被采纳的任务可以办结；尚未到期的期次随之取消。长期任务按期报送，不办结。"
        ),
        (),
        halting.close,
    ),
    "reopen": Step(
        gettext_lazy("重新办理"),
        gettext_lazy("任务回到办结前的状态，尚未到期的期次恢复。"),
        ("reason",),
        halting.reopen,
    ),
}


@requires("work.steer")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, assignment: int, step: str) -> HttpResponse:
    """A step with one task of a body, or with all that the scope takes in."""
    rows = Assignment.objects.select_related("task__plan", "body", "issue")
    found = get_object_or_404(rows, pk=assignment)
    check(request, "work.steer", found)
    if step not in STEPS:
        raise Http404
    chosen = STEPS[step]
    scopes = _scopes(found, step)
    sent = request.POST if request.method == "POST" else None
    form = StepForm(
        sent,
        scopes=[(key, label) for key, (label, _rows) in scopes.items()],
        fields=chosen.fields,
        region=found.region_id,
        initial={"scope": "one"},
    )
    if sent is not None and form.is_valid():
        values = {**form.cleaned_data}
        assignments = scopes[values.pop("scope")][1]
        try:
            done = chosen.act(assignments=assignments, **values, by=person(request), at=timezone.now())
        except LuoshiError as refusal:
            form.add_error(None, refusal.message(language()))
        else:
            messages.success(
                request, _("已办理：%(step)s，共 %(n)d 项。") % {"step": chosen.title, "n": len(done)}
            )
            return redirect("work:task", found.task.plan_id, found.task_id)
    context = {
        "section": "plans",
        "tab": "work",
        "plan": found.task.plan,
        "assignment": found,
        "task": found.task,
        "step": chosen,
        "form": form,
        "danger": step == "cancel",
    }
    return render(request, "work/step.html", context, status=200 if sent is None else 422)


Scopes = dict[str, tuple[str, QuerySet[Assignment]]]


def _scopes(row: Assignment, step: str) -> Scopes:
    """What a step may take in: the one task; of its body or of the whole task whatever the step fits."""
    sources = {source for one in ASSIGNMENT.transitions if one.name == step for source in one.sources}
    fitting = Assignment.objects.filter(region=row.region_id, state__in=sources)
    found: Scopes = {
        "one": (_("只此一项：%(body)s") % {"body": row.body.name}, Assignment.objects.filter(pk=row.pk))
    }
    if step == "hand-over":
        every, here = fitting.filter(body=row.body), fitting.filter(body=row.body, issue=row.issue)
        found["plan"] = (_("%(body)s在本方案的全部任务(%(n)d项)") % _counted(row, here), here)
        found["body"] = (_("%(body)s在各方案的全部任务(%(n)d项)") % _counted(row, every), every)
    else:
        task = fitting.filter(task=row.task)
        found["task"] = (_("这项任务的全部承办单位(%(n)d个)") % _counted(row, task), task)
    return found


def _counted(row: Assignment, rows: QuerySet[Assignment]) -> dict[str, object]:
    return {"body": row.body.name, "n": rows.count()}


@requires("work.steer")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, task: int) -> HttpResponse:
    """Ask bodies of a task for a report beside the rules."""
    found = get_object_or_404(Task.objects.select_related("plan"), pk=task)
    check(request, "work.steer", found)
    issue = get_object_or_404(Issue, plan=found.plan_id)
    working = Assignment.objects.filter(task=found, state__in=AT_WORK).values_list("body", flat=True)
    earliest = earliest_due(timezone.localdate(), calendar_of(found.region_id), minimum=issue.notice_days).day
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, bodies=working, initial={"due": earliest, "basis": issue.basis})
    if sent is not None and form.is_valid():
        try:
            made = ask_bodies(task=found, **form.cleaned_data, by=person(request), at=timezone.now())
        except LuoshiError as refusal:
            form.add_error(None, refusal.message(language()))
        else:
            messages.success(request, _("已向 %(n)d 个单位发出报送要求。") % {"n": len(made)})
            return redirect("work:task", found.plan_id, found.pk)
    context = {
        "section": "plans",
        "tab": "work",
        "plan": found.plan,
        "task": found,
        "issue": issue,
        "form": form,
        "earliest": earliest,
    }
    return render(request, "work/ask.html", context, status=200 if sent is None else 422)
