"""Supervision orders of a made-up district, by the operations: they are few, so nothing is written in bulk.

An order is a generator that gives the time of its next step before it takes it. All orders of a district are
taken on in the order of time, so that each operation meets what it would have met: numbers without gaps, one
open order for a task, urging one rung after the other.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heapreplace
from operator import attrgetter

from django.utils.timezone import localdate

from luoshi.apps.demo.words import number_of, report_values
from luoshi.apps.organization.queries import calendar_of
from luoshi.apps.simulation.behaviour import Handling, handling, is_ordered
from luoshi.apps.simulation.district import ZONE, District, morning
from luoshi.apps.supervision.models import Order, OrderBody
from luoshi.apps.supervision.operations import answering, stepping
from luoshi.apps.supervision.operations.drafting import OrderTerms, draft_order, open_order
from luoshi.apps.work.models import Assignment, Issue, Occurrence
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.supervision.urging import PAUSE, next_rung
from luoshi.core.work.address import Form

AUTHORITY = "区委依法治区委员会办公室工作规则，授权办公室督办"
ORIGIN = "第{number}项任务{period}进展，应于{due}前报送，至今未报。"
REQUIREMENT = "说明未按期报送的原因，报告该项任务的实际进展，并给出完成时间。"
URGED, RETURNED = "期限已过，请说明原因并给出完成时间。", "原因和完成时间不明确，请补充后再报。"
RENEWED = "按调度会要求，逐点核实整改情况，另行报告。"
# Working days before the due day on which the lead is reminded.
REMINDED = 3
LONG_DAYS, LONGEST_MATTER = 60, 200


def supervise(district: District, seed: int, until: date) -> int:
    """Order what is overdue and live through every order up to `until`; gives the number of orders."""
    calendar = calendar_of(district.region.pk)
    overdue = _overdue(district, seed, calendar)
    made = [_Life(district, one, does, calendar).steps(day) for one, does, day in overdue]
    # The number breaks ties, so that generators are never compared.
    queue = [(at, number, life) for number, life in enumerate(made) if (at := next(life, None)) is not None]
    heapify(queue)
    while queue and queue[0][0].astimezone(ZONE).date() <= until:
        _at, number, life = queue[0]
        then = next(life, None)
        if then is None:
            heappop(queue)
        else:
            heapreplace(queue, (then, number, life))
    return Order.objects.filter(region=district.region).count()


def _overdue(
    district: District, seed: int, calendar: WorkCalendar
) -> list[tuple[Occurrence, Handling, date]]:
    """Duties that were still overdue on the day on which the office orders them, with that day."""
    rows = Occurrence.objects.filter(assignment__issue=district.issue, opened_at__isnull=False)
    found = []
    named = rows.select_related("body", "task")
    for one in sorted(named, key=lambda one: (one.due, one.task.position, one.body.name)):
        place = f"{district.region.pk}/{one.body.name}", str(one.task.position), one.key
        if not is_ordered(seed, *place):
            continue
        does = handling(seed, *place)
        day = calendar.add_working_days(one.due, does.opened_after).day
        if one.answered_at is None or localdate(one.answered_at) > day:
            found.append((one, does, day))
    return found


@dataclass(slots=True)
class _Life:
    """What becomes of one order."""

    district: District
    duty: Occurrence
    does: Handling
    calendar: WorkCalendar

    def steps(self, day: date) -> Iterator[datetime]:
        """From the day it is drafted to the archive."""
        at = morning(day, hour=9, minute=number_of(self.duty) % 60)
        yield at
        region = self.district.region.pk
        terms = self._terms()
        if open_order(region, terms.matter, terms.task) is not None:
            # The office is at this task already.
            return
        order: Order | None = draft_order(region=region, terms=terms, by=self.district.office, at=at)
        while order is not None:
            order = yield from self._out(order, order.drafted_at)

    def _terms(self) -> OrderTerms:
        task, body = self.duty.task, self.duty.body
        words = {"number": task.number or task.key, "period": self.duty.key, "due": self.duty.due}
        matter = f"第{task.number or task.key}项任务逾期未报：{body.name}（{self.duty.key}）"
        others = Assignment.objects.filter(issue=self.district.issue, task=task).exclude(body=body)
        there = others.exclude(state__in=Assignment.GONE).select_related("body")
        helper = min((one.body for one in there), key=attrgetter("name"), default=None)
        terms = OrderTerms(
            line=Issue.Line.RULE_OF_LAW,
            source=Order.Source.PLAN,
            origin=ORIGIN.format(**words),
            authority=AUTHORITY,
            matter=matter[:LONGEST_MATTER],
            requirement=REQUIREMENT,
            lead=body,
            helpers=[helper] if helper is not None else [],
            task=task,
        )
        if self.does.monthly:
            return replace(terms, feedback=Order.Feedback.MONTHLY, close_days=LONG_DAYS)
        return terms

    def _out(self, order: Order, at: datetime) -> Generator[datetime, None, Order | None]:
        """Issue an order, have it signed for, answered and finished; gives the draft that follows, if any."""
        office = self.district.office
        at += timedelta(hours=1)
        yield at
        order = stepping.propose(order=order, by=office, at=at)
        at += timedelta(hours=1)
        yield at
        order = stepping.issue(order=order, by=self.district.deputy, at=at)
        at = self._later(at, self.does.signed_after, hour=15)
        yield at
        for part in order.bodies.select_related("body"):
            answering.sign(order=order, body=part.body, by=self.district.liaisons[part.body_id], at=at)
        order.refresh_from_db()
        at = yield from self._answered(order, at)
        at = self._later(at, 1, hour=10)
        yield at
        if self.does.renewed:
            self.does = replace(self.does, renewed=False, returned=False, late=-1)
            return stepping.renew(order=order, reason=RENEWED, by=office, at=at)
        order = stepping.close(order=order, by=office, at=at)
        at = self._later(at, self.does.archived_after, hour=16)
        yield at
        stepping.archive(order=order, by=office, at=at)
        return None

    def _answered(self, order: Order, at: datetime) -> Generator[datetime, None, datetime]:
        """Round after round, until a reply is accepted as the last; gives when that was."""
        late, returned = self.does.late, self.does.returned
        while True:
            at = yield from self._replied(order, at, late)
            at = self._later(at, self.does.read_after, hour=16)
            yield at
            order.refresh_from_db()
            late = -1
            if returned:
                stepping.send_again(order=order, reason=RETURNED, by=self.district.office, at=at)
                returned = False
            else:
                last = _day(order.due) >= _day(order.close_by)
                stepping.accept(order=order, last=last, by=self.district.office, at=at)
                if last:
                    return at
            order.refresh_from_db()

    def _replied(self, order: Order, at: datetime, late: int) -> Generator[datetime, None, datetime]:
        """Urge the lead until the day of its reply, after which helpers say their part; gives when it was."""
        day = max(
            self.calendar.add_working_days(_day(order.due), late).day, self._later(at, 1, hour=9).date()
        )
        at = yield from self._urged(order, at, day)
        parts = list(order.bodies.select_related("body").order_by("role"))
        number = number_of(self.duty) + (day - _day(order.due)).days
        at = max(morning(day, hour=13), at + timedelta(minutes=30))
        for place, part in enumerate(parts):
            at += timedelta(minutes=40)
            yield at
            said = report_values(abs(number) + place)
            liaison = self.district.liaisons[part.body_id]
            answering.reply(order=order, body=part.body, **said, by=liaison, at=at)
        return at

    def _urged(self, order: Order, at: datetime, day: date) -> Generator[datetime, None, datetime]:
        """A reminder before the due day, and one rung after the other from the day after it."""
        due, calendar = _day(order.due), self.calendar
        lead = order.bodies.select_related("body").get(role=OrderBody.Role.LEAD)
        form: Form = "letter" if lead.form == OrderBody.Form.LETTER else "order"
        last = max((one.day for one in answering.urged(order)), default=None)
        next_day = calendar.add_working_days(due, -REMINDED).day
        while True:
            if last is not None:
                next_day = max(next_day, calendar.add_working_days(last, PAUSE).day)
            if next_day >= day:
                return at
            if next_day > localdate(at):
                at = morning(next_day, hour=9, minute=30)
                yield at
                rung = next_rung(answering.urged(order), form) if next_day > due else "reminder"
                answering.urge(order=order, rung=rung, words=URGED, by=self.district.office, at=at)
                last = next_day
            next_day = calendar.add_working_days(max(due, next_day), 1).day

    def _later(self, at: datetime, days: int, *, hour: int) -> datetime:
        """An hour of the working day after so many; on the same day not before what was done last."""
        day = self.calendar.add_working_days(localdate(at), days).day
        return max(morning(day, hour=hour), at + timedelta(minutes=30))


def _day(day: date | None) -> date:
    """The day of an order that is out: it has one."""
    assert day is not None  # noqa: S101
    return day
