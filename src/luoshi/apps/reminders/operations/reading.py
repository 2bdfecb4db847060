"""A digest that its person has opened."""

from __future__ import annotations

from datetime import datetime

from luoshi.apps.reminders.models import Digest


def mark_read(*, digest: Digest, at: datetime) -> None:
    """Note when a digest was first opened; it is the person's own mark, shown to nobody else and no event."""
    Digest.objects.filter(pk=digest.pk, read_at=None).update(read_at=at)
