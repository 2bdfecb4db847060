"""One made-up district with its people and its issued plan, by the operations that people use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from luoshi.apps.demo.district import make_district
from luoshi.apps.demo.story import BASIS, GROUPS, SAMPLE
from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.organization.operations import grant
from luoshi.apps.plan.models import Finding, Plan
from luoshi.apps.plan.operations.confirming import confirm_plan
from luoshi.apps.plan.operations.matching import match_all_exact, match_body
from luoshi.apps.plan.operations.settling import settle_finding
from luoshi.apps.plan.operations.storing import import_document
from luoshi.apps.work.models import Assignment, Issue
from luoshi.apps.work.operations.issuing import IssueTerms, issue_plan
from luoshi.apps.work.operations.signing import sign
from luoshi.core.document.model import Document
from luoshi.core.document.open import open_document
from luoshi.core.plan.model import Plan as ReadPlan
from luoshi.core.plan.read import read_plan

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_CODE = 990201
FIRST, SECOND = "云石柳白青清兰松梅竹", "溪桥河鹭山水湾岭坪塘"
OPENING_DAYS = 20


@dataclass(frozen=True, slots=True)
class District:
    """A district at work; liaisons and heads by the key of their body."""

    region: Region
    issue: Issue
    office: User
    liaisons: Mapping[int, User]
    heads: Mapping[int, User]


def code_of(number: int) -> str:
    """The code of the district with a number, counted from 0."""
    return str(FIRST_CODE + number)


def name_of(number: int) -> str:
    """Its made-up name; after a hundred they are numbered."""
    turn, place = divmod(number, len(FIRST) * len(SECOND))
    name = FIRST[place % len(FIRST)] + SECOND[(place // len(FIRST) + place) % len(SECOND)]
    return f"{name}{turn + 1 if turn else ''}区"


def morning(day: date, *, hour: int = 10, minute: int = 0) -> datetime:
    """A time of a working day."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def make(number: int, first: date) -> District:
    """A district whose plan is issued on `first` and signed for within the week."""
    at, code = morning(first), code_of(number)
    office = _people([f"{code}-office"])[f"{code}-office"]
    bodies = make_district(code=code, name=name_of(number), by=office, at=at)
    region = Region.objects.get(pk=code)
    grant(user=office, region=region, role=Role.Name.OFFICE, by=None, at=at)
    liaisons, heads = _staff(region, bodies, office, at)
    plan = _plan(code, bodies, office, at)
    terms = IssueTerms(line=Issue.Line.RULE_OF_LAW, basis=BASIS, first_day=first, opening_days=OPENING_DAYS)
    issue = issue_plan(plan=plan, terms=terms, by=office, at=at)
    for body, liaison in liaisons.items():
        rows = list(Assignment.objects.filter(issue=issue, body=body).order_by("pk"))
        if rows:
            sign(assignments=rows, by=liaison, at=morning(first + timedelta(days=1 + body % 5)))
    return District(region, issue, office, liaisons, heads)


def find(number: int) -> District | None:
    """A district that was made before."""
    issue = Issue.objects.filter(region=code_of(number)).select_related("region", "issued_by").first()
    if issue is None:
        return None
    roles = Role.objects.filter(region=issue.region, body__isnull=False).select_related("user")
    people: dict[str, dict[int, User]] = {Role.Name.LIAISON: {}, Role.Name.HEAD: {}}
    for role in roles:
        people[role.name][role.body_id or 0] = role.user
    return District(issue.region, issue, issue.issued_by, people[Role.Name.LIAISON], people[Role.Name.HEAD])


def _people(names: list[str]) -> dict[str, User]:
    """Accounts without a password, written at once: there is nothing to say about each."""
    locked = make_password(None)
    User.objects.bulk_create(
        [User(username=name, first_name=f"模拟 {name}", password=locked) for name in names],
        ignore_conflicts=True,
    )
    return {user.username: user for user in User.objects.filter(username__in=names)}


def _staff(
    region: Region, bodies: Mapping[str, Body], office: User, at: datetime
) -> tuple[dict[int, User], dict[int, User]]:
    """A liaison and a head for every body."""
    workers = [body for body in bodies.values() if not body.has_members]
    names = {
        (role, body.pk): f"{region.pk}-{role}-{place}"
        for place, body in enumerate(workers, 1)
        for role in (Role.Name.LIAISON, Role.Name.HEAD)
    }
    users = _people(list(names.values()))
    found: dict[Role.Name, dict[int, User]] = {Role.Name.LIAISON: {}, Role.Name.HEAD: {}}
    for body in workers:
        for role, people in found.items():
            people[body.pk] = users[names[role, body.pk]]
            grant(user=people[body.pk], region=region, role=role, body=body, by=office, at=at)
    return found[Role.Name.LIAISON], found[Role.Name.HEAD]


def _plan(code: str, bodies: Mapping[str, Body], office: User, at: datetime) -> Plan:
    content, document, read = _read()
    plan = import_document(region=code, document=document, plan=read, content=content, by=office, at=at)
    for finding in Finding.objects.filter(plan=plan, state=Finding.State.OPEN).order_by("position"):
        wrong = finding.code == "unknown-organization" and finding.candidates
        answer = {"action": "choose", "value": finding.candidates[0]} if wrong else {"action": "accept"}
        settle_finding(finding=finding, **answer, by=office, at=at)
    match_all_exact(plan=plan, by=office, at=at)
    for name, group in GROUPS.items():
        match_body(plan=plan, name=name, body=bodies[group], by=office, at=at)
    return confirm_plan(plan=plan, by=office, at=at)


@cache
def _read() -> tuple[bytes, Document, ReadPlan]:
    """The sample plan, read once for all districts."""
    content = SAMPLE.read_bytes()
    document = open_document(content, SAMPLE.name)
    return content, document, read_plan(document)
