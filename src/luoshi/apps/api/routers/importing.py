"""Entries begun from a sheet: the sheet to fill in, sent back, checked row by row, made into entries."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Query, Schema, Status, UploadedFile
from pydantic import Field

from luoshi.apps.api.area import AnyKey, Area, Asked, Paged, Paging, Sent, caller, paged
from luoshi.apps.api.register_shapes import Bilingual
from luoshi.apps.api.routers.entries import WORKERS, Name
from luoshi.apps.api.routers.registers import Slug
from luoshi.apps.api.uploads import FaultOut
from luoshi.apps.bulk.models import Upload
from luoshi.apps.bulk.operations.importing import (
    confirm_upload,
    continue_upload,
    drop_upload,
    mark_interrupted,
    request_upload,
)
from luoshi.apps.bulk.operations.telling import done_of
from luoshi.apps.bulk.queries.columns import Column, layout_of
from luoshi.apps.bulk.queries.offering import offers as offers_of
from luoshi.apps.bulk.queries.rows import rows_of
from luoshi.apps.bulk.views import importing
from luoshi.apps.organization.access import check
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.views.opened import mechanism_of
from luoshi.apps.register.views.wanted import beginning_of

area = Area("bulk")


class ColumnOut(Schema):
    """A column of a sheet, as its hidden first line names it and as people read it."""

    key: str
    heading: str
    needed: bool


class InnerOut(Schema):
    """A further sheet, for a field of rows."""

    field: str
    columns: list[ColumnOut]


class OfferOut(Schema):
    """A first step that can be taken from a sheet, for which bodies, and what the sheet holds."""

    transition: str
    label: Bilingual
    bodies: list[int]
    columns: list[ColumnOut]
    sheets: list[InnerOut]


class SheetFor(Sent):
    """The step that a sheet is for, and whose entries its rows become; without a body the first one's."""

    transition: Name
    body: AnyKey | None = None


class JobOfMany(Schema):
    """Work that goes on beside the call: ask again until `state` says that it is over.

    It is `waiting`, `checking`, `checked` (wants to be confirmed), `making`, `done`, `failed`, `interrupted`
    (wants to be continued) or `dropped`; `done` of `total` are through.
    """

    id: UUID
    mechanism: str
    transition: str
    state: str
    total: int
    done: int
    at: datetime
    ended_at: datetime | None

    @staticmethod
    def resolve_done(job: Any) -> int:
        return done_of(job)


class SheetOfEntries(JobOfMany):
    """A sheet that was sent. `bad` rows cannot be used; `error` says why none of them can."""

    body_id: int
    name: str
    size: int
    sha256: str
    bad: int
    whole: bool | None
    error: dict[str, str]


class SheetWhole(SheetOfEntries):
    """A sheet, and how many entries were made of it so far."""

    made: int

    @staticmethod
    def resolve_made(upload: Any) -> int:
        return int(rows_of(upload, "made").count())


class SheetRow(Schema):
    """A row of a sheet: what is wrong with it, or the entry that it became."""

    number: int
    ref: str
    good: bool
    faults: list[FaultOut]
    entry_id: int | None


class SheetRowsAsked(Paging):
    """Which rows of a sheet."""

    only: Literal["", "faulty", "made", "left"] = Field(
        "", description="`left` are the good ones that are no entries yet."
    )


class Confirming(Sent):
    """Whether all rows become entries or none; otherwise the good ones do."""

    whole: bool


@area.read("/registers/{key}/uploads/offers", "register.take", list[OfferOut], *WORKERS)
def offers(request: HttpRequest, key: Slug) -> Any:
    """The first steps that can be taken from a sheet, with its columns in the language of the caller."""
    return [
        {
            "transition": layout.step.key,
            "label": layout.step.label,
            "bodies": [one.pk for one in bodies],
            "columns": [_column(one) for one in layout.columns],
            "sheets": [
                {"field": field.key, "columns": [_column(one) for one in columns]}
                for field, columns in layout.inner
            ],
        }
        for layout, bodies in offers_of(caller(request), mechanism_of(key))
    ]


