"""The calendar of what comes due, and the person's own dates as a calendar file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import requires
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.organization.rules import Visitor, regions_of
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.work.forms.showing import CalendarFilter
from luoshi.apps.work.queries.agenda import dated, months, own_dates, plans_and_bodies
from luoshi.apps.work.queries.standing import light_of, with_lights
from luoshi.apps.work.templatetags.work_words import light_word
from luoshi.apps.work.views.desk import COLUMNS
from luoshi.core.calendar.periods import Period, UnknownPeriod
from luoshi.core.calendar.working_days import WorkCalendar
from luoshi.core.work.ics import calendar as calendar_file


@requires("work.view")
@require_safe
def work_calendar(request: HttpRequest) -> HttpResponse:
    """A month or a quarter, with the list of what comes due in it or on the chosen day."""
    if request.GET.get("format") == "ics":
        return _file(request, timezone.now())
    today = timezone.localdate()
    period = _period(request.GET.get("period", ""), today)
    found = dated(request.user)
    form = CalendarFilter(request.GET, **_choices(request.user))
    for name in ("plan", "body"):
        if (chosen := form.number(name)) is not None:
            found = found.filter(**{"task__plan" if name == "plan" else "body": chosen})
    listed = _listed(found, period, _day(request.GET.get("day", ""), period), today)
    if wants_sheet(request):
        return sheet_response(_("到期清单"), COLUMNS, map(_row, listed))
    context = {
        "section": "calendar",
        "form": form,
        "period": period,
        "other": _other(period, today),
        "day": _day(request.GET.get("day", ""), period),
        "today": today,
        "months": months(found, Period.between(period.start, period.end, "month"), today, _calendar(request)),
        "page": page_of(request, listed),
    }
    return list_response(request, "work/calendar.html", "work/partials/calendar_results.html", context)


def _calendar(request: HttpRequest) -> WorkCalendar:
    """The working days of the person's region; of the first, should there be several."""
    regions = regions_of(request.user)
    return calendar_of(regions[0]) if regions else WorkCalendar()


def _period(key: str, today: date) -> Period:
    try:
        period = Period.parse(key)
    except UnknownPeriod:
        return Period.containing(today, "month")
    known = period.kind in {"month", "quarter"} and 2000 <= period.year <= 2100
    return period if known else Period.containing(today, "month")


def _other(period: Period, today: date) -> Period:
    """The same time in the other view."""
    if period.kind == "month":
        return Period.containing(period.start, "quarter")
    inside = today if period.start <= today <= period.end else period.start
    return Period.containing(inside, "month")


def _day(given: str, period: Period) -> date | None:
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if period.start <= found <= period.end else None


def _choices(user: Visitor) -> dict[str, Any]:
    plans, bodies = plans_and_bodies(user)
    return {
        "plans": [(plan.pk, str(plan)) for plan in plans],
        "bodies": [(body.pk, str(body)) for body in bodies],
    }


def _listed(found: QuerySet[Any], period: Period, day: date | None, today: date) -> QuerySet[Any]:
    days = (day, day) if day else (period.start, period.end)
    return (
        with_lights(found.filter(due__range=days), today)
        .select_related("task__plan", "body")
        .defer("task__read", "task__plan__read")
        .order_by("due", "task__plan", "task__position", "body__name", "pk")
    )


def _row(row: Any) -> list[str]:
    task = row.task
    title = heading(task.number, task.title, task.text)
    light = light_word(light_of(row.rank_of_light))
    return [task.number, title, str(task.plan), str(row.body), row.key, str(row.due), light]


def _file(request: HttpRequest, now: datetime) -> HttpResponse:
    entries = own_dates(request.user, timezone.localdate(now))
    text = calendar_file(entries, name=_("我的待办"), at=now.astimezone(UTC))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{_('到期日期')}.ics") or ""
    return response
