"""Issuing a plan, its terms, and what the office does with the tasks of bodies."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Status
from pydantic import Field, model_validator

from luoshi.apps.api.area import (
    AnyKey,
    Area,
    Key,
    Keys,
    Listing,
    Paged,
    Sent,
    Words,
    caller,
    mark,
    paged,
    seen,
)
from luoshi.apps.api.problems import showing
from luoshi.apps.api.shapes import Day, Done
from luoshi.apps.api.work_shapes import AssignmentOut, AssignmentRow, DraftOut, IssueOut, RulesOut, SignedOut
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Body, Role
from luoshi.apps.organization.rules import bodies_with
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.plan.views.opened import open_plan
from luoshi.apps.work.models import Assignment, Issue
from luoshi.apps.work.operations import changing, signing
from luoshi.apps.work.operations.issuing import IssueTerms, issue_plan
from luoshi.apps.work.queries.drafting import RuleValues, draft_of
from luoshi.apps.work.queries.issued import addressed, bodies_of_issue, shares
from luoshi.apps.work.queries.standing import with_lights
from luoshi.apps.work.views.opened import open_work
from luoshi.apps.work.views.steering import STEPS

area = Area("issuing")
LineName: TypeAlias = Literal[tuple(Issue.Line.values)]  # type: ignore[valid-type]
Recurrence: TypeAlias = Literal[tuple(Issue.Recurrence.values)]  # type: ignore[valid-type]
Limit = Annotated[int, Field(ge=1, le=250)]


class Limits(Sent):
    """Limits in working days, and the last day."""

    last_day: Day | None = None
    signing_days: Limit = 5
    opening_days: Annotated[int, Field(ge=3, le=250)] = 10
    notice_days: Annotated[int, Field(ge=3, le=250)] = 3
    cosigning_days: Limit = 3
    yellow_days: Annotated[int, Field(ge=0, le=250)] = 3
    yellow_percent: Annotated[int, Field(ge=0, le=100)] = 20
    most_extensions: Annotated[int, Field(ge=0, le=20)] = 2


class ReportRuleIn(Sent):
    """A recurrence, or one day."""

    recurrence: Literal["", "monthly", "quarterly", "half-yearly", "yearly"] = ""
    day: Day | None = None
    ends: bool = False

    @model_validator(mode="after")
    def one_of_both(self) -> ReportRuleIn:
        """One of the two has to be said."""
        if bool(self.recurrence) == (self.day is not None):
            raise ValueError("say either recurrence or day")
        return self


class RulesIn(Sent):
    """All rules of a task as they should be."""

    rules: Annotated[list[ReportRuleIn], Field(min_length=1, max_length=12)]


class TaskRules(RulesIn):
    """The rules of one task."""

    task: AnyKey


class Terms(Limits):
    """Under which terms a plan is issued."""

    line: LineName
    basis: Annotated[str, Field(min_length=1, max_length=2000)]
    recurrence: Recurrence = "quarterly"
    first_day: Day
    without_empty: bool = False
    rules: Annotated[list[TaskRules], Field(max_length=1000)] = Field(
        default_factory=list, description="Of the tasks that are reported otherwise than the document says."
    )

    @model_validator(mode="after")
    def in_order(self) -> Terms:
        """The days have to stand in order."""
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError("last_day is before first_day")
        return self


class SignedAsked(Listing):
    """Which bodies of an issued plan."""

    state: Literal["", "late", "open", "done"] = ""
    form: Literal["", "order", "letter"] = ""
    sort: Literal["name", "late", "tasks"] = "name"


class AssignmentsAsked(Listing):
    """Which tasks of bodies in an issued plan."""

    body: AnyKey | None = None
    task: AnyKey | None = None
    state: Literal[("", *Assignment.State.values)] = ""  # type: ignore[valid-type]


class Chosen(Sent):
    """Some tasks of bodies."""

    assignments: Keys


class AssignmentStepIn(Chosen):
    """A step with some tasks of bodies; which of the others it needs is said by the problem."""

    reason: Words = ""
    basis: Words = ""
    receiver: AnyKey | None = None


@area.read("/plans/{plan}/issue/preview", "work.issue", DraftOut, "office")
def preview(request: HttpRequest, plan: Key, line: LineName = "government") -> Any:
    """What issuing a plan would amount to."""
    opened = open_plan(request, plan)
    check(request, "work.issue", opened)
    draft = draft_of(opened)
    told = [
        {
            "body_id": one.body.pk,
            "name": one.body.name,
            "leads": one.leads,
            "responsible": one.responsible,
            "form": addressed(line, one.body.line).form,
        }
        for one in shares(draft.parts)
    ]
    return {
        "shares": told,
        "unmatched": [one.name for one in draft.unmatched],
        "empty_groups": [one.name for one in draft.empty],
        "tasks_without_bodies": [one.pk for one in draft.idle],
    }


@area.do("/plans/{plan}/issue", "work.issue", {201: IssueOut}, "office")
def issue(request: HttpRequest, response: HttpResponse, plan: Key, sent: Terms) -> Any:
    """Issue a confirmed plan: every body gets its tasks and the rules by which it reports."""
    opened = open_plan(request, plan)
    check(request, "work.issue", opened)
    terms = IssueTerms(**sent.model_dump(exclude={"rules"}), rules=_overrides(opened, sent))
    return Status(
        201, _told(response, issue_plan(plan=opened, terms=terms, by=caller(request), at=timezone.now()))
    )


def _wanted(sent: RulesIn) -> list[RuleValues]:
    return [RuleValues(origin="office", **one.model_dump()) for one in sent.rules]


def _overrides(plan: Plan, sent: Terms) -> dict[int, list[RuleValues]]:
    """The rules that are set for single tasks of a plan."""
    found = {one.task: _wanted(one) for one in sent.rules}
    if Task.objects.filter(plan=plan, pk__in=found).count() != len(found):
        raise Http404
    return found


@area.read("/plans/{plan}/issue", "work.view", IssueOut)
def terms(request: HttpRequest, response: HttpResponse, plan: Key) -> Any:
    """The terms under which a plan was issued."""
    return _told(response, open_issue(request, plan)[1])


@area.do("/plans/{plan}/issue", "work.steer", IssueOut, "office", method="PUT", versioned=True)
def change(request: HttpRequest, response: HttpResponse, plan: Key, sent: Limits) -> Any:
    """Give an issued plan other limits; what is not done is reckoned anew."""
    opened, found = open_issue(request, plan)
    check(request, "work.steer", opened)
    base, by, now = seen(request), caller(request), timezone.now()
    with showing(lambda: IssueOut.from_orm(Issue.objects.get(plan=plan))):
        changed = changing.change_terms(issue=found, version=base, by=by, at=now, **sent.model_dump())
    return _told(response, changed)


@area.do("/plans/{plan}/issue/rules/{task}", "work.steer", list[RulesOut], "office", method="PUT")
def rules(request: HttpRequest, plan: Key, task: Key, sent: RulesIn) -> Any:
    """Give a task other rules by which it is reported."""
    opened, found = open_issue(request, plan)
    check(request, "work.steer", opened)
    wanted = _wanted(sent)
    asked = get_object_or_404(Task, pk=task, plan=opened)
    by, now = caller(request), timezone.now()
    return changing.change_rules(issue=found, task=asked, rules=wanted, by=by, at=now)


@area.read("/plans/{plan}/issue/bodies", "work.view", Paged[SignedOut])
def signed(request: HttpRequest, plan: Key, asked: Annotated[SignedAsked, Query()]) -> Any:
    """Who has signed and who is late, body by body."""
    found = open_issue(request, plan)[1]
    today = timezone.localdate()
    wanted = {"text": asked.q, "state": asked.state, "form": asked.form, "sort": asked.sort}
    return paged(bodies_of_issue(found, today, **wanted), asked)


@area.read("/plans/{plan}/assignments", "work.view", Paged[AssignmentOut])
def assignments(request: HttpRequest, plan: Key, asked: Annotated[AssignmentsAsked, Query()]) -> Any:
    """Which body has which task of an issued plan, with lights."""
    rows = Assignment.objects.filter(issue=open_issue(request, plan)[1])
    wanted = {"body": asked.body, "task": asked.task, "state": asked.state or None}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if asked.q:
        rows = rows.filter(body__name__icontains=asked.q)
    return paged(with_lights(rows, timezone.localdate()).order_by("task__position", "rank", "pk"), asked)


@area.do("/assignments/sign", "work.sign", Done, "report")
def sign(request: HttpRequest, sent: Chosen) -> Any:
    """Sign for tasks of one's bodies."""
    mine = bodies_with(caller(request), Role.Name.LIAISON, Role.Name.HEAD)
    rows = Assignment.objects.filter(pk__in=sent.assignments, body__in=mine)
    return {"done": signing.sign(assignments=rows, by=caller(request), at=timezone.now())}


