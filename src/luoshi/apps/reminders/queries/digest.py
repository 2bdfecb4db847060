"""What waits for a person on a day, as lines that say who asks and by what right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.work.models import Issue, Report
from luoshi.apps.work.queries.counted import count_each
from luoshi.apps.work.queries.desk import Scope, groups, kinds_for
from luoshi.apps.work.queries.desk_sources import Line, Source, sources_for
from luoshi.apps.work.queries.standing import light_of

MOST_LINES = 40
"""Lines of a digest; what is left out is counted and stands on the desk."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a digest.

    Attributes:
        kind: what is to be done.
        title: with what.
        count: how many things it stands for.
        day: on which it hangs, as ISO 8601; empty when on none.
        address: of the page, from the root.
        asker: who asks.
        right: by what right.
        light: how urgent it is; empty when nothing runs.
    """

    kind: str
    title: str
    count: int
    day: str
    address: str
    asker: str = ""
    right: str = ""
    light: str = ""


def people() -> QuerySet[User]:
    """Everybody who can have something to do: active, with a role of a body or the office."""
    names = [Role.Name.OFFICE, Role.Name.LIAISON, Role.Name.HEAD]
    holds = Role.objects.filter(user=OuterRef("pk"), name__in=names)
    return User.objects.filter(Exists(holds), is_active=True).order_by("pk")


def told(user: User, today: date) -> tuple[list[dict[str, object]], int]:
    """What waits for a person: the desk of the day, and joint reports whose time is over.

    However much waits, only what a digest says is read; the rest is counted in the database.

    Returns:
        The lines as JSON values, `MOST_LINES` at most, and how many there would be.
    """
    scope = Scope.of(user)
    own = [*_silences(scope, today), *_desk(scope, today)]
    others, count = _others(scope, today, MOST_LINES - len(own))
    return [asdict(one) for one in (*own[:MOST_LINES], *others)], len(own) + count


def _desk(scope: Scope, today: date) -> Iterator[Told]:
    found = list(groups(scope, today, (kind for kind in kinds_for(scope) if kind.asks)))
    issues = {issue.plan_id: issue for issue in Issue.objects.filter(plan__in={one.plan.pk for one in found})}
    for one in found:
        issue = issues.get(one.plan.pk)
        there = reverse("work:desk-list", args=[one.kind.key])
        day = one.day.isoformat() if one.day else ""
        yield Told(
            str(one.kind.title),
            str(one.plan),
            one.count,
            day,
            f"{there}?plan={one.plan.pk}" + (f"&day={day}" if day else ""),
            str(issue.get_line_display()) if issue else "",
            issue.basis if issue else "",
            _light(one.rank),
        )


def _others(scope: Scope, today: date, most: int) -> tuple[list[Told], int]:
    """The first to-dos of other apps, each of which is a line, and how many there are."""
    asking = [source for source in sources_for(scope) if source.asks]
    counts = count_each(scope, asking, today)
    told: list[Told] = []
    for source in asking:
        left = most - len(told)
        if left > 0 and source.key in counts:
            rows = list(source.rows(scope, today)[:left])
            told += (_line(source, line) for line in source.lines(rows, today))
    return told, max(len(told), sum(counts.values()))


def _line(source: Source, line: Line) -> Told:
    day = line.day.isoformat() if line.day else ""
    light = _light(line.rank)
    return Told(str(source.title), line.title, 1, day, line.address, line.asker, line.right, light)


def _light(rank: int | None) -> str:
    return "" if rank is None else light_of(rank).value


def _silences(scope: Scope, today: date) -> Iterator[Told]:
    """Joint reports that wait for other leads beyond the time for signing: they may go up without them."""
    rows = Report.objects.filter(
        body__in=scope.bodies, joint=True, state=Report.State.PROPOSED, proposed_at__isnull=False
    ).select_related("occurrence__assignment__issue", "task")
    for row in rows.order_by("pk"):
        issue = row.occurrence.assignment.issue
        assert row.proposed_at is not None  # noqa: S101 - asked for above
        asked = localdate(row.proposed_at)
        last = calendar_of(row.region_id).add_working_days(asked, issue.cosigning_days).day
        if today > last:
            yield Told(
                _("会签期限已过，可注明未答复单位后提交"),
                row.task.title or row.task.text[:40],
                1,
                row.occurrence.due.isoformat(),
                reverse("work:report", args=[row.occurrence_id]),
                str(issue.get_line_display()),
                issue.basis,
            )
