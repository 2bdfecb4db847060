"""Workbooks that are looked at before they are taken over: what is said of them, whoever takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema

from luoshi.apps.api.files import attachment
from luoshi.apps.interface.sheets import CONTENT_TYPE


class UploadOut(Schema):
    """A workbook that came in; with faults nothing of it is taken over."""

    id: UUID
    name: str
    at: datetime
    applied_at: datetime | None
    faults: int
    changes: int

    @staticmethod
    def resolve_faults(upload: Any) -> int:
        return len(upload.report.get("faults", ()))

    @staticmethod
    def resolve_changes(upload: Any) -> int:
        return len(upload.report.get("changes", ()))


class FaultOut(Schema):
    """What is wrong at a place of a workbook; row 0 and no column for all of it."""

    sheet: str
    row: int
    column: str
    zh: str
    en: str


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to take away."""
    return attachment(content, name, CONTENT_TYPE)
