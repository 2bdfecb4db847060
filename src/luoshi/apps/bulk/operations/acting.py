"""One step of many entries: each in a transaction of its own, with what became of it kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from rules.permissions import has_perm

from luoshi.apps.audit.operations import record
from luoshi.apps.bulk.models import ACTIVE, Action, Deed, State
from luoshi.apps.bulk.operations import refusals
from luoshi.apps.bulk.operations.telling import MOST_TRIES, STILL, get_further, given_up, interrupt, take_up
from luoshi.apps.bulk.queries.trying import Trial
from luoshi.apps.plan.operations.workers import start
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.performing import perform
from luoshi.apps.register.queries.acting import acting_body, actor_for, actors
from luoshi.core.errors import LuoshiError
from luoshi.core.register.refusals import StepNotYours

log = logging.getLogger(__name__)
# Entries of one action at most.
MOST = 500


@transaction.atomic
def request_action(
    *,
    mechanism: str,
    transition: str,
    trials: Sequence[Trial],
    seen: Mapping[int, int],
    values: Mapping[str, Any],
    reason: str,
    by: User,
    at: datetime,
) -> Action:
    """Ask for a step of many entries. It starts when the transaction is through.

    Args:
        trials: the entries that were chosen, as they were tried; those that are refused are kept as such.
        seen: the revision of each that the person saw.

    Raises:
        NothingChosen: there is none, or it could be taken of none.
        TooManyChosen: there are more than one action takes.
    """
    if len(trials) > MOST:
        raise refusals.TooManyChosen(count=len(trials), most=MOST)
    if not any(one.error is None for one in trials):
        raise refusals.NothingChosen
    action = Action.objects.create(
        region_id=trials[0].entry.region_id,
        mechanism=mechanism,
        transition=transition,
        values=dict(values),
        reason=reason,
        total=len(trials),
        by=by,
        at=at,
        due_at=at + STILL,
    )
    Deed.objects.bulk_create(
        Deed(
            action=action,
            entry=one.entry,
            seen=seen.get(one.entry.pk, one.entry.revision),
            outcome=Deed.Outcome.WAITING if one.error is None else Deed.Outcome.REFUSED,
            why={} if one.error is None else one.error.messages(),
        )
        for one in trials
    )
    record(
        type="bulk.action.requested",
        object=action,
        region=action.region_id,
        by=by,
        at=at,
        mechanism=mechanism,
        transition=transition,
        entries=len(trials),
    )
    transaction.on_commit(lambda: start(run_action, action.pk))
    return action


@transaction.atomic
def continue_action(*, action: Action, at: datetime) -> None:
    """Go on with what was interrupted; what was done stays done."""
    moved = Action.objects.filter(pk=action.pk, state=State.INTERRUPTED)
    if moved.update(state=State.WAITING, due_at=at + STILL):
        transaction.on_commit(lambda: start(run_action, action.pk))


def run_action(key: UUID, clock: Callable[[], datetime] = timezone.now) -> None:
    """Take the step of every entry that waits for it.

    Args:
        clock: what tells the time; a background job has no request to take it from.
    """
    if not take_up(Action.objects.filter(pk=key), State.MAKING, clock()):
        return
    action = Action.objects.select_related("by").get(pk=key)
    left = list(action.deeds.filter(outcome=Deed.Outcome.WAITING).order_by("pk").values_list("pk", flat=True))
    try:
        for done, deed in enumerate(left, start=action.total - len(left) + 1):
            _do(action, deed, clock())
            get_further(action, done, clock())
        _finish(action, clock())
    except Exception:
        # It is taken up again like one whose process died, and as often.
        log.exception("bulk action failed", extra={"job": str(action.pk)})


def _do(action: Action, key: int, at: datetime) -> None:
    """Take the step of one entry and write down that it was taken, or why it was not."""
    try:
        with transaction.atomic():
            deed = Deed.objects.select_for_update(of=("self",)).get(pk=key)
            if deed.outcome != Deed.Outcome.WAITING:
                return
            _take(action, deed, at)
            deed.outcome = Deed.Outcome.DONE
            deed.save(update_fields=["outcome"])
    except LuoshiError as error:
        Deed.objects.filter(pk=key).update(outcome=Deed.Outcome.REFUSED, why=error.messages())


def _take(action: Action, deed: Deed, at: datetime) -> None:
    entry = Entry.objects.select_related("holder", "pending").get(pk=deed.entry_id)
    mechanism = catalogue().version(entry.mechanism, entry.version)
    step = mechanism.register.transition[action.transition]
    actor = actor_for(step, actors(action.by, entry))
    if actor is None or not has_perm("register.take", action.by, entry):
        raise StepNotYours(step=step.label, who=entry.holder.name)
    perform(
        mechanism=mechanism,
        entry=entry,
        body=acting_body(entry, actor),
        transition=step.key,
        given=action.values,
        seen=deed.seen,
        actor=actor,
        by=action.by,
        at=at,
        reason=action.reason,
    )


@transaction.atomic
def _finish(action: Action, at: datetime) -> None:
    Action.objects.filter(pk=action.pk).update(state=State.DONE, ended_at=at, done=action.total)
    record(
        type="bulk.action.done",
        object=action,
        region=action.region_id,
        by=action.by,
        at=at,
        mechanism=action.mechanism,
        transition=action.transition,
        done=action.deeds.filter(outcome=Deed.Outcome.DONE).count(),
    )


@transaction.atomic
def _give_up(action: Action, at: datetime) -> None:
    """Take it up no more; what waits still is left as it is, and says why."""
    if not Action.objects.filter(pk=action.pk, state__in=ACTIVE).update(state=State.FAILED, ended_at=at):
        return
    left = action.deeds.filter(outcome=Deed.Outcome.WAITING)
    count = left.update(outcome=Deed.Outcome.REFUSED, why=refusals.ActionGivenUp(tries=MOST_TRIES).messages())
    record(
        type="bulk.action.failed",
        object=action,
        region=action.region_id,
        by=action.by,
        at=at,
        mechanism=action.mechanism,
        transition=action.transition,
        left=count,
    )


def mark_actions_interrupted(*, at: datetime, everything: bool = False) -> int:
    """Mark actions that nobody works on any more; tells how many. Those taken up too often end instead.

    Args:
        everything: also those within their time, because the process has just started and is the only one.
    """
    for action in given_up(Action.objects.select_related("by"), at=at, everything=everything):
        _give_up(action, at)
    return interrupt(Action.objects.all(), at=at, everything=everything)
