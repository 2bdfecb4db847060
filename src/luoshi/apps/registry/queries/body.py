"""A body's own page: its history, its groups, and the plans that ask it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q

from luoshi.apps.organization.models import Body, BodyAlias, Membership, Succession
from luoshi.apps.organization.queries.members import load_roster
from luoshi.apps.plan.models import Plan, TaskBody
from luoshi.apps.plan.queries.expansion import Part, day_of, mentions_in, take_apart
from luoshi.core.roster import Roster


@dataclass(frozen=True, slots=True)
class Happening:
    """Something in the history of a body: `begin`, `end`, `rename`, `from` others or `into` others.

    Attributes:
        how: of a reorganization, a label of `Succession.Kind`.
        name: the name that ended.
        others: the bodies on the other side.
    """

    on: date
    what: str
    how: str = ""
    name: str = ""
    others: tuple[Body, ...] = ()


@dataclass(frozen=True, slots=True)
class InGroup:
    """A group that a body is in, or is left out of: by a membership, or on this day by rule or group."""

    group: Body
    membership: Membership | None


@dataclass(slots=True)
class InPlan:
    """How a plan asks a body: by name, and through collectives (tasks by the name of the collective)."""

    plan: Plan
    leads: int = 0
    responsibles: int = 0
    through: dict[str, int] = field(default_factory=dict)


def history(body: Body) -> list[Happening]:
    """What became of a body, the latest first, in three queries."""
    found = [Happening(day, what) for day, what in _bounds(body) if day is not None]
    for alias in body.aliases.filter(kind=BodyAlias.Kind.FORMER):
        if alias.valid_to is not None:
            found.append(Happening(alias.valid_to, "rename", name=alias.name))
    before = Succession.objects.filter(successor=body).select_related("predecessor")
    after = Succession.objects.filter(predecessor=body).select_related("successor")
    for what, rows, side in (("from", before, "predecessor"), ("into", after, "successor")):
        by_event: dict[tuple[date, str], list[Body]] = {}
        for row in rows.order_by("on", "pk"):
            by_event.setdefault((row.on, str(row.get_kind_display())), []).append(getattr(row, side))
        found += [Happening(on, what, how, others=tuple(of)) for (on, how), of in by_event.items()]
    return sorted(found, key=lambda one: (one.on, _ORDER[one.what]), reverse=True)


_ORDER = {"begin": 0, "from": 1, "rename": 2, "into": 3, "end": 4}


def _bounds(body: Body) -> tuple[tuple[date | None, str], ...]:
    return (body.active_from, "begin"), (body.active_to, "end")


def groups_of(body: Body, day: date, roster: Roster) -> list[InGroup]:
    """The groups of a body: its memberships, then the groups that stand for it on `day` by other ways."""
    ties = (
        Membership.objects.filter(member=body).select_related("group").order_by("group__name", "valid_from")
    )
    found = [InGroup(tie.group, tie) for tie in ties]
    known = {one.group.pk for one in found if one.membership and not one.membership.excluded}
    keys = {tie.group for tie in roster.ties} | {rule.group for rule in roster.rules}
    other = [key for key in keys - known if body.pk in roster.members(key, day)]
    return [
        *found,
        *(InGroup(group, None) for group in Body.objects.filter(pk__in=other).order_by("name", "pk")),
    ]


def plans_of(body: Body, roster: Roster | None = None) -> list[InPlan]:
    """The plans whose tasks ask a body, the latest first, in five queries at most."""
    roster = roster or load_roster(body.region_id)
    parts, of_task, plans = _parts(body, roster)
    names = dict(
        Body.objects.filter(pk__in={part.via for part in parts if part.via}).values_list("pk", "name")
    )
    found: dict[int, InPlan] = {}
    for part in parts:
        plan = of_task[part.task]
        row = found.setdefault(plan, InPlan(plans[plan]))
        if part.via is not None:
            row.through[names[part.via]] = row.through.get(names[part.via], 0) + 1
        elif part.role == TaskBody.Role.LEAD:
            row.leads += 1
        else:
            row.responsibles += 1
    return sorted(found.values(), key=lambda row: (row.plan.date, row.plan.pk), reverse=True)


def _parts(body: Body, roster: Roster) -> tuple[list[Part], dict[int, int], dict[int, Plan]]:
    """The parts of a body in tasks, the plan of each task, and the plans."""
    holders = {tie.group for tie in roster.ties} | {rule.group for rule in roster.rules}
    concerned = TaskBody.objects.filter(Q(body=body) | Q(body__in=holders), task=OuterRef("task"))
    mentions = mentions_in(TaskBody.objects.filter(Exists(concerned), region_id=body.region_id))
    of_task = {mention.task: mention.plan for mention in mentions}
    plans = Plan.objects.defer("read", "recipients").in_bulk(set(of_task.values()))
    days = {key: day_of(plan) for key, plan in plans.items()}
    return [part for part in take_apart(mentions, days, roster) if part.body == body.pk], of_task, plans
