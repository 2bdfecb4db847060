"""How a plan stands: lights, the matrix, what costs what, the desk."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from luoshi.apps.api.area import AnyKey, Area, InRegion, Key, Listing, Paged, Paging, caller, paged
from luoshi.apps.api.routers.issuing import open_issue
from luoshi.apps.api.shapes import TallyOut
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.plan.queries.overview import sections_of
from luoshi.apps.registry.views.opened import VIEW, region
from luoshi.apps.work.queries import burden as costs
from luoshi.apps.work.queries import desk as desks
from luoshi.apps.work.queries import matrix as grid
from luoshi.apps.work.queries.desk_sources import Source, sources_for
from luoshi.apps.work.queries.plan_map import bodies_at_work, plan_map
from luoshi.apps.work.queries.year import year_of
from luoshi.core.work.lights import Tally

area = Area("standing")


class TaskLight(Schema):
    """The light of a task."""

    task_id: int
    number: str
    title: str
    light: str


class ChapterOut(Schema):
    """A chapter with the lights of its tasks."""

    section_id: int | None
    title: str
    tally: TallyOut
    tasks: list[TaskLight]


class LightsOut(Schema):
    """A plan by lights."""

    tally: TallyOut
    chapters: list[ChapterOut]


class CellOut(Schema):
    """What a body has to do with a task."""

    task_id: int
    light: str
    leads: bool


class MatrixRow(Schema):
    """A body with its tasks."""

    body_id: int
    name: str
    tally: TallyOut
    cells: list[CellOut]


class BurdenOut(Schema):
    """What was asked of a body in twelve months."""

    body_id: int
    name: str
    requests: int
    asked: int
    prefilled: int
    minutes: float | None


class DayOut(Schema):
    """A day of the calendar by which limits are counted."""

    day: date
    working: bool
    why: dict[str, str]


class DeskOut(Schema):
    """A kind of to-do, and how many of it there are."""

    kind: str
    title: str
    count: int
    asks: bool


@area.read("/plans/{plan}/lights", "work.view", LightsOut)
def lights(request: HttpRequest, plan: Key) -> Any:
    """Every task of an issued plan with its light, chapter by chapter, and how many of each."""
    open_issue(request, plan)
    chapters = plan_map(plan, sections_of(plan), timezone.localdate(), None)
    return {
        "tally": sum((one.tally for one in chapters), Tally()),
        "chapters": [
            {
                "section_id": one.section.pk if one.section else None,
                "title": str(one.section or ""),
                "tally": one.tally,
                "tasks": [
                    {"task_id": t.pk, "number": t.number, "title": t.title, "light": t.light.value}
                    for t in one.tiles
                ],
            }
            for one in chapters
        ],
    }


class MatrixAsked(Listing):
    """Which bodies, against the tasks of which chapter."""

    chapter: AnyKey | None = None


@area.read("/plans/{plan}/matrix", "work.view", Paged[MatrixRow])
def matrix(request: HttpRequest, plan: Key, asked: Annotated[MatrixAsked, Query()]) -> Any:
    """Bodies against tasks; `q` looks for names of bodies."""
    open_issue(request, plan)
    sections = sections_of(plan)
    found = bodies_at_work(plan)
    page = paged(found.filter(name__icontains=asked.q) if asked.q else found, asked)
    blocks = grid.blocks(plan, sections, (), (one.pk for one in sections))
    if asked.chapter is not None:
        blocks = [one for one in blocks if one.key == asked.chapter]
    rows = grid.rows(
        plan, page["items"], [block for block in blocks if not block.folded], timezone.localdate()
    )
    return {**page, "items": [_row(row) for row in rows]}


def _row(row: grid.Row) -> dict[str, Any]:
    cells = [
        {"task_id": cell.task, "light": cell.light.value, "leads": cell.leads}
        for cell in row.cells
        if cell.light is not None
    ]
    return {"body_id": row.body.pk, "name": row.body.name, "tally": row.tally, "cells": cells}


class BurdenAsked(Listing):
    """Which bodies."""

    month: Annotated[str, Field(max_length=7)] = ""
    sort: Literal["requests", "asked", "name"] = "requests"


@area.read("/burden", "work.view", Paged[BurdenOut])
def burden(request: HttpRequest, asked: Annotated[BurdenAsked, Query()]) -> Any:
    """What reporting cost bodies in the last twelve months; nothing about persons."""
    months = costs.months_until(timezone.localdate())
    months = [one for one in months if asked.month in ("", one.key)]
    seen = costs.seen_requests(caller(request))
    rows = costs.within(seen, months) if months else seen.none()
    page = paged(costs.bodies_asked(rows, asked.q, asked.sort), asked)
    told = [
        {
            "body_id": one.body.pk,
            "name": one.body.name,
            "requests": one.requests,
            "asked": one.asked,
            "prefilled": one.prefilled,
            "minutes": one.minutes,
        }
        for one in costs.bodies_burden(rows, page["items"])
    ]
    return {**page, "items": told}


class YearAsked(Paging, InRegion):
    """Which year, and of which region."""

    year: int = Field(ge=2004, le=2099)


@area.read("/calendar", VIEW, Paged[DayOut])
def calendar(request: HttpRequest, asked: Annotated[YearAsked, Query()]) -> Any:
    """The days of a year as they count for limits in one's region."""
    months = year_of(calendar_of(region(request, VIEW)), asked.year)
    days = [one for month in months for week in month.weeks for one in week if one is not None]
    told = [
        {"day": one.day, "working": one.kind.working, "why": {"zh": one.kind.why.zh, "en": one.kind.why.en}}
        for one in days
    ]
    return paged(told, asked)


@area.read("/desk", "work.view", list[DeskOut])
def desk(request: HttpRequest) -> Any:
    """What waits for oneself, kind by kind; the lists are those of the areas."""
    scope, today = desks.Scope.of(caller(request)), timezone.localdate()
    kinds: list[desks.Kind | Source] = [*desks.kinds_for(scope), *sources_for(scope)]
    return [
        {"kind": one.key, "title": str(one.title), "count": one.rows(scope, today).count(), "asks": one.asks}
        for one in kinds
    ]
