"""Rows of the work, put straight into the database: every state, and as many as a test of size needs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body, Role
from luoshi.apps.organization.operations import grant
from luoshi.apps.plan.models import Plan, Section, Task
from luoshi.apps.plan.operations.storing import import_document
from luoshi.apps.work.models import Assignment, Issue, Occurrence, Report, Revision
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.work.lights import Light, Thresholds, show
from tests.apps import factories

CALENDAR = WorkCalendar()
TODAY = date(2026, 9, 28)
NAMES = ("民政局", "教育局", "财政局", "司法局", "卫生健康局", "退役军人事务局", "文化旅游体育与广播电视局")


def at(day: date, hour: int = 2) -> datetime:
    """A time on a day."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def first_yellow(opens: date, due: date, thresholds: Thresholds | None = None) -> date:
    """The first day on which a running clock shows yellow, found by looking at every day."""
    day = opens
    while day < due and _green(opens, due, day, thresholds):
        day += timedelta(days=1)
    return day


def _green(opens: date, due: date, day: date, thresholds: Thresholds | None) -> bool:
    shown = show(start=opens, due=due, today=day, calendar=CALENDAR, thresholds=thresholds)
    return shown.light is Light.GREEN


def bodies(count: int = 3) -> list[Body]:
    """So many bodies of the district; beyond the known ones they are towns."""
    factories.region()
    names = [f"云溪区{NAMES[n]}" if n < len(NAMES) else f"第{n}镇人民政府" for n in range(count)]
    return [Body.objects.create(region_id=factories.REGION, name=name) for name in names]


