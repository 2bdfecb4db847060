"""What waits for a person: one list over all their roles and bodies, grouped by plan and day.

Several requests to one person are one to-do: ten tasks of a plan that fall due on one day are one line. Each
kind of to-do is one queryset, so that a number on the desk is the length of the list that it opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.apps.organization.models import Role
from luoshi.apps.organization.rules import bodies_with, regions_with
from luoshi.apps.plan.models import Plan
from luoshi.apps.work.models import Adjustment, Assignment, Extension, Occurrence, Report, Stance
from luoshi.apps.work.queries.along import ALONG
from luoshi.apps.work.queries.counted import count_each
from luoshi.apps.work.queries.desk_sources import Source, sources_for
from luoshi.apps.work.queries.endorsing import HEADED, in_state
from luoshi.apps.work.queries.queues import to_accept, to_approve
from luoshi.apps.work.queries.standing import occurrence_rank

# A joint report in one of these states, and an own one that was answered, waits for somebody else.
WITH_OTHERS = (Report.State.PROPOSED, Report.State.SUBMITTED, Report.State.APPROVED, Report.State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom somebody works: bodies as liaison or head, as head alone, and regions as the office."""

    user: int | None
    bodies: frozenset[int]
    heads: frozenset[int]
    regions: frozenset[str]

    @classmethod
    def of(cls, user: User | AnonymousUser) -> Scope:
        """The scope of a user; the roles are read once a request."""
        return cls(
            user.pk,
            bodies_with(user, Role.Name.LIAISON, Role.Name.HEAD),
            bodies_with(user, Role.Name.HEAD),
            regions_with(user, Role.Name.OFFICE),
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of to-do.

    Attributes:
        key: in addresses.
        title: what is to be done.
        rows: everything of this kind that concerns somebody.
        day: the field with the day that it hangs on.
        occurrence: the path to the occurrence, empty where it is about none; `self` for occurrences.
        task: the path to the task.
        asks: whether the person has something to do; otherwise it is only kept in view.
    """

    key: str
    title: Promise | str
    rows: Callable[[Scope, date], QuerySet[Any]]
    day: str
    occurrence: str = ""
    task: str = "task"
    asks: bool = True

    def groups(self, scope: Scope, today: date) -> QuerySet[Any, Any]:
        """Plan and day of every to-do."""
        return self.rows(scope, today).order_by().values_list(f"{self.task}__plan", self.day).distinct()

    def shape(self) -> None:
        """What its query depends on beside who asks and when: nothing."""


@dataclass(frozen=True, slots=True)
class Group:
    """A to-do: so many things of one kind, of one plan, for one day. `rank` is its worst light, if any."""

    kind: Kind
    plan: Plan
    day: date | None
    count: int
    rank: int | None


def _returned(scope: Scope, today: date) -> QuerySet[Any]:
    return _running(scope).filter(report__state=Report.State.RETURNED)


def _to_report(scope: Scope, today: date) -> QuerySet[Any]:
    """What is asked of the bodies; what is signed by all leads and only a head sends up is the head's."""
    ready = Q(report__state=Report.State.COSIGNED, body__work_setting__head_approves=True)
    return _running(scope).exclude(report__state__in=[Report.State.RETURNED, *WITH_OTHERS]).exclude(ready)


def _running(scope: Scope) -> QuerySet[Occurrence]:
    asked = Occurrence.objects.filter(body__in=scope.bodies, state=Occurrence.State.OPEN, answered_at=None)
    return asked.exclude(assignment__state__in=[Assignment.State.SUSPENDED, *Assignment.GONE]).exclude(ALONG)


def _to_sign(scope: Scope, today: date) -> QuerySet[Any]:
    return Assignment.objects.filter(body__in=scope.bodies, state=Assignment.State.ISSUED)


def _to_cosign(scope: Scope, today: date) -> QuerySet[Any]:
    said = Stance.objects.filter(
        report=OuterRef(OuterRef("pk")), revision=OuterRef(OuterRef("latest")), body=OuterRef("body")
    )
    asked = (
        Assignment.objects.filter(
            task=OuterRef("task"), role=Assignment.Role.LEAD, rank__gt=0, body__in=scope.bodies
        )
        .exclude(state__in=Assignment.GONE)
        .filter(~Exists(said))
    )
    drawn = Report.objects.filter(joint=True, state__in=[Report.State.PROPOSED, Report.State.OBJECTED])
    return drawn.filter(Exists(asked))


def _to_approve(scope: Scope, today: date) -> QuerySet[Any]:
    return to_approve(scope.heads)


def _to_endorse(scope: Scope, today: date) -> QuerySet[Any]:
    """What the head of a body looks at; a lead of the task does where the body has no head."""
    led = Assignment.objects.filter(
        task=OuterRef("occurrence__task"), role=Assignment.Role.LEAD, body__in=scope.bodies
    ).exclude(state__in=Assignment.GONE)
    mine = Q(body__in=scope.heads) | (~HEADED & Exists(led))
    return Extension.objects.filter(mine, state=Extension.State.ASKED).exclude(asked_by=scope.user)


def _to_grant(scope: Scope, today: date) -> QuerySet[Any]:
    """What was endorsed, and what nobody can endorse."""
    endorsed = in_state(Extension.objects.filter(region__in=scope.regions), Extension.State.ENDORSED)
    return endorsed.exclude(Q(asked_by=scope.user) | Q(endorsed_by=scope.user))


def _to_adjust(scope: Scope, today: date) -> QuerySet[Any]:
    asked = Adjustment.objects.filter(region__in=scope.regions, state=Adjustment.State.ASKED)
    return asked.exclude(asked_by=scope.user)


def _to_accept(scope: Scope, today: date) -> QuerySet[Any]:
    return to_accept(scope.regions)


def _unsigned(scope: Scope, today: date) -> QuerySet[Any]:
    return Assignment.objects.filter(
        region__in=scope.regions, state=Assignment.State.ISSUED, sign_by__lt=today
    )


def _overdue(scope: Scope, today: date) -> QuerySet[Any]:
    return Occurrence.objects.filter(
        region__in=scope.regions, state=Occurrence.State.OPEN, answered_at=None, due__lt=today
    ).exclude(assignment__state__in=[Assignment.State.SUSPENDED, *Assignment.GONE])


KINDS = (
    Kind("returned", _("退回待修改"), _returned, "due", "self"),
    Kind("sign", _("待签收"), _to_sign, "sign_by"),
    Kind("report", _("待填报"), _to_report, "due", "self"),
    Kind("cosign", _("待会签"), _to_cosign, "occurrence__due", "occurrence"),
    Kind("approve", _("待负责人审核"), _to_approve, "occurrence__due", "occurrence"),
    Kind("endorse", _("延期待本单位审核"), _to_endorse, "old_due", "occurrence", "occurrence__task"),
    Kind("accept", _("待采纳"), _to_accept, "occurrence__due", "occurrence"),
    Kind("grant", _("延期待审批"), _to_grant, "old_due", "occurrence", "occurrence__task"),
    Kind("adjust", _("任务调整待审批"), _to_adjust, "asked_at__date"),
    Kind("unsigned", _("签收逾期"), _unsigned, "sign_by", asks=False),
    Kind("overdue", _("报送逾期"), _overdue, "due", "self", asks=False),
)
BY_KEY = {kind.key: kind for kind in KINDS}
_OF_BODIES = frozenset({"returned", "sign", "report", "cosign", "endorse"})
_OF_HEADS = frozenset({"approve"})


def kinds_for(scope: Scope) -> tuple[Kind, ...]:
    """The kinds that can concern somebody."""

    def concerned(kind: Kind) -> bool:
        if kind.key in _OF_BODIES:
            return bool(scope.bodies)
        return bool(scope.heads if kind.key in _OF_HEADS else scope.regions)

    return tuple(kind for kind in KINDS if concerned(kind))


def waiting(scope: Scope, today: date) -> int:
    """How many to-dos somebody has, those of other apps included, in one query."""
    all_kinds: tuple[Kind | Source, ...] = (*kinds_for(scope), *sources_for(scope))
    return sum(count_each(scope, (kind for kind in all_kinds if kind.asks), today).values())


def groups(scope: Scope, today: date, kinds: Iterable[Kind]) -> Iterator[Group]:
    """Every to-do of these kinds, the earliest day first: a query a kind and one for the plans."""
    found: list[Any] = []
    for kind in kinds:
        counted = kind.rows(scope, today).order_by().values_list(f"{kind.task}__plan", kind.day)
        worst = {"worst": Min(occurrence_rank(today))} if kind.occurrence == "self" else {}
        rows = counted.annotate(n=Count("pk"), **worst).order_by(kind.day, f"{kind.task}__plan")
        found += [(kind, plan, day, n, *rest) for plan, day, n, *rest in rows]
    plans = Plan.objects.defer("read").in_bulk({row[1] for row in found})
    for kind, plan, day, n, *rest in found:
        yield Group(kind, plans[plan], day, n, rest[0] if rest else None)


def listed(
    kind: Kind,
    scope: Scope,
    today: date,
    *,
    plan: int | None = None,
    day: date | None = None,
    body: int | None = None,
    text: str = "",
    sort: str = "day",
) -> QuerySet[Any]:
    """Everything of one kind, with what a row of the list shows.

    Args:
        kind: of `KINDS`.
        scope: for whom.
        today: for what is overdue.
        plan: only of this plan.
        day: only of this day.
        body: only of this body.
        text: words that all stand in the task or the name of the body, or are the task's number.
        sort: `day`, `task` or `body`.
    """
    found, task = kind.rows(scope, today), kind.task
    if plan is not None:
        found = found.filter(**{f"{task}__plan": plan})
    if day is not None:
        found = found.filter(**{kind.day: day})
    if body is not None:
        found = found.filter(body=body)
    for word in text.split():
        found = found.filter(
            Q(**{f"{task}__title__icontains": word})
            | Q(**{f"{task}__text__icontains": word})
            | Q(**{f"{task}__number": word})
            | Q(body__name__icontains=word)
        )
    document = (f"{task}__plan", f"{task}__position")
    order = {
        "day": (kind.day, *document, "body", "pk"),
        "task": (*document, kind.day, "body", "pk"),
        "body": ("body__name", kind.day, *document, "pk"),
    }
    joined = ["body", f"{task}__plan", *([kind.occurrence] if kind.occurrence == "occurrence" else [])]
    if kind.occurrence == "self":
        found = found.select_related("assignment").annotate(rank_of_light=occurrence_rank(today))
    return found.select_related(*joined).defer(f"{task}__read", f"{task}__plan__read").order_by(*order[sort])
