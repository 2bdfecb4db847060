"""Files for fields of entries: told by their content, named by a token nobody can guess."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.document.operations import safe_name
from luoshi.apps.register.models import EntryFile
from luoshi.apps.work.models import Blob
from luoshi.apps.work.operations.evidence import checked_media, keep_blob


@transaction.atomic
def keep_file(
    *, region: str, mechanism: str, field: str, name: str, content: bytes, by: User | None, at: datetime
) -> EntryFile:
    """Keep a file until the step that brings it is taken; it belongs to no entry before.

    Raises:
        EvidenceTooLarge: it is larger than this installation takes.
        EvidenceEmpty, EvidenceTypeRefused: it is empty, or none of the kinds that are taken.
    """
    name = safe_name(name)
    media = checked_media(content, name)
    return EntryFile.objects.create(
        region_id=region,
        mechanism=mechanism,
        field=field,
        token=token_urlsafe(24),
        blob=_held(content),
        name=name,
        media=media,
        size=len(content),
        by=by,
        at=at,
    )


def _held(content: bytes) -> Blob:
    """The bytes, locked until the file is there: nobody sweeps them up with another file meanwhile."""
    digest = sha256(content).hexdigest()
    blob = keep_blob(content, digest)
    held = Blob.objects.select_for_update().filter(pk=digest).values_list("pk")
    # Gone between the two: what is kept now is our own.
    return blob if list(held) else keep_blob(content, digest)


@transaction.atomic
def hand_out_file(*, file: EntryFile, by: User | None, at: datetime) -> bytes:
    """The bytes of a file; that they were handed out is written down."""
    record(
        type="register.file.downloaded",
        object=file,
        region=file.region_id,
        by=by,
        at=at,
        sha256=file.blob_id,
        entry=file.entry_id,
    )
    return bytes(Blob.objects.get(pk=file.blob_id).content)