def plan_of(tasks: int, by: User, chapters: int = 1, title: str = "云溪区社区服务重点任务分解方案") -> Plan:
    """A plan with so many tasks, shared out over chapters."""
    number = Plan.objects.count()
    # The same content would be the same document.
    text = factories.plan_text(1) + "\n" * number
    document = factories.read_document(text, f"{title}{number}.txt")
    factories.region()
    plan = import_document(
        region=factories.REGION,
        document=document,
        plan=factories.core_plan(document),
        content=text.encode(),
        by=by,
        at=factories.NOW,
    )
    Plan.objects.filter(pk=plan.pk).update(title=title, status="confirmed", confirmed_at=factories.NOW)
    Task.objects.filter(plan=plan).delete()
    Section.objects.filter(plan=plan).delete()
    shared = {"region_id": plan.region_id, "plan": plan, "start": 0, "end": 1}
    sections = [
        Section.objects.create(
            key=f"s{n}", position=n, number=str(n), title=f"第{n}章服务", level=1, **shared
        )
        for n in range(1, chapters + 1)
    ]
    Task.objects.bulk_create(
        Task(
            section=sections[n * chapters // tasks],
            key=f"t{n + 1}",
            position=n,
            number=str(n + 1),
            title=f"办好第{n + 1}项服务",
            text=f"{n + 1}.办好第{n + 1}项服务。",
            **shared,
        )
        for n in range(tasks)
    )
    plan.refresh_from_db()
    return plan


def issued(plan: Plan, by: User, day: date = date(2026, 7, 1)) -> Issue:
    """The plan handed out."""
    issue, _ = Issue.objects.get_or_create(
        plan=plan,
        defaults={
            "region_id": plan.region_id,
            "line": "government",
            "basis": "云溪区方案第三条",
            "first_day": day,
            "issued_by": by,
            "issued_at": at(day),
        },
    )
    return issue


def assignment(issue: Issue, task: Task, body: Body, rank: int | None = 0, **given: Any) -> Assignment:
    """The task of a body; a lead unless `rank` is None."""
    state = given.setdefault("state", "in-progress")
    signed = {} if state == "issued" else {"signed_at": at(date(2026, 7, 2)), "signed_by": issue.issued_by}
    role = "responsible" if rank is None else "lead"
    return Assignment.objects.create(
        region_id=issue.region_id,
        issue=issue,
        task=task,
        body=body,
        role=role,
        rank=rank,
        sign_by=given.pop("sign_by", date(2026, 7, 8)),
        **{**signed, **given},
    )


def occurrence(of: Assignment, due: date, opens: date | None = None, **given: Any) -> Occurrence:
    """A period of a body's task, open unless told otherwise."""
    opens = opens or due - timedelta(days=60)
    state = given.setdefault("state", "open")
    key = given.pop("key", f"{due.year}Q{(due.month - 1) // 3 + 1}")
    times = {} if state in {"scheduled", "cancelled"} else {"opened_at": at(opens)}
    if state == "closed":
        times |= {"answered_at": at(due - timedelta(days=5)), "closed_at": at(due - timedelta(days=1))}
    return Occurrence.objects.create(
        region_id=of.region_id,
        assignment=of,
        task_id=of.task_id,
        body_id=of.body_id,
        key=key,
        period=key[:10],
        scheduled=due,
        due=due,
        opens_on=opens,
        warn_from=first_yellow(opens, due),
        **{**times, **given},
    )


def report(
    of: Occurrence, by: User, state: str = "submitted", text: str = "已培训两批。", **given: Any
) -> Report:
    """A report with one revision."""
    pinned = 1 if state in {"accepted", "approved"} else None
    found = Report.objects.create(
        region_id=of.region_id,
        occurrence=of,
        task_id=of.task_id,
        body_id=of.body_id,
        state=state,
        latest=1,
        **{"pinned": pinned, **given},
    )
    Revision.objects.create(
        region_id=of.region_id, report=found, number=1, values={"progress": text}, by=by, at=at(of.opens_on)
    )
    if state not in {"draft", "returned", "withdrawn"}:
        Occurrence.objects.filter(pk=of.pk).update(answered_at=at(of.opens_on))
    return found


def person(name: str, body: Body, role: str = Role.Name.LIAISON) -> User:
    """Somebody with a role for a body, by the name they sign in with."""
    user = User.objects.filter(username=name).first() or User.objects.create_user(name)
    grant(user=user, region=body.region, role=role, body=body, by=None, at=factories.NOW)
    return user


def spread(issue: Issue, given: list[Body], leads: int = 2) -> None:
    """Every task to every body, open occurrences of every light, in few statements."""
    tasks = list(Task.objects.filter(plan_id=issue.plan_id).order_by("position"))
    states = ("in-progress", "in-progress", "signed", "in-progress", "issued", "suspended", "closed")
    made = [
        Assignment(
            region_id=issue.region_id,
            issue=issue,
            task=task,
            body=body,
            role="lead" if n < leads else "responsible",
            rank=n if n < leads else None,
            state=states[(m + 3 * n) % len(states)],
            sign_by=date(2026, 7, 8),
            signed_at=None if states[(m + 3 * n) % len(states)] == "issued" else at(date(2026, 7, 2)),
        )
        for m, task in enumerate(tasks)
        for n, body in enumerate(given)
    ]
    Assignment.objects.bulk_create(made, batch_size=500)
    dues = (date(2026, 9, 25), date(2026, 9, 30), date(2026, 12, 31), date(2026, 10, 30))
    open_ones = [one for one in Assignment.objects.filter(issue=issue) if one.state != "closed"]
    Occurrence.objects.bulk_create(
        (_open(one, dues[(one.pk + one.task_id) % len(dues)]) for one in open_ones), batch_size=500
    )


def _open(of: Assignment, due: date) -> Occurrence:
    opens = due - timedelta(days=60)
    return Occurrence(
        region_id=of.region_id,
        assignment=of,
        task_id=of.task_id,
        body_id=of.body_id,
        key="2026Q3",
        period="2026Q3",
        scheduled=due,
        due=due,
        opens_on=opens,
        warn_from=_YELLOW[due],
        state="open",
        opened_at=at(opens),
        asked=2,
        prefilled=4,
        minutes=6,
    )


_YELLOW = {
    due: first_yellow(due - timedelta(days=60), due)
    for due in (date(2026, 9, 25), date(2026, 9, 30), date(2026, 12, 31), date(2026, 10, 30))
}
