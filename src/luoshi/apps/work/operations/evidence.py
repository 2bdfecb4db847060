"""Evidence: files of a body, kept once, told by their content, replaced by newer ones and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.document.operations import safe_name
from luoshi.apps.organization.models import Body
from luoshi.apps.work.models import Blob, Evidence
from luoshi.apps.work.operations.report_refusals import EvidenceReplaced, EvidenceSame, EvidenceTooLarge
from luoshi.core.work.evidence import media_of

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Added:
    """A file that is there now, and whether it was there before."""

    evidence: Evidence
    reused: bool = False


@transaction.atomic
def add_evidence(
    *,
    body: Body,
    name: str,
    content: bytes,
    by: User,
    at: datetime,
    note: str = "",
    expires_on: date | None = None,
) -> Added:
    """Keep a file for a body. The same bytes are recognised, and the file that has them is given back.

    Raises:
        EvidenceTooLarge: it is larger than this installation takes.
        EvidenceEmpty: there is nothing in it.
        EvidenceTypeRefused: it is none of the kinds that are taken.
    """
    name = safe_name(name)
    media = checked_media(content, name)
    digest = sha256(content).hexdigest()
    # One after the other for each body, so that the same file sent twice at once is one.
    Body.objects.select_for_update().get(pk=body.pk)
    same = Evidence.objects.filter(body=body, blob=digest, replaced_by=None).first()
    if same is not None:
        return Added(same, reused=True)
    made = _create(body, name, media, digest, content, note=note, expires_on=expires_on, by=by, at=at)
    record(
        type="work.evidence.added",
        object=made,
        region=made.region_id,
        by=by,
        at=at,
        name=name,
        sha256=digest,
        size=made.size,
    )
    return Added(made)


@transaction.atomic
def replace_evidence(
    *, evidence: Evidence, name: str, content: bytes, by: User, at: datetime, expires_on: date | None = None
) -> Evidence:
    """Put a newer version in the place of a file; what rests on the old one keeps it.

    Raises:
        EvidenceReplaced: it has a newer version already.
        EvidenceSame: the new file has the same content.
        EvidenceTooLarge: it is larger than this installation takes.
        EvidenceTypeRefused: it is none of the kinds that are taken.
    """
    name = safe_name(name)
    media = checked_media(content, name)
    digest = sha256(content).hexdigest()
    old = Evidence.objects.select_for_update(of=("self",)).select_related("body").get(pk=evidence.pk)
    newer = Evidence.objects.filter(replaces=old).first()
    if newer is not None:
        raise EvidenceReplaced(name=old.name, newer=newer.name)
    if digest == old.blob_id:
        raise EvidenceSame(name=name)
    made = _create(
        old.body,
        name,
        media,
        digest,
        content,
        note=old.note,
        expires_on=expires_on,
        replaces=old,
        by=by,
        at=at,
    )
    record(
        type="work.evidence.replaced",
        object=made,
        region=made.region_id,
        by=by,
        at=at,
        name=name,
        sha256=digest,
        size=made.size,
        replaces=old.pk,
    )
    return made


@transaction.atomic
def set_expiry(*, evidence: Evidence, expires_on: date | None, by: User, at: datetime) -> Evidence:
    """Say until when a file proves something; None for always."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    before, evidence.expires_on = evidence.expires_on, expires_on
    evidence.save(update_fields=["expires_on"])
    record(
        type="work.evidence.dated",
        object=evidence,
        region=evidence.region_id,
        by=by,
        at=at,
        before=before.isoformat() if before else "",
        expires_on=expires_on.isoformat() if expires_on else "",
    )
    return evidence


@transaction.atomic
def hand_out_evidence(*, evidence: Evidence, by: User, at: datetime) -> bytes:
    """The bytes of a file; that they were handed out is written down."""
    record(
        type="work.evidence.downloaded",
        object=evidence,
        region=evidence.region_id,
        by=by,
        at=at,
        sha256=evidence.blob_id,
    )
    return bytes(Blob.objects.get(pk=evidence.blob_id).content)


def checked_media(content: bytes, name: str) -> str:
    """What kind of file it is, if it may be taken.

    Raises:
        EvidenceTooLarge: it is larger than this installation takes.
        EvidenceEmpty, EvidenceTypeRefused: it is empty, or none of the kinds that are taken.
    """
    limit = settings.LUOSHI_EVIDENCE_BYTES
    if len(content) > limit:
        size = f"{len(content) / MEGABYTE:.1f}"
        raise EvidenceTooLarge(name=name, size=size, limit=f"{limit / MEGABYTE:g}")
    return media_of(content, name)


def keep_blob(content: bytes, digest: str) -> Blob:
    """The bytes with this SHA-256, kept once however often they come."""
    defaults = {"size": len(content), "content": content}
    return Blob.objects.get_or_create(sha256=digest, defaults=defaults)[0]


def _create(
    body: Body,
    name: str,
    media: str,
    digest: str,
    content: bytes,
    *,
    note: str,
    expires_on: date | None,
    by: User,
    at: datetime,
    replaces: Evidence | None = None,
) -> Evidence:
    return Evidence.objects.create(
        region_id=body.region_id,
        body=body,
        blob=keep_blob(content, digest),
        name=name,
        media=media,
        size=len(content),
        note=note.strip(),
        expires_on=expires_on,
        replaces=replaces,
        by=by,
        at=at,
    )
