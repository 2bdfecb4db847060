"""Supervision in the demo: an order at work, one to approve, one to review, and a bulletin in draft.

The one to approve is the government's: it goes to the court as a letter, and so has another, not signed for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from luoshi.apps.bulletin.operations.writing import choose_practice, draft_bulletin
from luoshi.apps.bulletin.queries.reading import candidates
from luoshi.apps.demo.district import CODE
from luoshi.apps.demo.people import People
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries import calendar_of
from luoshi.apps.plan.models import Plan
from luoshi.apps.supervision.models import Order
from luoshi.apps.supervision.operations import answering, stepping
from luoshi.apps.supervision.operations.drafting import OrderTerms, draft_order
from luoshi.apps.work.models import Issue
from luoshi.core.calendar.periods import Period

# Working days ago that the first order went out: it is overdue for a few days, and urged.
LONG_AGO, SHORT_AGO = 22, 6
# Working days ago that the letter went out: the court has not signed for it and is not late.
JUST_NOW = 1
PRACTICES = 2


def supervise(plan: Plan, people: People, bodies: Mapping[str, Body], past: Period, *, at: datetime) -> None:
    """Bring about orders at every stage, and a bulletin of the past quarter that waits to be finished."""
    begun = _before(at, LONG_AGO)
    stepping.set_prefix(region=CODE, year=begun.year, prefix="云督", by=people.office, at=begun)
    task = plan.tasks.filter(bodies__body=bodies["区文旅局"]).order_by("position").first()
    first = OrderTerms(
        line=Issue.Line.RULE_OF_LAW.value,
        source=Order.Source.MEETING.value,
        origin="第三次调度会：法治文化阵地年内要见到实物。",
        authority="区委依法治区委员会办公室主任会议纪要，授权办公室督办",
        matter="法治文化阵地建设进度",
        requirement="说明每个点位的选址、开工和完工时间，未开工的写明原因。",
        lead=bodies["区文旅局"],
        helpers=[bodies["区司法局"], bodies["柳河镇"]],
        task=task,
        contact="法治督察科",
    )
    overdue = _out(first, people, begun)
    _urge(overdue, people, at)
    second = replace(
        first,
        origin="第三次调度会：村居法律顾问要真正到岗。",
        matter="村居法律顾问到岗情况",
        requirement="逐村核对法律顾问的到岗记录，报告缺岗的村和补齐时间。",
        lead=bodies["区司法局"],
        helpers=[bodies["区民政局"]],
        task=None,
        feedback=Order.Feedback.MONTHLY.value,
        close_days=60,
    )
    reply = _out(second, people, _before(at, SHORT_AGO))
    answering.reply(
        order=reply,
        body=bodies["区司法局"],
        progress="已核对四个镇街，两个村缺岗，本月内补齐。",
        next_step="下月初逐村回访。",
        by=people.liaisons["区司法局"],
        at=at - timedelta(hours=3),
    )
    _of_the_government(first, people, bodies, at)
    _bulletin(plan, people, past, at)


def _of_the_government(like: OrderTerms, people: People, bodies: Mapping[str, Body], at: datetime) -> None:
    """What the court gets is a letter: one to approve, and one that has gone out."""
    third = replace(
        like,
        line=Issue.Line.GOVERNMENT.value,
        origin="研究未成年人保护工作：法治教育基地要尽快开放。",
        authority="区政府常务会议纪要，授权区政府办公室督办",
        matter="未成年人法治教育基地开放",
        requirement="公布开放时间和预约办法，并报送一份使用情况。",
        lead=bodies["区法院"],
        helpers=[bodies["区教体局"]],
        task=None,
    )
    draft = draft_order(region=CODE, terms=third, by=people.deputy, at=at)
    stepping.propose(order=draft, by=people.deputy, at=at)
    letter = replace(
        third,
        origin="研究行政争议化解：请法院支持诉前化解。",
        matter="行政争议诉前化解",
        requirement="函告今年诉前化解的件数和结果，并确定一名联络法官。",
        helpers=[bodies["区司法局"]],
    )
    _issued(letter, people, _before(at, JUST_NOW))


def _before(at: datetime, days: int) -> datetime:
    day: date = calendar_of(CODE).add_working_days(at.date(), -days).day
    return at - timedelta(days=(at.date() - day).days)


def _out(terms: OrderTerms, people: People, at: datetime) -> Order:
    """An order that its lead has signed for."""
    order = _issued(terms, people, at)
    for body in (terms.lead, *terms.helpers[:1]):
        answering.sign(order=order, body=body, by=people.liaisons[body.name], at=at + timedelta(hours=20))
    order.refresh_from_db()
    return order


def _issued(terms: OrderTerms, people: People, at: datetime) -> Order:
    """An order that has gone out."""
    order = draft_order(region=CODE, terms=terms, by=people.office, at=at)
    order = stepping.propose(order=order, by=people.office, at=at + timedelta(hours=1))
    return stepping.issue(order=order, by=people.deputy, at=at + timedelta(hours=2))


def _urge(order: Order, people: People, at: datetime) -> None:
    """A reminder before the day, and a letter after it."""
    answering.urge(order=order, rung="reminder", by=people.office, at=_before(at, 10))
    words = "期限已过，请说明原因并给出完成时间。"
    answering.urge(order=order, rung="letter", words=words, by=people.office, at=_before(at, 3))


def _bulletin(plan: Plan, people: People, past: Period, at: datetime) -> None:
    bulletin = draft_bulletin(plan=plan, period=past.key, by=people.office, at=at)
    for report in candidates(bulletin)[:PRACTICES]:
        pinned = report.revisions.filter(number=report.pinned or 0).first()
        words = str((pinned.values if pinned else {}).get("progress") or "")
        if words:
            choose_practice(bulletin=bulletin, report=report, words=words, by=people.office, at=at)
