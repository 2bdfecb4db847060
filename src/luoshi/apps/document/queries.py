"""What pages ask about stored documents."""

from __future__ import annotations

from django.db.models import F, Value
from django.db.models.functions import Substr

from luoshi.apps.document.models import StoredDocument


def text_between(document: int, start: int, end: int) -> str:
    """Characters `start` up to, not including, `end` of the clean text, without loading the rest."""
    piece = StoredDocument.objects.filter(pk=document).values_list(
        Substr(F("text"), Value(start + 1), Value(max(end - start, 0))), flat=True
    )
    return piece.first() or ""
