"""Whether anybody can endorse a request for more time before the office decides on it.

The head of the body does, or another lead of the task. A sole lead whose body has no head account has
neither: then the office decides directly, and both pages say so.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from luoshi.apps.organization.models import Role
from luoshi.apps.work.models import Assignment, Extension, Occurrence

_AT_WORK = [state for state in Assignment.State if state not in Assignment.GONE]


def _heads(body: Any, asked_by: Any) -> QuerySet[Role]:
    """The heads of a body who can sign in, without who asked."""
    return Role.objects.filter(body=body, name=Role.Name.HEAD, user__is_active=True).exclude(user=asked_by)


def _leads(task: Any, body: Any, asked_by: Any) -> QuerySet[Role]:
    """Those who speak for another lead of a task and can sign in, without who asked."""
    found = Role.objects.filter(
        name__in=Role.OF_A_BODY,
        user__is_active=True,
        body__assignments__task=task,
        body__assignments__role=Assignment.Role.LEAD,
        body__assignments__state__in=_AT_WORK,
    )
    return found.exclude(body=body).exclude(user=asked_by)


_BODY, _ASKED_BY, _TASK = OuterRef("body"), OuterRef("asked_by"), OuterRef("occurrence__task")
HEADED = Exists(_heads(_BODY, _ASKED_BY))
"""The body of a request for more time has a head who can endorse it."""
STRAIGHT = Q(state=Extension.State.ASKED) & ~HEADED & ~Exists(_leads(_TASK, _BODY, _ASKED_BY))
"""A request for more time that nobody can endorse: the office decides directly."""


def with_straight(rows: QuerySet[Extension]) -> QuerySet[Any]:
    """Requests, each with `straight`: whether the office decides directly."""
    return rows.annotate(straight=ExpressionWrapper(STRAIGHT, BooleanField()))


def goes_straight(extension: Extension) -> bool:
    """Whether the office decides on this one directly; one query."""
    return Extension.objects.filter(STRAIGHT, pk=extension.pk).exists()


def would_go_straight(occurrence: Occurrence, asked_by: int) -> bool:
    """Whether the office would decide directly if this person asked; two queries at most."""
    body = occurrence.body_id
    return not _heads(body, asked_by).exists() and not _leads(occurrence.task_id, body, asked_by).exists()


def in_state(rows: QuerySet[Extension], state: str) -> QuerySet[Extension]:
    """Those in a state as its words say whom they wait for: what goes straight waits for the office."""
    if state == Extension.State.ASKED:
        return rows.filter(~STRAIGHT, state=state)
    if state == Extension.State.ENDORSED:
        return rows.filter(Q(state=state) | STRAIGHT)
    return rows.filter(state=state)
