"""How an entry goes on: states, transitions, and the limits that run meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from luoshi.core.calendar.limits import Limit
from luoshi.core.errors import Phrase
from luoshi.core.register.fields import Source

if TYPE_CHECKING:
    from luoshi.core.expression import Expression


class Actor(StrEnum):
    """Who may take a transition."""

    HANDLER = "handler"  # who works for the body that holds the entry
    HEAD = "head"  # the head of that body
    RECEIVER = "receiver"  # who works for the body to which the entry was sent and that has not signed yet
    OFFICE = "office"  # the office that looks after the whole region
    OUTSIDE = "outside"  # the enterprise or citizen who filed it
    SYSTEM = "system"  # nobody: a limit ran out, or another entry got there


Tone = Literal["waiting", "going", "good", "bad", "ended"]


@dataclass(frozen=True, slots=True)
class State:
    """Where an entry stands.

    Attributes:
        final: nothing goes on from here of itself; transitions may still lead out (a correction, a renewal).
        public: whether the public may see an entry in it.
        tone: what it means for who waits; a list shows it as colour, shape and word.
        outside: what the person who filed it reads instead of the label.
    """

    key: str
    label: Phrase
    final: bool = False
    public: bool = False
    tone: Tone = "going"
    outside: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """What has to hold before a transition, with the sentence for who tries it too early."""

    when: Expression
    message: Phrase
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """A decision by counted votes. Only sums are kept, never who voted how.

    Attributes:
        due: how many have a vote.
        present: how many took part.
        in_favour: how many agreed.
        quorum: the share of those due that has to be present, as two numbers: 2/3 is no decimal.
        majority: the share that has to agree; more than it where `above`, at least it otherwise.
        of: of whom the majority is counted.
    """

    due: Expression
    present: Expression
    in_favour: Expression
    quorum: tuple[int, int]
    majority: tuple[int, int]
    above: bool = True
    of: Literal["due", "present"] = "present"
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A procedure inside this one: a new entry of another mechanism that links back by `link`.

    `copies` says which fields of the new entry are filled, from expressions over this one.
    """

    mechanism: str
    link: str
    copies: Mapping[str, Expression] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bringing:
    """What entries of another mechanism say already, brought into the rows of a form: nobody types it again.

    Attributes:
        mechanism: of those entries.
        link: the field there that names this entry.
        columns: for each column the field there; an entry that lacks what a column requires brings no row.
    """

    mechanism: str
    link: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Transition:
    """One step of an entry.

    Attributes:
        origins: the states it leaves; empty for the first step, which makes the entry.
        target: the state it reaches; None for a step that leaves the state as it is.
        who: who may take it.
        asks: fields that its form offers, in this order.
        needs: of these, the ones without which it is refused, whatever the field itself says.
        brings: what its form begins with, by the field that holds the rows; people may change it.
        sets: fields that it writes, by expressions.
        guards: what has to hold.
        when: of an automatic step: taken by the system as soon as it holds; None for steps of people and of
            limits that ran out.
        apart_from: steps whose person may not take this one (four eyes).
        recusal: who acts may not act while it holds; it sees `actor`.
        vote: the vote that it records.
        hands_to: the field that names the body to which the entry is sent; it holds the entry once it has
            signed for it.
        takes_over: whether it is this signing.
        gives_back: whether it refuses the entry that was sent, back to its holder.
        opens: the procedure that it opens.
        starts, stops, pauses, resumes: keys of limits.
        drops: keys of limits that no longer matter (the application was withdrawn): neither kept nor overrun.
        extends: the limit that it extends, by the number of units in the field `by`.
        reason: whether a reason is asked for, kept in the timeline.
        told: whether the person who filed the entry is told.
    """

    key: str
    label: Phrase
    origins: tuple[str, ...]
    target: str | None
    who: tuple[Actor, ...]
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    brings: Mapping[str, Bringing] = field(default_factory=dict)
    sets: Mapping[str, Expression] = field(default_factory=dict)
    guards: tuple[Guard, ...] = ()
    when: Expression | None = None
    apart_from: tuple[str, ...] = ()
    recusal: Expression | None = None
    vote: Vote | None = None
    hands_to: str = ""
    takes_over: bool = False
    gives_back: bool = False
    opens: Opening | None = None
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    extends: str = ""
    by: str = ""
    reason: bool = False
    told: bool = False
    help: Phrase | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long something may take, or has to take at least.

    Attributes:
        rule: amount, unit, extension, dates in force, source in words, verified.
        minimum: whether it is a time that has to pass (a public notice): `holds` are refused before its end.
        holds: the transitions that a minimum keeps back.
        waived: while it holds, a minimum keeps nothing back (a stated urgency).
        start_field: the date field from which it counts; empty where a transition starts it that day.
        applies: it only starts while this holds (other amounts for other classes); None for always.
        warn: so many units before its end people are told.
        at_end: the transition that the system takes when it has run out; empty for none.
        times: how often it may be extended.
    """

    key: str
    label: Phrase
    rule: Limit
    source: Source
    minimum: bool = False
    holds: tuple[str, ...] = ()
    waived: Expression | None = None
    start_field: str = ""
    applies: Expression | None = None
    warn: int = 0
    at_end: str = ""
    times: int = 0
