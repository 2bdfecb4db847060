"""The limits of an entry: started, paused, extended and stopped by its steps; at their end by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from luoshi.core.errors import Phrase
from luoshi.core.expression import Occasion
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Clock, Entry
from luoshi.core.register.procedure import TimeLimit, Transition
from luoshi.core.register.refusals import ExtensionNotPossible, NotStarted, TooEarly

_DAY = timedelta(days=1)


def check_minimum(entry: Entry, step: Transition, setting: Setting, occasion: Occasion) -> None:
    """Refuse a step that a minimum keeps back.

    Raises:
        NotStarted: the time has not begun.
        TooEarly: it has not passed.
    """
    for limit in setting.register.limits:
        if step.key not in limit.holds or _does_not_apply(entry, limit, setting, occasion):
            continue
        clock = entry.clock(limit.key)
        if clock is None:
            raise NotStarted(limit=limit.label, source=limit.source.words, step=step.label)
        last = clock.due(limit, setting.calendar).day
        if clock.ended is None and (last is None or occasion.today <= last):
            raise TooEarly(limit=limit.label, day=last, source=limit.source.words, step=step.label)


def _does_not_apply(entry: Entry, limit: TimeLimit, setting: Setting, occasion: Occasion) -> bool:
    if limit.waived is not None and setting.holds(limit.waived, entry, occasion):
        return True
    return limit.applies is not None and not setting.holds(limit.applies, entry, occasion)


def after(entry: Entry, step: Transition, setting: Setting, occasion: Occasion) -> Entry:
    """The entry with its limits as the step leaves them.

    Raises:
        ExtensionNotPossible: the step extends a limit that cannot be made that much longer.
    """
    on = occasion.today
    if step.extends:
        entry = _extended(entry, step, setting, on)
    entry = replace(entry, clocks=tuple(_touched(one, step, setting, on) for one in entry.clocks))
    started = [
        Clock(key, on)
        for key in step.starts
        if not _excluded(entry, setting.register.limit[key], setting, occasion)
    ]
    entry = replace(entry, clocks=(*entry.clocks, *started))
    return _from_fields(entry, setting, occasion)


def _excluded(entry: Entry, limit: TimeLimit, setting: Setting, occasion: Occasion) -> bool:
    return limit.applies is not None and not setting.holds(limit.applies, entry, occasion)


def _touched(clock: Clock, step: Transition, setting: Setting, on: date) -> Clock:
    limit = setting.register.limit.get(clock.limit)
    if limit is None:
        return clock
    if clock.limit in step.stops:
        return clock.stop(on, limit, setting.calendar)
    if clock.limit in step.drops:
        return clock.drop(on)
    if clock.limit in step.pauses:
        return clock.pause(on)
    if clock.limit in step.resumes:
        return clock.resume(on)
    return clock


def _from_fields(entry: Entry, setting: Setting, occasion: Occasion) -> Entry:
    """Limits that count from a date of the entry; they move with it until they have ended."""
    clocks = list(entry.clocks)
    for limit in setting.register.limits:
        day = entry.values.get(limit.start_field) if limit.start_field else None
        if not isinstance(day, date) or _excluded(entry, limit, setting, occasion):
            continue
        known = next(
            (n for n, one in enumerate(clocks) if one.limit == limit.key and one.ended is None), None
        )
        if known is not None:
            clocks[known] = replace(clocks[known], started=day)
        elif not any(one.limit == limit.key and one.started == day for one in clocks):
            clocks.append(Clock(limit.key, day))
    return replace(entry, clocks=tuple(clocks))


def _extended(entry: Entry, step: Transition, setting: Setting, on: date) -> Entry:
    limit = setting.register.limit[step.extends]
    clock, amount = entry.clock(step.extends), entry.values.get(step.by)
    if clock is None or clock.ended is not None:
        raise _impossible(limit, "没有在计算，无从延长。", "it does not run, so it cannot be extended.")
    if clock.times >= limit.times:
        raise _impossible(
            limit, f"最多延长{limit.times}次。", f"it can be extended {limit.times} time(s) only."
        )
    last = clock.due(limit, setting.calendar).day
    if last is not None and on > last:
        raise _impossible(
            limit, f"已于{last}届满，不能再延长。", f"it ran out on {last} and cannot be extended."
        )
    whole = isinstance(amount, Decimal) and amount == amount.to_integral_value() and amount > 0
    more = int(amount) if whole and isinstance(amount, Decimal) else 0
    if not 0 < more <= limit.rule.extension - clock.extended:
        left = limit.rule.extension - clock.extended
        raise _impossible(
            limit, f"至多还可延长{left}，请填整数。", f"{left} more at most; write a whole number."
        )
    longer = replace(clock, extended=clock.extended + more, times=clock.times + 1)
    return replace(entry, clocks=tuple(longer if one is clock else one for one in entry.clocks))


def _impossible(limit: TimeLimit, zh: str, en: str) -> ExtensionNotPossible:
    return ExtensionNotPossible(limit=limit.label, problem=Phrase(zh, en))


def overrun(entry: Entry, setting: Setting, today: date) -> Iterator[tuple[Clock, TimeLimit, date]]:
    """The limits that have run out and whose end nobody has dealt with, with the day after their last."""
    for clock in entry.clocks:
        limit = setting.register.limit.get(clock.limit)
        if limit is None or clock.outcome != "running":
            continue
        last = clock.due(limit, setting.calendar).day
        if last is not None and today > last:
            yield clock, limit, last + _DAY
