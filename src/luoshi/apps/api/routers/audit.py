"""What an outsider checks the audit log with: checkpoints and proofs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Schema
from pydantic import Field

from luoshi.apps.api.area import Area, Key, Sent
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
