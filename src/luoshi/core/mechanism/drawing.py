"""A draw in the life of an entry: from which rosters, under which rules, and what becomes of those drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from luoshi.core.errors import Phrase
from luoshi.core.register.procedure import Actor

if TYPE_CHECKING:
    from luoshi.core.expression import Expression


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
class Drawing:
    """One draw that an entry goes through.

    Its four steps are steps of the system: nobody takes them but the draw itself.

    Attributes:
        who: who runs it.
        cancelled_by: who may call it off in public.
        commits: the step that is taken when the commitment is made.
        draws: when the places are drawn; it asks for what the pools fill.
        answers: when somebody accepts or leaves a place; it stays where it is.
        cancels: when the draw is called off.
        keeps: fields of the entry by the fact that they keep.
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

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps that it takes."""
        return (self.commits, self.draws, self.answers, self.cancels)

    def pool(self, key: str) -> Pool:
        """One of its pools."""
        return next(one for one in self.pools if one.key == key)
