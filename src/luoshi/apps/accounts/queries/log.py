"""The audit log as its administrator reads it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from luoshi.apps.audit.catalogue import TYPES
from luoshi.apps.audit.models import Event

SORTS = {"new": ("-at", "-pk"), "old": ("at", "pk")}
# Whose details tell of accounts and rights only; what others tell is the office's work.
OPEN_PARTS = ("accounts.", "organization.role.", "organization.administrator.", "organization.region.")


def entries(
    *,
    text: str = "",
    since: date | None = None,
    until: date | None = None,
    type: str = "",
    thing: str = "",
    sort: str = "new",
) -> QuerySet[Event]:
    """Entries of the log, with the person who acted.

    Args:
        text: words that all stand in the name of the person who acted, or are the number of the object.
        since, until: days of the installation's own time zone, both included.
        type: a name of the catalogue, or empty.
        thing: a type of object, such as `plan.task`, or empty.
        sort: a key of `SORTS`.
    """
    found = Event.objects.select_related("actor")
    for word in text.split():
        found = found.filter(
            Q(actor__username__icontains=word) | Q(actor__first_name__icontains=word) | Q(object_id=word)
        )
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    if type:
        found = found.filter(type=type)
    if thing:
        found = found.filter(object_type=thing)
    return found.order_by(*SORTS[sort])


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def object_types() -> list[tuple[str, str]]:
    """Every type of object that the log names, with its word."""
    labels = Event.objects.order_by("object_type").values_list("object_type", flat=True).distinct()
    return [(label, object_word(label)) for label in labels]


def object_word(label: str) -> str:
    """The word for a type of object.

    Example: `auth.user` is 用户.
    """
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def title(event: Event) -> str:
    """What was done, in words."""
    kind = TYPES.get(event.type)
    return str(kind.title) if kind else event.type


def told(event: Event) -> list[tuple[str, str]]:
    """The details of an entry that its administrator may read, as pairs of words."""
    if not event.type.startswith(OPEN_PARTS):
        return []
    return [(key, _plain(value)) for key, value in event.detail.items()]


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(part)}" for key, part in value.items())
    return str(value)
