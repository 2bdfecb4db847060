"""Reports of the demo, week after week: most in time and accepted, some never sent, the latest begun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luoshi.apps.demo.district import CODE
from luoshi.apps.demo.people import People
from luoshi.apps.demo.words import joint_values, number_of, report_values
from luoshi.apps.organization.models import Body
from luoshi.apps.work.models import Occurrence, Report
from luoshi.apps.work.operations.deciding import accept, approve
from luoshi.apps.work.operations.evidence import add_evidence
from luoshi.apps.work.operations.joint import cosign, propose, submit_joint
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.queries.contributions import joint_of
from luoshi.core.calendar.periods import Period
from luoshi.core.work.prefill import Value

# Who never reports the first quarter.
SILENT = ("区交通局", "区律师协会")
# The people whom a visitor can be: the present quarter leaves them something to do.
VISITORS = ("区司法局", "区民政局", "区法院", "柳河镇")
# In the present quarter one report in so many has been made.
MADE_ONE_IN = 3
# So many joint reports have just come in.
JUST_IN = 3
# Nobody reports before the last third of a period, nor longer than this before the day.
EARLIEST, LAST_PART = timedelta(weeks=4), 3


@dataclass(frozen=True, slots=True)
class Quarter:
    """Lives week after week with the people of the district."""

    people: People
    bodies: Mapping[str, Body]

    def live(self, day: date, at: datetime, present: date) -> None:
        """What happens in the week of `day`.

        Args:
            present: the first day of the quarter that is still running; what is due from then on is current.
        """
        waiting = self._waiting("pk")
        joint = joint_of(waiting)
        due = [one for one in waiting if self._reports_now(one, day, current=one.due >= present)]
        for one in due:
            if not joint[one.pk]:
                self._report(one, at)
        for one in due:
            if joint[one.pk]:
                self._draw(one, at + timedelta(hours=3))
        self._accept(at + timedelta(days=2), day, current=day >= present)

    def hand_in(self, at: datetime) -> None:
        """Joint reports that come in for the office to read, one of a body, some of them late."""
        waiting = [one for one in self._waiting("due", "pk") if one.body.name not in (*SILENT, *VISITORS)]
        joint = joint_of(waiting)
        first_of: dict[int, Occurrence] = {}
        for one in waiting:
            if joint[one.pk]:
                first_of.setdefault(one.body_id, one)
        found = list(first_of.values())
        ready = [one for one in found if first_day(one) <= at.date()]
        for one in ready[:JUST_IN] or found[:1]:
            self._draw(one, at)

    def _waiting(self, *order: str) -> list[Occurrence]:
        return list(
            Occurrence.objects.filter(region_id=CODE, state="open", answered_at=None, goes_with=None)
            .exclude(assignment__state__in=("handed-over", "cancelled", "suspended"))
            .select_related("body", "task", "assignment")
            .order_by(*order)
        )

    def _reports_now(self, one: Occurrence, day: date, *, current: bool) -> bool:
        if one.body.name in SILENT and not current:
            return False
        if current and (number_of(one) % MADE_ONE_IN or one.body.name in VISITORS):
            return False
        first = first_day(one)
        weeks = max((one.due - first).days // 7, 1)
        return day >= first + timedelta(days=7 * (number_of(one) % weeks)) or (
            first <= day and one.due - day < timedelta(days=7)
        )

    def _report(self, one: Occurrence, at: datetime) -> Report:
        name = one.body.name
        liaison = self.people.liaisons[name]
        report = open_report(occurrence=one, by=liaison, at=at)
        values: dict[str, Value] = dict(report_values(number_of(one)))
        if name == "区司法局" and number_of(one) % 4 == 0:
            content = f"云溪区司法局活动登记\n任务：{one.task}\n期次：{one.key}\n".encode()
            added = add_evidence(
                body=one.body, name=f"活动登记-{one.key}.txt", content=content, by=liaison, at=at
            )
            values["evidence"] = (str(added.evidence.pk),)
        saved = save(report=report, values=values, base=report.latest, by=liaison, at=at)
        later = at + timedelta(minutes=6)
        report = submit(report=report, seen=saved.latest, by=liaison, at=later)
        if name in ("区司法局", "区法院"):
            later += timedelta(hours=1)
            report = approve(report=report, seen=report.latest, by=self.people.heads[name], at=later)
        return report

    def _draw(self, one: Occurrence, at: datetime) -> None:
        """The joint report of the first lead: written, signed by the others, sent up by the head."""
        name = one.body.name
        liaison, head = self.people.liaisons[name], self.people.heads[name]
        report = open_report(occurrence=one, by=liaison, at=at)
        saved = save(
            report=report, values=joint_values(number_of(one)), base=report.latest, by=liaison, at=at
        )
        at += timedelta(minutes=9)
        report = propose(report=report, seen=saved.latest, by=liaison, at=at)
        for other in self._other_leads(one):
            at += timedelta(minutes=30)
            signer = self.people.liaisons[other.name]
            report = cosign(report=report, body=other, seen=report.latest, by=signer, at=at)
        if report.state == Report.State.COSIGNED:
            at += timedelta(minutes=20)
            submit_joint(report=report, seen=report.latest, by=head, at=at)

    def _other_leads(self, one: Occurrence) -> Iterable[Body]:
        leads = one.task.assignments.filter(role="lead").exclude(pk=one.assignment_id)
        return [row.body for row in leads.select_related("body").order_by("rank", "pk")]

    def _accept(self, at: datetime, day: date, *, current: bool) -> None:
        """The office reads what has come in; of the present quarter it has read half."""
        sent = Report.objects.filter(region_id=CODE, state="submitted", joint=True)
        for number, report in enumerate(sent.order_by("pk")):
            if not current or number % 2:
                accept(report=report, seen=report.latest, by=self.people.office, at=at)
        own = Report.objects.filter(region_id=CODE, joint=False, state__in=("submitted", "approved"))
        for report in own.filter(occurrence__due__lte=day).order_by("pk"):
            accept(report=report, seen=report.latest, by=self.people.office, at=at)


def first_day(one: Occurrence) -> date:
    """The day from which on somebody may report in the demo, however early the request has opened."""
    period = Period.parse(one.period)
    return max(one.opens_on, one.due - min((period.end - period.start) // LAST_PART, EARLIEST))
