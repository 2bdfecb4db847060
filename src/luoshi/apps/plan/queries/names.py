"""The names under which bodies and tasks are shown.

A body goes by the name in the registry once it is matched, else by the plan's; a task without a title by its
first sentence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Coalesce, Substr

from luoshi.apps.plan.models import TaskBody
from luoshi.core.plan.export.wording import NUMBER_END, SENTENCE_END

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Shown(TypedDict):
        shown: str

    ShownMentions = QuerySet[WithAnnotations[TaskBody, Shown], Any]

SHOWN_NAME = Coalesce("body__name", "name", output_field=TextField())
# Enough of a task's text to find its first sentence in.
OPENING = Substr("text", 1, 120)
LONGEST_HEADING = 48


@dataclass(frozen=True, slots=True)
class BodyCount:
    """A body of a plan and in how many tasks it leads or is responsible."""

    name: str
    leads: int
    responsibles: int
    collective: bool

    @property
    def tasks(self) -> int:
        """Roles in tasks, both kinds together."""
        return self.leads + self.responsibles


def heading(number: str, title: str, text: str) -> str:
    """The title of a task, or else the beginning of its text without the number.

    Example:
        >>> heading("3", "", "3.加强普法。每年组织一次。")
        '加强普法'
    """
    if title:
        return title
    text = NUMBER_END.sub("", text.strip().removeprefix(number))
    first = SENTENCE_END.split(text, maxsplit=1)[0].strip()
    return first if len(first) <= LONGEST_HEADING else first[: LONGEST_HEADING - 1] + "…"


def of_body(name: str) -> Q:
    """Mentions that are shown under `name`; for use on `TaskBody`."""
    return Q(body__name=name) | Q(body=None, name=name)


def mentions(plan: int) -> ShownMentions:
    """The current mentions in a plan, each with the name it is shown under as `shown`."""
    found: ShownMentions = TaskBody.objects.filter(task__plan_id=plan).annotate(shown=SHOWN_NAME)
    return found


def bodies_of(plan: int) -> list[BodyCount]:
    """All bodies of a plan, those that lead most first.

    A body named twice in the same role of one task counts once.
    """
    leads: Counter[str] = Counter()
    responsibles: Counter[str] = Counter()
    collective: dict[str, bool] = {}
    counted = (
        mentions(plan)
        .order_by("shown", "role", "collective")
        .values_list("shown", "role", "collective")
        .annotate(tasks=Count("task", distinct=True))
    )
    for name, role, is_collective, tasks in counted:
        (leads if role == TaskBody.Role.LEAD else responsibles)[name] += tasks
        collective[name] = collective.get(name, False) or is_collective
    found = [BodyCount(name, leads[name], responsibles[name], collective[name]) for name in collective]
    return sorted(found, key=lambda body: (-body.leads, -body.responsibles, body.name))
