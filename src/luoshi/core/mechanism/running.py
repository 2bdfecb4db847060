"""Runs a case in memory and tells where it comes out differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.errors import LuoshiError
from luoshi.core.expression.nodes import Node
from luoshi.core.indicator.contribution import contribution
from luoshi.core.indicator.declaration import Indicator, Measure
from luoshi.core.indicator.figure import Figure, chosen, figure
from luoshi.core.mechanism.cases import Case, CaseEntry, CaseFigure, CaseStep
from luoshi.core.mechanism.catalogue import Catalogue
from luoshi.core.register.acting import Act, Setting
from luoshi.core.register.advancing import advance
from luoshi.core.register.declaration import Register
from luoshi.core.register.entry import Entry
from luoshi.core.register.packing import pack
from luoshi.core.register.procedure import Actor
from luoshi.core.register.workflow import take

_SHANGHAI = timezone(timedelta(hours=8))


class CaseWorld:
    """The entries of a case."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.held: dict[str, Entry] = {}

    def register(self, entry: Entry) -> Register:
        """The rules that an entry follows."""
        return self._catalogue.version(entry.register, entry.version).register

    def entry(self, mechanism: str, key: str) -> tuple[Register, Entry] | None:
        """An entry with its rules."""
        found = self.held.get(key)
        return None if found is None or found.register != mechanism else (self.register(found), found)

    def entries(self, mechanism: str, condition: Node) -> Iterable[tuple[Register, Entry]]:
        """All entries of a mechanism; conditions are checked by who asks."""
        return [(self.register(one), one) for one in self.held.values() if one.register == mechanism]


def differences(case: Case, catalogue: Catalogue, calendar: WorkCalendar) -> Iterator[str]:
    """What comes out differently from what the case expects, in words; nothing where all is well."""
    world = CaseWorld(catalogue)
    tried = [(step, entry) for entry in case.entries for step in entry.steps]
    for step, entry in sorted(tried, key=lambda pair: pair[0].on):
        yield from _tried(step, entry, world, catalogue, calendar)
    for key, held in list(world.held.items()):
        setting = Setting(world.register(held), calendar, world)
        world.held[key] = advance(held, setting, today=case.today, at=_moment(case.today))
    for one in case.entries:
        yield from _compared(one, world, calendar)
    for expected in case.figures:
        yield from _counted(expected, case, world, catalogue, calendar)


def _moment(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 10, tzinfo=_SHANGHAI)


def _tried(
    step: CaseStep, one: CaseEntry, world: CaseWorld, catalogue: Catalogue, calendar: WorkCalendar
) -> Iterator[str]:
    entry = world.held.get(one.key)
    if entry is None:
        mechanism = catalogue.on(one.mechanism, step.on)
        entry = Entry(one.key, mechanism.key, mechanism.version, one.body, one.body)
    setting = Setting(world.register(entry), calendar, world)
    entry = advance(entry, setting, today=step.on, at=_moment(step.on)) if entry.state else entry
    person = step.person or step.by.value
    body = step.body or (entry.pending if step.by is Actor.RECEIVER else entry.holder)
    act = Act(step.do, step.by, _moment(step.on), step.on, person, person, body, step.give, step.reason)
    said = ""
    try:
        if step.do not in setting.register.transition:
            yield f"{one.key}: no step {step.do}"
            return
        world.held[one.key] = take(entry, act, setting)
    except LuoshiError as error:
        said, words = error.code, error.message("en")
    if said != step.refused:
        came = f"refused as {said} ({words})" if said else "taken"
        yield f"{one.key}: {step.do} on {step.on} was {came}, expected {step.refused or 'to be taken'}"


def _compared(one: CaseEntry, world: CaseWorld, calendar: WorkCalendar) -> Iterator[str]:
    entry = world.held.get(one.key)
    if entry is None:
        if one.state:
            yield f"{one.key}: was never begun"
        return
    for what, expected, got in (("state", one.state, entry.state), ("holder", one.holder, entry.holder)):
        if expected and got != expected:
            yield f"{one.key}: {what} is {got}, expected {expected}"
    register = world.register(entry)
    for key, limit in one.limits.items():
        clock = entry.clock(key)
        if clock is None:
            yield f"{one.key}: limit {key} never started"
            continue
        due = clock.due(register.limit[key], calendar).day
        if limit.due is not None and due != limit.due:
            yield f"{one.key}: {key} is due {due}, expected {limit.due}"
        if limit.outcome and clock.outcome != limit.outcome:
            yield f"{one.key}: {key} is {clock.outcome}, expected {limit.outcome}"
    packed = pack(entry.values)
    for key, value in one.values.items():
        if packed.get(key) != (value or None):
            yield f"{one.key}: {key} is {packed.get(key)!r}, expected {value!r}"


def _counted(
    expected: CaseFigure, case: Case, world: CaseWorld, catalogue: Catalogue, calendar: WorkCalendar
) -> Iterator[str]:
    indicator = catalogue.latest(case.mechanism).indicator.get(expected.key)
    if indicator is None:
        yield f"no indicator {expected.key}"
        return
    found = _figure(indicator, expected, case, world, calendar)
    got = _said(found)
    if got != expected.value:
        of = f"{expected.period}, {expected.body or 'all'}"
        yield f"{expected.key} ({of}) is {got}, expected {expected.value}"
    if expected.lacking is not None and found.lacking != expected.lacking:
        yield f"{expected.key}: lacking {found.lacking}, expected {expected.lacking}"


def _figure(
    indicator: Indicator, expected: CaseFigure, case: Case, world: CaseWorld, calendar: WorkCalendar
) -> Figure:
    added = [
        contribution(indicator, entry, Setting(world.register(entry), calendar, world), case.today)
        for entry in world.held.values()
        if entry.register == case.mechanism
    ]
    bodies = [expected.body] if expected.body else None
    picked = chosen([one for one in added if one is not None], expected.period, bodies)
    return figure(indicator, picked, _roster(indicator, case) if bodies is None else bodies)


def _roster(indicator: Indicator, case: Case) -> list[str]:
    roster = indicator.roster
    if indicator.measure is not Measure.COVERAGE or roster is None:
        return []
    return [one.key for one in case.bodies if roster.admits(kind=one.kind, line=one.line, name=one.name)]


def _said(found: Figure) -> str:
    if found.value is None:
        return found.standing
    return format(found.value.normalize(), "f")
