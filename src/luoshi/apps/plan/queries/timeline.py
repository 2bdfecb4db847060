"""What a plan promises, laid out in time: days, recurring duties, and what has no day at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from luoshi.apps.plan.models import Deadline, Target, Task
from luoshi.apps.plan.queries.names import OPENING, heading
from luoshi.apps.plan.queries.wording import target_words
from luoshi.core.plan.export.calendar import rhythm
from luoshi.core.plan.export.wording import DAY

EACH_MONTH = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a task promises.

    Attributes:
        kind: `date`, `target` (a number to reach by a day), `recurring`, `standing` or `vague`.
        quote: the words of the document; of a target, what it measures and the number.
        value: as the reader wrote it.
        months: for a recurring duty, the months in which it falls due.
        also: for a day, the numbers that the task is to reach by it.
    """

    task: int
    number: str
    heading: str
    kind: str
    quote: str
    value: str
    months: tuple[int, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Day:
    """What falls due on one day; `value` as the reader wrote it."""

    value: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Quarter:
    """A quarter that has something in it."""

    number: int
    days: list[Day] = field(default_factory=list)


@dataclass(slots=True)
class Year:
    """A year that has something in it; `number` is None for days whose year the document leaves open."""

    number: int | None
    quarters: list[Quarter] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many entries the year has."""
        return sum(len(day.entries) for quarter in self.quarters for day in quarter.days)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All of it. `entries` counts everything that is listed."""

    years: list[Year]
    recurring: list[Entry]
    standing: list[Entry]
    vague: list[Entry]

    @property
    def entries(self) -> int:
        dated = sum(year.count for year in self.years)
        return dated + len(self.recurring) + len(self.standing) + len(self.vague)


def timeline(plan: int) -> Timeline:
    """Deadlines and dated targets of a plan; three queries."""
    tasks = {pk: (number, heading(number, title, opening)) for pk, number, title, opening in _tasks(plan)}
    entries = [*_deadlines(plan, tasks), *_targets(plan, tasks)]
    return Timeline(
        years=_years(entry for entry in entries if DAY.fullmatch(entry.value)),
        # The most frequent first, then by month; the order of the document within.
        recurring=sorted(
            (entry for entry in entries if entry.kind == "recurring"),
            key=lambda entry: (-len(entry.months), entry.months),
        ),
        standing=[entry for entry in entries if entry.kind == "standing"],
        vague=[
            entry
            for entry in entries
            if entry.kind in ("vague", "date", "target") and not DAY.fullmatch(entry.value)
        ],
    )


def _tasks(plan: int) -> Iterable[tuple[int, str, str, str]]:
    return Task.objects.filter(plan_id=plan).values_list("pk", "number", "title", OPENING)


def _deadlines(plan: int, tasks: dict[int, tuple[str, str]]) -> Iterable[Entry]:
    found = Deadline.objects.filter(task__plan_id=plan).order_by("task__position", "position", "pk")
    for deadline in found.only("task_id", "kind", "quote", "value"):
        months = months_of(deadline.value) if deadline.kind == Deadline.Kind.RECURRING else ()
        yield Entry(
            deadline.task_id,
            *tasks[deadline.task_id],
            deadline.kind,
            deadline.quote,
            deadline.value,
            months=months,
        )


def _targets(plan: int, tasks: dict[int, tuple[str, str]]) -> Iterable[Entry]:
    found = Target.objects.filter(task__plan_id=plan).exclude(by="")
    for target in found.order_by("task__position", "position", "pk"):
        yield Entry(
            target.task_id, *tasks[target.task_id], "target", target_words(target, dated=False), target.by
        )


def months_of(value: str) -> tuple[int, ...]:
    """The months of a year in which a recurring duty falls due.

    Example:
        >>> months_of("yearly:Q1"), months_of("half-yearly")
        ((3,), (6, 12))
    """
    found = rhythm(value)
    if found is None:
        return ()
    return found.months or EACH_MONTH


def _years(entries: Iterable[Entry]) -> list[Year]:
    """Years, quarters and days in order; days without a year come last."""
    years: list[Year] = []
    for entry in sorted(entries, key=_when):
        match = DAY.fullmatch(entry.value)
        if match is None:
            continue
        number = None if match["year"] == "-" else int(match["year"])
        quarter = (int(match["month"]) + 2) // 3
        if not years or years[-1].number != number:
            years.append(Year(number))
        if not years[-1].quarters or years[-1].quarters[-1].number != quarter:
            years[-1].quarters.append(Quarter(quarter))
        days = years[-1].quarters[-1].days
        if not days or days[-1].value != entry.value:
            days.append(Day(entry.value))
        _join(days[-1].entries, entry)
    return years


def _join(entries: list[Entry], entry: Entry) -> None:
    """Add an entry to a day; a number to reach joins the entry that its task already has there."""
    for at, other in enumerate(entries):
        if entry.kind == "target" and other.task == entry.task:
            entries[at] = replace(other, also=(*other.also, entry.quote))
            return
    entries.append(entry)


def _when(entry: Entry) -> tuple[bool, str]:
    # "--12-31" has no year: it stands behind all that do.
    return entry.value.startswith("-"), entry.value
