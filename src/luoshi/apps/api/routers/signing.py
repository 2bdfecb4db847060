"""What bodies sign for: the paper that each gets, what waits to be signed, the rules of a task."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema

from luoshi.apps.api.area import Key, Listing, Paged, caller, paged
from luoshi.apps.api.routers.issuing import area, open_issue
from luoshi.apps.api.work_shapes import AssignmentRow, RulesOut
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Body, Role
from luoshi.apps.organization.rules import bodies_with
from luoshi.apps.plan.models import Task
from luoshi.apps.work.models import Assignment, ReportingRule
from luoshi.apps.work.queries.drafting import rules_of_plan
from luoshi.apps.work.queries.issued import addressed, slip_lines, unsigned_of
from luoshi.apps.work.queries.wordings import wordings_of


class UnsignedAsked(Listing):
    """Which tasks of one's bodies; those that wait when nothing is said."""

    state: Literal["", "late", "signed", "all"] = ""
    sort: Literal["day", "task"] = "day"


class TaskRulesOut(Schema):
    """By which rules a task is reported, and what the document says."""

    now: list[RulesOut]
    said: list[RulesOut]


class SlipLineOut(Schema):
    """A task on the paper of a body."""

    assignment_id: int
    task_id: int
    number: str
    role: str
    wording: str
    leads: list[str]
    responsible: int
    rules: list[RulesOut]


class SlipOut(Schema):
    """The paper that a body gets: an order, or a letter where nobody may order it."""

    body_id: int
    form: str
    title: dict[str, str]
    basis: str
    sign_by: date
    lines: list[SlipLineOut]


@area.read("/signing", "work.sign", Paged[AssignmentRow], "report")
def unsigned(request: HttpRequest, asked: Annotated[UnsignedAsked, Query()]) -> Any:
    """Tasks of one's bodies by how the signing for them stands."""
    bodies = bodies_with(caller(request), Role.Name.LIAISON, Role.Name.HEAD)
    rows = unsigned_of(bodies, timezone.localdate(), text=asked.q, state=asked.state, sort=asked.sort)
    return paged(rows, asked)


@area.read("/plans/{plan}/issue/rules/{task}", "work.steer", TaskRulesOut, "office")
def task_rules(request: HttpRequest, plan: Key, task: Key) -> Any:
    """By which rules a task is reported now, and what the document says."""
    opened, issue = open_issue(request, plan)
    check(request, "work.steer", opened)
    found = get_object_or_404(Task, pk=task, plan=opened)
    said = rules_of_plan(opened, issue.recurrence, [found.pk])
    return {
        "now": ReportingRule.objects.filter(issue=issue, task=found).order_by("pk"),
        "said": said[found.pk],
    }


@area.read("/plans/{plan}/slips/{body}", "work.view", SlipOut)
def slip(request: HttpRequest, plan: Key, body: Key) -> Any:
    """What stands on the paper that a body gets."""
    issue = open_issue(request, plan)[1]
    receiver = get_object_or_404(Body, pk=body)
    mine = Assignment.objects.filter(issue=issue, body=receiver).exclude(state__in=Assignment.GONE)
    first = get_object_or_404(mine.order_by("sign_by")[:1])
    check(request, "work.view", first)
    address = addressed(issue.line, receiver.line)
    wordings = wordings_of([row.task for row in mine.select_related("task")])
    lines = [
        {
            "assignment_id": one.assignment.pk,
            "task_id": one.assignment.task_id,
            "number": one.assignment.task.number,
            "role": one.assignment.role,
            "wording": one.wording,
            "leads": one.leads,
            "responsible": one.responsible,
            "rules": one.rules,
        }
        for one in slip_lines(issue, receiver, wordings)
    ]
    title = {"zh": address.title.zh, "en": address.title.en}
    paper = {"body_id": receiver.pk, "form": address.form, "title": title, "basis": issue.basis}
    return {**paper, "sign_by": first.sign_by, "lines": lines}
