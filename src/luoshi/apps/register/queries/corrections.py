"""Requests to put personal data right that wait for the body that holds the entry, for the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from luoshi.apps.register.models import Correction
from luoshi.apps.work.queries.desk import Scope
from luoshi.apps.work.queries.desk_sources import Line, Source, register


def _to_answer(scope: Scope, today: date) -> QuerySet[Correction]:
    rows = Correction.objects.filter(entry__holder__in=scope.bodies, answered_at=None)
    return rows.select_related("entry")


def _lines(rows: Iterable[Any], today: date) -> Iterator[Line]:
    for row in rows:
        address = reverse("register:reveal", args=[row.entry.mechanism, row.entry_id])
        yield Line(str(row.entry), localdate(row.at), address)


register(
    Source(
        "corrections-answer",
        _("个人信息更正待答复"),
        lambda scope: bool(scope.bodies),
        _to_answer,
        "at",
        _lines,
        lambda: reverse("register:start"),
    )
)
