"""Entries that a person may see, and lists of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, regions_of, regions_with
from luoshi.apps.register.models import Clock, Entry, Value
from luoshi.apps.register.queries.conditions import narrowed
from luoshi.apps.register.queries.loading import surroundings
from luoshi.apps.register.queries.searching import few, plain, worded
from luoshi.core.mechanism.declaration import Mechanism, SavedView
from luoshi.core.register.fields import FieldType

SORTS: dict[str, tuple[Any, ...]] = {
    "new": ("-began", "-pk"),
    "old": ("began", "pk"),
    # As an index has it in either database: what has no limit comes last.
    "due": (F("next_due").asc(nulls_last=True), "pk"),
    "number": ("number", "pk"),
}


# Fields whose values are compared as a whole; of others a part will do.
EXACT = (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO, FieldType.BODY, FieldType.PERIOD)


def visible(user: User | AnonymousUser, mechanism: str = "") -> QuerySet[Entry]:
    """All of a region for its office and viewers; for a body what it owns, holds or is to sign for.

    The regions are named for bodies, too: lists are read from an index that begins with them.
    """
    own = bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD, Role.Name.VIEWER)
    whole = regions_with(user, Role.Name.OFFICE, Role.Name.VIEWER)
    rows = Entry.objects.filter(mechanism=mechanism) if mechanism else Entry.objects.all()
    if whole and not own:
        return rows.filter(region__in=whole)
    mine = Q(body__in=own) | Q(holder__in=own) | Q(pending__in=own)
    rows = rows.filter(region__in=regions_of(user))
    return rows.filter(Q(region__in=whole) | mine if whole else mine)


def at_work() -> Q:
    """Clocks that somebody works against: they run, or ran out without anybody having ended them."""
    return Q(outcome=Clock.Outcome.RUNNING) | Q(outcome=Clock.Outcome.OVERRUN, ended=None)


def with_limit(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same entries with the key of the limit that ends first, `next_limit`."""
    clocks = Clock.objects.filter(at_work(), entry=OuterRef("pk"), due=OuterRef("next_due")).order_by("pk")
    return rows.annotate(next_limit=Subquery(clocks.values("limit")[:1]))


def late_ones(rows: QuerySet[Entry], today: date) -> QuerySet[Entry]:
    """Those of which a limit has run out."""
    return rows.filter(next_due__lt=today)


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
    view: SavedView | None = None,
    today: date,
    sort: str = "new",
) -> QuerySet[Entry]:
    """The entries of a list, with what a row shows.

    Args:
        text: words that all occur in number, title, names of bodies and what is not personal.
        state: a state, or `open` for what has not ended.
        since, until: when they began.
        values: of indexed fields, by key.
        late: only those of which a limit has run out.
        view: one of the declared views.
        sort: a key of `SORTS`.
    """
    rows = visible(user, mechanism.key)
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
            held = Value.objects.filter(
                entry=OuterRef("pk"), region=OuterRef("region"), mechanism=mechanism.key, field=key
            )
            exact = mechanism.register.field[key].type in EXACT
            rows = rows.filter(Exists(held.filter(**{"text" if exact else "text__icontains": value})))
    if late:
        rows = late_ones(rows, today)
    if view is not None:
        rows = narrowed(rows, view.where.node, surroundings(mechanism.key, today))
    if plain(text):
        rows = few(worded(rows, text))
    return with_limit(rows).select_related("holder", "pending", "body").order_by(*SORTS[sort])


def by_state(rows: QuerySet[Entry]) -> dict[str, int]:
    """How many entries stand in each state."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def counts(user: User | AnonymousUser, today: date) -> dict[str, dict[str, int]]:
    """Of each mechanism how many entries the person may see: all, open, and late ones."""
    rows = visible(user).order_by()
    asked = {"all": rows, "open": rows.filter(ended=None), "late": late_ones(rows, today)}
    found: dict[str, dict[str, int]] = {}
    # One after the other, because each then reads an index of its own and not the entries.
    for name, ones in asked.items():
        for key, number in ones.values_list("mechanism").annotate(Count("pk")):
            found.setdefault(key, {})[name] = number
    return found


# Values of a field that a filter offers at most.
MOST_OFFERED = 200

# From each value to the next lower one: as many steps in the index as there are values, not as there are
# entries. Both databases read it alike.
_DISTINCT = """
WITH RECURSIVE offered(text) AS (
    SELECT (SELECT max(text) FROM register_value WHERE region_id = %s AND mechanism = %s AND field = %s)
    UNION ALL
    SELECT (SELECT max(text) FROM register_value
            WHERE region_id = %s AND mechanism = %s AND field = %s AND text < offered.text)
    FROM offered WHERE offered.text IS NOT NULL
)
SELECT text FROM offered WHERE text IS NOT NULL LIMIT %s
"""


def offered(user: User | AnonymousUser, mechanism: Mechanism) -> dict[str, list[str]]:
    """What can be chosen in filters of fields whose values the declaration does not list, by field."""
    found = {}
    for key in mechanism.views.filters:
        if mechanism.register.field[key].type in (FieldType.BODY, FieldType.PERIOD):
            values: set[str] = set()
            for region in regions_of(user):
                named = [region, mechanism.key, key]
                with connection.cursor() as cursor:
                    cursor.execute(_DISTINCT, [*named, *named, MOST_OFFERED])
                    values.update(text for (text,) in cursor.fetchall())
            found[key] = sorted(values, reverse=True)[:MOST_OFFERED]
    return found
