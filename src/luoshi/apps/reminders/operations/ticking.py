"""The one clock: openings and due dates, entries, digests and letters, and the seal of the audit log.

Each step works in transactions of its own and finds what the step before it left; whoever calls it may be
killed at any moment and call it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from luoshi.apps.audit.operations import seal
from luoshi.apps.register.operations.forgetting import forget_due
from luoshi.apps.register.operations.renaming import keep_names
from luoshi.apps.register.operations.ticking import advance_entries
from luoshi.apps.reminders.operations.digesting import make_digests, send_digests
from luoshi.apps.work.operations.timing import advance_everywhere


@dataclass(slots=True)
class Ticked:
    """What a stroke of the clock did; `sealed` is the number of the newest checkpoint.

    `forgotten` counts the entries of registers whose personal data was destroyed.
    """

    made: int = 0
    opened: int = 0
    entries: int = 0
    digests: int = 0
    letters: int = 0
    forgotten: int = 0
    sealed: int = 0


def tick(*, at: datetime) -> Ticked:
    """Do everything that is due by now, everywhere; doing it twice changes nothing."""
    done = Ticked()
    for step in STEPS:
        step(done, at)
    return done


def _advance(done: Ticked, at: datetime) -> None:
    advanced = advance_everywhere(at=at)
    done.made, done.opened = advanced.made, advanced.opened


def _advance_entries(done: Ticked, at: datetime) -> None:
    done.entries = advance_entries(at=at)


def _keep_names(done: Ticked, at: datetime) -> None:
    keep_names(at=at)


def _remind(done: Ticked, at: datetime) -> None:
    done.digests = make_digests(at=at)


def _send(done: Ticked, at: datetime) -> None:
    done.letters = send_digests(at=at)


def _forget(done: Ticked, at: datetime) -> None:
    done.forgotten = forget_due(at=at)


def _seal(done: Ticked, at: datetime) -> None:
    done.sealed = seal(at=at).number


STEPS = (_advance, _advance_entries, _keep_names, _remind, _send, _forget, _seal)
