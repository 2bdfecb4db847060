"""One made-up district with its people and its issued plan, by the operations that people use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from operator import attrgetter
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from luoshi.apps.demo.district import make_district
from luoshi.apps.demo.story import BASIS, GROUPS, SAMPLE
from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.organization.operations import ensure_region, grant
from luoshi.apps.plan.models import Finding, Plan
from luoshi.apps.plan.operations.confirming import confirm_plan
from luoshi.apps.plan.operations.matching import match_all_exact, match_body
from luoshi.apps.plan.operations.settling import settle_finding
from luoshi.apps.plan.operations.storing import import_document
from luoshi.apps.plan.queries.expansion import parts_of_plan
from luoshi.apps.simulation.behaviour import signs_after
from luoshi.apps.simulation.registry import register_bodies
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
    """A district at work.

    Attributes:
        deputy: the second person of the office, who approves what the first one drafts.
        liaisons, heads: by the key of their body.
    """

    region: Region
    issue: Issue
    office: User
    deputy: User
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


def make(number: int, first: date, *, seed: int, file: Path | None = None) -> District:
    """A district whose plan is issued on `first` and signed for within the week.

    Args:
        file: the plan; the sample plan by default, which has a registry of its own.
    """
    at, code = morning(first), code_of(number)
    people = _people([f"{code}-office", f"{code}-deputy"])
    office, deputy = people[f"{code}-office"], people[f"{code}-deputy"]
    level = Region.Level.COUNTY
    region = ensure_region(code=code, name=name_of(number), level=level, by=office, at=at)
    for user in (office, deputy):
        grant(user=user, region=region, role=Role.Name.OFFICE, by=None, at=at)
    plan = _sample(region, office, at) if file is None else _any(file, region, seed, office, at)
    liaisons, heads = _staff(region, plan, office, at)
    terms = IssueTerms(
        line=Issue.Line.RULE_OF_LAW,
        basis=BASIS,
        first_day=first,
        opening_days=OPENING_DAYS,
        without_empty=True,
    )
    issue = issue_plan(plan=plan, terms=terms, by=office, at=at)
    for body in sorted(Body.objects.filter(pk__in=liaisons), key=attrgetter("name")):
        rows = list(Assignment.objects.filter(issue=issue, body=body).order_by("pk"))
        if rows:
            day = first + timedelta(days=signs_after(seed, f"{code}/{body.name}"))
            sign(assignments=rows, by=liaisons[body.pk], at=morning(day))
    return District(region, issue, office, deputy, liaisons, heads)


def find(number: int) -> District | None:
    """A district that was made before."""
    issue = Issue.objects.filter(region=code_of(number)).select_related("region", "issued_by").first()
    if issue is None:
        return None
    roles = Role.objects.filter(region=issue.region).select_related("user")
    deputy = next(one.user for one in roles if one.body_id is None and one.user_id != issue.issued_by_id)
    people: dict[str, dict[int, User]] = {Role.Name.LIAISON: {}, Role.Name.HEAD: {}}
    for role in roles:
        if role.body_id is not None:
            people[role.name][role.body_id] = role.user
    liaisons, heads = people[Role.Name.LIAISON], people[Role.Name.HEAD]
    return District(issue.region, issue, issue.issued_by, deputy, liaisons, heads)


def _people(names: list[str]) -> dict[str, User]:
    """Accounts without a password, written at once: there is nothing to say about each."""
    locked = make_password(None)
    User.objects.bulk_create(
        [User(username=name, first_name=f"模拟 {name}", password=locked) for name in names],
        ignore_conflicts=True,
    )
    return {user.username: user for user in User.objects.filter(username__in=names)}


def _staff(region: Region, plan: Plan, office: User, at: datetime) -> tuple[dict[int, User], dict[int, User]]:
    """A liaison and a head for every body that works, be it a leading group."""
    named = {part.body for part in parts_of_plan(plan)}
    bodies = sorted(Body.objects.filter(region=region), key=attrgetter("name"))
    workers = [body for body in bodies if body.pk in named or not body.has_members]
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


def _sample(region: Region, office: User, at: datetime) -> Plan:
    bodies = make_district(code=region.pk, name=region.name, by=office, at=at)
    plan = _imported(SAMPLE, region, office, at)
    match_all_exact(plan=plan, by=office, at=at)
    for name, group in GROUPS.items():
        match_body(plan=plan, name=name, body=bodies[group], by=office, at=at)
    return confirm_plan(plan=plan, by=office, at=at)


def _any(file: Path, region: Region, seed: int, office: User, at: datetime) -> Plan:
    plan = _imported(file, region, office, at)
    register_bodies(plan=plan, seed=seed, by=office, at=at)
    return confirm_plan(plan=plan, by=office, at=at)


def _imported(file: Path, region: Region, office: User, at: datetime) -> Plan:
    """A plan with every finding settled: as the reader proposes, or by the first candidate for a name."""
    content, document, read = _read(file)
    plan = import_document(region=region.pk, document=document, plan=read, content=content, by=office, at=at)
    for finding in Finding.objects.filter(plan=plan, state=Finding.State.OPEN).order_by("position"):
        wrong = finding.code == "unknown-organization" and finding.candidates
        answer = {"action": "choose", "value": finding.candidates[0]} if wrong else {"action": "accept"}
        settle_finding(finding=finding, **answer, by=office, at=at)
    return plan


@cache
def _read(file: Path) -> tuple[bytes, Document, ReadPlan]:
    """A plan, read once for all districts."""
    content = file.read_bytes()
    document = open_document(content, file.name)
    return content, document, read_plan(document)
