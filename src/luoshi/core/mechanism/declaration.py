"""A mechanism: a register, its indicators, duties and pages, and the words by which a plan asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from luoshi.core.calendar.periods import Period
from luoshi.core.errors import Phrase
from luoshi.core.indicator.declaration import Indicator
from luoshi.core.mechanism.drawing import Drawing
from luoshi.core.register.declaration import Register, WhichBodies
from luoshi.core.register.fields import Source

if TYPE_CHECKING:
    from luoshi.core.expression import Expression


Theme = Literal[
    "publicity",
    "decisions",
    "credit",
    "enforcement",
    "services",
    "disputes",
    "grassroots",
    "security",
    "work",
]
THEMES: tuple[Theme, ...] = get_args(Theme)
"""The headings of the menu, in its order."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The days on whose beginning an entry follows this version; `to` is the last, None while it holds."""

    start: date
    to: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.to is None or day <= self.to)


@dataclass(frozen=True, slots=True)
class Duty:
    """What bodies have to do again and again; each time becomes an occurrence of work.

    Attributes:
        recurrence: as in a plan: "yearly:Q1", "half-yearly", "monthly:28".
        who: which bodies.
        answered: done when the body has an entry of the period for which this holds; None where a person
            says so.
        due_after: so many days after the end of the period it is due, for what can only be said of a period
            that is over; 0 where it is due within the period.
    """

    key: str
    label: Phrase
    recurrence: str
    who: WhichBodies
    answered: Expression | None = None
    source: Source | None = None
    due_after: int = 0

    def last_day(self, period: Period, scheduled: date) -> date:
        """The day on which it is due for a period.

        Args:
            scheduled: the day within the period that the recurrence names.
        """
        return period.end + timedelta(days=self.due_after) if self.due_after else scheduled


@dataclass(frozen=True, slots=True)
class Aim:
    """How a target of a plan is recognised as one for an indicator: by its words and its unit."""

    indicator: str
    words: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list that everybody has: a name and what it shows."""

    key: str
    label: Phrase
    where: Expression


@dataclass(frozen=True, slots=True)
class FormStep:
    """One page of a form."""

    label: Phrase
    fields: tuple[str, ...]
    help: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Views:
    """How entries are shown.

    Attributes:
        title: the field or pattern of fields that an entry is called by: "{applicant} {matter}".
        columns: of the list.
        filters: fields by which the list is narrowed; each of them indexed.
        saved: views with a name.
        board: whether there is a board of states.
        steps: pages of the first form; every field on one page where there are none.
        printed: fields of the printable form, in order; all where empty.
    """

    title: str
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    saved: tuple[SavedView, ...] = ()
    board: bool = True
    steps: tuple[FormStep, ...] = ()
    printed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mechanism:
    """One version of one mechanism, whole and checked.

    Attributes:
        key: kebab-case, the name of its file.
        serves: words of a task by which it offers itself.
        theme: under which heading of the menu it stands.
        sources: laws and notices it rests on.
        roles: what the actors are called here: {"handler": 承办科室}.
    """

    key: str
    version: int
    name: Phrase
    purpose: Phrase
    theme: Theme
    in_force: InForce
    register: Register
    views: Views
    serves: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    roles: Mapping[str, Phrase] | None = None
    indicators: tuple[Indicator, ...] = ()
    duties: tuple[Duty, ...] = ()
    aims: tuple[Aim, ...] = ()
    draws: tuple[Drawing, ...] = ()

    @cached_property
    def drawing(self) -> dict[str, Drawing]:
        """Draws by key."""
        return {one.key: one for one in self.draws}

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Indicators by key."""
        return {one.key: one for one in self.indicators}
