"""The sample plan lived through to the middle of its second quarter, by the operations that people use.

Nothing is written past the operations: what the demo shows is what the rules allow. Time is walked through
week by week up to the present; who reports when follows from keys, so that every run tells the same story.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

from luoshi.apps.demo.binding import bind
from luoshi.apps.demo.district import CODE, make_district
from luoshi.apps.demo.incidents import leave_open
from luoshi.apps.demo.linking import look_from_above, second_plan
from luoshi.apps.demo.people import People, first_clerk, make_people
from luoshi.apps.demo.present import opening_days
from luoshi.apps.demo.registering import keep_registers
from luoshi.apps.demo.reporting import Quarter
from luoshi.apps.demo.supervising import supervise
from luoshi.apps.organization.models import Body, Region
from luoshi.apps.organization.queries import calendar_of
from luoshi.apps.plan.models import Finding, Plan
from luoshi.apps.plan.operations.confirming import confirm_plan
from luoshi.apps.plan.operations.matching import match_all_exact, match_body
from luoshi.apps.plan.operations.settling import settle_finding
from luoshi.apps.plan.operations.storing import import_document
from luoshi.apps.reminders.operations.digesting import make_digests
from luoshi.apps.work.models import Assignment, Issue
from luoshi.apps.work.operations.issuing import IssueTerms, issue_plan
from luoshi.apps.work.operations.setting import set_body
from luoshi.apps.work.operations.signing import sign
from luoshi.apps.work.operations.timing import advance
from luoshi.core.calendar.periods import Period
from luoshi.core.document.open import open_document
from luoshi.core.plan.read import read_plan

SAMPLE = Path(__file__).resolve().parents[2] / "samples/yunxi.docx"
BASIS = "云依法委发〔2023〕5号第七部分：各单位依据平时记录形成工作情况，由牵头部门汇总"
ZONE = ZoneInfo("Asia/Shanghai")
WEEK = timedelta(days=7)
# Those who sign late, and who never does.
LATE_TO_SIGN, NEVER_SIGNS = ("区交通局", "白鹭镇"), "区律师协会"
# Names of the plan that mean a leading group of the registry.
GROUPS = {
    "区社会信用体系建设联席会议其他各成员单位": "区社会信用体系建设联席会议",
    "平安云溪建设领导小组各成员单位": "平安云溪建设领导小组",
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what the story is about."""

    bodies: dict[str, Body]
    people: People
    plan: Plan


@transaction.atomic
def make_demo(*, at: datetime, tell: Callable[[date], None] | None = None) -> Plan:
    """The plan of the demo, made on first use and found again later.

    Args:
        at: the present, which the story ends with.
        tell: called with every week that is being lived, because it takes a while.
    """
    made = Plan.objects.filter(region_id=CODE, issue__isnull=False).order_by("pk").first()
    if made is not None:
        advance(region=CODE, at=at)
        return made
    today = at.astimezone(ZONE).date()
    now = Period.containing(today, "quarter")
    begun = now.previous()
    first = calendar_of(CODE).add_working_days(begun.start, 3).day
    cast = _prepare(morning(first))
    opening = opening_days(today, calendar_of(CODE))
    issue = _issue(cast, begun.start, opening, morning(first))
    _sign(cast, issue, first)
    second_plan(cast.people, begun.start, opening, morning(first))
    look_from_above(cast.people, cast.plan, morning(first))
    quarter = Quarter(cast.people, cast.bodies)
    day = first + WEEK
    while day < today:
        if tell is not None:
            tell(day)
        advance(region=CODE, at=morning(day))
        quarter.live(day, morning(day), now.start)
        day += WEEK
    advance(region=CODE, at=at)
    leave_open(cast.people, cast.bodies, at=morning(today - timedelta(days=1)))
    quarter.hand_in(morning(today - timedelta(days=1)))
    supervise(cast.plan, cast.people, cast.bodies, begun, at=morning(today - timedelta(days=1)))
    keep_registers(cast.people, cast.bodies, at=morning(today - timedelta(days=1)))
    bind(cast.plan, cast.people, at=morning(today - timedelta(days=1)))
    make_digests(at=morning(calendar_of(CODE).add_working_days(today, -1).day))
    return cast.plan


def morning(day: date) -> datetime:
    """Ten o'clock on a day."""
    return datetime.combine(day, time(10), tzinfo=ZONE)


def _prepare(at: datetime) -> Cast:
    """The district, its people, and the plan, read, settled, matched and confirmed."""
    bodies = make_district(by=first_clerk(), at=at)
    people = make_people(bodies, Region.objects.get(pk=CODE), at=at)
    content = SAMPLE.read_bytes()
    document = open_document(content, SAMPLE.name)
    plan = import_document(
        region=CODE, document=document, plan=read_plan(document), content=content, by=people.office, at=at
    )
    for finding in Finding.objects.filter(plan=plan, state=Finding.State.OPEN).order_by("position"):
        wrong = finding.code == "unknown-organization" and finding.candidates
        answer = {"action": "choose", "value": finding.candidates[0]} if wrong else {"action": "accept"}
        settle_finding(finding=finding, **answer, by=people.office, at=at)
    match_all_exact(plan=plan, by=people.office, at=at)
    for name, group in GROUPS.items():
        match_body(plan=plan, name=name, body=bodies[group], by=people.office, at=at)
    return Cast(bodies, people, confirm_plan(plan=plan, by=people.office, at=at))


def _issue(cast: Cast, first_day: date, opening: int, at: datetime) -> Issue:
    terms = IssueTerms(line=Issue.Line.RULE_OF_LAW, basis=BASIS, first_day=first_day, opening_days=opening)
    for name in ("区司法局", "区法院"):
        set_body(body=cast.bodies[name], head_approves=True, by=cast.people.heads[name], at=at)
    return issue_plan(plan=cast.plan, terms=terms, by=cast.people.office, at=at)


def _sign(cast: Cast, issue: Issue, first: date) -> None:
    """Every body signs within a week, two of them late and one never."""
    for number, (name, body) in enumerate(cast.bodies.items()):
        tasks = list(Assignment.objects.filter(issue=issue, body=body).order_by("pk"))
        if not tasks or name == NEVER_SIGNS:
            continue
        days = 12 if name in LATE_TO_SIGN else 1 + number % 4
        sign(assignments=tasks, by=cast.people.liaisons[name], at=morning(first + timedelta(days=days)))
