"""What bulletins put on the desk: those that wait for a second person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luoshi.apps.bulletin.models import Bulletin
from luoshi.apps.work.queries.desk import Scope
from luoshi.apps.work.queries.desk_sources import Line, Source, register


def _to_approve(scope: Scope, today: date) -> QuerySet[Bulletin]:
    rows = Bulletin.objects.filter(region__in=scope.regions, state=Bulletin.State.SUBMITTED)
    return rows.exclude(submitted_by=scope.user)


def _lines(rows: Iterable[Any], today: date) -> Iterator[Line]:
    for row in rows:
        yield Line(row.title, row.until, reverse("bulletin:bulletin", args=[row.pk]))


register(
    Source(
        "bulletins-approve",
        _("通报待审定"),
        lambda scope: bool(scope.regions),
        _to_approve,
        "until",
        _lines,
        lambda: f"{reverse('bulletin:list')}?state=submitted",
    )
)
