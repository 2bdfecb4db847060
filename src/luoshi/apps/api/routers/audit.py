"""What an outsider checks the audit log with: checkpoints and proofs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query, Schema
from pydantic import Field

from luoshi.apps.accounts.queries.log import entries, title, told
from luoshi.apps.api.area import Area, Key, Listing, Paged, Sent, paged
from luoshi.apps.api.shapes import Day
from luoshi.apps.audit.catalogue import TYPES
from luoshi.apps.audit.models import Event
from luoshi.apps.audit.queries.proving import consistency, inclusion, newest
from luoshi.core.errors import Phrase

area = Area("audit")


class CheckpointOut(Schema):
    """A signed checkpoint; `note` is what is handed out."""

    number: int
    size: int
    at: datetime
    note: str


class ProofOut(Schema):
    """A proof as a text, to be checked without anything of ours."""

    proof: str


class Older(Sent):
    """The text of a checkpoint that was handed out earlier."""

    old: Annotated[str, Field(min_length=1, max_length=4000)]


class EventsAsked(Listing):
    """Which entries; `q` looks for who acted, or the number of the object."""

    since: Day | None = None
    until: Day | None = None
    type: Literal[("", *TYPES)] = ""  # type: ignore[valid-type]
    thing: Annotated[str, Field(max_length=60)] = ""
    sort: Literal["new", "old"] = "new"


class EventOut(Schema):
    """An entry of the log; details of accounts and rights only, the rest is the office's work."""

    id: int
    at: datetime
    type: str
    title: str
    actor: str
    object_type: str
    object_id: str
    region: str
    detail: dict[str, str]

    @staticmethod
    def resolve_title(event: Event) -> str:
        return title(event)

    @staticmethod
    def resolve_actor(event: Event) -> str:
        return event.actor.get_username() if event.actor else ""

    @staticmethod
    def resolve_detail(event: Event) -> dict[str, str]:
        return dict(told(event))


@area.read("/audit/events", "audit.read", Paged[EventOut], "audit")
def events(request: HttpRequest, asked: Annotated[EventsAsked, Query()]) -> Any:
    """The entries of the log."""
    wanted = asked.model_dump(exclude={"q", "page", "size"})
    return paged(entries(text=asked.q, **wanted), asked)


@area.read("/audit/checkpoint", "audit.read", CheckpointOut, "audit")
def checkpoint(request: HttpRequest) -> Any:
    """The newest checkpoint."""
    found = newest()
    if found is None:
        raise Http404
    return found


@area.read("/audit/events/{event}/proof", "audit.read", ProofOut, "audit")
def proof(request: HttpRequest, event: Key) -> Any:
    """The proof that the newest checkpoint holds an event."""
    return {"proof": inclusion(event=event)}


@area.do("/audit/consistency", "audit.read", ProofOut, "audit")
def growth(request: HttpRequest, sent: Older) -> Any:
    """The proof that the log only grew since an earlier checkpoint."""
    return {
        "proof": consistency(old=sent.old, where=Phrase("您给出的检查点", "The checkpoint that you sent"))
    }
