"""The desk: what waits for the person, and the front page."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from rules.permissions import has_perm

from luoshi.apps.accounts.queries.homes import home_of
from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.interface.templatetags.interface import day as day_words
from luoshi.apps.organization.access import requires
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.plan.views.listing import plan_list
from luoshi.apps.work.forms.showing import DeskFilter
from luoshi.apps.work.queries.counted import count_each
from luoshi.apps.work.queries.desk import BY_KEY, Group, Kind, Scope, groups, kinds_for, listed
from luoshi.apps.work.queries.desk_sources import Source, sources_for
from luoshi.apps.work.queries.standing import light_of
from luoshi.apps.work.templatetags.work_words import light_word

# Lines of another app's kind that the desk itself shows; the rest is one click away.
MOST_LINES = 8
COLUMNS = [
    (gettext_lazy("编号"), 8),
    (gettext_lazy("任务"), 50),
    (gettext_lazy("方案"), 40),
    (gettext_lazy("单位"), 28),
    (gettext_lazy("期次"), 14),
    (gettext_lazy("日期"), 12),
    (gettext_lazy("灯色"), 10),
]


@requires("account.own")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: the plans for the office, the desk for who works for a body, their page for others."""
    scope = Scope.of(request.user)
    if scope.bodies and not scope.regions:
        return HttpResponseRedirect(reverse("work:desk"))
    if not has_perm("plan.view", request.user):
        return HttpResponseRedirect(home_of(request.user))
    return plan_list(request)


@requires("work.view")
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the person."""
    scope, today = Scope.of(request.user), timezone.localdate()
    kinds, sources = kinds_for(scope), sources_for(scope)
    counts = count_each(scope, (*kinds, *sources), today)
    found = list(groups(scope, today, (kind for kind in kinds if kind.key in counts)))
    sections = [(kind, list(rows)) for kind, rows in groupby(found, key=lambda one: one.kind)]
    others = [_lines(one, scope, today, counts[one.key]) for one in sources if one.key in counts]
    total = sum(one.kind.asks for one in found) + sum(one["count"] for one in others if one["source"].asks)
    context = {
        "section": "desk",
        "desk_total": total if kinds else None,
        "today": today,
        "todo": [_section(*one) for one in sections if one[0].asks],
        "watched": [_section(*one) for one in sections if not one[0].asks],
        "others": [one for one in others if one["count"] and one["source"].asks],
        "others_watched": [one for one in others if one["count"] and not one["source"].asks],
        "waiting": total,
        "has_bodies": bool(scope.bodies),
    }
    return render(request, "work/desk.html", context)


def _section(kind: Kind, rows: list[Group]) -> dict[str, Any]:
    return {"kind": kind, "groups": rows, "count": sum(row.count for row in rows)}


def _lines(source: Source, scope: Scope, today: date, count: int) -> dict[str, Any]:
    """Those of a kind that come first, and how many there are."""
    rows = source.rows(scope, today).order_by(F(source.day).asc(nulls_last=True), "pk")[:MOST_LINES]
    lines = sorted(source.lines(rows, today), key=lambda line: line.day or date.max)
    return {"source": source, "lines": lines, "count": count}


@requires("work.view")
@require_safe
def desk_list(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of one kind of to-do."""
    scope, today = Scope.of(request.user), timezone.localdate()
    if kind not in BY_KEY:
        raise Http404
    if BY_KEY[kind] not in kinds_for(scope):
        raise PermissionDenied
    chosen = BY_KEY[kind]
    found = list(groups(scope, today, (chosen,)))
    plans = {one.plan.pk: str(one.plan) for one in found}
    days = sorted({one.day for one in found if one.day})
    form = DeskFilter(request.GET, plans=plans.items(), days=[(one, day_words(one)) for one in days])
    wanted = form.wanted()
    rows = listed(
        chosen,
        scope,
        today,
        plan=form.number("plan"),
        day=date.fromisoformat(wanted["day"]) if wanted["day"] else None,
        text=wanted["q"],
        sort=wanted["sort"] or "day",
    )
    if wants_sheet(request):
        return sheet_response(str(chosen.title), COLUMNS, (_cells(chosen, row) for row in rows))
    page = page_of(request, rows)
    context = {
        "section": "desk",
        "kind": chosen,
        "today": today,
        "form": form,
        "page": page,
        "items": [_item(chosen, row) for row in page],
    }
    return list_response(request, "work/desk_kind.html", "work/partials/desk_results.html", context)


def _item(kind: Kind, row: Any) -> dict[str, Any]:
    """What a row of any kind shows."""
    occurrence = row if kind.occurrence == "self" else getattr(row, "occurrence", None)
    rank = getattr(row, "rank_of_light", None)
    return {
        "row": row,
        "task": row.task if kind.task == "task" else row.occurrence.task,
        "occurrence": occurrence,
        "day": day_of(kind, row),
        "light": light_of(rank) if rank is not None else None,
    }


def day_of(kind: Kind, row: Any) -> date | None:
    """The day that a to-do hangs on."""
    if kind.day == "asked_at__date":
        return timezone.localdate(row.asked_at)
    value = row
    for name in kind.day.split("__"):
        value = getattr(value, name)
    found: date | None = value
    return found


def _cells(kind: Kind, row: Any) -> list[str]:
    item = _item(kind, row)
    task, occurrence, light = item["task"], item["occurrence"], item["light"]
    return [
        task.number,
        heading(task.number, task.title, task.text),
        str(task.plan),
        str(row.body or ""),
        occurrence.key if occurrence else "",
        str(item["day"] or ""),
        light_word(light) if light else "",
    ]
