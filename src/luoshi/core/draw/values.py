"""A draw at each of its stages. Values only: each stage holds the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that may be drawn.

    Attributes:
        key: what it is called in the draw: a code, a number of the register. Anybody may read it.
        stratum: key of the group it is drawn in.
        name: for people to read; empty where names stay sealed.
        kept_out: why it cannot be drawn, each reason in words; empty when it can.
    """

    key: str
    stratum: str
    name: str = ""
    kept_out: tuple[str, ...] = ()

    @property
    def eligible(self) -> bool:
        """Whether it can be drawn."""
        return not self.kept_out


@dataclass(frozen=True, slots=True)
class Stratum:
    """A group of which so many are drawn.

    Attributes:
        number: how many are drawn.
        substitutes: how many more are named, to move up in their order.
        multiple: so many times `number` have to be eligible.
    """

    key: str
    number: int
    substitutes: int = 0
    multiple: int = 1

    @property
    def needed(self) -> int:
        """How many have to be eligible."""
        return max(self.number + self.substitutes, self.number * self.multiple)


@dataclass(frozen=True, slots=True)
class PublicSource:
    """Where the public value will come from, fixed before anybody can know it.

    Attributes:
        name: who publishes what: 某彩票第 26060 期开奖号码.
        date: the day it is published, in China.
        form: how the value is to be written: 七个两位数,按开出的顺序,以一个空格分隔.
    """

    name: str
    date: date
    form: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A frozen list under frozen rules.

    Attributes:
        purpose: what is drawn for; nothing is drawn for twice.
        strata, candidates: by key.
    """

    purpose: str
    strata: tuple[Stratum, ...]
    source: PublicSource
    candidates: tuple[Candidate, ...]

    def pool(self, stratum: str) -> list[str]:
        """The keys that can be drawn in a stratum, in order."""
        return [one.key for one in self.candidates if one.stratum == stratum and one.eligible]


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A draw for the same purpose that was called off in public. Its secret is opened, too."""

    commitment: str
    secret: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Committed:
    """A draw that nobody can change any more. The secret is kept elsewhere until the draw.

    Attributes:
        commitment: SHA-256, hexadecimal, over the secret and everything that decides but the public value.
        at: when it was made, to be published at once.
        earlier: draws for the same purpose that were cancelled, oldest first.
    """

    prepared: Prepared
    commitment: str
    at: datetime
    earlier: tuple[Cancellation, ...] = ()

    @property
    def purpose(self) -> str:
        """What is drawn for."""
        return self.prepared.purpose


class Answer(StrEnum):
    """What becomes of a place."""

    accepted = "accepted"
    refused = "refused"
    recused = "recused"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one who holds a place answered; a recusal may also be found by others, and afterwards.

    Attributes:
        reason: why, in words; only who accepts needs none.
    """

    key: str
    answer: Answer
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Who holds a place, and whether they said so."""

    key: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw with its result and everything that was answered since.

    Attributes:
        secret: opened now, hexadecimal.
        value: the public one, as it was published.
        seed: hexadecimal.
        orders: for each stratum the keys in drawn order: first those drawn, then the substitutes.
    """

    committed: Committed
    secret: str
    value: str
    seed: str
    orders: Mapping[str, tuple[str, ...]]
    at: datetime
    replies: tuple[Reply, ...] = ()

    @property
    def purpose(self) -> str:
        """What was drawn for."""
        return self.committed.purpose

    @property
    def places(self) -> dict[str, tuple[Place, ...]]:
        """Who holds the places of each stratum. Substitutes have moved up; fewer when they ran out."""
        answers = {reply.key: reply.answer for reply in self.replies}
        gone = {key for key, answer in answers.items() if answer is not Answer.accepted}
        return {
            stratum.key: tuple(
                Place(key, key in answers)
                for key in [key for key in self.orders[stratum.key] if key not in gone][: stratum.number]
            )
            for stratum in self.committed.prepared.strata
        }

    @property
    def vacant(self) -> dict[str, int]:
        """How many places of each stratum nobody is left for."""
        places = self.places
        return {
            stratum.key: stratum.number - len(places[stratum.key])
            for stratum in self.committed.prepared.strata
        }

    @property
    def settled(self) -> bool:
        """Whether every place is held by somebody who accepted."""
        places = self.places
        return not any(self.vacant.values()) and all(
            place.accepted for held in places.values() for place in held
        )


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A draw that was called off in public, before or after its result."""

    before: Committed | Drawn
    secret: str
    reason: str
    at: datetime

    @property
    def committed(self) -> Committed:
        """What was announced."""
        return self.before if isinstance(self.before, Committed) else self.before.committed

    @property
    def purpose(self) -> str:
        """What it was for."""
        return self.committed.purpose
