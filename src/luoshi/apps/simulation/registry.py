"""The bodies of any plan: each name of the plan registered, each group given members.

The sample plan has a registry of its own (`luoshi.apps.demo.district`). Of another plan only the names are
known: a body stands for itself, a group is filled by what it is called. Members that nobody names are made
up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from random import Random

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body, Region
from luoshi.apps.organization.operations import add_members, add_rule, create_body
from luoshi.apps.organization.queries.names import bodies_by_name
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.apps.plan.operations.matching import match_all_exact, match_body, register_all
from luoshi.core.roster import group_behind

FIRST, SECOND = "柳青白松竹梅清兰石云", "河石鹭山溪桥岭湾坪塘"
# A drawn group takes about one in so many organs, and never fewer than `LEAST`.
ONE_IN, LEAST = 3, 3


@dataclass(frozen=True, slots=True)
class Sort:
    """Bodies that a group takes in by what they are, as many of them made up as a district has.

    Attributes:
        word: what the name of the group contains.
        ending: what the made-up names end with.
    """

    word: str
    kind: Body.Kind
    line: Body.Line
    ending: str
    number: int


SORTS = (
    Sort("镇", Body.Kind.TOWN, Body.Line.TOWNSHIP, "镇", 3),
    Sort("乡", Body.Kind.TOWN, Body.Line.TOWNSHIP, "镇", 3),
    Sort("街", Body.Kind.STREET, Body.Line.TOWNSHIP, "街道", 12),
    Sort("园区", Body.Kind.PARK, Body.Line.TOWNSHIP, "产业园区", 2),
    Sort("学校", Body.Kind.SCHOOL, Body.Line.INSTITUTION, "小学", 20),
    Sort("社区", Body.Kind.COMMUNITY, Body.Line.OTHER, "社区", 20),
    Sort("村", Body.Kind.VILLAGE, Body.Line.OTHER, "村", 20),
    Sort("企业", Body.Kind.ENTERPRISE, Body.Line.ENTERPRISE, "公司", 8),
)
# A group with one of these words means some departments, not all of them.
SOME = ("有关", "相关", "执法", "成员")


def register_bodies(*, plan: Plan, seed: int, by: User, at: datetime) -> None:
    """Register what the plan names, and fill every group; names that are known already are matched."""
    match_all_exact(plan=plan, by=by, at=at)
    _register_leading_groups(plan, by, at)
    register_all(plan=plan, by=by, at=at)
    groups = Body.objects.filter(
        pk__in=TaskBody.objects.filter(task__plan=plan, collective=True).values("body"),
        kind__in=Body.WITH_MEMBERS,
    ).select_related("region")
    organs = Body.objects.filter(region=plan.region_id, kind=Body.Kind.ORGAN).exclude(line=Body.Line.OTHER)
    # Sorted here: databases sort Chinese names each in its own way, and what is drawn must not differ.
    drawn_from = sorted(organs, key=attrgetter("name"))
    for group in sorted(groups, key=attrgetter("name")):
        _fill(group, drawn_from, seed, by, at)


def _register_leading_groups(plan: Plan, by: User, at: datetime) -> None:
    """Members of a leading group are meant: the leading group itself is the body."""
    unmatched = TaskBody.objects.filter(task__plan=plan, body=None, collective=True)
    known = bodies_by_name(plan.region_id)
    for name in sorted(set(unmatched.values_list("name", flat=True))):
        behind = group_behind(name)
        if not behind:
            continue
        if behind not in known:
            known[behind] = create_body(
                region=plan.region_id, name=behind, line=Body.Line.LEADING_GROUP, by=by, at=at
            )
        match_body(plan=plan, name=name, body=known[behind], by=by, at=at)


def _fill(group: Body, organs: list[Body], seed: int, by: User, at: datetime) -> None:
    sorts = [sort for sort in SORTS if sort.word in group.name] if group.kind == Body.Kind.GROUP else []
    for kind in dict.fromkeys(sort.kind for sort in sorts):
        _make_up(next(sort for sort in sorts if sort.kind == kind), group.region, by, at)
        add_rule(group=group, kind=kind, by=by, at=at)
    if sorts:
        return
    if group.kind == Body.Kind.GROUP and not any(word in group.name for word in SOME):
        add_rule(group=group, kind=Body.Kind.ORGAN, line=Body.Line.GOVERNMENT, by=by, at=at)
        return
    chance = Random(f"{seed}/{group.region_id}/{group.name}")  # noqa: S311 (a made-up world)
    others = [body for body in organs if body != group]
    drawn = chance.sample(others, min(len(others), max(LEAST, len(others) // ONE_IN)))
    if drawn:
        add_members(group=group, members=drawn, by=by, at=at)


def _make_up(sort: Sort, region: Region, by: User, at: datetime) -> None:
    """Bodies of a sort, unless the registry has some already."""
    if Body.objects.filter(region=region, kind=sort.kind).exists():
        return
    known = bodies_by_name(region.pk)
    for number in range(sort.number):
        name = f"{made_name(number)}{sort.ending}"
        if name not in known:
            create_body(region=region.pk, name=name, line=sort.line, kind=sort.kind, by=by, at=at)


def made_name(number: int) -> str:
    """The made-up name of a place, counted from 0; there are a hundred.

    Example:
        >>> made_name(0), made_name(1), made_name(10)
        ('柳河', '青石', '柳石')
    """
    turn, place = divmod(number, len(FIRST))
    return FIRST[place] + SECOND[(place + turn) % len(SECOND)]
