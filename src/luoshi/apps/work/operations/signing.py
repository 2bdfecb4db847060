"""Signing for tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with
from luoshi.apps.work.models import Assignment
from luoshi.core.work import states
from luoshi.core.work.machines import ASSIGNMENT


@transaction.atomic
def sign(*, assignments: Iterable[Assignment], by: User, at: datetime) -> int:
    """Sign for tasks of one's bodies; what is signed for already stays as it is.

    Returns:
        How many were signed for now.

    Raises:
        StepNotFromHere: a task was handed over or taken back meanwhile.
    """
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("body")
    found = rows.filter(pk__in=[one.pk for one in assignments]).order_by("pk")
    heads = bodies_with(by, Role.Name.HEAD)
    signed: dict[int, list[Assignment]] = defaultdict(list)
    for row in found:
        if row.signed_at is not None:
            continue
        role: states.Role = "head" if row.body_id in heads else "liaison"
        after = states.step(ASSIGNMENT, states.Standing(row.state), "sign", role=role)
        row.state = Assignment.State(after.state)
        signed[row.body_id].append(row)
    for ones in signed.values():
        Assignment.objects.filter(pk__in=[one.pk for one in ones]).update(
            state=ones[0].state, signed_at=at, signed_by=by, version=F("version") + 1
        )
        record(
            type="work.assignments.signed",
            object=ones[0].body,
            region=ones[0].region_id,
            by=by,
            at=at,
            assignments=[one.pk for one in ones],
        )
    return sum(map(len, signed.values()))
