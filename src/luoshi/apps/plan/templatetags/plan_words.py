"""Values of plans in templates, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.apps.interface.templatetags.interface import day
from luoshi.apps.plan.models import Finding, Task, TaskBody
from luoshi.apps.plan.queries import wording
from luoshi.apps.plan.queries.names import heading
from luoshi.apps.plan.queries.overview import Tile

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


@register.simple_tag
@lru_cache(maxsize=8192)
def address(name: str, plan: int, part: object) -> str:
    """The address of a part of a plan, kept: to find one takes as long as to write the row it stands in."""
    return reverse(name, args=[plan, part])


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


@register.simple_tag
def body_chips(plan: int, mentions: Sequence[Any]) -> SafeString:
    """Bodies of a task as chips that open what else the plan asks of them.

    `mentions` are of `TaskBody`, each with its name as `shown`. A page of tasks has some hundred of them:
    as a template each row takes as long as three queries. They are kept, as the same bodies stand together
    in row after row.
    """
    if not mentions:
        return mark_safe('<span class="muted">—</span>')
    return _chips(plan, tuple((body.role, body.collective, body.shown) for body in mentions))


@lru_cache(maxsize=4096)
def _chips(plan: int, mentions: tuple[tuple[str, bool, str], ...]) -> SafeString:
    chips = (
        (role, " chip-collective" if collective else "", address("plan:body", plan, shown), shown)
        for role, collective, shown in mentions
    )
    items = format_html_join("", '<li><a class="chip chip-{}{}" href="{}">{}</a></li>', chips)
    return format_html('<ul class="chips">{}</ul>', items)


@register.simple_tag
def tile(plan: int, task: Tile, position: int) -> SafeString:
    """A task on the map of chapters: its number, and in words what its marks say; kept like its address."""
    return _tile(plan, task, position, get_language())


@lru_cache(maxsize=8192)
def _tile(plan: int, task: Tile, position: int, _language: str | None) -> SafeString:
    marks = (
        (task.has_target, "target", _("有目标")),
        (task.has_date, "date", _("有日期")),
        (task.in_doubt, "doubt", _("错误或存疑")),
    )
    held = [(kind, words) for has, kind, words in marks if has]
    name = f"{task.number} {task.title}"
    return format_html(
        '<a class="tile{}" href="{}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></a>',
        "".join(f" tile-{kind}" for kind, _words in held),
        address("plan:task", plan, task.pk),
        name,
        tile_label(task.number, position),
        ",".join([name, *(str(words) for _kind, words in held)]),
    )


@register.filter
def tile_label(number: str, counter: int) -> str:
    """A few characters for a tile of the map: the task's number, or its place in the chapter.

    Example:
        >>> tile_label("12", 3), tile_label("（十二）", 3), tile_label("", 3)
        ('12', '十二', '·3')
    """
    short = number.strip("（）()、.． ")
    return short if 0 < len(short) <= LONGEST_TILE else f"·{counter}"
