"""When a person may be reminded: on working days, once a day, never in quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.errors import LuoshiError


class HoursUnusable(LuoshiError):
    """Quiet hours that leave no hour to remind in."""

    code = "reminders-hours-unusable"
    zh = "提醒时间{hour}时落在免打扰时段({quiet_from}时至{quiet_to}时)内;请改其中一项。"
    en = "{hour}:00 lies in the quiet hours ({quiet_from}:00 to {quiet_to}:00); change one of them."


@dataclass(frozen=True, slots=True)
class Hours:
    """When a person wants to be reminded.

    Attributes:
        hour: from which the daily digest comes.
        quiet_from, quiet_to: hours between which nothing is sent, over midnight when the first is later; the
            same hour twice means no quiet hours.

    Raises:
        HoursUnusable: the hour of the digest is a quiet one.

    Example:
        >>> Hours(8, 20, 8).quiet_at(23), Hours(8, 20, 8).quiet_at(8)
        (True, False)
    """

    hour: int = 8
    quiet_from: int = 20
    quiet_to: int = 8

    def __post_init__(self) -> None:
        if self.quiet_at(self.hour):
            raise HoursUnusable(hour=self.hour, quiet_from=self.quiet_from, quiet_to=self.quiet_to)

    def quiet_at(self, hour: int) -> bool:
        """Whether an hour of the day is quiet."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to

    def allow(self, local: datetime, calendars: tuple[WorkCalendar, ...]) -> bool:
        """Whether something may be sent at this local time: some region of the person works on the day.

        Example:
            >>> Hours().allow(datetime(2026, 10, 1, 9), (WorkCalendar(),))
            False
        """
        if local.hour < self.hour or self.quiet_at(local.hour):
            return False
        return any(calendar.is_working_day(local.date()) for calendar in calendars)
