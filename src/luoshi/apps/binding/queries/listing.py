"""The bindings of a plan, by task: what is suggested, with the words and sentences that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.apps.binding.models import Binding
from luoshi.apps.plan.models import Deadline, Task
from luoshi.apps.plan.queries.excerpt import Mark, Piece, cut
from luoshi.core.mechanism.binding import Found, excerpts

SHOWN_FIRST = {Binding.Kind.MECHANISM: 0, Binding.Kind.TARGET: 1, Binding.Kind.DUTY: 2}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filter asks for; empty values ask for nothing."""

    text: str = ""
    state: str = ""
    kind: str = ""
    mechanism: str = ""
    certain: bool = False
    task: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A task with its bindings.

    Attributes:
        sentences: of the task, in pieces, the words of the declarations under a mark.
        rhythms: the recurring duties that the plan itself writes into the task.
    """

    task: Task
    bindings: tuple[Binding, ...]
    sentences: tuple[tuple[Piece, ...], ...]
    rhythms: tuple[Deadline, ...]


def shown(plan: int) -> QuerySet[Binding]:
    """The bindings of a plan that a person has something to say about.

    Targets and duties of a mechanism that was declined for the task are not asked about.
    """
    declined = Binding.objects.filter(
        task=OuterRef("task"),
        mechanism=OuterRef("mechanism"),
        kind=Binding.Kind.MECHANISM,
        state=Binding.State.DECLINED,
    )
    return Binding.objects.filter(plan=plan).exclude(Q(state=Binding.State.SUGGESTED) & Exists(declined))


def certain_of(plan: int) -> QuerySet[Binding]:
    """The suggestions of a plan that can be confirmed in one go."""
    measured = Binding.objects.filter(target=OuterRef("target"), state=Binding.State.CONFIRMED)
    found = shown(plan).filter(state=Binding.State.SUGGESTED, certain=True)
    return found.filter(~Exists(measured))


def narrowed(plan: int, wanted: Wanted) -> QuerySet[Binding]:
    """Those that the filter asks for."""
    found = shown(plan)
    for word in wanted.text.split():
        found = found.filter(
            Q(task__text__icontains=word) | Q(task__title__icontains=word) | Q(task__number=word)
        )
    for name in ("state", "kind", "mechanism"):
        value = getattr(wanted, name)
        if value:
            found = found.filter(**{name: value})
    if wanted.certain:
        found = found.filter(certain=True)
    if wanted.task is not None:
        found = found.filter(task=wanted.task)
    return found.select_related("task", "target", "settled_by").order_by("task__position", "mechanism", "pk")


def tasks_with(bindings: QuerySet[Binding]) -> QuerySet[Task]:
    """The tasks of some bindings, in the order of the plan."""
    return (
        Task.objects.filter(pk__in=bindings.order_by().values("task"))
        .select_related("section")
        .defer("read")
        .order_by("position", "pk")
    )


def rows(tasks: Iterable[Task], bindings: QuerySet[Binding]) -> list[Row]:
    """What a page shows of tasks; two queries."""
    found = list(tasks)
    keys = [one.pk for one in found]
    by_task: dict[int, list[Binding]] = defaultdict(list)
    for one in bindings.filter(task__in=keys):
        by_task[one.task_id].append(one)
    rhythms: dict[int, list[Deadline]] = defaultdict(list)
    kinds = Deadline.objects.filter(task__in=keys, kind=Deadline.Kind.RECURRING)
    for deadline in kinds.order_by("task", "position"):
        rhythms[deadline.task_id].append(deadline)
    return [
        Row(
            task,
            tuple(sorted(by_task[task.pk], key=_order)),
            sentences(task.text, by_task[task.pk]),
            tuple(rhythms[task.pk]),
        )
        for task in found
    ]


def sentences(text: str, bindings: Iterable[Binding]) -> tuple[tuple[Piece, ...], ...]:
    """The sentences of a task that the bindings rest on, the words of their declarations under a mark."""
    found = [Found(*one) for binding in bindings for one in binding.reasons.get("words", [])]
    found = [one for one in found if one.start < one.end <= len(text)]
    marks = [Mark(one.start, one.end, "shared") for one in found]
    return tuple(tuple(cut(text[first:last], first, marks)) for first, last in excerpts(text, found))


def counts(plan: int) -> dict[str, int]:
    """How many bindings of a plan are in each state."""
    found = shown(plan).order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(Binding.State.values, 0) | dict(found)


def mechanisms_in(plan: int) -> list[str]:
    """The keys of the mechanisms that stand in a plan's list."""
    return sorted(shown(plan).order_by().values_list("mechanism", flat=True).distinct())


def _order(one: Binding) -> tuple[str, int, int, int]:
    target = one.target.position if one.target is not None else 0
    return one.mechanism, SHOWN_FIRST[Binding.Kind(one.kind)], target, one.pk
