"""Two plans of the made-up district that hold the same duties, both at work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from luoshi.apps.alignment.models import Link
from luoshi.apps.alignment.operations.linking import link_tasks
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.models import Plan, Task, TaskBody
from luoshi.apps.work.models import Assignment, Occurrence, Report
from luoshi.apps.work.operations.deciding import accept
from luoshi.apps.work.operations.issuing import issue_plan
from luoshi.apps.work.operations.joint import propose, submit_joint
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.operations.signing import sign
from luoshi.apps.work.queries.contributions import joint_of
from tests.apps import factories
from tests.apps.work.factories import NOW, TERMS, World, issued_plan, morning

WORDS = {
    "progress": "已建成服务点12个。",
    "problems": "人手不足。",
    "next_step": "年底前全部建成。",
    "share_done": "60",
}
OPENS = morning(2026, 3, 17)


@dataclass
class Twins:
    """The first plan with everybody, and a second one with two of its duties."""

    world: World
    plan: Plan

    @property
    def tasks(self) -> list[Task]:
        """The tasks of the second plan, in order."""
        return list(self.plan.tasks.order_by("position"))

    def link(self, at: datetime = NOW) -> Link:
        """The first tasks of both, linked."""
        return link_tasks(first=self.world.tasks[0], second=self.tasks[0], by=self.world.office, at=at)

    def asked(self, body: str, key: str = "2026Q1") -> Occurrence:
        """A request of the second plan's first task."""
        return Occurrence.objects.get(task=self.tasks[0], body=self.world.bodies[body], key=key)

    def report(self, occurrence: Occurrence, at: datetime) -> Report:
        """The body's report of a request, sent up."""
        name = Body.objects.get(pk=occurrence.body_id).name
        liaison = self.world.liaison(name)
        report = open_report(occurrence=occurrence, by=liaison, at=at)
        saved = save(report=report, values=WORDS, base=report.latest, by=liaison, at=at)
        if joint_of([occurrence])[occurrence.pk]:
            report = propose(report=report, seen=saved.latest, by=liaison, at=at)
            return submit_joint(report=report, seen=report.latest, by=liaison, at=at)
        return submit(report=report, seen=saved.latest, by=liaison, at=at)

    def accepted(self, occurrence: Occurrence, at: datetime) -> Report:
        """The same, accepted by the office."""
        report = self.report(occurrence, at)
        return accept(report=report, seen=report.latest, by=self.world.office, at=at)[0]


def second_plan(world: World, *, lead: str = "区民政局", issued: bool = True, **terms: object) -> Plan:
    """Another plan of the district whose first two duties are word for word those of the first.

    Args:
        lead: who leads its first task.
        issued: whether it has been handed out and signed for.
        terms: what differs from the terms of the first.
    """
    plan = factories.stored_plan(2, by=world.office, name="云溪区另一方案.txt")
    names = {**world.bodies, "区财正局": world.bodies["区财政局"], "各镇": Body.objects.get(name="各镇")}
    for name, body in names.items():
        TaskBody.objects.filter(task__plan=plan, name=name).update(body=body)
    first = plan.tasks.order_by("position")[0]
    TaskBody.objects.filter(task=first, role="lead").update(name=lead, body=world.bodies[lead])
    last = plan.tasks.order_by("-position")[0]
    court = world.bodies["区人民法院"]
    TaskBody.objects.create(
        region_id=plan.region_id, task=last, position=50, role="lead", name=court.name, body=court
    )
    plan.title = "云溪区便民服务工作要点"
    plan.status, plan.confirmed_by, plan.confirmed_at = Plan.Status.CONFIRMED, world.office, NOW
    plan.save()
    if issued:
        issue_plan(plan=plan, terms=replace(TERMS, **terms), by=world.office, at=NOW)  # type: ignore[arg-type]
        for name, body in world.bodies.items():
            rows = Assignment.objects.filter(task__plan=plan, body=body)
            if rows:
                sign(assignments=rows, by=world.liaison(name), at=NOW)
        plan.refresh_from_db()
    return plan


def twins(**more: object) -> Twins:
    """Both plans, before the first quarter opens."""
    world = issued_plan(3)
    return Twins(world, second_plan(world, **more))  # type: ignore[arg-type]
