"""The rows of a sheet that was sent."""

from __future__ import annotations

from typing import Literal

from django.db.models import Q, QuerySet

from luoshi.apps.bulk.models import Row, Upload

Only = Literal["", "faulty", "made", "left"]
_CONDITIONS = {
    "": Q(),
    "faulty": Q(good=False),
    "made": Q(entry__isnull=False),
    "left": Q(good=True, entry=None),
}


def rows_of(upload: Upload, only: Only = "") -> QuerySet[Row]:
    """All rows in the order of the sheet, or only the faulty ones, those made into entries, those left."""
    return upload.rows.filter(_CONDITIONS[only]).order_by("number")
