"""Confirming and refusing what the text suggests, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeVar

from django.contrib.auth.models import User

from luoshi.apps.alignment.models import Settled, Settlement
from luoshi.apps.alignment.operations.refusals import SettledMeanwhile

Action = Literal["confirm", "refuse", "reopen"]
TARGETS: dict[str, Settlement] = {
    "confirm": Settlement.CONFIRMED,
    "refuse": Settlement.REFUSED,
    "reopen": Settlement.SUGGESTED,
}
Row = TypeVar("Row", bound=Settled)


def settle(row: Row, action: Action, *, seen: int, by: User, at: datetime) -> str:
    """Put a locked pair where a person says, and store it; the state from before is given back.

    Raises:
        SettledMeanwhile: somebody has settled it since the person looked.
    """
    if row.version != seen:
        raise SettledMeanwhile(pair=str(row))
    before, row.state = row.state, TARGETS[action]
    settled = row.state != Settlement.SUGGESTED
    row.settled_by, row.settled_at = (by, at) if settled else (None, None)
    row.version += 1
    row.save(update_fields=["state", "settled_by", "settled_at", "version"])
    return str(before)
