"""A draw in the life of an entry: from which rosters, under which rules, and what becomes of those drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from luoshi.core.errors import Phrase
from luoshi.core.register.procedure import Actor, Opening

if TYPE_CHECKING:
    from luoshi.core.expression import Expression

_Holder = TypeVar("_Holder")


class Fact(StrEnum):
    """What an entry may keep of a draw besides who was drawn."""

    COMMITMENT = "commitment"
    COMMITTED_ON = "committed-on"
    DRAWN_ON = "drawn-on"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Ground:
    """What has to hold for a candidate to be drawn; anybody may read why one was left out."""

    when: Expression
    message: Phrase


@dataclass(frozen=True, slots=True)
class Conflict:
    """When somebody who was drawn may not serve because of who holds a place of another pool.

    `when` is about the one who was drawn; `this` is each of those of the other pool.
    """

    pool: str
    when: Expression
    message: Phrase


@dataclass(frozen=True, slots=True)
class Pool:
    """Those who may be drawn: the entries of another mechanism that have not ended.

    Attributes:
        roster: the mechanism whose entries they are.
        number: how many are drawn.
        substitutes: how many more are named, to move up in their order.
        multiple: so many times the number have to be eligible.
        code: the field by which a candidate is called in public; empty for the number of its entry.
        name: the field that anybody may read beside the code; empty where names stay sealed.
        listed: whether the list is published together with the commitment.
        asked: whether those drawn accept their place; others only leave it, for a reason.
        strata: a choice of the roster: its options are drawn from separately.
        weights: how often an entry of an option counts when the number is spread over the strata.
        eligible: what has to hold of a candidate; `this` is the entry that draws.
        recusal: when one who was drawn may not serve.
        fills: the rows of the entry that hold those who were drawn; `columns` names a field of the roster
            for each column, `accepted` the column that says whether they accepted.
        counted: the field that holds how many could be drawn.
    """

    key: str
    label: Phrase
    roster: str
    number: Expression
    substitutes: int = 0
    multiple: int = 1
    code: str = ""
    name: str = ""
    listed: bool = False
    asked: bool = True
    strata: str = ""
    weights: Mapping[str, int] = field(default_factory=dict)
    eligible: tuple[Ground, ...] = ()
    recusal: tuple[Conflict, ...] = ()
    fills: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    accepted: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Who of another pool serves in an entry that a draw opens.

    Attributes:
        number: so many of them in turn, as they were drawn; 0 for all of them in each entry.
    """

    pool: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Openings:
    """The entries that a person opens from the result: one for each that holds a place, and never a second.

    Attributes:
        step: the step of the entry that draws; it stays where it is.
        each: the pool whose holders get an entry each.
        opening: of which mechanism, linked back by which field, with which values of the entry that draws.
        candidate: the field that links to the entry of the one drawn; empty for none.
        takes: fields that are filled from the entry of the one drawn, by the field there.
        shares: rows that hold those of other pools who serve in it.
    """

    step: str
    each: str
    opening: Opening
    candidate: str = ""
    takes: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[str, Share] = field(default_factory=dict)

    @property
    def fills(self) -> tuple[str, ...]:
        """All fields that a new entry begins with."""
        lone = (self.candidate,) if self.candidate else ()
        return (self.opening.link, *lone, *self.opening.copies, *self.takes, *self.shares)


def in_turn(holders: Sequence[_Holder], number: int, place: int) -> list[_Holder]:
    """Those who serve with the one at a place: the next so many, beginning anew at the end.

    Anybody can say from the order of the draw who goes where; nobody serves twice more often than another.

    Example:
        >>> [in_turn("abc", 2, place) for place in range(3)]
        [['a', 'b'], ['c', 'a'], ['b', 'c']]
    """
    if not number or number >= len(holders):
        return list(holders)
    return [holders[(place * number + turn) % len(holders)] for turn in range(number)]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One draw that an entry goes through.

    Its steps are steps of the system: nobody takes them but the draw itself.

    Attributes:
        who: who runs it.
        cancelled_by: who may call it off in public.
        commits: the step that is taken when the commitment is made.
        draws: when the places are drawn; it asks for what the pools fill.
        answers: when somebody accepts or leaves a place; it stays where it is.
        cancels: when the draw is called off.
        keeps: fields of the entry by the fact that they keep.
        opens: the entries that are opened from the result; None where there are none.
    """

    key: str
    label: Phrase
    who: tuple[Actor, ...]
    cancelled_by: tuple[Actor, ...]
    pools: tuple[Pool, ...]
    commits: str
    draws: str
    answers: str
    cancels: str
    keeps: Mapping[str, str] = field(default_factory=dict)
    opens: Openings | None = None

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps that it takes."""
        opening = () if self.opens is None else (self.opens.step,)
        return (self.commits, self.draws, self.answers, self.cancels, *opening)

    def pool(self, key: str) -> Pool:
        """One of its pools."""
        return next(one for one in self.pools if one.key == key)
