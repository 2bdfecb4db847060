"""What waits for a visitor of the demo: a return, more time, a draft, an approval, a new wording."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet

from luoshi.apps.demo.district import CODE
from luoshi.apps.demo.people import People
from luoshi.apps.demo.words import number_of, report_values
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries import calendar_of
from luoshi.apps.work.models import Assignment, Occurrence, Report
from luoshi.apps.work.operations.adjusting import propose_wording
from luoshi.apps.work.operations.deciding import send_back
from luoshi.apps.work.operations.extending import ask_extension, endorse, grant
from luoshi.apps.work.operations.reporting import open_report, save, submit

MORE_TIME = timedelta(days=14)
SHARE = "请补充各镇、街道的完成数，并说明与上期不同的原因。"


def leave_open(people: People, bodies: Mapping[str, Body], *, at: datetime) -> None:
    """Bring about everything that a visitor in each role can decide or go on with."""
    _return_one(people, at)
    _ask_for_time(people, "青石镇", at, granted=True)
    _ask_for_time(people, "柳河镇", at, granted=False)
    _leave_a_draft(people, "区司法局", at)
    _submit_one(people, "区法院", at)
    _propose_wording(people, bodies["区文旅局"], at)


def _waiting(name: str) -> QuerySet[Occurrence]:
    """Open requests to a body that wait for an own report, the first due first."""
    return (
        Occurrence.objects.filter(region_id=CODE, body__name=name, state="open", answered_at=None)
        .filter(report=None, goes_with=None, assignment__role=Assignment.Role.RESPONSIBLE)
        .select_related("body", "task", "assignment")
        .order_by("due", "pk")
    )


def _submit_one(people: People, name: str, at: datetime) -> None:
    one = _waiting(name).first()
    if one is None:
        return
    liaison = people.liaisons[name]
    report = open_report(occurrence=one, by=liaison, at=at)
    saved = save(report=report, values=report_values(number_of(one)), base=report.latest, by=liaison, at=at)
    submit(report=report, seen=saved.latest, by=liaison, at=at + timedelta(minutes=7))


def _return_one(people: People, at: datetime) -> None:
    """A report of the past quarter in which the office misses something when it writes the bulletin."""
    accepted = Report.objects.filter(region_id=CODE, body__name="区民政局", joint=False, state="accepted")
    report = accepted.order_by("-occurrence__due", "pk").first()
    if report is not None:
        send_back(report=report, reason=SHARE, by=people.office, at=at + timedelta(hours=2))


def _ask_for_time(people: People, name: str, at: datetime, *, granted: bool) -> None:
    one = _waiting(name).order_by("-due", "pk").first()
    if one is None:
        return
    day = calendar_of(CODE).roll_on(one.due + MORE_TIME).day
    asked = ask_extension(
        occurrence=one,
        new_due=day,
        reason="场地改造尚未完工，活动顺延。",
        progress="方案已定，施工过半。",
        by=people.liaisons[name],
        at=at,
    )
    endorse(extension=asked, by=people.heads[name], at=at + timedelta(hours=1))
    if granted:
        grant(extension=asked, answer="同意，请按新期限完成。", by=people.office, at=at + timedelta(hours=2))


def _leave_a_draft(people: People, name: str, at: datetime) -> None:
    one = _waiting(name).first()
    if one is None:
        return
    liaison = people.liaisons[name]
    report = open_report(occurrence=one, by=liaison, at=at)
    values = {"progress": "已完成前期摸底，具体数字待各科室报送后补充。"}
    save(report=report, values=values, base=report.latest, by=liaison, at=at)


def _propose_wording(people: People, body: Body, at: datetime) -> None:
    one = Assignment.objects.filter(region_id=CODE, body=body, role="lead").select_related("task").first()
    if one is None:
        return
    propose_wording(
        task=one.task,
        new_text=one.task.text.replace("法治文化小广场", "法治文化小广场或者法治文化长廊"),
        reason="部分街道没有建设广场的空地，长廊同样便于群众参与。",
        basis="区政府专题会议纪要〔2026〕9号",
        body=body,
        by=people.liaisons[body.name],
        at=at,
    )
