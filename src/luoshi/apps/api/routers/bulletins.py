"""Bulletins: drafted from the data, changed, given good practice, published by a second person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema, Status
from pydantic import Field

from luoshi.apps.api.area import (
    AnyKey,
    Area,
    Asked,
    Key,
    Listing,
    Paged,
    Said,
    Sent,
    Words,
    caller,
    mark,
    paged,
    seen,
)
from luoshi.apps.api.files import attachment
from luoshi.apps.api.problems import showing
from luoshi.apps.api.work_shapes import ReportOut
from luoshi.apps.bulletin.forms.bulletin import LONGEST_TEXT
from luoshi.apps.bulletin.models import Bulletin, Practice
from luoshi.apps.bulletin.operations import writing
from luoshi.apps.bulletin.queries.counting import by_body, by_chapter, rows_of, totals
from luoshi.apps.bulletin.queries.paper import word_file
from luoshi.apps.bulletin.queries.reading import candidates, listed
from luoshi.apps.bulletin.views.bulletin import WORD
from luoshi.apps.bulletin.views.listing import ROW_SORTS, opened
from luoshi.apps.organization.access import check
from luoshi.apps.plan.models import Plan
from luoshi.apps.work.models import Report
from luoshi.core.supervision.bulletin import FIGURES

area = Area("bulletins")


class BulletinsAsked(Listing):
    """Which bulletins."""

    state: Literal[("", *Bulletin.State.values)] = ""  # type: ignore[valid-type]
    sort: Literal["new", "title"] = "new"


class RowsAsked(Listing):
    """Which rows behind a number."""

    body: AnyKey | None = None
    section: AnyKey | None = None
    sort: Literal["task", "body", "due"] = "task"


class DraftIn(Sent):
    """Of which plan and period, such as `2026-Q1`."""

    plan: AnyKey
    period: Annotated[str, Field(max_length=10)]


class TextIn(Sent):
    """The text; words in braces stand for numbers and tables, such as `{逾期未报}`."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


class BulletinStepIn(Sent):
    """The words that go with a return."""

    answer: Words = ""


class ChoiceIn(Sent):
    """Good practice in words that may be shorter than those of the report."""

    words: Said


class BulletinRow(Schema):
    """A bulletin in a list."""

    id: int
    plan_id: int
    period: str
    since: date
    until: date
    title: str
    state: str
    version: int
    counted_at: datetime
    published_at: datetime | None


class BulletinOut(BulletinRow):
    """A bulletin with its text and its numbers."""

    text: str
    answer: str
    numbers: dict[str, int]

    @staticmethod
    def resolve_numbers(bulletin: Bulletin) -> dict[str, int]:
        return {str(figure): number for figure, number in totals(bulletin).items()}


class NumbersOut(Schema):
    """The numbers of a body or a chapter."""

    key: int | None
    name: str
    numbers: dict[str, int]


class CountedOut(Schema):
    """A request that a bulletin counts, and how it stood then."""

    occurrence_id: int
    task_id: int
    body_id: int
    section_id: int | None
    due: date
    answered: date | None
    outcome: str
    returned: bool


class PracticeOut(Schema):
    """Good practice that was chosen."""

    report_id: int
    body_id: int
    words: str
    at: datetime


@area.read("/bulletins", "bulletin.view", Paged[BulletinRow])
def index(request: HttpRequest, asked: Annotated[BulletinsAsked, Query()]) -> Any:
    """Bulletins that one may see."""
    return paged(listed(caller(request), text=asked.q, state=asked.state, sort=asked.sort), asked)


@area.do("/bulletins", "bulletin.write", {201: BulletinOut}, "office")
def draft(request: HttpRequest, response: HttpResponse, sent: DraftIn) -> Any:
    """Draft a bulletin from the data of a period."""
    plan = get_object_or_404(Plan.objects.defer("read"), pk=sent.plan, issue__isnull=False)
    check(request, "bulletin.write", plan)
    by, now = caller(request), timezone.now()
    made = writing.draft_bulletin(plan=plan, period=sent.period, by=by, at=now)
    return Status(201, _told(response, made))


@area.read("/bulletins/{bulletin}", "bulletin.view", BulletinOut)
def one(request: HttpRequest, response: HttpResponse, bulletin: Key) -> Any:
    """A bulletin."""
    return _told(response, opened(request, bulletin))


