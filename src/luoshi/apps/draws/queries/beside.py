"""Draws on the page of the entry that they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.apps.draws import models
from luoshi.apps.draws.queries.acting import may_run
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Entry
from luoshi.apps.register.queries.besides import Beside
from luoshi.core.mechanism.drawing import Drawing


def draws_of(user: User | AnonymousUser, entry: Entry) -> Iterator[Beside]:
    """The draws that the entry goes through: to be run, or to be looked at."""
    mechanism = catalogue().version(entry.mechanism, entry.version)
    if not mechanism.draws:
        return
    latest = {one.key: one for one in entry.draws.order_by("pk")}
    for drawing in mechanism.draws:
        draw = latest.get(drawing.key)
        yield Beside(
            label=drawing.label,
            address=reverse("draws:draw", args=[entry.mechanism, entry.pk, drawing.key]),
            words=str(models.Draw.Stage(draw.stage).label) if draw else _("尚未开始"),
            first=waits(entry, drawing) and may_run(user, entry, drawing),
        )


def waits(entry: Entry, drawing: Drawing) -> bool:
    """Whether the entry goes on by this draw and not otherwise."""
    register = catalogue().version(entry.mechanism, entry.version).register
    steps = (register.transition[drawing.commits], register.transition[drawing.draws])
    return any(entry.state in step.origins for step in steps)
