"""A change of the registry that is done only when the person has seen what it does to tasks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from luoshi.apps.organization.operations.bodies import lock_registry
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.registry.queries.effects import Effects, compare


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a change was done, what it does to tasks, and what the operation returned."""

    done: bool
    effects: Effects
    result: Any = None


@transaction.atomic
def carry_out(*, region: str, deed: Callable[[], object], shown: str, always: bool = False) -> Outcome:
    """Do `deed` if it touches no task, or if its effects are those that were shown; else take it back.

    Args:
        region: code.
        deed: calls operations on the registry, which keep their own records; what it raises is passed on.
        shown: the seal of the effects that the person has agreed to; empty for none.
        always: ask also where no task is touched.
    """
    lock_registry(region)
    before = load_roster(region)
    with transaction.atomic():
        result = deed()
        effects = compare(region, before, load_roster(region))
        done = shown == effects.seal or not (effects or always)
        if not done:
            transaction.set_rollback(True)
    return Outcome(done, effects, result if done else None)
