"""Indicators: the numbers of a region, and each of them down to bodies, months and entries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from luoshi.apps.api.area import AnyKey, Area, InRegion, Paged, Paging, caller, paged
from luoshi.apps.api.register_shapes import Bilingual, EntryRow
from luoshi.apps.api.routers.registers import Slug
from luoshi.apps.indicator.models import STANDING
from luoshi.apps.indicator.queries.figures import Figures
from luoshi.apps.indicator.queries.goals import Reached, reached
from luoshi.apps.indicator.queries.scope import Scope, scopes
from luoshi.apps.indicator.views.pages import named
from luoshi.apps.register.queries.acting import mechanisms_of
from luoshi.core.calendar.periods import Period, UnknownPeriod
from luoshi.core.indicator.declaration import Indicator
from luoshi.core.indicator.figure import Figure
from luoshi.core.mechanism.declaration import Mechanism

area = Area("indicators")


class FiguresAsked(Paging, InRegion):
    """For which region and period; sums are kept by month, so a week is none."""

    period: str = Field(
        "", max_length=7, description="`2026`, `2026H1`, `2026Q1` or `2026-03`; empty for all time."
    )


class BodyAsked(FiguresAsked):
    """As above, and of which body."""

    body: AnyKey | None = None


Asked = Annotated[FiguresAsked, Query()]
AskedOfBody = Annotated[BodyAsked, Query()]


class Sums(Schema):
    """What adds up over bodies and months: numerator, denominator, entries, and those that are unclear."""

    top: Decimal
    base: Decimal
    entries: int
    unclear: int


class ValueOf(Schema):
    """A number, or why there is none. A share is between 0 and 1."""

    standing: Literal["value", "missing", "not-applicable"]
    value: Decimal | None
    totals: Sums


class GoalOut(Schema):
    """What was to be reached by when, and whether it is; null where there is no value."""

    by: date
    value: Decimal
    met: bool | None
    passed: bool


class IndicatorRow(Schema):
    """An indicator with its number."""

    mechanism: str
    key: str
    label: Bilingual
    measure: str
    unit: str
    figure: ValueOf
    goal: GoalOut | None


class IndicatorOut(IndicatorRow):
    """An indicator; of a coverage, `lacking` are the bodies that do not have enough."""

    help: Bilingual | None
    region: str
    lacking: list[int]


class BodyFigure(Schema):
    """The number of a body; of a coverage, whether it has enough."""

    body_id: int
    name: str
    figure: ValueOf


class MonthSums(Sums):
    """The sums of a body and a month; no month where the indicator is of the day and not of a period."""

    body_id: int
    month: str

    @staticmethod
    def resolve_month(cell: Any) -> str:
        return "" if cell.month == STANDING else f"{cell.month:%Y-%m}"


class Counted(Schema):
    """An entry, and what it adds for which body; no entry where it was destroyed after its time."""

    entry: EntryRow | None
    body_id: int
    day: date | None
    top: Decimal
    base: Decimal
    unclear: bool


@area.read("/indicators", "indicator.view", Paged[IndicatorRow])
def index(request: HttpRequest, asked: Asked) -> Any:
    """All numbers of a region and a period, of the mechanisms that concern the caller."""
    scope, today = _scope(request, asked), timezone.localdate()
    figures = Figures(scope.region.pk, _period(asked), bodies=scope.bodies)
    found = [
        (mechanism, indicator)
        for mechanism in mechanisms_of(caller(request))
        for indicator in mechanism.indicators
    ]
    page = paged(found, asked)
    page["items"] = [
        _row(mechanism, one, figures.of(mechanism.key, one), today) for mechanism, one in page["items"]
    ]
    return page


@area.read("/indicators/{key}/{indicator}", "indicator.view", IndicatorOut)
def one(request: HttpRequest, key: Slug, indicator: Slug, asked: Asked) -> Any:
    """One number of a region, or of one's bodies."""
    mechanism, wanted = named(key, indicator)
    scope = _scope(request, asked)
    figure = _figures(scope, asked, mechanism).of(mechanism.key, wanted)
    return {
        **_row(mechanism, wanted, figure, timezone.localdate()),
        "help": wanted.help,
        "region": scope.region.pk,
        "lacking": [int(body) for body in figure.lacking],
    }


@area.read("/indicators/{key}/{indicator}/bodies", "indicator.view", Paged[BodyFigure])
def bodies(request: HttpRequest, key: Slug, indicator: Slug, asked: Asked) -> Any:
    """The number of each body: of all that are to be covered, or of those with entries."""
    mechanism, wanted = named(key, indicator)
    figures = _figures(_scope(request, asked), asked, mechanism)
    page = paged(figures.by_body(mechanism.key, wanted), asked)
    page["items"] = [
        {"body_id": body.pk, "name": body.name, "figure": figure} for body, figure in page["items"]
    ]
    return page


@area.read("/indicators/{key}/{indicator}/months", "indicator.view", Paged[MonthSums])
def months(request: HttpRequest, key: Slug, indicator: Slug, asked: AskedOfBody) -> Any:
    """The sums by body and month, which add up to the numbers of any bodies and any months."""
    mechanism, wanted = named(key, indicator)
    scope = _scope(request, asked)
    rows = _figures(scope, asked, mechanism).cells(mechanism.key, wanted)
    return paged(rows if asked.body is None else rows.filter(body=_body(scope, asked.body)), asked)


@area.read("/indicators/{key}/{indicator}/entries", "indicator.view", Paged[Counted])
def entries(request: HttpRequest, key: Slug, indicator: Slug, asked: AskedOfBody) -> Any:
    """The entries behind a number, the newest first; only those that one may see."""
    mechanism, wanted = named(key, indicator)
    scope = _scope(request, asked)
    rows = _figures(scope, asked, mechanism).behind(mechanism.key, wanted, caller(request))
    return paged(rows if asked.body is None else rows.filter(body=_body(scope, asked.body)), asked)


def _scope(request: HttpRequest, asked: FiguresAsked) -> Scope:
    """The region that was asked for, whole or with the bodies of the person."""
    mine = scopes(caller(request))
    found = next((one for one in mine if asked.region in ("", one.region.pk)), None)
    if found is None:
        raise PermissionDenied
    return found


def _period(asked: FiguresAsked) -> Period | None:
    """The period that was asked for.

    Raises:
        UnknownPeriod: it is none that is made of months.
    """
    if not asked.period:
        return None
    period = Period.parse(asked.period)
    if period.kind == "week":
        raise UnknownPeriod(key=asked.period)
    return period


def _figures(scope: Scope, asked: FiguresAsked, mechanism: Mechanism) -> Figures:
    return Figures(scope.region.pk, _period(asked), mechanism=mechanism.key, bodies=scope.bodies)


def _body(scope: Scope, body: int) -> int:
    if scope.bodies is not None and body not in scope.bodies:
        raise PermissionDenied
    return body


def _row(mechanism: Mechanism, indicator: Indicator, figure: Figure, today: date) -> dict[str, Any]:
    return {
        "mechanism": mechanism.key,
        "key": indicator.key,
        "label": indicator.label,
        "measure": indicator.measure.value,
        "unit": indicator.unit,
        "figure": figure,
        "goal": _goal(reached(indicator, figure, today)),
    }


def _goal(found: Reached | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"by": found.goal.by, "value": found.goal.value, "met": found.met, "passed": found.passed}
