"""What stands in the addresses of the work and of groups: a plan that was issued, and how far it has come.

In the first district the other body leads tasks 1 to 3 and the own body takes part in them; the own body
leads task 4 alone; a third body takes part in task 2 only. Task 1 is reported and its joint report accepted,
task 3 is reported by the own body with a file, and for task 2 more time is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body, GroupRule, Membership
from luoshi.apps.organization.operations import add_members, add_rule, create_body
from luoshi.apps.plan.models import Plan, Task, TaskBody
from luoshi.apps.registry.operations.importing import receive
from luoshi.apps.registry.queries.workbook import write_registry
from luoshi.apps.work.models import Assignment, Occurrence, Report
from luoshi.apps.work.operations.adjusting import propose_wording
from luoshi.apps.work.operations.deciding import accept
from luoshi.apps.work.operations.evidence import add_evidence
from luoshi.apps.work.operations.extending import ask_extension
from luoshi.apps.work.operations.issuing import issue_plan
from luoshi.apps.work.operations.joint import submit_joint
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.operations.sheet import receive_sheet
from luoshi.apps.work.operations.signing import sign
from luoshi.apps.work.operations.timing import advance
from luoshi.core.work.prefill import Value
from tests.apps import factories
from tests.apps.work.factories import TERMS, morning
from tests.apps.work.workbooks import handed_out

NOW, OPENED, AT = factories.NOW, morning(2026, 3, 17), morning(2026, 3, 18)
QUARTER = "2026Q1"
LATER = date(2026, 4, 10)
# In the texts of plans.
LEAD, PARTNER, MISSPELT, TOWNS = "区民政局", "区教育局", "区财正局", "各镇"


@dataclass(frozen=True)
class District:
    """A district with an issued plan.

    Attributes:
        office: the person who steers.
        liaisons: who reports, by body.
        group: its towns.
    """

    plan: Plan
    office: User
    liaisons: dict[Body, User]
    group: Body

    def task(self, number: int) -> Task:
        """The task with this number, from 1."""
        return self.plan.tasks.order_by("position")[number - 1]

    def occurrence(self, number: int, body: Body) -> Occurrence:
        """The first quarter of a body in a task."""
        return Occurrence.objects.get(task=self.task(number), body=body, key=QUARTER)


def district(
    code: str, office: User, lead: Body, partner: Body | None, third: Body | None, liaisons: dict[Body, User]
) -> District:
    """A plan issued, signed for, and its first quarter open.

    Args:
        lead: leads tasks 1 to 3.
        partner: takes part in them and leads task 4; without one, `lead` does all alone.
        third: takes part in task 2.
    """
    group = towns(code, office)
    plan = factories.stored_plan(3, by=office, code=code)
    rows = TaskBody.objects.filter(task__plan=plan)
    rows.filter(name=LEAD).update(body=lead)
    rows.filter(name=TOWNS).update(body=group)
    _take_part(rows.filter(name=PARTNER), partner)
    _take_part(rows.filter(name=MISSPELT, task__position=1), third)
    rows.filter(body=None).delete()
    last = plan.tasks.order_by("position")[3]
    TaskBody.objects.create(
        region_id=code, task=last, position=0, role=TaskBody.Role.LEAD, name=LEAD, body=partner or lead
    )
    plan.status, plan.confirmed_by, plan.confirmed_at = Plan.Status.CONFIRMED, office, NOW
    plan.save()
    issue_plan(plan=plan, terms=TERMS, by=office, at=NOW)
    for body, person in liaisons.items():
        sign(assignments=Assignment.objects.filter(body=body), by=person, at=NOW)
    advance(region=code, at=OPENED)
    plan.refresh_from_db()
    return District(plan, office, liaisons, group)


def _take_part(rows: object, body: Body | None) -> None:
    if body is not None:
        rows.update(body=body)  # type: ignore[attr-defined]


def towns(code: str, by: User) -> Body:
    """A group with a town that is named and a rule."""
    group = create_body(region=code, name=TOWNS, collective=True, by=by, at=NOW)
    town = create_body(region=code, name="青山镇", line=Body.Line.TOWNSHIP.value, by=by, at=NOW)
    add_members(group=group, members=[town], by=by, at=NOW)
    add_rule(group=group, line=Body.Line.TOWNSHIP.value, by=by, at=NOW)
    return group


def lived_through(here: District, lead: Body, partner: Body) -> None:
    """What the bodies of the first district have reported: task 1 is done, task 3 is with the office."""
    sent(here, 1, partner, {"progress": "已办好一处。"})
    joint = sent(here, 1, lead, {"progress": "全区已办好三处。"})
    accept(report=joint, seen=joint.latest, by=here.office, at=AT)


def sent(here: District, number: int, body: Body, values: dict[str, Value]) -> Report:
    """A report that was sent up."""
    by = here.liaisons[body]
    report = open_report(occurrence=here.occurrence(number, body), by=by, at=AT)
    save(report=report, values=values, base=0, by=by, at=AT)
    report.refresh_from_db()
    send = submit_joint if report.joint else submit
    return send(report=report, seen=1, by=by, at=AT)


def standing(
    here: District, body: Body, *, reported: int, changed: int, file: bytes, sends: bool = True
) -> dict[str, object]:
    """What an address names, by the name of its part, where it is about `body`.

    Args:
        reported: number of the task whose report it is.
        changed: number of the task whose wording is to change.
        file: content of a file.
        sends: whether the report is still to be sent, with the file.
    """
    by, occurrence = here.liaisons[body], here.occurrence(reported, body)
    evidence = add_evidence(body=body, name="纪要.pdf", content=file, by=by, at=AT).evidence
    if sends:
        sent(here, reported, body, {"progress": "已办好两处。", "evidence": (str(evidence.pk),)})
    extension = ask_extension(
        occurrence=here.occurrence(2, body), new_due=LATER, reason="场地尚未交付", by=by, at=AT
    )
    adjustment = propose_wording(
        task=here.task(changed),
        new_text="新的表述。",
        reason="机构调整",
        basis="会议纪要",
        body=body,
        by=by,
        at=AT,
    )
    sheet = receive_sheet(region=body.region_id, name="填报.xlsx", content=handed_out(body.pk), by=by, at=AT)
    return {
        "issued plan": here.plan.pk,
        "issued task": here.task(3).pk,
        "occurrence": occurrence.pk,
        "assignment": occurrence.assignment_id,
        "evidence": evidence.pk,
        "extension": extension.pk,
        "adjustment": adjustment.pk,
        "sheet": sheet.pk,
    }


def registered(here: District) -> dict[str, object]:
    """What addresses of the registry name."""
    region = here.group.region_id
    upload = receive(region=region, name="名录.xlsx", content=write_registry(region), by=here.office, at=AT)
    return {
        "group": here.group.pk,
        "membership": Membership.objects.get(group=here.group).pk,
        "rule": GroupRule.objects.get(group=here.group).pk,
        "upload": upload.pk,
    }
