"""Districts and years, one after the other, each in one transaction: a run may be stopped and gone on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Model

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries import calendar_of
from luoshi.apps.plan.models import Task, TaskBody
from luoshi.apps.simulation import district as made
from luoshi.apps.simulation.behaviour import asks_for_time
from luoshi.apps.simulation.district import District, morning
from luoshi.apps.simulation.reporting import report_all
from luoshi.apps.simulation.supervising import supervise
from luoshi.apps.work.models import Assignment, Occurrence, Report, Revision, Stance
from luoshi.apps.work.operations.extending import ask_extension, endorse, grant
from luoshi.apps.work.operations.timing import advance

MORE_TIME = timedelta(days=14)
REASON, PROGRESS, ANSWER = "场地改造尚未完工，活动顺延。", "方案已定，施工过半。", "同意，请按新期限完成。"


def simulate(
    *,
    districts: int,
    years: int,
    seed: int,
    at: datetime,
    plan: Path | None = None,
    tell: Callable[[str, int], None] | None = None,
) -> int:
    """Make what is missing of so many districts, each with its years up to now; gives the number of reports.

    Args:
        plan: a document that every district works on; the sample plan by default.
        tell: called with the name of each district when it is done, and its number of reports.
    """
    made_reports = 0
    for number in range(districts):
        done = _one(number, years, seed, at, plan)
        made_reports += done
        if tell is not None:
            tell(made.name_of(number), done)
    return made_reports


@transaction.atomic
def _one(number: int, years: int, seed: int, at: datetime, plan: Path | None) -> int:
    if made.find(number) is not None:
        return 0
    today = at.astimezone(made.ZONE).date()
    begun = today - timedelta(days=365 * years)
    district = made.make(number, begun, seed=seed, file=plan)
    _count(Body, Task, TaskBody, Assignment)
    _live(district, begun, today, seed)
    _count(Occurrence)
    reports = report_all(district, seed, today)
    _count(Report, Revision, Stance)
    supervise(district, seed, today)
    return reports


def _count(*tables: type[Model]) -> None:
    """Let PostgreSQL count what was just made.

    By itself it does so after the transaction, and until then plans as if it were not there: a question that
    takes a millisecond may then take hours.
    """
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(one._meta.db_table) for one in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


def _live(district: District, begun: date, today: date, seed: int) -> None:
    """Open every period on its day; some bodies ask for more time as soon as they are asked."""
    day = begun + timedelta(days=7)
    while day <= today:
        advance(region=district.region.pk, at=morning(day, hour=6))
        _ask_for_time(district, day, seed)
        scheduled = Occurrence.objects.filter(
            assignment__issue=district.issue, state=Occurrence.State.SCHEDULED, opens_on__gt=day
        )
        day = min(
            scheduled.order_by("opens_on").values_list("opens_on", flat=True).first() or today,
            # What comes after a year is made only as time goes on.
            day + timedelta(days=90),
        )
        if day >= today:
            break
    advance(region=district.region.pk, at=morning(today, hour=6))


def _ask_for_time(district: District, day: date, seed: int) -> None:
    fresh = Occurrence.objects.filter(
        assignment__issue=district.issue, state=Occurrence.State.OPEN, opened_at__date=day
    )
    calendar = calendar_of(district.region.pk)
    for one in fresh.select_related("body", "task", "assignment").order_by("pk"):
        body = f"{district.region.pk}/{one.body.name}"
        if not asks_for_time(seed, body, str(one.task.position), one.key):
            continue
        asked = ask_extension(
            occurrence=one,
            new_due=calendar.roll_on(one.due + MORE_TIME).day,
            reason=REASON,
            progress=PROGRESS,
            by=district.liaisons[one.body_id],
            at=morning(day, hour=11),
        )
        endorse(extension=asked, by=district.heads[one.body_id], at=morning(day, hour=14))
        grant(extension=asked, answer=ANSWER, by=district.office, at=morning(day, hour=16))
