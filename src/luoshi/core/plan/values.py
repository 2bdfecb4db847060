"""What the tasks of a text ask for: their deadlines, targets, measures and citations.

Every value is found once, in one pass over the whole text; each task then takes those that stand in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from luoshi.core.plan.deadlines import When, date_of_cell, find_times, with_year
from luoshi.core.plan.model import Citation, Deadline, Finding, Measure, Metadata, Target
from luoshi.core.plan.reading import Reading
from luoshi.core.plan.targets import Goal, find_goals
from luoshi.core.plan.wording import asks, citation_places, sentences

# A year that a text names. Sample: 2022年
_YEAR = re.compile(r"[12](?<!\d\d)(?:9|0)\d{2}(?=年|-\d{4}年)")
# A first line longer than this is no title, in characters.
_TITLE_LINE = 60
# Where the reach of a date ends. Sample: 。
_SENTENCE_END = re.compile(r"[。!?;\n]")
# The shortest sentence that asks for something, in characters.
_SHORTEST_MEASURE = 4


@dataclass(frozen=True, slots=True)
class Values:
    """All values of a text, to be handed out to its tasks.

    Attributes:
        reading: the text.
        times: dates, recurrences and rhythms, in order.
        goals: numbers to reach, in order.
        cited: where titles in 《》 stand, in order.
        times_at: where each time begins.
        goals_at: where each goal begins.
        year: the year that dates without one belong to, if the text leaves no doubt.
        notes: doubts that are met while tasks are put together.
    """

    reading: Reading
    times: list[When]
    goals: list[Goal]
    cited: list[tuple[int, int]]
    times_at: list[int]
    goals_at: list[int]
    year: str | None
    notes: list[Finding] = field(default_factory=list)

    @classmethod
    def of(cls, reading: Reading, metadata: Metadata) -> Values:
        """The values of a text."""
        view = reading.view
        cited = citation_places(view)
        times = [when for when in find_times(view) if not _inside(cited, when.start)]
        goals = [goal for goal in find_goals(view) if not _inside(cited, goal.start)]
        times_at, goals_at = [when.start for when in times], [goal.start for goal in goals]
        return cls(reading, times, goals, cited, times_at, goals_at, _sure_year(reading, metadata))

    def dated(self, start: int, end: int, words_end: int) -> tuple[tuple[Deadline, ...], tuple[Target, ...]]:
        """The deadlines between `start` and `end`, and the targets before `words_end` with their dates."""
        found = self.times[bisect_left(self.times_at, start) : bisect_left(self.times_at, end)]
        goals = self.goals[bisect_left(self.goals_at, start) : bisect_left(self.goals_at, words_end)]
        if not found and not goals:
            return (), ()
        times = self._with_years(found)
        return (
            tuple(self._deadline(when) for when in _once(times)),
            tuple(self._target(goal, times) for goal in goals),
        )

    def dates_of_cell(self, start: int, end: int) -> tuple[Deadline, ...]:
        """The deadlines of a cell in a column of deadlines, where a bare date is one."""
        dated, _ = self.dated(start, end, start)
        bare = date_of_cell(self.reading.view, start, end) if not dated else None
        return (self._deadline(with_year(bare, self.year)),) if bare else dated

    def measures(self, start: int, end: int) -> Iterable[Measure]:
        """The sentences between two characters that ask for something."""
        reading, view = self.reading, self.reading.view
        for first, last in sentences(view, start, end):
            if last - first >= _SHORTEST_MEASURE and asks(view, first, last):
                span = reading.span(first, last)
                yield Measure(reading.text[span.start : span.end], span)

    def citations(self, start: int, end: int) -> Iterable[Citation]:
        """The documents cited between two characters, each once."""
        seen: set[str] = set()
        for first, last in self.cited[
            bisect_left(self.cited, (start, 0)) : bisect_left(self.cited, (end, 0))
        ]:
            words = self.reading.view[first:last]
            if words not in seen:
                seen.add(words)
                span = self.reading.span(first, last)
                yield Citation("".join(span.of(self.reading.text).split()), span)

    def _with_years(self, times: list[When]) -> list[When]:
        """A month without a year takes the year named before it in the task, else the text's sure year."""
        found: list[When] = []
        year: str | None = None
        for when in times:
            whole = with_year(when, year or self.year)
            if _is_whole_date(whole):
                year = whole.value[:4]
            found.append(whole)
        return found

    def _deadline(self, when: When) -> Deadline:
        span = self.reading.span(when.start, when.end)
        return Deadline(span.of(self.reading.text), span, when.kind, when.value, when.rule)

    def _target(self, goal: Goal, times: list[When]) -> Target:
        reading = self.reading
        span = reading.span(goal.start, goal.end)
        binding = [
            when.value
            for when in times
            if _is_whole_date(when)
            and when.start <= goal.start
            and _SENTENCE_END.search(reading.view, when.end, goal.start) is None
        ]
        return Target(
            quote=span.of(reading.text),
            span=span,
            comparator=goal.comparator,
            value=goal.value,
            unit=reading.span(*goal.unit).of(reading.text),
            of=self._words(goal.of),
            per=self._words(goal.per),
            by=binding[-1] if binding else None,
            rule=goal.rule,
        )

    def _words(self, place: tuple[int, int] | None) -> str | None:
        if place is None:
            return None
        return "".join(self.reading.span(*place).of(self.reading.text).split()) or None


def _inside(places: list[tuple[int, int]], at: int) -> bool:
    slot = bisect_left(places, (at + 1, 0)) - 1
    return slot >= 0 and at < places[slot][1]


def _is_whole_date(when: When) -> bool:
    return when.kind == "date" and not when.value.startswith("--")


def _once(times: list[When]) -> list[When]:
    """Standing and vague words count once in a task; dates and recurrences as often as they stand there."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for when in times:
        if when.kind in ("date", "recurring") or (when.kind, when.value) not in seen:
            kept.append(when)
        seen.add((when.kind, when.value))
    return kept


def _sure_year(reading: Reading, metadata: Metadata) -> str | None:
    """The year that dates without one belong to: the title's, or the only one that the whole text names."""
    first_line = reading.view.split("\n", 1)[0]
    for words in (metadata.title, first_line if len(first_line) <= _TITLE_LINE else "", reading.view):
        named: set[str] = set(_YEAR.findall(words))
        if len(named) == 1:
            return named.pop()
    return None
