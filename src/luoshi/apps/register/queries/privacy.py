"""The impact assessment of a mechanism: what is personal in it, why, who reads it, and how long it stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Q

from luoshi.apps.audit.models import Event
from luoshi.apps.register.queries.intake import given_outside
from luoshi.apps.register.queries.listing import visible
from luoshi.apps.register.queries.personal import is_sensitive, personal_fields
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.fields import Field
from luoshi.core.register.procedure import Transition

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Asked:
    """A personal field: which steps ask for it, whether people outside write it, whether it is sensitive.

    A field that no step asks for is one that need not be there.
    """

    field: Field
    steps: tuple[Transition, ...]
    outside: bool
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the sheet says.

    Attributes:
        fields: what is personal.
        published: whether anything of an entry is public, and what.
        entries, forgotten: how many there are, and of how many the personal data was destroyed.
        looks: how often personal data was looked at within a year.
        asked: how often somebody asked to have it put right, and how often that is not answered.
    """

    fields: list[Asked]
    published: list[Field]
    entries: int
    forgotten: int
    looks: int
    asked: int
    unanswered: int


def assessed(user: User | AnonymousUser, mechanism: Mechanism, today: date) -> Assessed:
    """The sheet of a mechanism, with the figures of what a person may see."""
    register = mechanism.register
    outside = {field.key for field in given_outside(mechanism)}
    rows = visible(user, mechanism.key).order_by()
    counted = rows.aggregate(
        entries=Count("pk", distinct=True),
        forgotten=Count("pk", filter=Q(forgotten__isnull=False), distinct=True),
        asked=Count("corrections", distinct=True),
        unanswered=Count("corrections", filter=Q(corrections__answered_at=None), distinct=True),
    )
    looks = Event.objects.filter(
        type="register.person.revealed",
        region__in=rows.values("region").distinct(),
        detail__mechanism=mechanism.key,
        at__date__gte=today - _YEAR,
    ).count()
    fields = [
        Asked(
            field,
            tuple(step for step in register.transitions if field.key in step.asks),
            field.key in outside,
            is_sensitive(field),
        )
        for field in personal_fields(register)
    ]
    public = [] if register.publication is None else [field for field in register.fields if field.public]
    return Assessed(fields, public, looks=looks, **counted)
