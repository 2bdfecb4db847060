"""Requests for more time that a person may see, and what may be asked of a task."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, regions_with
from luoshi.apps.work.models import Assignment, Extension
from luoshi.apps.work.queries.endorsing import in_state, with_straight

SORTS = {
    "new": ("-asked_at", "-pk"),
    "due": ("old_due", "pk"),
    "body": ("body__name", "-asked_at", "-pk"),
}


def extensions_for(
    user: User | AnonymousUser, *, text: str = "", state: str = "", sort: str = "new"
) -> QuerySet[Extension]:
    """Those of the person's bodies, of tasks that one of them leads, and all of a region for its office.

    Each has `straight`: whether nobody can endorse it, so that the office decides directly.
    """
    mine = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD)
    seen = mine | bodies_with(user, Role.Name.VIEWER)
    led = Assignment.objects.filter(
        task=OuterRef("occurrence__task"), role=Assignment.Role.LEAD, body__in=mine
    ).exclude(state__in=Assignment.GONE)
    whole = regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER)
    rows = Extension.objects.filter(Q(region__in=whole) | Q(body__in=seen) | Exists(led))
    if state:
        rows = in_state(rows, state)
    if text:
        rows = rows.filter(
            Q(body__name__icontains=text)
            | Q(reason__icontains=text)
            | Q(occurrence__task__title__icontains=text)
            | Q(occurrence__task__text__icontains=text)
        )
    related = ("body", "occurrence__task__plan", "asked_by", "endorsed_by", "decided_by")
    return with_straight(rows.select_related(*related)).order_by(*SORTS[sort])