@area.read("/registers/{key}/uploads/template/{transition}", "register.take", None, *WORKERS)
def template(request: HttpRequest, key: Slug, transition: Slug) -> HttpResponseBase:
    """An empty sheet for a first step."""
    return importing.template(request, key, transition)


@area.read("/registers/{key}/uploads", "register.take", Paged[SheetOfEntries], *WORKERS)
def uploads(request: HttpRequest, key: Slug, asked: Asked) -> Any:
    """One's own sheets for a register, the newest first."""
    mark_interrupted(at=timezone.now())
    rows = Upload.objects.filter(mechanism=mechanism_of(key).key, by=caller(request)).defer("content")
    return paged(rows.order_by("-at", "pk"), asked)


@area.do("/registers/{key}/uploads", "register.take", {202: SheetOfEntries}, *WORKERS)
def receive(
    request: HttpRequest, key: Slug, file: File[UploadedFile], about: Annotated[SheetFor, Form()]
) -> Any:
    """Send a sheet: it is checked row by row, and nothing becomes an entry yet."""
    wanted = beginning_of(request, key, about.transition, about.body)
    made = request_upload(
        layout=layout_of(wanted.mechanism, wanted.step),
        body=wanted.body,
        name=file.name or "",
        content=file.read(),
        by=caller(request),
        at=timezone.now(),
    )
    return Status(202, made)


@area.read("/registers/{key}/uploads/{upload}", "bulk.own", SheetWhole, *WORKERS)
def upload(request: HttpRequest, key: Slug, upload: UUID) -> Any:
    """How far a sheet is."""
    mark_interrupted(at=timezone.now())
    return _open(request, key, upload)


@area.read("/registers/{key}/uploads/{upload}/rows", "bulk.own", Paged[SheetRow], *WORKERS)
def rows(request: HttpRequest, key: Slug, upload: UUID, asked: Annotated[SheetRowsAsked, Query()]) -> Any:
    """The rows of a sheet, each with its faults or its entry."""
    return paged(rows_of(_open(request, key, upload), asked.only), asked)


@area.read("/registers/{key}/uploads/{upload}/faults/file", "bulk.own", None, *WORKERS)
def faults_file(request: HttpRequest, key: Slug, upload: UUID) -> HttpResponseBase:
    """The rows that cannot be used as a sheet, to mend and to send again."""
    return importing.faults(request, key, upload)


@area.do("/registers/{key}/uploads/{upload}/confirm", "bulk.own", {202: SheetOfEntries}, *WORKERS)
def confirm(request: HttpRequest, key: Slug, upload: UUID, sent: Confirming) -> Any:
    """Make entries of a sheet that is checked."""
    found, by = _open(request, key, upload), caller(request)
    return Status(202, confirm_upload(upload=found, whole=sent.whole, by=by, at=timezone.now()))


@area.do("/registers/{key}/uploads/{upload}/drop", "bulk.own", SheetOfEntries, *WORKERS)
def drop(request: HttpRequest, key: Slug, upload: UUID) -> Any:
    """Make nothing of a sheet; what was written in it is forgotten."""
    drop_upload(upload=_open(request, key, upload), by=caller(request), at=timezone.now())
    return _open(request, key, upload)


@area.do("/registers/{key}/uploads/{upload}/continue", "bulk.own", {202: SheetOfEntries}, *WORKERS)
def resume_upload(request: HttpRequest, key: Slug, upload: UUID) -> Any:
    """Go on with a sheet that was interrupted; what was made stays made."""
    continue_upload(upload=_open(request, key, upload), at=timezone.now())
    return Status(202, _open(request, key, upload))


def _open(request: HttpRequest, key: str, upload: UUID) -> Upload:
    found = get_object_or_404(Upload.objects.defer("content"), mechanism=key, pk=upload)
    check(request, "bulk.own", found)
    return found


def _column(one: Column) -> dict[str, Any]:
    return {"key": one.key, "heading": one.heading(language()), "needed": one.needed}
