"""An entry of a register: what it holds, how it goes on, and the steps that lead there."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Status, UploadedFile
from pydantic import Field

from luoshi.apps.api.area import AnyKey, Asked, Key, Paged, Sent, caller, mark, paged, seen
from luoshi.apps.api.files import attachment
from luoshi.apps.api.problems import showing
from luoshi.apps.api.register_shapes import (
    ClockOut,
    EntryFileOut,
    EntryRow,
    EntryWhole,
    LinkedEntry,
    TakenOut,
)
from luoshi.apps.api.routers.registers import Slug, area
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.models import Entry, EntryFile
from luoshi.apps.register.operations.keeping_files import hand_out_file, keep_file
from luoshi.apps.register.operations.performing import perform
from luoshi.apps.register.operations.taking import bring_up_to_date
from luoshi.apps.register.queries.acting import open_steps
from luoshi.apps.register.queries.listing import visible
from luoshi.apps.register.queries.loading import loaded, setting_of
from luoshi.apps.register.queries.personal import is_personal
from luoshi.apps.register.queries.showing import Shown, shown
from luoshi.apps.register.views.opened import declared_of, entry_of
from luoshi.apps.register.views.wanted import Wanted, beginning_of, step_of
from luoshi.apps.work.forms.report import content_of
from luoshi.core.register.fields import FieldType
from luoshi.core.register.refusals import ValueNotAsked

WORKERS = ("office", "report")
Name = Annotated[str, Field(min_length=1, max_length=60)]


class StepIn(Sent):
    """The values that a step asks for, by field, and why it is taken.

    A field that is left out stays as it is; null empties it. Numbers may be text, days are `2026-03-01`, a
    choice is the key of an option, bodies and entries are their ids, files the token with which they were
    kept, a person is an object of `name`, `phone` and `identity`, rows are a list of objects by column.
    """

    values: dict[Annotated[str, Field(max_length=60)], Any] = Field(default_factory=dict, max_length=200)
    reason: Annotated[str, Field(max_length=2000)] = ""


class BeginIn(StepIn):
    """The first step of an entry; `body` may be left out by those who act for one."""

    transition: Name
    body: AnyKey | None = None


class FileFor(Sent):
    """The step that will bring a file, and its field; `body` as with the step that begins an entry."""

    transition: Name
    field: Name
    body: AnyKey | None = None


class FileForStep(Sent):
    """The step that will bring a file, and its field."""

    transition: Name
    field: Name


@area.do("/registers/{key}/entries", "register.take", {201: EntryRow}, *WORKERS)
def begin(request: HttpRequest, response: HttpResponse, key: Slug, sent: BeginIn) -> Any:
    """Begin an entry by one of the first steps that the mechanism declares."""
    wanted = beginning_of(request, key, sent.transition, sent.body)
    return Status(201, _told(response, _performed(wanted, sent, 0)))


@area.read("/registers/{key}/entries/{entry}", "register.view", EntryWhole)
def entry(request: HttpRequest, response: HttpResponse, key: Slug, entry: Key) -> Any:
    """An entry, brought up to date first; what is personal is masked."""
    found = entry_of(request, key, entry)
    if bring_up_to_date(entry=found, at=timezone.now()):
        found.refresh_from_db()
    told = EntryRow.from_orm(_told(response, found)).model_dump()
    return {**told, "values": _values(found), "steps": _steps(request, found)}


@area.read("/registers/{key}/entries/{entry}/history", "register.view", Paged[TakenOut])
def history(request: HttpRequest, key: Slug, entry: Key, asked: Asked) -> Any:
    """What happened to an entry, in order."""
    found = entry_of(request, key, entry)
    return paged(found.steps.select_related("by").order_by("pk"), asked)


@area.read("/registers/{key}/entries/{entry}/limits", "register.view", Paged[ClockOut])
def limits(request: HttpRequest, key: Slug, entry: Key, asked: Asked) -> Any:
    """The limits of an entry, the latest first: those that run, and how the others ended."""
    return paged(entry_of(request, key, entry).clocks.order_by("-pk"), asked)


@area.read("/registers/{key}/entries/{entry}/links", "register.view", Paged[LinkedEntry])
def names(request: HttpRequest, key: Slug, entry: Key, asked: Asked) -> Any:
    """Entries that this one names; only those that one may see."""
    found = entry_of(request, key, entry)
    rows = visible(caller(request)).filter(linked_from__entry=found)
    return paged(rows.distinct().order_by("-began", "-pk"), asked)


@area.read("/registers/{key}/entries/{entry}/named-by", "register.view", Paged[LinkedEntry])
def named_by(request: HttpRequest, key: Slug, entry: Key, asked: Asked) -> Any:
    """Entries that name this one; only those that one may see."""
    found = entry_of(request, key, entry)
    rows = visible(caller(request)).filter(links__target=found)
    return paged(rows.distinct().order_by("-began", "-pk"), asked)


@area.do(
    "/registers/{key}/entries/{entry}/steps/{transition}", "register.take", EntryRow, *WORKERS, versioned=True
)
def take(
    request: HttpRequest, response: HttpResponse, key: Slug, entry: Key, transition: Slug, sent: StepIn
) -> Any:
    """Take a step of an entry; the entry may be out of sight afterwards, when it was handed to others."""
    wanted = step_of(request, key, entry, transition)
    with showing(lambda: EntryRow.from_orm(Entry.objects.get(pk=entry))):
        taken = _performed(wanted, sent, seen(request))
    return _told(response, taken)


@area.do("/registers/{key}/files", "register.take", {201: EntryFileOut}, *WORKERS)
def keep(request: HttpRequest, key: Slug, file: File[UploadedFile], about: Annotated[FileFor, Form()]) -> Any:
    """Keep a file for the step that begins an entry; the step names it by its token."""
    wanted = beginning_of(request, key, about.transition, about.body)
    return Status(201, _kept(wanted, about.field, file))


@area.do("/registers/{key}/entries/{entry}/files", "register.take", {201: EntryFileOut}, *WORKERS)
def keep_for(
    request: HttpRequest,
    key: Slug,
    entry: Key,
    file: File[UploadedFile],
    about: Annotated[FileForStep, Form()],
) -> Any:
    """Keep a file for a step of an entry; the step names it by its token."""
    return Status(201, _kept(step_of(request, key, entry, about.transition), about.field, file))


@area.read("/registers/{key}/entries/{entry}/files", "register.view", Paged[EntryFileOut])
def files(request: HttpRequest, key: Slug, entry: Key, asked: Asked) -> Any:
    """The files of an entry."""
    return paged(entry_of(request, key, entry).files.order_by("pk"), asked)


@area.read("/registers/{key}/entries/{entry}/files/{file}", "register.view", None)
def file(request: HttpRequest, key: Slug, entry: Key, file: Key) -> HttpResponse:
    """A file of an entry. Handing it out is an event."""
    found = get_object_or_404(entry_of(request, key, entry).files, pk=file)
    return attachment(hand_out_file(file=found, by=caller(request), at=timezone.now()), found.name)


def _performed(wanted: Wanted, sent: StepIn, revision: int) -> Entry:
    return perform(
        mechanism=wanted.mechanism,
        entry=wanted.entry,
        body=wanted.body,
        transition=wanted.step.key,
        given=sent.values,
        seen=revision,
        actor=wanted.actor,
        by=wanted.user,
        at=timezone.now(),
        reason=sent.reason,
    )


def _kept(wanted: Wanted, key: str, file: UploadedFile) -> EntryFile:
    """A file for a field of files that the step asks for.

    Raises:
        ValueNotAsked: the step asks for no file there.
    """
    field = wanted.mechanism.register.field.get(key)
    if field is None or key not in wanted.step.asks or not field.type.holds_files:
        raise ValueNotAsked(step=wanted.step.label, field=key if field is None else field.label)
    return keep_file(
        region=wanted.body.region_id,
        mechanism=wanted.mechanism.key,
        field=key,
        name=file.name or "",
        content=content_of(file),
        by=wanted.user,
        at=timezone.now(),
    )


def _values(found: Entry) -> list[dict[str, Any]]:
    """What it holds, as its page shows it."""
    rows = shown(
        declared_of(found), found, loaded(found), setting_of(found), timezone.localdate(), language()
    )
    return [_value(found, one) for one in rows]


def _value(found: Entry, one: Shown) -> dict[str, Any]:
    plain = not one.hidden and not is_personal(one.field)
    named = one.entry.pk if one.entry is not None else None
    return {
        "field": one.field.key,
        "label": one.field.label,
        "words": str(one.entry) if one.entry is not None else one.words,
        "value": found.values.get(one.field.key) if plain else None,
        "hidden": one.hidden,
        "rows": one.rows,
        "files": one.files,
        "entry_id": named if one.field.type is FieldType.LINK else None,
    }


def _steps(request: HttpRequest, found: Entry) -> list[dict[str, Any]]:
    register = declared_of(found).register
    return [
        {
            "transition": one.step.key,
            "label": one.step.label,
            "who": [str(actor) for actor in one.step.who],
            "mine": one.mine,
        }
        for one in open_steps(found, register, caller(request))
    ]


def _told(response: HttpResponse, entry: Entry) -> Entry:
    mark(response, entry.revision)
    return entry