@area.do("/bulletins/{bulletin}", "bulletin.write", BulletinOut, "office", method="PUT", versioned=True)
def edit(request: HttpRequest, response: HttpResponse, bulletin: Key, sent: TextIn) -> Any:
    """Change the text of a draft."""
    found, base = _open(request, bulletin), seen(request)
    by, now = caller(request), timezone.now()
    with showing(lambda: BulletinOut.from_orm(Bulletin.objects.get(pk=bulletin))):
        changed = writing.edit(bulletin=found, base=base, by=by, at=now, **sent.model_dump())
    return _told(response, changed)


@area.do("/bulletins/{bulletin}/steps/{step}", "bulletin.write", BulletinOut, "office")
def take(
    request: HttpRequest,
    response: HttpResponse,
    bulletin: Key,
    step: Literal["count", "submit", "return", "publish"],
    sent: BulletinStepIn,
) -> Any:
    """Count again, submit, return or publish; who wrote last does not publish."""
    given: dict[str, Any] = {
        "bulletin": _open(request, bulletin),
        "by": caller(request),
        "at": timezone.now(),
    }
    if step == "return":
        return _told(response, writing.send_back(**given, answer=sent.answer))
    acts = {"count": writing.count_again, "submit": writing.submit, "publish": writing.publish}
    return _told(response, acts[step](**given))


@area.read("/bulletins/{bulletin}/numbers/{by}", "bulletin.view", Paged[NumbersOut])
def figures(request: HttpRequest, bulletin: Key, by: Literal["bodies", "chapters"], asked: Asked) -> Any:
    """The numbers of a bulletin by body, by name, or by chapter, in the order of the plan."""
    found = opened(request, bulletin)
    return paged(by_body(found) if by == "bodies" else by_chapter(found), asked)


@area.read("/bulletins/{bulletin}/figures/{figure}", "bulletin.view", Paged[CountedOut])
def rows(
    request: HttpRequest,
    bulletin: Key,
    figure: Literal[FIGURES],  # type: ignore[valid-type]
    asked: Annotated[RowsAsked, Query()],
) -> Any:
    """The list behind a number."""
    found = rows_of(opened(request, bulletin), figure, body=asked.body, section=asked.section, text=asked.q)
    return paged(found.order_by(*ROW_SORTS[asked.sort]), asked)


@area.read("/bulletins/{bulletin}/candidates", "bulletin.write", Paged[ReportOut], "office")
def possible(request: HttpRequest, bulletin: Key, asked: Annotated[Listing, Query()]) -> Any:
    """Accepted reports of the period, to choose good practice from."""
    return paged(candidates(_open(request, bulletin), asked.q), asked)


@area.read("/bulletins/{bulletin}/practices", "bulletin.view", Paged[PracticeOut])
def practices(request: HttpRequest, bulletin: Key, asked: Asked) -> Any:
    """Good practice that was chosen."""
    return paged(Practice.objects.filter(bulletin=opened(request, bulletin)).order_by("at", "pk"), asked)


@area.do("/bulletins/{bulletin}/practices/{report}", "bulletin.write", PracticeOut, "office", method="PUT")
def choose(request: HttpRequest, bulletin: Key, report: Key, sent: ChoiceIn) -> Any:
    """Put good practice into a draft; the same report again changes the words."""
    found, by, now = _open(request, bulletin), caller(request), timezone.now()
    chosen = get_object_or_404(Report, pk=report, region=found.region_id)
    return writing.choose_practice(bulletin=found, report=chosen, words=sent.words, by=by, at=now)


@area.do("/bulletins/{bulletin}/practices/{report}", "bulletin.write", {204: None}, "office", method="DELETE")
def drop(request: HttpRequest, bulletin: Key, report: Key) -> Any:
    """Take good practice out of a draft."""
    found, by, now = _open(request, bulletin), caller(request), timezone.now()
    chosen = get_object_or_404(Report, pk=report, region=found.region_id)
    writing.drop_practice(bulletin=found, report=chosen, by=by, at=now)
    return Status(204, None)


@area.read("/bulletins/{bulletin}/file", "bulletin.view", None)
def word(request: HttpRequest, bulletin: Key) -> HttpResponse:
    """The bulletin as a Word file. Handing it out is an event."""
    found = opened(request, bulletin)
    writing.note_export(bulletin=found, by=caller(request), at=timezone.now())
    return attachment(word_file(found), f"{found.title[:60]}.docx", WORD)


def _open(request: HttpRequest, bulletin: int) -> Bulletin:
    found = opened(request, bulletin)
    check(request, "bulletin.write", found)
    return found


def _told(response: HttpResponse, bulletin: Bulletin) -> Bulletin:
    mark(response, bulletin.version)
    return bulletin
