"""What a person can bind to a task by hand: every mechanism, found by its own words and not the task's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.apps.binding.models import Binding
from luoshi.apps.plan.models import Target, Task
from luoshi.apps.register.declared import catalogue
from luoshi.core.mechanism.declaration import Mechanism


@dataclass(frozen=True, slots=True)
class Choice:
    """A mechanism with what the task has of it already.

    Attributes:
        own: its own binding to the task; None where there is none.
        measured: targets of the task by the indicators of the mechanism that compute them.
    """

    mechanism: Mechanism
    own: Binding | None
    measured: tuple[Binding, ...]


def mechanisms(text: str) -> list[Mechanism]:
    """Those in whose words every word looked for stands, by key; all of them where none is looked for."""
    wanted = text.casefold().split()
    return [one for one in catalogue() if all(word in _words(one) for word in wanted)]


def _words(mechanism: Mechanism) -> str:
    """Everything that a mechanism is called by, in both languages."""
    phrases = [mechanism.name, mechanism.purpose]
    phrases += [one.label for one in mechanism.indicators]
    phrases += [one.label for one in mechanism.duties]
    said = [word for phrase in phrases for word in (phrase.zh, phrase.en)]
    return "\n".join([mechanism.key, *mechanism.serves, *said]).casefold()


def choices(task: Task, found: Iterable[Mechanism]) -> list[Choice]:
    """Some mechanisms with what the task has of them; one query."""
    shown = list(found)
    rows = Binding.objects.filter(task=task, mechanism__in=[one.key for one in shown])
    own: dict[str, Binding] = {}
    measured: dict[str, list[Binding]] = {}
    for row in rows.exclude(kind=Binding.Kind.DUTY).select_related("target").order_by("target__position"):
        if row.kind == Binding.Kind.MECHANISM:
            own[row.mechanism] = row
        elif row.state == Binding.State.CONFIRMED:
            measured.setdefault(row.mechanism, []).append(row)
    return [Choice(one, own.get(one.key), tuple(measured.get(one.key, ()))) for one in shown]


def free_targets(task: Task) -> list[Target]:
    """The targets of a task that no indicator computes yet."""
    computed = Binding.objects.filter(task=task, state=Binding.State.CONFIRMED, target__isnull=False)
    return list(
        Target.objects.filter(task=task).exclude(pk__in=computed.values("target")).order_by("position")
    )


def tasks_of(plan: int) -> list[Task]:
    """The tasks of a plan as a person chooses among them, in its order."""
    rows = Task.objects.filter(plan=plan).order_by("position", "pk")
    return list(rows.only("number", "title", "text"))
