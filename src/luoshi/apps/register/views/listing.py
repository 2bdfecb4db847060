"""The registers a person works with, and the list and the board of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.apps.interface.lists import MOST_COUNTED, Endless, endless_page_of, list_response
from luoshi.apps.interface.sheets import wants_sheet
from luoshi.apps.organization.access import person, requires
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.forms.filters import MechanismFilter
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.acting import may_begin, mechanisms_of
from luoshi.apps.register.queries.begun import drafts_of
from luoshi.apps.register.queries.listing import counts, listed, visible
from luoshi.apps.register.queries.searching import MOST_FOUND
from luoshi.apps.register.queries.showing import Names, cells
from luoshi.apps.register.views.filtered import filtered
from luoshi.apps.register.views.opened import mechanism_of
from luoshi.apps.register.views.sheet import sheet_of
from luoshi.core.errors import Phrase
from luoshi.core.mechanism.check import named_in
from luoshi.core.mechanism.declaration import THEMES, Mechanism
from luoshi.core.register.procedure import State, TimeLimit


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list: its state, the words of its columns, and the limit that ends first."""

    entry: Entry
    state: State
    cells: list[tuple[str, str]]
    limit: TimeLimit | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One state on the board: how many entries stand in it, as far as counted, and those due first."""

    state: State
    counted: Endless
    rows: list[Row]


# Rows that a board shows of each state.
ON_BOARD = 8


@requires("register.view")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The registers by theme, with what is open in each."""
    user, today = person(request), timezone.localdate()
    form = MechanismFilter(request.GET)
    order = {theme: number for number, theme in enumerate(THEMES)}
    found = [one for one in mechanisms_of(user) if form.admits(one)]
    found.sort(key=lambda one: (order[one.theme], one.key))
    counted = counts(user, today)
    themes = [
        (theme, [(one, counted.get(one.key, {})) for one in rows])
        for theme, rows in groupby(found, key=lambda one: one.theme)
    ]
    context = {"section": "registers", "form": form, "themes": themes, "count": len(found)}
    return list_response(request, "register/start.html", "register/partials/themes.html", context)


@requires("register.view")
@require_safe
def entries(request: HttpRequest, key: str) -> HttpResponseBase:
    """The entries of a register that the person may see."""
    mechanism, today = mechanism_of(key), timezone.localdate()
    form, wanted, rows = filtered(request, mechanism)
    if wants_sheet(request):
        return sheet_of(mechanism, rows, language())
    page = endless_page_of(request, rows, MOST_FOUND if wanted["q"] else MOST_COUNTED)
    columns = [key for key in mechanism.views.columns if key not in named_in(mechanism.views.title)]
    context = {
        **_about(request, mechanism),
        "form": form,
        "view": wanted["view"],
        "page": page,
        "rows": list(_rows(mechanism, list(page.object_list), columns)),
        "columns": _labels(mechanism, columns),
        "today": today,
    }
    return list_response(request, "register/list.html", "register/partials/results.html", context)


@requires("register.view")
@require_safe
def board(request: HttpRequest, key: str) -> HttpResponse:
    """The entries by state: how many, and those that are due first."""
    mechanism, user, today = mechanism_of(key), person(request), timezone.localdate()
    seen = visible(user, key)
    lanes = []
    for state in mechanism.register.states:
        counted = Endless(seen.filter(state=state.key), ON_BOARD)
        if counted.count or not state.final:
            lanes.append(Lane(state, counted, _first(user, mechanism, state, today) if counted.count else []))
    context = {**_about(request, mechanism), "lanes": lanes, "today": today}
    return render(request, "register/board.html", context)


def _first(user: User, mechanism: Mechanism, state: State, today: date) -> list[Row]:
    rows = listed(user, mechanism, state=state.key, today=today, sort="due")[:ON_BOARD]
    return list(_rows(mechanism, list(rows), ()))


def _about(request: HttpRequest, mechanism: Mechanism) -> dict[str, Any]:
    user = person(request)
    beginnings = [step for step, _actor, _bodies in may_begin(user, mechanism)]
    return {
        "section": "registers",
        "mechanism": mechanism,
        "beginnings": beginnings,
        "drafts": drafts_of(user, mechanism, beginnings),
    }


def _labels(mechanism: Mechanism, columns: Iterable[str]) -> list[str]:
    return [mechanism.register.field[key].label.said(language()) for key in columns]


def _rows(mechanism: Mechanism, page: list[Entry], columns: Sequence[str]) -> Iterator[Row]:
    """Each entry with its state, the words of some fields, and the limit that ends first."""
    register = mechanism.register
    fields = [register.field[key] for key in columns]
    names, labels = Names(fields, page), _labels(mechanism, columns)
    for row in page:
        state = register.state.get(row.state) or State(row.state, Phrase(row.state, row.state))
        words = zip(labels, cells(row, fields, names, language()), strict=True)
        yield Row(row, state, list(words), register.limit.get(getattr(row, "next_limit", None) or ""))
