"""Storing documents and handing them out."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.document.anatomy import pack, pack_blocks, unpack
from luoshi.apps.document.models import StoredDocument, StoredPassage
from luoshi.apps.document.passages import passages
from luoshi.core.document.model import Document

LONGEST_NAME = 120
# NUL and lone surrogates, which damaged files hold: "合\x00同".
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def safe_name(name: str) -> str:
    """A file name that is one: no folders, no control or direction characters, not hidden, not too long.

    Example:
        >>> safe_name("../../etc/方案\u202etxt.docx")
        '方案txt.docx'
        >>> safe_name("..")
        'document'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(
        c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] not in "CZ" or c == " "
    )
    shown = shown.strip(" .")
    if len(shown) > LONGEST_NAME:
        stem, dot, suffix = shown.rpartition(".")
        kept = f"{dot}{suffix}" if dot and len(suffix) <= 10 else ""
        shown = (stem if kept else shown)[: LONGEST_NAME - len(kept)] + kept
    return shown or "document"


def storable(text: str) -> str:
    """`text` with the characters that no database stores (NUL, lone surrogates) replaced one for one."""
    return _UNSTORABLE.sub("\ufffd", text)


@transaction.atomic
def store_document(
    *, region: str, document: Document, content: bytes, by: User | None, at: datetime
) -> StoredDocument:
    """Keep a document that was read; the same bytes are kept once a region."""
    kept = StoredDocument.objects.filter(region_id=region, sha256=document.sha256).first()
    if kept is not None:
        return kept
    stored = StoredDocument.objects.create(
        region_id=region,
        sha256=document.sha256,
        name=safe_name(document.name),
        format=document.format,
        size=len(content),
        content=content,
        original=storable(document.original),
        text=storable(document.text),
        length=len(document.text),
        anatomy=pack(document),
        uploaded_by=by,
        uploaded_at=at,
    )
    StoredPassage.objects.bulk_create(
        StoredPassage(
            region_id=region,
            document=stored,
            position=position,
            start=passage.span.start,
            end=passage.span.end,
            blocks=pack_blocks(passage.blocks),
        )
        for position, passage in enumerate(passages(document))
    )
    record(
        type="document.document.stored",
        object=stored,
        region=region,
        by=by,
        at=at,
        name=stored.name,
        sha256=stored.sha256,
        size=stored.size,
    )
    return stored


@transaction.atomic
def hand_out(*, document: StoredDocument, by: User, at: datetime) -> bytes:
    """The bytes of the original file; that they were handed out is written down."""
    record(
        type="document.document.downloaded",
        object=document,
        region=document.region_id,
        by=by,
        at=at,
        sha256=document.sha256,
    )
    return bytes(document.content)


def load(document: StoredDocument) -> Document:
    """The document as it was read, with its blocks and the place of every character."""
    return unpack(
        bytes(document.anatomy),
        name=document.name,
        format=document.format,
        sha256=document.sha256,
        original=document.original,
        text=document.text,
    )
