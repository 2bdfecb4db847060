"""What is personal in an entry: revealed for a purpose, and put right when somebody asks."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field

from luoshi.apps.api.area import Asked, Key, Paged, Said, Sent, caller, paged, shown_once
from luoshi.apps.api.register_shapes import CorrectionOut, RevealedOut
from luoshi.apps.api.routers.entries import WORKERS
from luoshi.apps.api.routers.registers import Slug, area
from luoshi.apps.plan.queries.wording import language
from luoshi.apps.register.operations import correcting, revealing
from luoshi.apps.register.views.opened import entry_of


class Purpose(Sent):
    """For what somebody's data is needed; it is written down, and they can read it."""

    purpose: Annotated[str, Field(min_length=1, max_length=200)]


class CorrectionAnswerIn(Sent):
    """Whether it was put right, and why not."""

    made: bool
    answer: Said


@area.do("/registers/{key}/entries/{entry}/reveal", "register.reveal", RevealedOut, *WORKERS)
def reveal(request: HttpRequest, key: Slug, entry: Key, sent: Purpose) -> Any:
    """What is personal in an entry, without a mask. It is an event with its purpose, each time."""
    found = entry_of(request, key, entry, "register.reveal")
    shown_once(request, "values")
    values = revealing.reveal(
        entry=found, purpose=sent.purpose, language=language(), by=caller(request), at=timezone.now()
    )
    return {
        "entry_id": found.pk,
        "values": [
            {"field": one.field.key, "label": one.field.label, "words": one.words, "rows": one.rows}
            for one in values
        ],
    }


@area.read("/registers/{key}/entries/{entry}/corrections", "register.reveal", Paged[CorrectionOut], *WORKERS)
def corrections(request: HttpRequest, key: Slug, entry: Key, asked: Asked) -> Any:
    """What somebody wants put right in an entry, the latest first."""
    found = entry_of(request, key, entry, "register.reveal")
    return paged(found.corrections.order_by("-at", "-pk"), asked)


@area.do(
    "/registers/{key}/entries/{entry}/corrections/{correction}/answer",
    "register.reveal",
    CorrectionOut,
    *WORKERS,
)
def correct(request: HttpRequest, key: Slug, entry: Key, correction: Key, sent: CorrectionAnswerIn) -> Any:
    """Answer what somebody wants put right; the person reads it by their receipt."""
    found = entry_of(request, key, entry, "register.reveal")
    return correcting.answer_correction(
        correction=get_object_or_404(found.corrections, pk=correction),
        made=sent.made,
        answer=sent.answer,
        by=caller(request),
        at=timezone.now(),
    )
