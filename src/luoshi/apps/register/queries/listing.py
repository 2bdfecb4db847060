"""Entries that a person may see, and lists of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, regions_with
from luoshi.apps.register.models import Clock, Entry, Value
from luoshi.core.mechanism.declaration import Mechanism

SORTS = {
    "new": ("-began", "-pk"),
    "old": ("began", "pk"),
    "due": ("next_due", "pk"),
    "number": ("number", "pk"),
}


def visible(user: User | AnonymousUser, mechanism: str = "") -> QuerySet[Entry]:
    """All of a region for its office and viewers; for a body what it owns, holds or is to sign for."""
    own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD, Role.Name.VIEWER)
    whole = regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER)
    rows = Entry.objects.filter(mechanism=mechanism) if mechanism else Entry.objects.all()
    if whole and not own:
        return rows.filter(region__in=whole)
    mine = Q(body__in=own) | Q(holder__in=own) | Q(pending__in=own)
    return rows.filter(Q(region__in=whole) | mine if whole else mine)


def with_due(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same entries with `next_due`: the last day of the limit that ends first."""
    running = Clock.objects.filter(entry=OuterRef("pk"), outcome=Clock.Outcome.RUNNING).order_by()
    nearest = running.values("entry").annotate(first=Min("due")).values("first")
    return rows.annotate(next_due=Subquery(nearest))


def listed(
    user: User | AnonymousUser,
    mechanism: Mechanism,
    *,
    text: str = "",
    state: str = "",
    holder: int | None = None,
    since: date | None = None,
    until: date | None = None,
    values: Mapping[str, str] | None = None,
    late: bool = False,
    today: date,
    sort: str = "new",
) -> QuerySet[Entry]:
    """The entries of a list, with what a row shows.

    Args:
        text: words that all stand in number or title.
        state: a state, or `open` for what has not ended.
        since, until: when they began.
        values: of indexed fields, by key.
        late: only those of which a limit has run out.
        sort: a key of `SORTS`.
    """
    rows = visible(user, mechanism.key)
    for word in text.split():
        rows = rows.filter(Q(number__icontains=word) | Q(title__icontains=word))
    if state == "open":
        rows = rows.filter(ended=None)
    elif state:
        rows = rows.filter(state=state)
    if holder is not None:
        rows = rows.filter(holder=holder)
    if since is not None:
        rows = rows.filter(began__gte=since)
    if until is not None:
        rows = rows.filter(began__lte=until)
    for key, value in (values or {}).items():
        if value:
            rows = rows.filter(
                Exists(
                    Value.objects.filter(entry=OuterRef("pk"), mechanism=mechanism.key, field=key, text=value)
                )
            )
    if late:
        running = Q(outcome=Clock.Outcome.RUNNING, due__lt=today) | Q(
            outcome=Clock.Outcome.OVERRUN, ended=None
        )
        rows = rows.filter(Exists(Clock.objects.filter(running, entry=OuterRef("pk"))))
    return with_due(rows).select_related("holder", "pending", "body").order_by(*SORTS[sort])


def by_state(rows: QuerySet[Entry]) -> dict[str, int]:
    """How many entries stand in each state."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))