@area.do("/assignments/{step}", "work.steer", list[AssignmentRow], "office")
def steer(
    request: HttpRequest,
    step: Literal["suspend", "resume", "cancel", "hand-over", "close", "reopen"],
    sent: AssignmentStepIn,
) -> Any:
    """Suspend, resume, cancel, hand over, close or reopen tasks of bodies."""
    rows = Assignment.objects.filter(pk__in=sent.assignments).select_related("task__plan", "body", "issue")
    found = [*rows]
    if len(found) != len(set(sent.assignments)):
        raise Http404
    for row in found:
        check(request, "work.steer", row)
    chosen = STEPS[step]
    values: dict[str, Any] = {name: getattr(sent, name) for name in chosen.fields}
    if "receiver" in values:
        region = found[0].region_id
        usable = Body.objects.filter(region=region, active_to=None).exclude(kind=Body.Kind.GROUP)
        values["receiver"] = get_object_or_404(usable, pk=sent.receiver)
    return chosen.act(assignments=rows, **values, by=caller(request), at=timezone.now())


def open_issue(request: HttpRequest, plan: int) -> tuple[Plan, Issue]:
    """The plan and its issue.

    Raises:
        Http404: there is none, or it was not issued.
        PermissionDenied: the person may not see the work of its region.
    """
    opened, found = open_work(request, plan)
    if found is None:
        raise Http404
    return opened, found


def _told(response: HttpResponse, issue: Issue) -> Issue:
    mark(response, issue.version)
    return issue
