"""Shows what is personal in an entry, to whom it is needed for something, and writes down for what."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry, Receipt
from luoshi.apps.register.operations.outside_refusals import PurposeTooShort
from luoshi.apps.register.queries.acting import actors
from luoshi.apps.register.queries.intake import given_outside
from luoshi.apps.register.queries.personal import Plainly, plainly, revealable
from luoshi.core.register.procedure import Actor

LEAST_PURPOSE, MOST_PURPOSE = 5, 200


@transaction.atomic
def reveal(*, entry: Entry, purpose: str, language: str, by: User, at: datetime) -> list[Plainly]:
    """What is personal in an entry, without a mask. Which fields were shown is recorded, not what they say.

    Raises:
        PurposeTooShort: nobody could tell later what it was for.
    """
    purpose = " ".join(purpose.split())[:MOST_PURPOSE]
    if len(purpose) < LEAST_PURPOSE:
        raise PurposeTooShort(least=LEAST_PURPOSE)
    mechanism = catalogue().version(entry.mechanism, entry.version)
    fields = revealable(mechanism, entry, by)
    record(
        type="register.person.revealed",
        object=entry,
        region=entry.region_id,
        by=by,
        at=at,
        for_body=_looking_for(entry, by),
        mechanism=entry.mechanism,
        number=entry.number,
        purpose=purpose,
        fields=[field.key for field in fields],
    )
    return plainly(entry, fields, language)


def _looking_for(entry: Entry, by: User) -> Body | None:
    """The body in whose name somebody looks; none for the office of the region."""
    found = actors(by, entry)
    if found & {Actor.HANDLER, Actor.HEAD}:
        return entry.holder
    return entry.pending if Actor.RECEIVER in found else None


@transaction.atomic
def export_own(*, receipt: Receipt, language: str, at: datetime) -> list[Plainly]:
    """What is kept of what the person who filed an entry wrote; that they took a copy is recorded."""
    entry = receipt.entry
    mechanism = catalogue().version(entry.mechanism, entry.version)
    fields = given_outside(mechanism)
    record(
        type="register.person.exported",
        object=entry,
        region=entry.region_id,
        by=None,
        at=at,
        for_body=entry.holder,
        mechanism=entry.mechanism,
        fields=[field.key for field in fields if field.key in entry.values],
    )
    return plainly(entry, fields, language)
