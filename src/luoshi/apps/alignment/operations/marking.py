"""Saying that a clause from above needs no task here, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.alignment.models import Clause, Settlement
from luoshi.apps.alignment.operations import refusals
from luoshi.apps.audit.operations import record

LONGEST_REASON = 500


@transaction.atomic
def mark_needless(*, clause: Clause, reason: str, seen: int, by: User, at: datetime) -> Clause:
    """Say that a clause needs no task here, and why; said again, the new reason counts.

    Args:
        seen: the version of the clause that the person looked at.

    Raises:
        NeedlessWithoutReason: the reason is empty or too long.
        ClauseHasTask: a person has confirmed a task for it.
        SettledMeanwhile: somebody has marked or unmarked it since the person looked.
    """
    reason = reason.strip()
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise refusals.NeedlessWithoutReason(limit=LONGEST_REASON)
    kept = _locked(clause, seen)
    pair = kept.pairs.filter(state=Settlement.CONFIRMED).select_related("task").order_by("pk").first()
    if pair is not None:
        raise refusals.ClauseHasTask(task=str(pair.task))
    kept.needless, kept.needless_by, kept.needless_at = reason, by, at
    _keep(kept)
    record(type="alignment.clause.needless", object=kept, region=kept.region_id, by=by, at=at, reason=reason)
    return kept


@transaction.atomic
def unmark_needless(*, clause: Clause, seen: int, by: User, at: datetime) -> Clause:
    """Take back that a clause needs no task here; nothing happens where nobody said so.

    Raises:
        SettledMeanwhile: somebody has marked or unmarked it since the person looked.
    """
    kept = _locked(clause, seen)
    if kept.needless:
        before, kept.needless, kept.needless_by, kept.needless_at = kept.needless, "", None, None
        _keep(kept)
        record(
            type="alignment.clause.reopened", object=kept, region=kept.region_id, by=by, at=at, before=before
        )
    return kept


def open_for_tasks(clause: int) -> None:
    """Hold a clause for which a task is being confirmed.

    Raises:
        ClauseNeedless: a person has said that it needs none.
    """
    if Clause.objects.select_for_update().get(pk=clause).needless:
        raise refusals.ClauseNeedless


def _locked(clause: Clause, seen: int) -> Clause:
    kept = Clause.objects.select_for_update().get(pk=clause.pk)
    if kept.version != seen:
        raise refusals.SettledMeanwhile(pair=str(kept))
    return kept


def _keep(clause: Clause) -> None:
    clause.version += 1
    clause.save(update_fields=["needless", "needless_by", "needless_at", "version"])
