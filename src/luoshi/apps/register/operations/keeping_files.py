"""Files for fields of entries: told by their content, named by a token nobody can guess."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.document.operations import safe_name
from luoshi.apps.register.models import EntryFile
from luoshi.apps.work.models import Blob
from luoshi.apps.work.operations.report_refusals import EvidenceTooLarge
from luoshi.core.work.evidence import media_of

_MEGABYTE = 1024 * 1024


@transaction.atomic
def keep_file(
    *, region: str, mechanism: str, field: str, name: str, content: bytes, by: User | None, at: datetime
) -> EntryFile:
    """Keep a file until the step that brings it is taken; it belongs to no entry before.

    Raises:
        EvidenceTooLarge: it is larger than this installation takes.
        EvidenceEmpty, EvidenceTypeRefused: it is empty, or none of the kinds that are taken.
    """
    limit = settings.LUOSHI_EVIDENCE_BYTES
    name = safe_name(name)
    if len(content) > limit:
        size = f"{len(content) / _MEGABYTE:.1f}"
        raise EvidenceTooLarge(name=name, size=size, limit=f"{limit / _MEGABYTE:g}")
    media, digest = media_of(content, name), sha256(content).hexdigest()
    blob, _ = Blob.objects.get_or_create(sha256=digest, defaults={"size": len(content), "content": content})
    return EntryFile.objects.create(
        region_id=region,
        mechanism=mechanism,
        field=field,
        token=token_urlsafe(24),
        blob=blob,
        name=name,
        media=media,
        size=len(content),
        by=by,
        at=at,
    )


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
