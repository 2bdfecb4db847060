"""What the pages of the review say about edits, steps and answers."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal

from django import template
from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.apps.plan.models import Finding, ImportJob, Task, TaskBody
from luoshi.apps.plan.models.task import TaskPart
from luoshi.apps.plan.queries import answers, steps
from luoshi.apps.plan.queries.wording import language

register = template.Library()

# A place in a plain text, as compilers write it: line and column. Sample: "59:24"
LINE_AND_COLUMN = re.compile(r"(?P<line>\d+):\d+")

register.filter("step_words", steps.step_words)
register.filter("alternatives", answers.alternatives)
register.filter("reading", answers.reading)

# What a person writes who answers a finding in their own words.
ANSWERS: dict[str, Promise] = {
    "unknown-organization": _("单位的正确名称"),
    "duplicated-text": _("这里应当是"),
    "broken-line": _("这里应当是"),
    "stray-space": _("这里应当是"),
    "no-lead": _("牵头单位的名称"),
    "no-organization": _("牵头单位的名称"),
    "metadata-conflict": _("正确的内容"),
    "vague-deadline": _("明确的日期（如 2025-12-31）"),
}


@register.filter
def leads(task: Task) -> list[TaskBody]:
    """The bodies that lead the task, from its prefetched parts."""
    return [body for body in task.bodies.all() if body.role == TaskBody.Role.LEAD]


@register.filter
def responsibles(task: Task) -> list[TaskBody]:
    """The bodies that share the task, from its prefetched parts."""
    return [body for body in task.bodies.all() if body.role == TaskBody.Role.RESPONSIBLE]


def _is_urgent(finding: Finding) -> bool:
    return finding.state == Finding.State.OPEN and finding.severity < Finding.Severity.NOTE


@register.filter
def urgent(task: Task) -> list[Finding]:
    """The errors and warnings of the task that are open: they stand on its card."""
    return [finding for finding in task.findings.all() if _is_urgent(finding)]


@register.filter
def quiet(task: Task) -> list[Finding]:
    """Notes and settled findings of the task: they stand on its card when somebody looks for them."""
    return [finding for finding in task.findings.all() if not _is_urgent(finding)]


@register.filter
def title_changed(task: Task) -> bool:
    """Whether a person has given the task another title than the one that was read."""
    return bool(task.read.get("title")) and task.read["title"] != task.title


@register.filter
def was_added(part: TaskPart) -> bool:
    """Whether a person added the part."""
    return part.added


@register.filter
def was_changed(part: TaskPart) -> bool:
    """Whether the part differs from what was read."""
    return any(_plain(getattr(part, name)) != _plain(value) for name, value in part.read.items())


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    try:
        return f"{Decimal(value).normalize():f}" if isinstance(value, str) else value
    except ArithmeticError:
        return value


@register.filter
def place_words(finding: Finding) -> str:
    """Where the finding stands in the file; of plain text, the line."""
    place = str(finding.place.get(language(), ""))
    found = LINE_AND_COLUMN.fullmatch(place)
    return gettext("第 %(line)d 行") % {"line": int(found["line"])} if found else place


@register.filter
def answer_label(code: str) -> str:
    """What to write as an answer to a finding of this code."""
    return str(ANSWERS.get(code, _("应当是")))


@register.filter
def answer_start(finding: Finding) -> str:
    """What the field for an answer begins with: the name there, so that only its wrong part is typed."""
    return str(
        finding.details.get("name") or finding.details.get("read") or finding.details.get("first") or ""
    )


@register.filter
def shown_name(user: User | None) -> str:
    """How a user is called on pages."""
    return (user.get_full_name() or user.get_username()) if user else ""


@register.filter
def job_error(job: ImportJob) -> str:
    """Why an import failed."""
    return str(job.error.get(language(), ""))


@register.filter
def row_id(name: str) -> str:
    """A name as part of an element's id, which may hold no space or quotation mark."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]
