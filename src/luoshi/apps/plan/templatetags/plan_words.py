"""Values of plans in templates, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from luoshi.apps.interface.templatetags.interface import day
from luoshi.apps.plan.models import Finding, Task, TaskBody
from luoshi.apps.plan.queries import wording
from luoshi.apps.plan.queries.names import heading

register = template.Library()

register.filter("target_words", wording.target_words)
register.filter("finding_words", wording.finding_words)
register.filter("finding_name", wording.finding_name)

DEADLINE_ICONS = {
    "date": "calendar",
    "target": "target",
    "recurring": "repeat",
    "standing": "standing",
    "vague": "vague",
}
# What fits on a tile of the map.
LONGEST_TILE = 3
SEVERITIES = {0: "error", 1: "warning", 2: "note"}


@register.filter
def due_words(deadline: wording.Due) -> str:
    """When it is due, a date as people write it."""
    return day(wording.due_words(deadline))


@register.filter
def due_icon(kind: str) -> str:
    """The icon of a kind of deadline."""
    return DEADLINE_ICONS[kind]


@register.filter
def severity(finding: Finding) -> str:
    """`error`, `warning` or `note`, for classes and icons."""
    return SEVERITIES[finding.severity]


@register.filter
def weight(severity: int) -> str:
    """The same of a stored severity."""
    return SEVERITIES[severity]


@register.filter
def quote_beside(finding: Finding) -> str:
    """The words of the document at the finding, where its sentence does not hold them already."""
    return "" if finding.quote in wording.finding_words(finding) else finding.quote


@register.filter
def task_heading(task: Task) -> str:
    """The title of a task or the beginning of its text."""
    return heading(task.number, task.title, task.text)


@register.filter
def with_role(mentions: Iterable[TaskBody], role: str) -> list[TaskBody]:
    """The mentions that have this role."""
    return [mention for mention in mentions if mention.role == role]


@register.filter
def tile_label(number: str, counter: int) -> str:
    """A few characters for a tile of the map: the task's number, or its place in the chapter.

    Example:
        >>> tile_label("12", 3), tile_label("（十二）", 3), tile_label("", 3)
        ('12', '十二', '·3')
    """
    short = number.strip("（）()、.． ")
    return short if 0 < len(short) <= LONGEST_TILE else f"·{counter}"
