"""What reporting costs the bodies, by the rules of `luoshi.core.work.burden`. Nothing about persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.timezone import localdate

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.rules import Visitor, bodies_with, regions_with
from luoshi.apps.work.models import Occurrence
from luoshi.apps.work.queries.along import UNTOUCHED
from luoshi.core.calendar.periods import Period
from luoshi.core.work.burden import Burden, Request, burdens

MONTHS = 12
SORTS = {
    "requests": ("-requests", "name", "pk"),
    "asked": ("-fields", "name", "pk"),
    "name": ("name", "pk"),
}


@dataclass(frozen=True, slots=True)
class BodyBurden:
    """What a body was asked in the months that are looked at."""

    body: Body
    requests: int
    asked: int
    prefilled: int
    minutes: float | None
    known: int
    months: tuple[Burden, ...]

    @property
    def share(self) -> int | None:
        """Share of the fields that stood there already, in percent; None where there was no field."""
        fields = self.asked + self.prefilled
        return round(100 * self.prefilled / fields) if fields else None


@dataclass(frozen=True, slots=True)
class MonthBurden:
    """What all bodies together were asked in a month."""

    month: Period
    requests: int
    asked: int
    prefilled: int


def seen_requests(user: Visitor) -> QuerySet[Occurrence]:
    """Requests that were opened: of the whole region for its office and viewers, else of one's bodies."""
    seen = Q(region__in=regions_with(user, "office", "viewer")) | Q(
        body__in=bodies_with(user, "liaison", "head", "viewer")
    )
    # What another report answers as well was never asked for by itself.
    along = UNTOUCHED & Q(goes_with__isnull=False)
    return Occurrence.objects.filter(seen, opened_at__isnull=False).exclude(along)


def months_until(today: date) -> list[Period]:
    """The last twelve months, the oldest first."""
    found = [Period.containing(today, "month")]
    while len(found) < MONTHS:
        found.append(found[-1].previous())
    return found[::-1]


def within(rows: QuerySet[Occurrence], months: Sequence[Period]) -> QuerySet[Occurrence]:
    """Requests opened in these months."""
    return rows.filter(opened_at__date__range=(months[0].start, months[-1].end))


def bodies_asked(rows: QuerySet[Occurrence], text: str = "", sort: str = "requests") -> QuerySet[Body]:
    """The bodies that were asked for anything, as `bodies_burden` takes them."""
    keys = rows.order_by().values("body")
    found = Body.objects.filter(pk__in=keys)
    for word in text.split():
        found = found.filter(name__icontains=word)
    own = Q(occurrences__in=rows.order_by().values("pk"))
    return found.annotate(
        requests=Count("occurrences", filter=own),
        fields=Coalesce(Sum("occurrences__asked", filter=own), 0),
    ).order_by(*SORTS[sort])


def bodies_burden(rows: QuerySet[Occurrence], bodies: Iterable[Body]) -> list[BodyBurden]:
    """The burden of some bodies, month by month; one query."""
    wanted = list(bodies)
    requests: dict[str, list[Request]] = {str(body.pk): [] for body in wanted}
    found = rows.filter(body__in=wanted).order_by().annotate(day=F("opened_at"))
    for body, task, period, opened, due, asked, prefilled, minutes in found.values_list(
        "body_id", "task_id", "period", "day", "due", "asked", "prefilled", "minutes"
    ):
        spent = None if minutes is None else float(minutes)
        requests[str(body)].append(
            Request(str(body), str(task), period, localdate(opened), due, asked or 0, prefilled or 0, spent)
        )
    return [_of_body(body, requests[str(body.pk)]) for body in wanted]


def by_month(rows: QuerySet[Occurrence], months: Sequence[Period]) -> list[MonthBurden]:
    """What all bodies together were asked, month by month, counted in the database."""
    counted = (
        rows.order_by()
        .annotate(month=TruncMonth("opened_at"))
        .values_list("month")
        .annotate(n=Count("pk"), asked_sum=Sum("asked"), prefilled_sum=Sum("prefilled"))
    )
    found = {
        Period.containing(localdate(month), "month").key: (n, asked or 0, prefilled or 0)
        for month, n, asked, prefilled in counted
    }
    return [MonthBurden(month, *found.get(month.key, (0, 0, 0))) for month in months]


def _of_body(body: Body, requests: list[Request]) -> BodyBurden:
    minutes = [one.minutes for one in requests if one.minutes is not None]
    return BodyBurden(
        body,
        len(requests),
        sum(one.asked for one in requests),
        sum(one.prefilled for one in requests),
        median(minutes) if minutes else None,
        len(minutes),
        burdens(requests),
    )
