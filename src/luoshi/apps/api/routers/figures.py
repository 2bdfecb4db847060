"""Numbers that come of bindings: those of the targets of a plan, and those that reports carry."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Schema
from pydantic import ConfigDict

from luoshi.apps.api.area import Asked, Key, Number, Paged, Sent, caller, paged
from luoshi.apps.api.register_shapes import Bilingual
from luoshi.apps.api.routers.bindings import area, opened
from luoshi.apps.api.routers.indicators import ValueOf
from luoshi.apps.binding.models import Fulfilment
from luoshi.apps.binding.queries.carrying import figures_for
from luoshi.apps.binding.queries.targets import Computed, Targets
from luoshi.apps.plan.models import Target
from luoshi.apps.work.views.report_page import open_occurrence


class VersionAsked(Sent):
    """Which version of a report; the latest one that was sent when it is not said."""

    model_config = ConfigDict(extra="ignore")

    version: Number | None = None


class ComputedOut(Schema):
    """A target with its number; `period` is null where that is of the day, `met` where nothing is to compare.

    `whole` says whether it is that of the region or of the caller's bodies; of a coverage, `lacking` names
    the bodies that do not have enough.
    """

    task_id: int
    target_id: int
    mechanism: str
    indicator: str
    label: Bilingual
    unit: str
    figure: ValueOf
    met: bool | None
    period: str | None
    on: date
    whole: bool
    lacking: list[str]


class CarriedOut(Schema):
    """A number of a report: of the region where it is `whole`, otherwise of the body that reports."""

    mechanism: str
    indicator: str
    label: Bilingual
    target: str
    whole: bool
    period: str
    unit: str
    standing: str
    value: Decimal | None
    top: Decimal
    base: Decimal
    entries: int
    lacking: list[str]
    at: datetime

    @staticmethod
    def resolve_unit(figure: Any) -> str:
        return str(figure.words["unit"])


class CarriedFiguresOut(Schema):
    """The numbers of a period; `fixed` once the report was sent. `entry_id` is the entry that answered it."""

    fixed: bool
    figures: list[CarriedOut]
    entry_id: int | None


@area.read("/plans/{plan}/bindings/targets", "binding.view", Paged[ComputedOut])
def targets(request: HttpRequest, plan: Key, asked: Asked) -> Any:
    """The targets of a plan that an indicator computes, each with its number as the caller may see it."""
    place = opened(request, plan)
    rows = Target.objects.filter(task__plan=plan).order_by("task__position", "position")
    found = Targets(plan, place.region_id, caller(request), timezone.localdate()).all_of(rows)
    page = paged(found, asked)
    return {**page, "items": [_computed(one) for one in page["items"]]}


@area.read("/occurrences/{occurrence}/figures", "work.read", CarriedFiguresOut)
def figures(request: HttpRequest, occurrence: Key, asked: Annotated[VersionAsked, Query()]) -> Any:
    """The numbers that the report of a period carries; while they still move, only for who reports."""
    found = open_occurrence(request, occurrence)
    told, fixed = figures_for(caller(request), found, version=asked.version, at=timezone.now())
    answered = Fulfilment.objects.filter(occurrence=found).values_list("entry", flat=True).first()
    return {"fixed": fixed, "figures": told, "entry_id": answered}


def _computed(one: Computed) -> dict[str, Any]:
    return {
        "task_id": one.target.task_id,
        "target_id": one.target.pk,
        "mechanism": one.mechanism,
        "indicator": one.indicator.key,
        "label": one.indicator.label,
        "unit": one.indicator.unit,
        "figure": one.figure,
        "met": one.met,
        "period": None if one.period is None else one.period.key,
        "on": one.on,
        "whole": one.whole,
        "lacking": list(one.lacking),
    }
