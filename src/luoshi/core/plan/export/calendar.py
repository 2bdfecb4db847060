"""The deadlines of a plan as a calendar file (iCalendar, RFC 5545) for any calendar program."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vRecur

from luoshi.core.plan.export.wording import (
    DAY,
    MONTHLY_ON,
    YEARLY_IN,
    YEARLY_QUARTER,
    body_words,
    due_words,
    pick,
    task_words,
)
from luoshi.core.plan.model import Deadline, Plan, Task


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a recurring duty falls due.

    Attributes:
        months: the months it is due in, 1 to 12; empty means each.
        day: of the month, at the latest its last; 31 means the last day, 0 each Friday instead of a month.
    """

    months: tuple[int, ...] = ()
    day: int = 31

    def falls_on(self, day: date) -> bool:
        """Whether the duty is due on this day.

        Example:
            >>> Rhythm((2,)).falls_on(date(2023, 2, 28))
            True
        """
        if self.day == 0:
            return day.isoweekday() == 5
        last = monthrange(day.year, day.month)[1]
        return (not self.months or day.month in self.months) and day.day == min(self.day, last)

    def rule(self, until: date | None = None) -> str:
        """The same as a recurrence rule.

        Example:
            >>> Rhythm((12,), 4).rule()
            'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=4'
        """
        if self.day == 0:
            parts = ["FREQ=WEEKLY", "BYDAY=FR"]
        elif self.day in {29, 30}:
            # A month that is too short has its last day instead: of the days up to this one, the last.
            days = ",".join(map(str, range(28, self.day + 1)))
            parts = ["FREQ=MONTHLY", f"BYMONTHDAY={days}", "BYSETPOS=-1"]
        else:
            day = -1 if self.day == 31 else self.day
            parts = ["FREQ=YEARLY" if self.months else "FREQ=MONTHLY", f"BYMONTHDAY={day}"]
        if self.months:
            parts.insert(1, "BYMONTH=" + ",".join(map(str, self.months)))
        if until is not None:
            parts.append(f"UNTIL={until:%Y%m%d}")
        return ";".join(parts)


def to_calendar(
    plan: Plan, language: str = "zh", *, at: datetime, start: date, until: date | None = None
) -> bytes:
    """The dates and recurring duties of a plan as all-day events.

    A duty without a day of its own falls on the last day of its period. Deadlines that have no day at all
    (vague, standing, or a day without its year) cannot stand in a calendar: its description counts them.

    Args:
        plan: what was read.
        language: `zh` or `en`, for everything that does not come from the plan.
        at: when the file is made.
        start: recurring duties begin on their first day on or after this one.
        until: and end with this one; None lets them go on.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Luoshi//Plan calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", plan.metadata.title or plan.metadata.file)
    without: list[str] = []
    for task in plan.tasks:
        for index, due in enumerate(task.deadlines):
            event = _event(plan, task, due, index, language, start=start, until=until)
            if event is None:
                without.append(task.number or task.id)
                continue
            event.add("dtstamp", at.astimezone(UTC))
            calendar.add_component(event)
    if without:
        names = "、".join(dict.fromkeys(without))
        calendar.add(
            "x-wr-caldesc",
            pick(
                language,
                f"另有{len(without)}项时限没有确定日期,未列入(任务{names})。",
                f"{len(without)} deadlines without a definite day are left out (tasks {names}).",
            ),
        )
    return bytes(calendar.to_ical())


def _event(
    plan: Plan, task: Task, due: Deadline, index: int, language: str, *, start: date, until: date | None
) -> Event | None:
    wanted = rhythm(due.value) if due.kind == "recurring" else None
    match = DAY.fullmatch(due.value)
    if wanted is not None:
        day = first_day(wanted, start)
        if until is not None and day > until:
            return None
    elif due.kind == "date" and match and match["year"] != "-":
        day = date.fromisoformat(due.value)
    else:
        return None
    event = Event()
    event.add("uid", f"{task.id}-{index}-{plan.metadata.sha256[:16] or 'plan'}@luoshi")
    event.add("summary", f"{task.number or ''} {task_words(task)}".strip())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("description", _description(task, due, language))
    if wanted is not None:
        event.add("rrule", vRecur.from_ical(wanted.rule(until)))
    return event


def _description(task: Task, due: Deadline, language: str) -> str:
    rows = (
        (pick(language, "时限", "Due"), f"{due_words(due, language)}(“{due.quote}”)"),
        (pick(language, "牵头", "Lead"), body_words(task.leads, language)),
        (pick(language, "责任", "Responsible"), body_words(task.responsibles, language)),
    )
    lines = [f"{label}{pick(language, ':', ': ')}{value}" for label, value in rows if value]
    return "\n".join([*lines, "", task.text.strip()])


RHYTHMS = {
    "yearly": Rhythm((12,)),
    "half-yearly": Rhythm((6, 12)),
    "quarterly": Rhythm((3, 6, 9, 12)),
    "monthly": Rhythm(),
    "weekly": Rhythm(day=0),
}


def rhythm(value: str) -> Rhythm | None:
    """The rhythm that the value of a recurring deadline stands for, or None for another value.

    Example:
        >>> rhythm("yearly:Q1")
        Rhythm(months=(3,), day=31)
    """
    if match := YEARLY_QUARTER.fullmatch(value):
        return Rhythm((int(match["quarter"]) * 3,))
    if match := YEARLY_IN.fullmatch(value):
        return Rhythm((int(match["month"]),), int(match["day"] or 31))
    if match := MONTHLY_ON.fullmatch(value):
        return Rhythm(day=int(match["day"]))
    return RHYTHMS.get(value)


def first_day(wanted: Rhythm, start: date) -> date:
    """The first day on or after `start` on which a duty with this rhythm is due."""
    day = start
    while not wanted.falls_on(day):
        day += timedelta(days=1)
    return day
