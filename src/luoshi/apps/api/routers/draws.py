"""Draws that anybody can repeat: frozen, committed to, drawn, answered, cancelled; and what is announced."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Status
from pydantic import Field
from rules.permissions import has_perm

from luoshi.apps.api import refusals
from luoshi.apps.api.area import Area, Key, Listing, Name, Paged, Sent, caller, paged
from luoshi.apps.api.draw_shapes import CandidateOut, DrawingOut, DrawRow, DrawWhole, OpenedOut
from luoshi.apps.api.routers import sheets
from luoshi.apps.api.routers.entries import WORKERS
from luoshi.apps.api.routers.registers import Slug
from luoshi.apps.api.shapes import Day
from luoshi.apps.draws.forms import CandidateFilter
from luoshi.apps.draws.models import Candidate, Draw
from luoshi.apps.draws.operations import running
from luoshi.apps.draws.operations.following import drawing_of
from luoshi.apps.draws.operations.opening import open_entries
from luoshi.apps.draws.operations.preparing import prepare_draw
from luoshi.apps.draws.queries.acting import may_cancel, may_run
from luoshi.apps.draws.queries.listing import SORTS, announced, candidates, left_out, seen_outside
from luoshi.apps.draws.queries.opened import opened_entries
from luoshi.apps.draws.queries.published import published
from luoshi.apps.draws.queries.showing import happened, strata
from luoshi.apps.draws.queries.stages import earlier_of
from luoshi.apps.draws.views import lists, public
from luoshi.apps.organization.access import check
from luoshi.apps.organization.models import Region
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.models import Entry
from luoshi.apps.register.views.opened import declared_of, entry_of
from luoshi.core.draw.selection import SECRET_BYTES
from luoshi.core.draw.values import Answer
from luoshi.core.mechanism.drawing import Drawing

area = Area("draws")
# Stages of which the public knows.
ANNOUNCED = tuple(one for one in Draw.Stage.values if one != Draw.Stage.PREPARED)


class DrawsAsked(Listing):
    """Which announced draws."""

    stage: Literal[("", *ANNOUNCED)] = ""  # type: ignore[valid-type]
    region: str = Field("", max_length=12, description="Code of a region.")


class CandidatesAsked(Listing):
    """Which candidates of a list."""

    pool: str = Field("", max_length=60, description="Key of a pool, as the draw names it.")
    eligible: Literal["", "yes", "no"] = ""
    sort: Literal[("", *SORTS)] = "stratum"  # type: ignore[valid-type]


class FreezeIn(Sent):
    """The public value by which it will be drawn: who publishes it and as what, when, and in which form."""

    source: Name
    value_on: Day
    form: Name


class ValueIn(Sent):
    """The public value, as it was published."""

    value: Annotated[str, Field(max_length=300)]


class PlaceAnswerIn(Sent):
    """What one who holds a place answered; reasons are published."""

    key: Name
    answer: Literal[tuple(one.value for one in Answer)]  # type: ignore[valid-type]
    reason: Annotated[str, Field(max_length=300)] = ""


class CancelIn(Sent):
    """Why a draw is called off; it is published."""

    reason: Annotated[str, Field(max_length=2000)]


Filtered = Annotated[CandidatesAsked, Query()]
PATH = "/registers/{key}/entries/{entry}/draws"


@area.read(PATH, "draws.view", list[DrawingOut])
def of_entry(request: HttpRequest, key: Slug, entry: Key) -> Any:
    """The draws that an entry goes through, each as it was frozen last."""
    found, user = entry_of(request, key, entry, "draws.view"), caller(request)
    latest = {one.key: one for one in found.draws.select_related("entry").order_by("pk")}
    return [
        {
            "drawing": one.key,
            "label": one.label,
            "pools": one.pools,
            "may_run": may_run(user, found, one),
            "may_cancel": may_cancel(user, found, one),
            "draw": latest.get(one.key),
        }
        for one in declared_of(found).draws
    ]


@area.do(PATH + "/{drawing}", "draws.run", {201: DrawRow}, *WORKERS)
def freeze(request: HttpRequest, key: Slug, entry: Key, drawing: Slug, sent: FreezeIn) -> Any:
    """Freeze the list of those who can be drawn; until it is committed to, it can be frozen anew."""
    found = entry_of(request, key, entry, "draws.run")
    declared = declared_of(found).drawing.get(drawing)
    if declared is None:
        raise Http404
    if not may_run(caller(request), found, declared):
        raise PermissionDenied
    given = sent.model_dump()
    made = prepare_draw(entry=found, key=drawing, by=caller(request), at=timezone.now(), **given)
    return Status(201, made)


@area.read("/draws", "draws.view", Paged[DrawRow])
def index(request: HttpRequest, asked: Annotated[DrawsAsked, Query()]) -> Any:
    """All draws that were announced, of whatever region; the newest commitment first."""
    _check_region(asked)
    return paged(announced(text=asked.q, stage=asked.stage, region=asked.region), asked)


@area.read("/draws/{draw}", "draws.view", DrawWhole)
def one(request: HttpRequest, draw: Key) -> Any:
    """How a draw stands: whole to those at work on it, to others what was announced."""
    found, inside = _seen(request, draw)
    drawing, today, user = drawing_of(found), timezone.localdate(), caller(request)
    return {
        "draw": found,
        "inside": inside,
        "may_run": may_run(user, found.entry, drawing),
        "may_cancel": may_cancel(user, found.entry, drawing),
        "strata": strata(found, drawing, inside=today if inside else None),
        "log": happened(found, inside=inside),
        "earlier": earlier_of(found),
        "left_out": [
            {"reason": reason, "candidates": number}
            for (reason,), number in (left_out(found) if inside else [])
        ],
        "published": [
            {"field": row.field.key, "label": row.field.label, "words": row.words, "rows": row.rows}
            for row in published(found.entry, today, language())
        ],
        "opened": opened_entries(found, drawing) if inside else None,
    }


@area.read("/draws/{draw}/candidates", "draws.view", Paged[CandidateOut])
def names(request: HttpRequest, draw: Key, asked: Filtered) -> Any:
    """The frozen list with the reasons of those left out, as far as the caller may see it now."""
    return paged(_candidates(request, draw, asked), asked)


@area.read("/draws/{draw}/commitment", "draws.view", None)
def commitment(request: HttpRequest, draw: Key) -> HttpResponse:
    """The commitment as the checking program reads it; the same is there for anybody without a token."""
    return public.commitment(request, draw)


@area.read("/draws/{draw}/proof", "draws.view", None)
def proof(request: HttpRequest, draw: Key) -> HttpResponse:
    """The proof of a draw that was opened; the same is there for anybody without a token."""
    return public.evidence(request, draw)


@area.do("/draws/{draw}/commit", "draws.run", DrawRow, *WORKERS)
def commit(request: HttpRequest, draw: Key) -> Any:
    """Commit to the frozen list, and publish the commitment."""
    found, secret = _run(request, draw), secrets.token_bytes(SECRET_BYTES)
    return running.commit_draw(draw=found, secret=secret, by=caller(request), at=timezone.now())


@area.do("/draws/{draw}/draw", "draws.run", DrawRow, *WORKERS)
def places(request: HttpRequest, draw: Key, sent: ValueIn) -> Any:
    """Draw with the public value, and publish the result with its proof."""
    found, by = _run(request, draw), caller(request)
    return running.draw_places(draw=found, value=sent.value, by=by, at=timezone.now())


@area.do("/draws/{draw}/answers", "draws.run", DrawRow, *WORKERS)
def answer(request: HttpRequest, draw: Key, sent: PlaceAnswerIn) -> Any:
    """Record what one who holds a place answered; who leaves it makes room for the next substitute."""
    found, by, said = _run(request, draw), caller(request), Answer(sent.answer)
    running.answer_place(draw=found, key=sent.key, answer=said, reason=sent.reason, by=by, at=timezone.now())
    return _row(draw)


@area.do("/draws/{draw}/entries", "draws.run", {201: list[OpenedOut]}, *WORKERS)
def open_all(request: HttpRequest, draw: Key) -> Any:
    """Open an entry for each that holds a place and has none yet; all of them or none."""
    return Status(201, open_entries(draw=_run(request, draw), by=caller(request), at=timezone.now()))


@area.do("/draws/{draw}/cancel", "draws.run", DrawRow, *WORKERS)
def cancel(request: HttpRequest, draw: Key, sent: CancelIn) -> Any:
    """Call a draw off in public; its secret is opened."""
    found, by = _run(request, draw, may_cancel), caller(request)
    return running.cancel_draw(draw=found, reason=sent.reason, by=by, at=timezone.now())


@sheets.area.read("/sheets/draws", "draws.view", None)
def draws(request: HttpRequest, asked: Annotated[DrawsAsked, Query()]) -> HttpResponseBase:
    """The announced draws as a workbook, all pages of them."""
    _check_region(asked)
    request.GET = _wanted(asked)  # type: ignore[assignment]
    return public.index(request)


@sheets.area.read("/sheets/draws/{draw}/candidates", "draws.view", None)
def candidate_names(request: HttpRequest, draw: Key, asked: Filtered) -> HttpResponseBase:
    """The frozen list of a draw as a workbook, all pages of it, as far as the caller may see it now."""
    rows, found = _candidates(request, draw, asked), _row(draw)
    drawing = drawing_of(found)
    request.GET = _wanted(asked)  # type: ignore[assignment]
    form = CandidateFilter(request.GET, drawing=drawing, language=language())
    return lists.candidate_list(request, found, drawing, form, rows, {})


def _row(draw: int) -> Draw:
    return get_object_or_404(Draw.objects.select_related("entry__holder", "entry__region"), pk=draw)


def _seen(request: HttpRequest, draw: int) -> tuple[Draw, bool]:
    """A draw, and whether the caller sees more of it than was announced.

    Raises:
        PermissionDenied: it was not announced, and the entry is no affair of the caller.
    """
    found = _row(draw)
    inside = has_perm("draws.view", request.user, found.entry)
    if not inside and not found.announced:
        raise PermissionDenied
    return found, inside


def _check_region(asked: DrawsAsked) -> None:
    """Refuse a region that there is not; the page would show all of them.

    Raises:
        FilterUnknown: there is none of the code.
    """
    codes = Region.objects.order_by("code").values_list("code", flat=True)
    if asked.region and asked.region not in codes:
        raise refusals.FilterUnknown(given=asked.region, known="、".join(codes))


def _candidates(request: HttpRequest, draw: int, asked: CandidatesAsked) -> QuerySet[Candidate]:
    found, inside = _seen(request, draw)
    rows = candidates(
        found, text=asked.q, pool=asked.pool, eligible=asked.eligible, sort=asked.sort or "stratum"
    )
    return rows if inside else seen_outside(rows, drawing_of(found), found)


def _run(request: HttpRequest, draw: int, allowed: Callable[[Any, Entry, Drawing], bool] = may_run) -> Draw:
    """A draw that the caller runs, or calls off."""
    found = _row(draw)
    check(request, "draws.run", found.entry)
    if not allowed(caller(request), found.entry, drawing_of(found)):
        raise PermissionDenied
    return found


def _wanted(asked: Listing) -> QueryDict:
    """The filter as the page takes it, asked for its workbook."""
    found = QueryDict(mutable=True)
    found.update({name: str(value) for name, value in asked.model_dump(exclude={"page", "size"}).items()})
    found["format"] = "xlsx"
    return found
