"""The working days of a region: the national schedule, what the region sets otherwise, what is unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from rules.permissions import has_perm

from luoshi.apps.organization.access import check, person, requires
from luoshi.apps.organization.models import Region, RegionDay
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.organization.rules import regions_of
from luoshi.apps.work.forms.steering import DaysForm
from luoshi.apps.work.operations.working_days import change_days, restore_day, settle_year
from luoshi.apps.work.queries.year import year_of
from luoshi.core.calendar.working_days import FIRST_YEAR, LAST_YEAR, PUBLISHED


class _Place:
    """A region, as permissions look at it."""

    def __init__(self, region: Region) -> None:
        self.region_id = region.pk


@requires("organization.view")
@require_http_methods(["GET", "HEAD", "POST"])
def working_days(request: HttpRequest) -> HttpResponse:
    """A year of a region, and the form that sets days otherwise."""
    mine = list(Region.objects.filter(pk__in=regions_of(request.user)))
    wanted = request.GET.get("region") or (mine[0].pk if mine else "")
    region = get_object_or_404(Region, pk=wanted)
    check(request, "organization.view", _Place(region))
    typed, this = request.GET.get("year", ""), timezone.localdate().year
    year = int(typed) if typed.isdigit() else this
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    form = DaysForm()
    if request.method == "POST":
        check(request, "organization.edit", _Place(region))
        form = DaysForm(request.POST) if "set" in request.POST else form
        moved = _act(request, region.pk, year, form)
        if moved is not None:
            words = ngettext(
                "已保存，%(n)d 个未完成的期次随之调整。", "已保存，%(n)d 个未完成的期次随之调整。", moved
            )
            messages.success(request, words % {"n": moved})
            return HttpResponseRedirect(_address(region.pk, year))
    context = _shown(region, year) | {
        "regions": mine,
        "form": form,
        "may_edit": has_perm("organization.edit", request.user, _Place(region)),
    }
    return render(request, "work/working_days.html", context, status=422 if form.errors else 200)


def _address(region: str, year: int) -> str:
    query = QueryDict(mutable=True)
    query.update({"region": region, "year": str(year)})
    return f"{reverse('work:working-days')}?{query.urlencode()}"


def _shown(region: Region, year: int) -> dict[str, Any]:
    calendar = calendar_of(region.pk)
    months = year_of(calendar, year)
    return {
        "section": "calendar",
        "region": region,
        "year": year,
        "months": months,
        "working": sum(month.working for month in months),
        "published": year in PUBLISHED,
        "known": calendar.knows(year),
        "own_days": RegionDay.objects.filter(region=region, day__year=year).order_by("day"),
        "previous": year - 1 if year > FIRST_YEAR else None,
        "next": year + 1 if year < LAST_YEAR else None,
        "today": timezone.localdate(),
    }


def _act(request: HttpRequest, region: str, year: int, form: DaysForm) -> int | None:
    """Do what was asked for: how many periods moved, or None when the form is not right yet."""
    by, at = person(request), timezone.now()
    if "set" in request.POST:
        if not form.is_valid():
            return None
        values = form.cleaned_data
        return change_days(
            region=region,
            days=values["days"],
            working=values["working"] == "on",
            reason=values["reason"],
            by=by,
            at=at,
        )
    if "restore" in request.POST:
        try:
            day = date.fromisoformat(request.POST["restore"])
        except ValueError:
            raise Http404 from None
        return restore_day(region=region, day=day, by=by, at=at)
    if "complete" in request.POST:
        complete = request.POST["complete"] == "yes"
        return settle_year(region=region, year=year, complete=complete, by=by, at=at)
    raise Http404
