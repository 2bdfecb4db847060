"""What the clock does for bulk work: go on with what a killed process left, forget old rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from luoshi.apps.bulk.models import Action, State, Upload
from luoshi.apps.bulk.operations.acting import mark_actions_interrupted, run_action
from luoshi.apps.bulk.operations.ending import forget_rows
from luoshi.apps.bulk.operations.importing import mark_interrupted, run_upload
from luoshi.apps.bulk.operations.telling import STILL


def mark_all_interrupted(*, at: datetime, everything: bool = False) -> int:
    """Mark jobs that nobody works on any more; tells how many.

    Args:
        everything: also those within their time, because the process has just started and is the only one.
    """
    return mark_interrupted(at=at, everything=everything) + mark_actions_interrupted(
        at=at, everything=everything
    )


def go_on(*, at: datetime, clock: Callable[[], datetime] = timezone.now) -> int:
    """Go on with every job that was interrupted, one after the other; tells how many. Forgets old rows.

    What was taken up too often without getting further ends instead: it would stop this process as well.
    """
    mark_all_interrupted(at=at)
    done = 0
    for model, run in ((Upload, run_upload), (Action, run_action)):
        for key in list(model.objects.filter(state=State.INTERRUPTED).values_list("pk", flat=True)):
            waiting = model.objects.filter(pk=key, state=State.INTERRUPTED)
            if waiting.update(state=State.WAITING, due_at=at + STILL):
                run(key, clock)
                done += 1
    forget_rows(at=at)
    return done
