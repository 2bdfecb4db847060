"""From a task's stretch of text to the task: its bodies, and the values that stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from luoshi.core.plan.assignment import Assigned
from luoshi.core.plan.bodies import mention
from luoshi.core.plan.conventions import COMMA, FIRST, STAR, Ruling
from luoshi.core.plan.deadlines import When, find_times, with_year
from luoshi.core.plan.items import Item
from luoshi.core.plan.model import BodyMention, Citation, Deadline, Finding, Measure, Metadata, Target, Task
from luoshi.core.plan.outline import Node
from luoshi.core.plan.reading import Reading
from luoshi.core.plan.targets import Goal, find_goals
from luoshi.core.plan.wording import asks, citations, sentences, title_span, verb_places
from luoshi.core.source import Span

# A year that a text names. Sample: 2022年
_YEAR = re.compile(r"[12](?<!\d\d)(?:9|0)\d{2}(?=年|-\d{4}年)")


@dataclass(frozen=True, slots=True)
class Values:
    """All times and targets of a text, to be handed out to its tasks; and the year it surely speaks of.

    `notes` gathers the doubts that are met while tasks are put together.
    """

    times: list[When]
    time_starts: list[int]
    goals: list[Goal]
    goal_starts: list[int]
    cited: list[tuple[int, int]]
    verbs: list[int]
    year: str | None
    notes: list[Finding] = field(default_factory=list)

    @classmethod
    def of(cls, reading: Reading, metadata: Metadata) -> Values:
        """Find every value in one pass over the whole text."""
        times, goals = find_times(reading.view), find_goals(reading.view)
        return cls(
            times=times,
            time_starts=[when.start for when in times],
            goals=goals,
            goal_starts=[goal.start for goal in goals],
            cited=list(citations_of(reading.view)),
            verbs=verb_places(reading.view),
            year=_sure_year(reading, metadata),
        )

    def times_in(self, start: int, end: int) -> list[When]:
        """The times between two characters that do not stand in the title of a cited document."""
        found = self.times[bisect_left(self.time_starts, start) : bisect_left(self.time_starts, end)]
        return [t for t in found if not self._cited(t.start)]

    def goals_in(self, start: int, end: int) -> list[Goal]:
        """The targets between two characters that do not stand in the title of a cited document."""
        found = self.goals[bisect_left(self.goal_starts, start) : bisect_left(self.goal_starts, end)]
        return [x for x in found if not self._cited(x.start)]

    def _cited(self, at: int) -> bool:
        slot = bisect_left(self.cited, (at + 1, 0)) - 1
        return slot >= 0 and at < self.cited[slot][1]


def citations_of(view: str) -> Iterable[tuple[int, int]]:
    """Where titles in 《》 stand in the view, repetitions included."""
    at = 0
    while (at := view.find("《", at)) >= 0:
        end = view.find("》", at)
        if end < 0:
            return
        yield at, end
        at = end


def _sure_year(reading: Reading, metadata: Metadata) -> str | None:
    """The year that dates without one belong to: the title's, or the only one that the whole text names."""
    in_title = set(_YEAR.findall(metadata.title))
    if len(in_title) == 1:
        return in_title.pop()
    first_line = reading.view.split("\n", 1)[0]
    named = set(_YEAR.findall(first_line)) if len(first_line) <= 60 else set()
    if len(named) == 1:
        return named.pop()
    everywhere = set(_YEAR.findall(reading.view))
    return everywhere.pop() if len(everywhere) == 1 else None


def assemble(
    reading: Reading,
    values: Values,
    item: Item,
    nodes: list[Node],
    section_of: dict[int, str],
    rulings: list[Ruling],
) -> Task:
    """The task that stands at an item's stretch; its id is given later."""
    view = reading.view
    node = nodes[item.node] if item.node is not None else None
    group = item.group.start if item.group and not item.group.prose else None
    title = title_span(view, item.words, item.end, group) if item.words < item.end else None
    leads, responsibles = bodies_of(
        reading, values, item.group.assigned if item.group else [], item.start, rulings
    )
    span = reading.span(item.start, item.end)
    words_end = group if group is not None else item.end
    times, targets = dated_values(reading, values, item.words, item.end, words_end)
    return Task(
        id="",
        number=_number(reading, item, node),
        title=_title(reading, title),
        section=_section(item, section_of),
        parent=None,
        text=span.of(reading.text),
        span=span,
        leads=leads,
        responsibles=responsibles,
        measures=tuple(measures(reading, values, item.words, words_end, title)),
        targets=targets,
        deadlines=times,
        citations=tuple(cited(reading, item.words, item.end)),
        rule=item.rule,
    )


def _number(reading: Reading, item: Item, node: Node | None) -> str | None:
    if item.printed is not None:
        return reading.span(*item.printed).of(reading.text)
    return node.mark.printed if node and item.own else None


def _title(reading: Reading, found: tuple[int, int] | None) -> str | None:
    return re.sub(r"\s+|\*\*", "", reading.span(*found).of(reading.text)) or None if found else None


def _section(item: Item, section_of: dict[int, str]) -> str | None:
    return section_of.get(item.node) if item.node is not None else None


# --- bodies --------------------------------------------------------------------------------------------


def bodies_of(
    reading: Reading, values: Values, assigned: list[Assigned], at: int, rulings: list[Ruling]
) -> tuple[tuple[BodyMention, ...], tuple[BodyMention, ...]]:
    """Leads and responsible bodies, each once, with the conventions that hold at a place applied."""
    leads: dict[str, BodyMention] = {}
    responsibles: dict[str, BodyMention] = {}
    for one in _by_convention(reading.view, assigned, at, rulings):
        side = leads if one.lead else responsibles
        made = mention(reading, one.name, one.rule)
        if side.setdefault(made.name, made) is not made:
            details = {"was": made.printed, "read": made.name}
            values.notes.append(Finding("duplicated-text", made.span, details))
    return tuple(leads.values()), tuple(responsibles.values())


