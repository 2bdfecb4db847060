"""A plan that was issued in the made-up district, with the people of every body that works on it.

Task 1 and 3: one lead, responsible bodies, two towns out of the collective 各镇. Task 2: two leads. Task 4: a
sole lead. By the default terms the first quarter opens on 17 March 2026 and is due on the 31st.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body, Region, Role
from luoshi.apps.organization.operations import add_members, create_body, grant
from luoshi.apps.plan.models import Plan, Task, TaskBody
from luoshi.apps.work.models import Assignment, Issue, Occurrence
from luoshi.apps.work.operations.issuing import IssueTerms, issue_plan
from luoshi.apps.work.operations.signing import sign
from luoshi.apps.work.operations.timing import advance
from tests.apps import factories

NOW, REGION = factories.NOW, factories.REGION
TERMS = IssueTerms(
    line=Issue.Line.GOVERNMENT.value,
    basis="云溪区社区服务重点任务分解方案第五部分",
    first_day=date(2026, 1, 1),
)
BODIES = {
    "区民政局": Body.Line.GOVERNMENT,
    "区司法局": Body.Line.GOVERNMENT,
    "区教育局": Body.Line.GOVERNMENT,
    "区财政局": Body.Line.GOVERNMENT,
    "区人民法院": Body.Line.COURT,
    "青山镇": Body.Line.TOWNSHIP,
    "绿水镇": Body.Line.TOWNSHIP,
}


def morning(year: int, month: int, day: int) -> datetime:
    """Half past nine in the district."""
    return datetime(year, month, day, 1, 30, tzinfo=UTC)


@dataclass
class World:
    """An issued plan and everybody around it."""

    plan: Plan
    office: User
    bodies: dict[str, Body]
    issue: Issue | None = None
    people: dict[str, User] = field(default_factory=dict)

    @property
    def tasks(self) -> list[Task]:
        """The tasks, in order."""
        return list(self.plan.tasks.order_by("position"))

    def person(self, role: str, body: str) -> User:
        """The liaison or head of a body, made when first asked for."""
        name = f"{role}-{self.bodies[body].pk}"
        if name not in self.people:
            user = User.objects.create_user(name, first_name=f"{body}{role}")
            region = Region.objects.get(pk=REGION)
            grant(user=user, region=region, role=role, body=self.bodies[body], by=self.office, at=NOW)
            self.people[name] = user
        return self.people[name]

    def liaison(self, body: str) -> User:
        """The liaison of a body."""
        return self.person(Role.Name.LIAISON.value, body)

    def head(self, body: str) -> User:
        """The head of a body."""
        return self.person(Role.Name.HEAD.value, body)

    def colleague(self) -> User:
        """A second person of the office."""
        return self._of_region("colleague", Role.Name.OFFICE)

    def viewer(self) -> User:
        """Somebody who only looks at the region."""
        return self._of_region("viewer", Role.Name.VIEWER)

    def assignment(self, task: int, body: str) -> Assignment:
        """The assignment of a body in the task with this number, from 1."""
        return Assignment.objects.get(task=self.tasks[task - 1], body=self.bodies[body])

    def occurrence(self, task: int, body: str, key: str = "2026Q1") -> Occurrence:
        """A period of a body in the task with this number, from 1."""
        return Occurrence.objects.get(task=self.tasks[task - 1], body=self.bodies[body], key=key)

    def sign_all(self, at: datetime = NOW) -> None:
        """Let every liaison sign for everything."""
        for name, body in self.bodies.items():
            sign(assignments=Assignment.objects.filter(body=body), by=self.liaison(name), at=at)

    def advance(self, at: datetime) -> None:
        """Let time pass."""
        advance(region=REGION, at=at)

    def _of_region(self, name: str, role: Role.Name) -> User:
        if name not in self.people:
            self.people[name] = factories.user_with(name, role.value)
        return self.people[name]


def confirmed_plan(tasks: int = 3) -> World:
    """A plan ready to be issued: every name belongs to a body."""
    office = User.objects.filter(username="office").first() or _office()
    plan = factories.stored_plan(tasks, by=office)
    bodies = {
        name: create_body(region=REGION, name=name, line=line.value, by=office, at=NOW)
        for name, line in BODIES.items()
    }
    towns = create_body(region=REGION, name="各镇", collective=True, by=office, at=NOW)
    add_members(group=towns, members=[bodies["青山镇"], bodies["绿水镇"]], by=office, at=NOW)
    names = {**bodies, "各镇": towns, "区财正局": bodies["区财政局"]}
    for name, body in names.items():
        TaskBody.objects.filter(task__plan=plan, name=name).update(body=body)
    rows = list(plan.tasks.order_by("position"))
    if tasks > 1:
        _add_lead(rows[1], bodies["区司法局"])
    _add_lead(rows[-1], bodies["区人民法院"])
    plan.status, plan.confirmed_by, plan.confirmed_at = Plan.Status.CONFIRMED, office, NOW
    plan.save()
    return World(plan, office, bodies)


def issued_plan(
    tasks: int = 3, *, signed: bool = True, until: datetime | None = None, at: datetime = NOW, **terms: object
) -> World:
    """The plan, issued on 2 March 2026.

    Args:
        signed: whether every body has signed for its tasks.
        until: let time pass up to then, say to `morning(2026, 3, 17)`, when the first quarter opens.
        terms: what differs from `TERMS`.
    """
    world = confirmed_plan(tasks)
    world.issue = issue_plan(plan=world.plan, terms=replace(TERMS, **terms), by=world.office, at=at)  # type: ignore[arg-type]
    world.plan.refresh_from_db()
    if signed:
        world.sign_all(at)
    if until is not None:
        world.advance(until)
    return world


def _office() -> User:
    factories.region()
    return factories.office()


def _add_lead(task: Task, body: Body) -> TaskBody:
    return TaskBody.objects.create(
        region_id=task.region_id,
        task=task,
        position=50,
        role=TaskBody.Role.LEAD,
        name=body.name,
        body=body,
    )
