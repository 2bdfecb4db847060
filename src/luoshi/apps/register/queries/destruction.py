"""Which entries have been kept for their time, and what is known of those that were destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.models import Destroyed, Destruction, Entry, Link
from luoshi.apps.register.queries.searching import worded


def years_before(today: date, years: int) -> date:
    """What ended before this day has been kept for so many years.

    Example:
        >>> years_before(date(2028, 2, 29), 1)
        datetime.date(2027, 2, 28)
    """
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def due_for_destruction(region: str, mechanism: str, today: date) -> QuerySet[Entry]:
    """Entries kept for as long as the rules of their version say, that ended longest ago first.

    What an entry names that is still open is kept with it; what stands on a sheet is not due twice.
    """
    due = Q(pk__in=[])
    for one in catalogue().versions.get(mechanism, ()):
        years = one.register.retention.years
        if years is not None:
            due |= Q(version=one.version, ended__lt=years_before(today, years))
    needed = Link.objects.filter(target=OuterRef("pk"), entry__ended=None)
    rows = Entry.objects.filter(due, ~Exists(needed), region=region, mechanism=mechanism, destruction=None)
    return rows.select_related("body").order_by("ended", "pk")


DUE_SORTS = {
    "ended": ("ended", "pk"),
    "latest": ("-ended", "-pk"),
    "began": ("began", "pk"),
    "number": ("number", "pk"),
}
SHEET_SORTS: dict[str, tuple[Any, ...]] = {
    "new": ("-drawn_at", "-pk"),
    "old": ("drawn_at", "pk"),
    "settled": (F("settled_at").desc(nulls_last=True), "-pk"),
}
LINE_SORTS = {
    "ended": ("ended", "pk"),
    "latest": ("-ended", "-pk"),
    "number": ("number", "pk"),
    "body": ("body__name", "ended", "pk"),
}


def due_listed(
    rows: QuerySet[Entry],
    *,
    text: str = "",
    body: int | None = None,
    since: date | None = None,
    until: date | None = None,
    sort: str = "ended",
) -> QuerySet[Entry]:
    """Those of the entries that are due which a list shows.

    Args:
        text: words that all occur in number, title, names of bodies and what is not personal.
        since, until: when they ended.
        sort: a key of `DUE_SORTS`.
    """
    rows = worded(rows, text)
    if body is not None:
        rows = rows.filter(body=body)
    if since is not None:
        rows = rows.filter(ended__gte=since)
    if until is not None:
        rows = rows.filter(ended__lte=until)
    return rows.order_by(*DUE_SORTS[sort])


def sheets_listed(
    region: str, mechanism: str, *, text: str = "", state: str = "", sort: str = "new"
) -> QuerySet[Destruction]:
    """The sheets of a mechanism, each with `entries`: how many lines it has.

    Args:
        text: words that all stand in the opinion, a name of the two people, or the number of a line.
        sort: a key of `SHEET_SORTS`.
    """
    found = Destruction.objects.filter(region=region, mechanism=mechanism)
    for word in text.split():
        on_it = Destroyed.objects.filter(sheet=OuterRef("pk"), number__icontains=word)
        found = found.filter(Q(opinion__icontains=word) | _named(word) | Exists(on_it))
    if state:
        found = found.filter(state=state)
    lines = Destroyed.objects.filter(sheet=OuterRef("pk")).order_by().values("sheet")
    count = Subquery(lines.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    shown = found.select_related("drawn_by", "settled_by").annotate(entries=Coalesce(count, 0))
    return shown.order_by(*SHEET_SORTS[sort])


def _named(word: str) -> Q:
    """Whether one of the two people of a sheet is called so."""
    found = Q()
    for person in ("drawn_by", "settled_by"):
        for name in ("username", "last_name", "first_name"):
            found |= Q(**{f"{person}__{name}__icontains": word})
    return found


def lines_listed(
    sheet: Destruction, *, text: str = "", outcome: str = "", sort: str = "ended"
) -> QuerySet[Destroyed]:
    """The lines of a sheet which a list shows.

    Args:
        text: words that all stand in the number or the name of the body, or begin the digest.
        outcome: `destroyed`, why it was spared, or empty for all.
        sort: a key of `LINE_SORTS`.
    """
    found = sheet.lines.select_related("body", "entry")
    for word in text.split():
        digest = Q(digest__istartswith=word)
        found = found.filter(Q(number__icontains=word) | Q(body__name__icontains=word) | digest)
    if outcome == "destroyed":
        found = found.exclude(destroyed_at=None)
    elif outcome:
        found = found.filter(spared=outcome)
    return found.order_by(*LINE_SORTS[sort])


def numbers_of_destroyed(keys: Iterable[int]) -> dict[int, str]:
    """The numbers of entries that were destroyed, by the keys that they had."""
    wanted = list(keys)
    rows = Destroyed.objects.filter(former__in=wanted).exclude(destroyed_at=None) if wanted else None
    return {} if rows is None else dict(rows.values_list("former", "number"))
