"""Registers: the mechanisms that concern somebody, what each declares, and lists of its entries."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils import timezone
from ninja import Path, Query
from pydantic import Field

from luoshi.apps.api import refusals
from luoshi.apps.api.area import AnyKey, Area, Listing, Paged, caller, paged
from luoshi.apps.api.register_shapes import ListedEntry, PrivacyOut, RegisterOut, RegisterRow, StateCount
from luoshi.apps.api.routers import sheets
from luoshi.apps.api.shapes import Day
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.forms.filters import VALUE, MechanismFilter
from luoshi.apps.register.queries.acting import may_begin, mechanisms_of
from luoshi.apps.register.queries.listing import SORTS, by_state, counts, listed, visible
from luoshi.apps.register.queries.privacy import assessed
from luoshi.apps.register.queries.showing import Names, cells
from luoshi.apps.register.views import listing
from luoshi.apps.register.views.opened import mechanism_of
from luoshi.core.mechanism.declaration import Mechanism, SavedView

area = Area("registers")
# Names in declarations: of mechanisms, steps, indicators.
Slug = Annotated[str, Path(min_length=1, max_length=60, pattern="^[a-z0-9-]+$")]


class EntriesWanted(Listing):
    """Which entries of a register; fields, states and views are those of its declaration."""

    state: str = Field("", max_length=60, description="A state, or `open` for what has not ended.")
    holder: AnyKey | None = Field(None, description="The body that handles them.")
    since: Day | None = Field(None, description="Begun on that day or later.")
    until: Day | None = Field(None, description="Begun on that day or earlier.")
    late: Literal["", "late"] = Field("", description="Only those of which a limit has run out.")
    view: str = Field("", max_length=60, description="One of the views that the register declares.")
    sort: Literal[("", *SORTS)] = Field("new", description="In which order.")  # type: ignore[valid-type]
    value: list[Annotated[str, Field(max_length=200)]] = Field(
        default_factory=list,
        max_length=20,
        description="`field:value`, once for each field by which it is narrowed.",
    )


Wanted = Annotated[EntriesWanted, Query()]


@area.read("/registers", "register.view", Paged[RegisterRow])
def index(request: HttpRequest, asked: Annotated[Listing, Query()]) -> Any:
    """The mechanisms that concern the caller, with how many of their entries they may see."""
    user, form = caller(request), MechanismFilter({"q": asked.q})
    counted = counts(user, timezone.localdate())
    found = [
        {**_named(one), "all": 0, "open": 0, "late": 0, **counted.get(one.key, {})}
        for one in mechanisms_of(user)
        if form.admits(one)
    ]
    return paged(found, asked)


@area.read("/registers/{key}", "register.view", RegisterOut)
def one(request: HttpRequest, key: Slug) -> Any:
    """What a mechanism declares: fields, states, steps, limits, and what the caller may begin."""
    mechanism = mechanism_of(key)
    register, views = mechanism.register, mechanism.views
    return {
        **_named(mechanism),
        "fields": register.fields,
        "states": register.states,
        "transitions": register.transitions,
        "limits": register.limits,
        "columns": views.columns,
        "filters": views.filters,
        "views": views.saved,
        "begin": [
            {"transition": step.key, "bodies": [one.pk for one in bodies]}
            for step, _actor, bodies in may_begin(caller(request), mechanism)
        ],
    }


@area.read("/registers/{key}/entries", "register.view", Paged[ListedEntry])
def entries(request: HttpRequest, key: Slug, asked: Wanted) -> Any:
    """The entries of a register that one may see; what is personal is masked."""
    mechanism = mechanism_of(key)
    page = paged(
        listed(
            caller(request),
            mechanism,
            text=asked.q,
            state=asked.state,
            holder=asked.holder,
            since=asked.since,
            until=asked.until,
            values=_values(mechanism, asked.value),
            late=bool(asked.late),
            view=_view(mechanism, asked.view),
            today=timezone.localdate(),
            sort=asked.sort or "new",
        ),
        asked,
    )
    fields = [mechanism.register.field[one] for one in mechanism.views.columns]
    names = Names(fields, page["items"])
    for row in page["items"]:
        words = cells(row, fields, names, language())
        row.columns = dict(zip(mechanism.views.columns, words, strict=True))
    return page


@area.read("/registers/{key}/board", "register.view", list[StateCount])
def board(request: HttpRequest, key: Slug) -> Any:
    """How many entries stand in each state; which they are: `entries` with that state, sorted by `due`."""
    mechanism = mechanism_of(key)
    numbers = by_state(visible(caller(request), key))
    return [
        {"state": one.key, "label": one.label, "entries": numbers.get(one.key, 0)}
        for one in mechanism.register.states
    ]


@area.read("/registers/{key}/privacy", "register.administer", PrivacyOut, "office")
def privacy(request: HttpRequest, key: Slug) -> Any:
    """What is personal in a mechanism, why it is asked for, and how often it was looked at."""
    mechanism = mechanism_of(key)
    sheet = assessed(caller(request), mechanism, timezone.localdate())
    retention = mechanism.register.retention
    return {
        "fields": [
            {
                "field": one.field.key,
                "label": one.field.label,
                "steps": [step.key for step in one.steps],
                "outside": one.outside,
                "sensitive": one.sensitive,
            }
            for one in sheet.fields
        ],
        "published": [one.key for one in sheet.published],
        "years": retention.years,
        "personal_years": retention.personal_years,
        **{name: getattr(sheet, name) for name in ("entries", "forgotten", "looks", "asked", "unanswered")},
    }


@sheets.area.read("/sheets/registers/{key}", "register.view", None)
def registers(request: HttpRequest, key: Slug, asked: Wanted) -> HttpResponseBase:
    """The entries of a register as a workbook, all pages of them, narrowed as in the list."""
    mechanism = mechanism_of(key)
    _view(mechanism, asked.view)
    given = asked.model_dump(exclude={"value", "page", "size"}, exclude_none=True)
    wanted = QueryDict(mutable=True)
    wanted.update({name: _said(value) for name, value in given.items()})
    wanted.update({VALUE + field: said for field, said in _values(mechanism, asked.value).items()})
    wanted["format"] = "xlsx"
    request.GET = wanted  # type: ignore[assignment]
    return listing.entries(request, key)


def _named(mechanism: Mechanism) -> dict[str, Any]:
    return {name: getattr(mechanism, name) for name in ("key", "version", "theme", "name", "purpose")}


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _values(mechanism: Mechanism, given: list[str]) -> dict[str, str]:
    """What each field is narrowed to.

    Raises:
        FilterUnknown: the register is not narrowed by such a field.
    """
    found = {}
    for one in given:
        field, _colon, said = one.partition(":")
        if field not in mechanism.views.filters or not said:
            raise refusals.FilterUnknown(given=one, known="、".join(mechanism.views.filters) or "—")
        found[field] = said
    return found


def _view(mechanism: Mechanism, key: str) -> SavedView | None:
    """The declared view of a name.

    Raises:
        FilterUnknown: there is none.
    """
    if not key:
        return None
    for one in mechanism.views.saved:
        if one.key == key:
            return one
    raise refusals.FilterUnknown(given=key, known="、".join(one.key for one in mechanism.views.saved) or "—")
