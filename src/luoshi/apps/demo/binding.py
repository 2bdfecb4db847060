"""What the sample plan is bound to in the demo: what is certain is confirmed, the rest waits for a person."""

from __future__ import annotations

from datetime import datetime

from luoshi.apps.binding.operations.settling import confirm_certain
from luoshi.apps.binding.operations.suggesting import suggest
from luoshi.apps.binding.queries.listing import certain_of
from luoshi.apps.demo.people import People
from luoshi.apps.plan.models import Plan


def bind(plan: Plan, people: People, *, at: datetime) -> None:
    """Let mechanisms offer themselves to the plan, and the office confirm those that are certain."""
    suggest(plan=plan, by=people.office, at=at)
    confirm_certain(plan=plan, seen=certain_of(plan.pk).count(), by=people.office, at=at)
