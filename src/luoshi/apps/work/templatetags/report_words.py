"""Values of reports, merged texts and files in templates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from luoshi.apps.work.models import Report
from luoshi.apps.work.queries.forms import BY_KEY
from luoshi.core.errors import Phrase
from luoshi.core.work.evidence import words_for
from luoshi.core.work.prefill import NOT_APPLICABLE

register = template.Library()

STATE_ICONS = {
    Report.State.DRAFT: "draft",
    Report.State.SUBMITTED: "up",
    Report.State.APPROVED: "check",
    Report.State.RETURNED: "undo",
    Report.State.ACCEPTED: "done",
    Report.State.WITHDRAWN: "undo",
    Report.State.PROPOSED: "person",
    Report.State.OBJECTED: "warning",
    Report.State.COSIGNED: "check",
}


@register.filter
def value_words(value: Any) -> str:
    """What a field says, in words; missing, zero and not applicable are three different things."""
    if value is None or value == "":
        return _("未填")
    if value is NOT_APPLICABLE:
        return _("不适用")
    if isinstance(value, Decimal | int):
        return f"{value}%"
    return str(value)


@register.filter
def is_files(value: Any) -> bool:
    """Whether a field holds files."""
    return isinstance(value, tuple)


@register.filter
def named_by(files: dict[str, Any], key: str) -> Any:
    """The file that a value names; nothing when it is gone."""
    return files.get(key)


@register.filter
def state_icon(state: str) -> str:
    """The icon of a report's state."""
    return STATE_ICONS.get(state, "draft")  # type: ignore[call-overload, no-any-return]


@register.filter
def file_kind(media: str) -> Phrase:
    """What kind of file it is."""
    return words_for(media)


@register.filter
def field_words(key: str) -> Phrase:
    """The label of a field of reports."""
    return BY_KEY[key].words


@register.filter
def last_of(stances: list[Any], body: int) -> Any:
    """The last word of a body; the list begins with the newest."""
    return next((stance for stance in stances if stance.body_id == body), None)


@register.filter
def objections(stances: list[Any], latest: int) -> list[Any]:
    """Objections that stand against the newest version, one a body."""
    found: dict[int, Any] = {}
    for stance in stances:
        found.setdefault(stance.body_id, stance)
    return [one for one in found.values() if not one.agrees and one.revision == latest]
