"""Signing for a task, and under a joint report by the other leads; overdue is computed, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.errors import Phrase

SigningState = Literal["awaiting", "overdue", "signed", "signed-late"]

SIGNING_WORDS: dict[SigningState, Phrase] = {
    "awaiting": Phrase("待签收", "to be signed for"),
    "overdue": Phrase("签收逾期", "signing overdue"),
    "signed": Phrase("已签收", "signed for"),
    "signed-late": Phrase("逾期签收", "signed for late"),
}


@dataclass(frozen=True, slots=True)
class Signing:
    """How the signing for a task stands.

    Attributes:
        state: computed from the dates.
        due: the last day to sign.
        late: working days over the limit, 0 when in time.
        certain: whether the schedule of every year that `due` and `late` depend on is known.
    """

    state: SigningState
    due: date
    late: int
    certain: bool

    @property
    def words(self) -> Phrase:
        """The state in words."""
        return SIGNING_WORDS[self.state]


def signing(*, issued: date, signed: date | None, limit: int, today: date, calendar: WorkCalendar) -> Signing:
    """How the signing for a task stands.

    Args:
        issued: the day of issue, not counted.
        signed: the day it was signed for, if it was.
        limit: working days in which to sign.
        today: passed in, because nothing here reads a clock.
        calendar: of the region.

    Example:
        >>> signing(issued=date(2026, 9, 29), signed=None, limit=3, today=date(2026, 10, 10),
        ...         calendar=WorkCalendar())
        Signing(state='overdue', due=datetime.date(2026, 10, 9), late=1, certain=True)
    """
    due = calendar.add_working_days(issued, limit)
    until = today if signed is None else signed
    over = calendar.working_days_between(due.day, until) if until > due.day else None
    state: SigningState
    if over:
        state = "overdue" if signed is None else "signed-late"
    else:
        state = "awaiting" if signed is None else "signed"
    return Signing(state, due.day, over.days if over else 0, due.certain and (over is None or over.certain))


@dataclass(frozen=True, slots=True)
class Stance:
    """What another lead says of one version of a joint report.

    Attributes:
        body: identifier of the lead.
        version: number of the version that it read.
        agrees: False is an objection.
        reason: of an objection.
    """

    body: str
    version: int
    agrees: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where the other leads stand on the latest version.

    Attributes:
        state: of the joint report's machine: `proposed`, `objected` or `cosigned`.
        missing: leads that have said nothing of this version, in the order asked.
        objections: as they stand, in the order asked.
    """

    state: Literal["proposed", "objected", "cosigned"]
    missing: tuple[str, ...]
    objections: tuple[Stance, ...]


def agreement(others: Sequence[str], stances: Iterable[Stance], version: int) -> Agreement:
    """Where the other leads stand on a version; the last word of each counts, words on older versions do not.

    Args:
        others: identifiers of the leads other than the one that drew the report.
        stances: in the order they were given.
        version: number of the latest version.

    Example:
        >>> agreement(["民政局", "司法局"], [Stance("民政局", 2, True)], 2).missing
        ('司法局',)
    """
    last = {stance.body: stance for stance in stances if stance.version == version}
    missing = tuple(body for body in others if body not in last)
    objections = tuple(last[body] for body in others if body in last and not last[body].agrees)
    if objections:
        return Agreement("objected", missing, objections)
    return Agreement("proposed" if missing else "cosigned", missing, ())
