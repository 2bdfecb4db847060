"""A plan of the made-up district that asks for venues, reviews and returns, read, registered and issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User

from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.operations.settling import Action, settle
from luoshi.apps.binding.operations.suggesting import suggest
from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.organization.operations import add_members, create_body, grant
from luoshi.apps.plan.models import Plan, Task
from luoshi.apps.plan.operations.confirming import confirm_plan
from luoshi.apps.plan.operations.matching import register_all
from luoshi.apps.plan.operations.storing import import_document
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.taking import begin
from luoshi.apps.work.models import Assignment, Issue
from luoshi.apps.work.operations.issuing import IssueTerms, issue_plan
from luoshi.apps.work.operations.signing import sign
from luoshi.apps.work.operations.timing import advance
from luoshi.core.plan.read import read_plan
from luoshi.core.register.procedure import Actor
from tests.apps import factories

NOW, REGION = factories.NOW, factories.REGION
TEXT = """云溪区法治社会建设重点任务分解方案
一、增强法治观念
1.加强法治文化阵地建设。到2026年年底,全区不少于1个法治文化主题公园(广场)。每个镇、街道不少于1个普法学法大讲堂。每个社区不少于1个法治文化宣传栏(长廊)。
牵头部门:区司法局
责任部门:区文旅局、各镇
2.严格落实重大行政决策程序。每年一季度公布重大行政决策事项目录。重大行政决策合法性审查率达到100%。
牵头部门:区政府办公室、区司法局
责任部门:区财政局
3.掌握数据中心情况。互联网数据中心(IDC)每半年报送一次基础数据。
牵头部门:区大数据中心
责任部门:区文旅局
4.加强宣传引导。持续开展宣传。
牵头部门:区司法局
责任部门:区文旅局
"""
TERMS = IssueTerms(line=Issue.Line.RULE_OF_LAW.value, basis="方案第三部分", first_day=date(2026, 1, 1))


@dataclass
class World:
    """The plan, its bodies and its people."""

    plan: Plan
    office: User
    bodies: dict[str, Body]
    issue: Issue | None = None
    people: dict[str, User] = field(default_factory=dict)

    def task(self, number: str) -> Task:
        """A task by its number."""
        return Task.objects.get(plan=self.plan, number=number)

    def binding(self, kind: str, mechanism: str, part: str = "") -> Binding:
        """A suggestion of the plan."""
        return Binding.objects.get(plan=self.plan, kind=kind, mechanism=mechanism, part=part)

    def settle(self, row: Binding, action: Action, same_as: str = "", at: datetime = NOW) -> Binding:
        """What the office says of a suggestion, as it stands now."""
        seen = Binding.objects.get(pk=row.pk).version
        return settle(binding=row, action=action, seen=seen, by=self.office, at=at, same_as=same_as)

    def confirm(self, kind: str, mechanism: str, part: str = "", **more: Any) -> Binding:
        """A suggestion, confirmed."""
        return self.settle(self.binding(kind, mechanism, part), "confirm", **more)

    def person(self, role: Role.Name, body: str) -> User:
        """Somebody of a body, made when first asked for."""
        name = f"{role.value}-{self.bodies[body].pk}"
        if name not in self.people:
            user = User.objects.create_user(name, first_name=f"{body}{role.label}")
            region = Region.objects.get(pk=REGION)
            grant(user=user, region=region, role=role, body=self.bodies[body], by=self.office, at=NOW)
            self.people[name] = user
        return self.people[name]

    def liaison(self, body: str) -> User:
        """The liaison of a body."""
        return self.person(Role.Name.LIAISON, body)

    def venue(self, kind: str, place: str, *, body: str = "区司法局", at: datetime = NOW) -> Entry:
        """A venue in use."""
        given = {
            "name": f"{place}{kind}",
            "kind": kind,
            "for-body": str(self.bodies[place].pk),
            "address": "云溪路一号",
            "built-on": "2026-01-01",
        }
        return self.begun("culture-venues", body, "register", given, at=at)

    def returned(self, period: str, *, body: str = "区大数据中心", at: datetime = NOW) -> Entry:
        """A half-yearly return of a data centre."""
        numbers = ("racks-built", "racks-used", "servers", "bandwidth", "power", "it-power", "incidents")
        given = {
            **dict.fromkeys(numbers, "1"),
            "period": period,
            "contact": {"name": "甲"},
        }
        return self.begun("data-centre-reports", body, "submit", given, at=at)

    def begun(
        self, mechanism: str, body: str, transition: str, given: Mapping[str, object], *, at: datetime
    ) -> Entry:
        """An entry of a body."""
        return begin(
            mechanism=mechanism,
            body=self.bodies[body],
            transition=transition,
            given=given,
            actor=Actor.HANDLER,
            by=self.liaison(body),
            at=at,
        )


def confirmed_plan(text: str = TEXT) -> World:
    """The plan, every name a body of the district, with two towns and two communities."""
    factories.region()
    office = User.objects.filter(username="office").first() or factories.office()
    document = factories.read_document(text, "云溪区法治社会方案.txt")
    plan = import_document(
        region=REGION,
        document=document,
        plan=read_plan(document),
        content=text.encode(),
        by=office,
        at=NOW,
    )
    register_all(plan=plan, by=office, at=NOW)
    for name, kind in (
        ("青山镇", "town"),
        ("绿水街道", "street"),
        ("河东社区", "community"),
        ("河西社区", "community"),
    ):
        create_body(region=REGION, name=name, kind=kind, by=office, at=NOW)
    bodies = {one.name: one for one in Body.objects.filter(region=REGION)}
    if "各镇" in bodies:
        add_members(group=bodies["各镇"], members=[bodies["青山镇"]], by=office, at=NOW)
    confirm_plan(plan=plan, by=office, at=NOW)
    plan.refresh_from_db()
    return World(plan, office, bodies)


def suggested(text: str = TEXT) -> World:
    """The confirmed plan with every suggestion."""
    world = confirmed_plan(text)
    suggest(plan=world.plan, by=world.office, at=NOW)
    return world


def issued(*, at: datetime = NOW, until: datetime | None = None) -> World:
    """The plan with its suggestions, issued and signed for."""
    world = suggested()
    world.issue = issue_plan(plan=world.plan, terms=TERMS, by=world.office, at=at)
    world.plan.refresh_from_db()
    for row in Assignment.objects.filter(issue=world.issue).select_related("body"):
        sign(assignments=Assignment.objects.filter(pk=row.pk), by=world.liaison(row.body.name), at=at)
    if until is not None:
        advance(region=REGION, at=until)
    return world
