"""What a workbook leaves to do on the pages: drafts, joint reports above all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from luoshi.apps.work.models import Report


def drafts_left(changes: Iterable[Mapping[str, Any]]) -> QuerySet[Report]:
    """The reports that a workbook wrote and that are still drafts, joint ones first."""
    written = Report.objects.filter(occurrence__in=[one["occurrence"] for one in changes])
    drafts = written.filter(state=Report.State.DRAFT).select_related("occurrence", "task", "body")
    return drafts.order_by("-joint", "occurrence__due", "task__position", "body", "pk")
