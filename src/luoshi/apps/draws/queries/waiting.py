"""What draws put on the desk: lists to be frozen, places to be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.waiting import declared, of_either, whose_turn
from luoshi.apps.work.queries.desk import Scope
from luoshi.apps.work.queries.desk_sources import Line, Source, register
from luoshi.core.register.procedure import Actor


@cache
def _waiting(actor: Actor) -> Q:
    """Entries that go on by a draw which such an actor runs."""
    found = Q(pk__in=[])
    for versions in catalogue().versions.values():
        for one in versions:
            for drawing in one.draws:
                if actor in drawing.who:
                    steps = (one.register.transition[drawing.commits], one.register.transition[drawing.draws])
                    states = [key for step in steps for key in step.origins]
                    found |= Q(mechanism=one.key, version=one.version, state__in=states)
    return found


def _to_run(scope: Scope, today: date) -> QuerySet[Entry]:
    return whose_turn(scope, _waiting).select_related("body")


def _lines(rows: Iterable[Any], today: date) -> Iterator[Line]:
    language = get_language() or "zh"
    for row in rows:
        mechanism = catalogue().version(row.mechanism, row.version)
        drawing = mechanism.draws[0]
        yield Line(
            title=str(row),
            day=row.began,
            address=reverse("draws:draw", args=[row.mechanism, row.pk, drawing.key]),
            asker=f"{mechanism.name.said(language)} · {drawing.label.said(language)}",
        )


def _address() -> str:
    return reverse("register:start")


register(Source("draws-run", _("待随机抽取"), of_either, _to_run, "began", _lines, _address, shape=declared))
