"""Whether a vote carries: how many had to be there, how many had to agree."""

from __future__ import annotations

from decimal import Decimal

from luoshi.core.expression import Occasion
from luoshi.core.expression.evaluating import evaluate
from luoshi.core.expression.values import Entry as Seen
from luoshi.core.register.procedure import Vote
from luoshi.core.register.refusals import NoMajority, NoQuorum, VoteImpossible


def least(total: int, share: tuple[int, int], *, above: bool) -> int:
    """The smallest number that is at least, or more than, a share of a total.

    Example:
        >>> least(30, (2, 3), above=False), least(30, (1, 2), above=True), least(31, (1, 2), above=True)
        (20, 16, 16)
    """
    top, bottom = share
    whole, rest = divmod(total * top, bottom)
    return whole + 1 if above or rest else whole


def check_vote(vote: Vote, entry: Seen, occasion: Occasion) -> None:
    """Refuse what does not carry.

    Raises:
        VoteImpossible: the numbers are missing, or cannot all be right.
        NoQuorum: too few were there.
        NoMajority: too few agreed.
    """
    numbers = [evaluate(one, entry, occasion) for one in (vote.due, vote.present, vote.in_favour)]
    counted = [int(one) for one in numbers if isinstance(one, Decimal) and one == one.to_integral_value()]
    if len(counted) < len(numbers) or not 0 <= counted[2] <= counted[1] <= counted[0]:
        said = [one if isinstance(one, Decimal) else "—" for one in numbers]
        raise VoteImpossible(due=said[0], present=said[1], in_favour=said[2])
    due, present, in_favour = counted
    needed = least(due, vote.quorum, above=False)
    if present < needed:
        raise NoQuorum(due=due, present=present, needed=needed)
    needed = least(due if vote.of == "due" else present, vote.majority, above=vote.above)
    if in_favour < needed:
        raise NoMajority(in_favour=in_favour, needed=needed)
