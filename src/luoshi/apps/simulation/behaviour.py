"""How made-up bodies behave: most report in time, some late, a few never, some have to say it again.

Every decision is drawn from the seed, the place and the period alone, so that it does not depend on the order
in which districts are made, or on where a run was stopped and taken up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

IN_TIME, LATE, NEVER = "in-time", "late", "never"
# Shares of all reports; what is left over is in time.
SHARE_LATE, SHARE_NEVER, SHARE_RETURNED, SHARE_EXTENDED = 0.10, 0.03, 0.06, 0.01
# Of duties that are overdue for some days: those that the office orders.
SHARE_ORDERED = 0.2
# Of orders: run late, have their reply returned, are replied to each month, are followed by another one.
SHARE_ORDER_LATE, SHARE_ORDER_RETURNED, SHARE_MONTHLY, SHARE_RENEWED = 0.25, 0.2, 0.2, 0.15
# Some bodies are slower than others: their shares are multiplied by up to this.
SLOWEST = 3.0


@dataclass(frozen=True, slots=True)
class Conduct:
    """What one body does with one request.

    Attributes:
        outcome: when it reports, if at all.
        days: after the opening if in time, after the due day if late.
        returned: whether the office sends the first version back.
        read_after: days until the office accepts it.
    """

    outcome: str
    days: int
    returned: bool
    read_after: int

    def reported_on(self, opened: date, due: date) -> date | None:
        """The day of the report, if there is one."""
        if self.outcome == NEVER:
            return None
        return (opened if self.outcome == IN_TIME else due) + timedelta(days=self.days)


def conduct(seed: int, body: str, task: str, period: str, *, span: int) -> Conduct:
    """What a body does with the request of a period.

    Args:
        body: the body with its district.
        span: days from opening to the due day.

    Example:
        >>> first = conduct(7, "990201/区司法局", "1", "2026Q1", span=20)
        >>> first == conduct(7, "990201/区司法局", "1", "2026Q1", span=20)
        True
        >>> first.outcome in (IN_TIME, LATE, NEVER)
        True
    """
    # The pace of a body is the same in every period.
    pace = 0.3 + Random(f"{seed}/{body}").random() ** 3 * (SLOWEST - 0.3)  # noqa: S311 (a made-up world)
    chance = Random(f"{seed}/{body}/{task}/{period}")  # noqa: S311
    drawn = chance.random()
    if drawn < SHARE_NEVER * pace:
        outcome, days = NEVER, 0
    elif drawn < (SHARE_NEVER + SHARE_LATE) * pace:
        outcome, days = LATE, chance.randint(1, 20)
    else:
        outcome, days = IN_TIME, chance.randint(0, max(span, 0))
    return Conduct(outcome, days, chance.random() < SHARE_RETURNED, chance.randint(1, 6))


def asks_for_time(seed: int, body: str, task: str, period: str) -> bool:
    """Whether a body asks for more time as soon as it is asked to report."""
    return Random(f"{seed}/{body}/{task}/{period}/time").random() < SHARE_EXTENDED  # noqa: S311


def signs_after(seed: int, body: str) -> int:
    """Days until a body signs for its tasks, all within a week."""
    return Random(f"{seed}/{body}/sign").randint(1, 5)  # noqa: S311


@dataclass(frozen=True, slots=True)
class Handling:
    """How an order is handled, in working days.

    Attributes:
        opened_after: days after the due day on which the office orders a duty that is still overdue.
        signed_after: days until the lead signs.
        late: how long after its day the first reply comes; negative when it comes before.
        returned: whether the first reply is sent back.
        read_after: days until the office has read a reply.
        monthly: whether each month is reported on, instead of once.
        renewed: whether another order follows.
        archived_after: days from closing to the archive.
    """

    opened_after: int
    signed_after: int
    late: int
    returned: bool
    read_after: int
    monthly: bool
    renewed: bool
    archived_after: int


def is_ordered(seed: int, body: str, task: str, period: str) -> bool:
    """Whether the office orders a duty that is overdue."""
    return Random(f"{seed}/{body}/{task}/{period}/ordered").random() < SHARE_ORDERED  # noqa: S311


def handling(seed: int, body: str, task: str, period: str) -> Handling:
    """How the order for an overdue duty is handled.

    Example:
        >>> handling(7, "990201/区司法局", "1", "2026Q1") == handling(7, "990201/区司法局", "1", "2026Q1")
        True
    """
    chance = Random(f"{seed}/{body}/{task}/{period}/order")  # noqa: S311
    late = chance.random() < SHARE_ORDER_LATE
    return Handling(
        opened_after=chance.randint(3, 6),
        signed_after=chance.randint(0, 2) + 2 * (chance.random() < SHARE_ORDER_LATE),
        late=chance.randint(1, 12) if late else -chance.randint(0, 4),
        returned=chance.random() < SHARE_ORDER_RETURNED,
        read_after=chance.randint(1, 3),
        monthly=chance.random() < SHARE_MONTHLY,
        renewed=chance.random() < SHARE_RENEWED,
        archived_after=chance.randint(5, 20),
    )
