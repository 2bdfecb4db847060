"""Forms that a person has begun and not sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse

from luoshi.apps.register.models import Draft, Entry
from luoshi.core.errors import Phrase
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.procedure import Transition


@dataclass(frozen=True, slots=True)
class Begun:
    """A form that was begun: the step, and where it goes on."""

    label: Phrase
    address: str


def drafts_of(
    user: User, mechanism: Mechanism, steps: Iterable[Transition], entry: Entry | None = None
) -> list[Begun]:
    """What a person has begun of one entry, or of new ones; the latest first.

    Args:
        steps: those that they can take now; what was begun of others before the entry went on leads nowhere.
    """
    rows = Draft.objects.filter(user=user, mechanism=mechanism.key, entry=entry)
    keys = {one.key for one in steps}
    return [_begun(row, mechanism) for row in rows if row.transition in keys]


def _begun(row: Draft, mechanism: Mechanism) -> Begun:
    label = mechanism.register.transition[row.transition].label
    if row.entry_id is None:
        return Begun(label, reverse("register:new", args=[row.mechanism, row.transition]))
    return Begun(label, reverse("register:step", args=[row.mechanism, row.entry_id, row.transition]))
