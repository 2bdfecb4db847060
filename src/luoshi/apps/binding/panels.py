"""What bindings put on pages of plans and of work: computed targets, and the numbers of a report."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from luoshi.apps.binding.models import Binding, Fulfilment
from luoshi.apps.binding.queries.carrying import day_of, figures_for
from luoshi.apps.binding.queries.targets import Targets
from luoshi.apps.interface.panels import Panel, put
from luoshi.apps.plan.models import Target, Task
from luoshi.apps.work.models import Occurrence


def _targets(request: HttpRequest, plan: int, region: str) -> Targets:
    """The computed targets of a plan, read once a request however many rows ask."""
    kept: dict[int, Targets] = request.__dict__.setdefault("_bound_targets", {})
    if plan not in kept:
        kept[plan] = Targets(plan, region, request.user, timezone.localdate())
    return kept[plan]


def target_row(request: HttpRequest, target: Target) -> Panel | None:
    """In a list of tasks: the value beside the target."""
    return _computed(request, target, "binding/panels/target_row.html")


def target(request: HttpRequest, target: Target) -> Panel | None:
    """On the page of a task: the value with what stands behind it."""
    return _computed(request, target, "binding/panels/target.html")


def _computed(request: HttpRequest, target: Target, template: str) -> Panel | None:
    found = _targets(request, target.task.plan_id, target.region_id).of(target)
    return None if found is None else Panel(template, {"one": found})


def task(request: HttpRequest, task: Task) -> Panel | None:
    """On the page of a task at work: its targets that are computed."""
    found = _targets(request, task.plan_id, task.region_id).all_of(task.targets.all())
    return Panel("binding/panels/task.html", {"found": found}) if found else None


def report(request: HttpRequest, occurrence: Occurrence) -> Panel | None:
    """On the form of a report and on the report itself: the numbers, fixed once it was sent."""
    asked = request.GET.get("version", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else None
    found, fixed = figures_for(request.user, occurrence, version=wanted, at=timezone.now())
    if not found:
        return None
    context = {"found": found, "fixed": fixed, "on": day_of(found), "whole": found[0].whole}
    return Panel("binding/panels/report.html", context)


def request_of(request: HttpRequest, occurrence: Occurrence) -> Panel | None:
    """Above a report: the entry that answered it, or the register in which it is answered."""
    kept = Fulfilment.objects.filter(occurrence=occurrence).order_by("pk").select_related("entry").first()
    if kept is not None:
        return Panel("binding/panels/fulfilled.html", {"entry": kept.entry})
    _key, mark, number = occurrence.key.partition("+")
    binding = Binding.objects.filter(pk=int(number)).first() if mark else None
    return None if binding is None else Panel("binding/panels/register.html", {"binding": binding})


def show() -> None:
    """Put them where they belong; called when the app gets ready."""
    put("target-row", target_row)
    put("target", target)
    put("task-at-work", task)
    put("report", report)
    put("request", request_of)