def _by_convention(view: str, assigned: list[Assigned], at: int, rulings: list[Ruling]) -> list[Assigned]:
    if not assigned or any(one.explicit for one in assigned if one.lead):
        return assigned
    last = max(one.name.end for one in assigned)
    # A convention holds from where it stands; one that stands right behind a list holds for it, too.
    valid = [r for r in rulings if r.start <= last + 12 or r.start < at]
    for ruling in reversed(valid):
        rule = f"convention.{ruling.kind}"
        if ruling.kind == FIRST:
            return [replace(assigned[0], lead=True, rule=rule), *assigned[1:]]
        if ruling.kind == STAR and any(one.name.starred for one in assigned):
            return [replace(one, lead=True, rule=rule) if one.name.starred else one for one in assigned]
        if ruling.kind == COMMA:
            return _before_point(view, assigned, ruling.sign, rule)
    return assigned


def _before_point(view: str, assigned: list[Assigned], point: str, rule: str) -> list[Assigned]:
    found = view.find(point, assigned[0].name.end, assigned[-1].name.end)
    if found < 0:
        return assigned
    return [replace(one, lead=True, rule=rule) if one.name.end <= found else one for one in assigned]


# --- values --------------------------------------------------------------------------------------------


def dated_values(
    reading: Reading, values: Values, start: int, end: int, words_end: int
) -> tuple[tuple[Deadline, ...], tuple[Target, ...]]:
    """The deadlines between two characters, and the targets with the date that binds them."""
    times = _with_years(reading.view, values, values.times_in(start, end))
    goals = values.goals_in(start, words_end)
    return (
        tuple(_deadline(reading, when) for when in _once(times)),
        tuple(_target(reading, goal, times) for goal in goals),
    )


def _with_years(view: str, values: Values, times: list[When]) -> list[When]:
    """A month without a year takes the year named before it in the task, else the document's sure year."""
    found: list[When] = []
    year: str | None = None
    for when in times:
        whole = with_year(when, year or values.year)
        if whole.kind == "date" and not whole.value.startswith("--"):
            year = whole.value[:4]
        found.append(whole)
    return found


def _once(times: list[When]) -> list[When]:
    """Standing and vague words count once in a task; dates and recurrences as often as they stand there."""
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for when in times:
        seen[when.kind, when.value] += 1
        if when.kind in ("date", "recurring") or seen[when.kind, when.value] == 1:
            kept.append(when)
    return kept


def _deadline(reading: Reading, when: When) -> Deadline:
    span = reading.span(when.start, when.end)
    return Deadline(span.of(reading.text), span, when.kind, when.value, when.rule)


# Where the reach of a date ends. Sample: 。
_SENTENCE = re.compile(r"[。!?;\n]")


def _target(reading: Reading, goal: Goal, times: list[When]) -> Target:
    span = reading.span(goal.start, goal.end)
    by = None
    for when in times:
        whole = when.kind == "date" and not when.value.startswith("--")
        if (
            whole
            and when.start <= goal.start
            and _SENTENCE.search(reading.view, when.end, goal.start) is None
        ):
            by = when.value
    return Target(
        quote=span.of(reading.text),
        span=span,
        comparator=goal.comparator,
        value=goal.value,
        unit=reading.span(*goal.unit).of(reading.text),
        of=_words(reading, goal.of),
        per=_words(reading, goal.per),
        by=by,
        rule=goal.rule,
    )


def _words(reading: Reading, place: tuple[int, int] | None) -> str | None:
    return re.sub(r"\s+", "", reading.span(*place).of(reading.text)) or None if place else None


def measures(
    reading: Reading, values: Values, start: int, end: int, title: tuple[int, int] | None
) -> Iterable[Measure]:
    """The sentences between two characters that ask for something, the heading left out."""
    if title is not None:
        start = title[1]
    for first, last in sentences(reading.view, start, end):
        if last - first >= 4 and asks(reading.view, first, last, values.verbs):
            span = reading.span(first, last)
            yield Measure(span.of(reading.text), span)


def cited(reading: Reading, start: int, end: int) -> Iterable[Citation]:
    """The documents cited between two characters."""
    for first, last in citations(reading.view, start, end):
        span = reading.span(first, last)
        yield Citation(re.sub(r"\s+", "", span.of(reading.text)), span)


# --- names ---------------------------------------------------------------------------------------------


def name_tasks(tasks: list[Task]) -> list[Task]:
    """Give each task its id: its number where numbers run on through the plan, else its place in the order.

    A clause that shares its item's number hangs under the first clause of that item.
    """
    numbers = [re.sub(r"\D", "", task.number or "") for task in tasks]
    counted = Counter(numbers)
    running = all(numbers) and max(counted.values(), default=0) == 1
    ids = [f"t{number if running else place}" for place, number in enumerate(numbers, 1)]
    named = []
    for place, task in enumerate(tasks):
        parent = None
        before = place
        while before and task.number and _same_item(tasks[before - 1], task):
            before -= 1
        if before < place:
            parent = ids[before]
        named.append(replace(task, id=ids[place], parent=parent))
    return named


def _same_item(before: Task, task: Task) -> bool:
    return (
        before.number == task.number
        and before.section == task.section
        and Span(before.span.end, before.span.end).end <= task.span.start
        and not task.text.startswith(task.number or "\0")
    )
