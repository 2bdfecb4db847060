"""A plan is confirmed when its errors are settled, and can be opened again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from luoshi.apps.audit.models import Event
from luoshi.apps.plan.models import Finding, Plan
from luoshi.apps.plan.operations.confirming import confirm_plan, reopen_plan
from luoshi.apps.plan.operations.refusals import ErrorsOpen, PlanIsConfirmed
from luoshi.apps.plan.operations.settling import settle_finding
from tests.apps.factories import NOW


def test_open_errors_stand_in_the_way(plan: Plan, office: User) -> None:
    with pytest.raises(ErrorsOpen) as refused:
        confirm_plan(plan=plan, by=office, at=NOW)
    assert "任务4" in refused.value.message("zh")
    assert "tasks 4" in refused.value.message("en")
    plan.refresh_from_db()
    assert plan.status == Plan.Status.DRAFT


def test_warnings_do_not(plan: Plan, office: User) -> None:
    settle_finding(
        finding=Finding.objects.get(plan=plan, code="no-organization"), action="accept", by=office, at=NOW
    )
    confirmed = confirm_plan(plan=plan, by=office, at=NOW)
    assert (confirmed.status, confirmed.confirmed_by, confirmed.confirmed_at, confirmed.version) == (
        Plan.Status.CONFIRMED,
        office,
        NOW,
        2,
    )
    with pytest.raises(PlanIsConfirmed):
        confirm_plan(plan=plan, by=office, at=NOW)
    reopened = reopen_plan(plan=plan, by=office, at=NOW)
    assert (reopened.status, reopened.confirmed_at, reopened.version) == (Plan.Status.DRAFT, None, 3)
    reopen_plan(plan=plan, by=office, at=NOW)
    types = Event.objects.filter(object_type="plan.plan").order_by("pk").values_list("type", flat=True)
    assert list(types) == ["plan.plan.imported", "plan.plan.confirmed", "plan.plan.reopened"]
