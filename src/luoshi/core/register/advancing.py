"""What happens by itself: limits that run out, and steps of the system whose condition has come true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from luoshi.core.register.acting import Act, Setting
from luoshi.core.register.clocks import overrun
from luoshi.core.register.entry import Entry
from luoshi.core.register.procedure import Actor
from luoshi.core.register.workflow import take

# A declaration whose automatic steps never come to rest stops here.
MOST_STEPS = 50
_DAY = timedelta(days=1)


def advance(entry: Entry, setting: Setting, *, today: date, at: datetime) -> Entry:
    """The entry as it stands on a day, if nobody has done anything since its last step.

    A limit that ran out is dealt with as of the day after its last, whenever this is called: calling it once
    after a month gives what calling it every day would have given.

    Args:
        today: up to which limits run.
        at: the moment that automatic steps are recorded with.
    """
    for _ in range(MOST_STEPS):
        following = _next(entry, setting, today, at)
        if following is None:
            return entry
        entry = following
    return entry


def _next(entry: Entry, setting: Setting, today: date, at: datetime) -> Entry | None:
    """The first thing that happens by itself, or None."""
    due = sorted(overrun(entry, setting, today), key=lambda one: (one[2], one[0].limit))
    for clock, limit, day in due:
        ended = replace(clock, outcome="kept" if limit.minimum else "overrun")
        if limit.minimum or limit.at_end:
            ended = replace(ended, ended=day - _DAY if limit.minimum else day)
        entry = replace(entry, clocks=tuple(ended if one is clock else one for one in entry.clocks))
        step = setting.register.transition.get(limit.at_end)
        if step is not None and entry.state in step.origins:
            return take(entry, Act(step.key, Actor.SYSTEM, at, day), setting)
        return entry
    occasion = setting.occasion(today)
    for step in setting.register.from_state(entry.state, Actor.SYSTEM):
        if step.when is not None and setting.holds(step.when, entry, occasion):
            return take(entry, Act(step.key, Actor.SYSTEM, at, today), setting)
    return None
