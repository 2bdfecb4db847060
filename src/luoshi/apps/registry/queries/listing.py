"""The bodies and groups of a person's regions, as lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from luoshi.apps.organization.models import Body, BodyAlias, GroupRule, Membership
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.registry.queries.reached import with_task_count
from luoshi.core.credit_code import normalized

BODY_SORTS = {
    "name": ("name", "pk"),
    "kind": ("kind", "line", "name", "pk"),
    "level": ("level", "kind", "name", "pk"),
    "tasks": ("-task_count", "name", "pk"),
}
GROUP_SORTS = {"name": ("name", "pk"), "kind": ("kind", "name", "pk")}


def bodies(
    regions: Collection[str],
    *,
    today: date,
    text: str = "",
    kind: str = "",
    line: str = "",
    level: str = "",
    state: str = "",
    sort: str = "name",
) -> QuerySet[Body]:
    """Bodies of these regions, each with `task_count`, the number of tasks that ask it (see `tasks_of`).

    Args:
        regions: codes.
        today: the day that decides what has ended.
        text: words that all stand in one of its names, or its credit code or a part of that.
        kind: a value of `Body.Kind`, or empty for all; `line` and `level` likewise.
        state: `ended`, `all`, or empty for those that have not ended.
        sort: a key of `BODY_SORTS`.
    """
    found = Body.objects.filter(region_id__in=regions).select_related("parent", "region")
    for word in text.split():
        found = found.filter(_named(word))
    for field, value in (("kind", kind), ("line", line), ("level", level)):
        if value != "":
            found = found.filter(**{field: value})
    if state != "all":
        ended = Q(active_to__lt=today)
        found = found.filter(ended) if state == "ended" else found.exclude(ended)
    return with_task_count(found, regions).order_by(*BODY_SORTS[sort])


def _named(word: str) -> Q:
    aliases = BodyAlias.objects.filter(body=OuterRef("pk"), name__icontains=word)
    named = Q(name__icontains=word) | Q(full_name__icontains=word) | Q(short_name__icontains=word)
    code = normalized(word)
    return named | Q(Exists(aliases)) | (Q(credit_code__contains=code) if code else Q())


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with how it is made up, and for how many bodies it stands on the day asked for."""

    body: Body
    members: int
    excluded: int
    rules: int
    stands_for: int


def groups(regions: Collection[str], *, text: str = "", kind: str = "", sort: str = "name") -> QuerySet[Body]:
    """Everything that can have members, with the numbers of its members, exceptions and rules."""
    found = Body.objects.filter(region_id__in=regions, kind__in=Body.WITH_MEMBERS)
    for word in text.split():
        found = found.filter(_named(word))
    if kind:
        found = found.filter(kind=kind)
    return found.annotate(
        tie_count=_number(Membership.objects.filter(excluded=False)),
        excluded_count=_number(Membership.objects.filter(excluded=True)),
        rule_count=_number(GroupRule.objects.all()),
    ).order_by(*GROUP_SORTS[sort])


def group_rows(found: Collection[Body], day: date) -> list[GroupRow]:
    """The groups with their size on a day, in three queries a region."""
    rosters = {region: load_roster(region) for region in {body.region_id for body in found}}
    return [
        GroupRow(
            body,
            getattr(body, "tie_count", 0),
            getattr(body, "excluded_count", 0),
            getattr(body, "rule_count", 0),
            len(rosters[body.region_id].members(body.pk, day)),
        )
        for body in found
    ]


def _number(rows: QuerySet[Membership] | QuerySet[GroupRule]) -> Coalesce:
    counted = rows.filter(group=OuterRef("pk")).order_by().values("group").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
