"""The registers a person works with, and the list and the board of one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.apps.interface.lists import list_response, page_of
from luoshi.apps.interface.sheets import sheet_response, wants_sheet
from luoshi.apps.organization.access import person, requires
from luoshi.apps.organization.models import Body
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.forms.filters import EntryFilter
from luoshi.apps.register.models import Clock, Entry
from luoshi.apps.register.queries.acting import may_begin, mechanisms_of
from luoshi.apps.register.queries.listing import by_state, listed, visible
from luoshi.apps.register.queries.showing import Names, cells, in_language
from luoshi.apps.register.views.opened import mechanism_of
from luoshi.core.mechanism.declaration import THEMES, Mechanism

# Rows that a board shows of each state.
ON_BOARD = 8


@requires("register.view")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The registers by theme, with what is open in each."""
    user, today = person(request), timezone.localdate()
    late = Q(clocks__outcome=Clock.Outcome.RUNNING, clocks__due__lt=today)
    counted = {
        row["mechanism"]: row
        for row in visible(user)
        .order_by()
        .values("mechanism")
        .annotate(
            all=Count("pk", distinct=True),
            open=Count("pk", filter=Q(ended=None), distinct=True),
            late=Count("pk", filter=late, distinct=True),
        )
    }
    order = {theme: number for number, theme in enumerate(THEMES)}
    found = sorted(mechanisms_of(user), key=lambda one: (order[one.theme], one.key))
    themes = [
        (theme, [(one, counted.get(one.key, {})) for one in rows])
        for theme, rows in groupby(found, key=lambda one: one.theme)
    ]
    return render(request, "register/start.html", {"section": "registers", "themes": themes})


@requires("register.view")
@require_safe
def entries(request: HttpRequest, key: str) -> HttpResponse:
    """The entries of a register that the person may see."""
    mechanism, user, today = mechanism_of(key), person(request), timezone.localdate()
    mine = visible(user, key)
    holders = Body.objects.filter(pk__in=mine.order_by().values("holder")).values_list("pk", "name")
    form = EntryFilter(
        request.GET, mechanism=mechanism, holders=holders.order_by("name"), language=language()
    )
    wanted = form.wanted()
    rows = listed(
        user,
        mechanism,
        text=wanted["q"],
        state=wanted["state"],
        holder=int(wanted["holder"]) if wanted["holder"] else None,
        since=form.day("since"),
        until=form.day("until"),
        values=form.chosen(),
        late=bool(wanted["late"]),
        today=today,
        sort=wanted["sort"] or "new",
    )
    if wants_sheet(request):
        return _sheet(mechanism, list(rows))
    page = page_of(request, rows)
    context = {
        **_about(request, mechanism),
        "form": form,
        "page": page,
        "rows": list(_rows(mechanism, list(page.object_list))),
        "columns": _columns(mechanism),
        "today": today,
    }
    return list_response(request, "register/list.html", "register/partials/results.html", context)


@requires("register.view")
@require_safe
def board(request: HttpRequest, key: str) -> HttpResponse:
    """The entries by state: how many, and those that are due first."""
    mechanism, user, today = mechanism_of(key), person(request), timezone.localdate()
    counts = by_state(visible(user, key))
    lanes = [
        (
            state,
            counts.get(state.key, 0),
            list(listed(user, mechanism, state=state.key, today=today, sort="due")[:ON_BOARD])
            if counts.get(state.key)
            else [],
        )
        for state in mechanism.register.states
        if counts.get(state.key) or not state.final
    ]
    context = {**_about(request, mechanism), "lanes": lanes, "today": today}
    return render(request, "register/board.html", context)


def _about(request: HttpRequest, mechanism: Mechanism) -> dict[str, Any]:
    return {
        "section": "registers",
        "mechanism": mechanism,
        "beginnings": [step for step, _actor, _bodies in may_begin(person(request), mechanism)],
    }


def _columns(mechanism: Mechanism) -> list[str]:
    fields = mechanism.register.field
    return [in_language(fields[key].label, language()) for key in mechanism.views.columns]


def _rows(mechanism: Mechanism, page: list[Entry]) -> Iterator[tuple[Entry, Any, list[str]]]:
    """Each entry with its state and the words of its columns."""
    fields = [mechanism.register.field[key] for key in mechanism.views.columns]
    names = Names(fields, page)
    for row in page:
        yield row, mechanism.register.state.get(row.state), cells(row, fields, names, language())


def _sheet(mechanism: Mechanism, found: list[Entry]) -> HttpResponse:
    heads = [
        (_("编号"), 24),
        (_("标题"), 40),
        (_("状态"), 16),
        (_("承办单位"), 26),
        (_("登记日期"), 12),
        (_("最近期限"), 12),
        *((label, 20) for label in _columns(mechanism)),
    ]
    rows = (
        [
            row.number,
            row.title,
            in_language(state.label, language()) if state else row.state,
            row.holder.name,
            row.began.isoformat(),
            row.next_due.isoformat() if row.next_due else "",
            *words,
        ]
        for row, state, words in _rows(mechanism, found)
    )
    return sheet_response(in_language(mechanism.name, language()), heads, rows)
