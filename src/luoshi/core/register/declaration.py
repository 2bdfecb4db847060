"""A register: what its entries hold, how they go on, who keeps them and who sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from luoshi.core.errors import Phrase
from luoshi.core.register.fields import Field
from luoshi.core.register.procedure import Actor, State, TimeLimit, Transition

if TYPE_CHECKING:
    from luoshi.core.expression import Expression


@dataclass(frozen=True, slots=True)
class WhichBodies:
    """Which bodies keep entries: of these kinds, on these lines, with such a word in their name.

    What is empty does not narrow the choice.
    """

    kinds: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def admits(self, *, kind: str, line: str, name: str) -> bool:
        """Whether a body keeps entries.

        Example:
            >>> WhichBodies(words=("司法局",)).admits(kind="organ", line="government", name="区司法局")
            True
        """
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.lines or line in self.lines)
            and (not self.words or any(word in name for word in self.words))
        )


Per = Literal["region-year", "body-year", "region"]


@dataclass(frozen=True, slots=True)
class Numbering:
    """How an entry is numbered: `{year}`, `{n}` and `{place}` (the short name of the body) in a pattern.

    Numbers are counted within `per`, from 1, without gaps.
    """

    pattern: str
    per: Per = "region-year"
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Retention:
    """How long an entry is kept after it ended, and when what is personal in it is destroyed.

    Attributes:
        years: None for ever.
        personal_years: at most `years`; None where the entry holds nothing personal.
    """

    years: int | None
    personal_years: int | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What somebody outside may file without an account, and what they see of it.

    Attributes:
        start: the transition that filing is.
        fields: what the form asks for, nothing else.
        welcome: what it is for, who may file, what it costs (nothing).
        shows: fields that the person who filed sees afterwards.
        limits: the limits that are told: how long it takes, and by which article.
        actions: transitions that the person may take later (withdraw, supply, rate).
    """

    start: str
    fields: tuple[str, ...]
    welcome: Phrase
    shows: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What anybody may see of which entries: the public fields of those for which `when` holds."""

    when: Expression
    columns: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True)
class Register:
    """The rules that an entry is kept by. Keys are unique within their kind; the loader has checked them."""

    key: str
    version: int
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    limits: tuple[TimeLimit, ...] = ()
    keeper: WhichBodies = WhichBodies()
    numbering: Numbering | None = None
    retention: Retention = Retention(None)
    intake: Intake | None = None
    publication: Publication | None = None

    @cached_property
    def field(self) -> dict[str, Field]:
        """Fields by key."""
        return {one.key: one for one in self.fields}

    @cached_property
    def state(self) -> dict[str, State]:
        """States by key."""
        return {one.key: one for one in self.states}

    @cached_property
    def transition(self) -> dict[str, Transition]:
        """Transitions by key."""
        return {one.key: one for one in self.transitions}

    @cached_property
    def limit(self) -> dict[str, TimeLimit]:
        """Limits by key."""
        return {one.key: one for one in self.limits}

    def starts(self) -> Iterator[Transition]:
        """The steps by which an entry begins."""
        return (one for one in self.transitions if not one.origins)

    def from_state(self, state: str, actor: Actor | None = None) -> Iterator[Transition]:
        """The steps that lead on from a state, those of one kind of actor where it is named."""
        return (
            one for one in self.transitions if state in one.origins and (actor is None or actor in one.who)
        )
