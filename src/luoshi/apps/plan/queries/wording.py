"""Stored values in words, in the reader's language."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.apps.plan.models import Finding, Target
from luoshi.core.plan import findings, model
from luoshi.core.plan.export import wording
from luoshi.core.plan.typed import as_typed
from luoshi.core.source import Span

FINDING_NAMES = {
    "duplicated-text": _("文字重复"),
    "broken-line": _("句中换行"),
    "stray-space": _("多余空格"),
    "stray-separator": _("多余分隔符"),
    "mixed-separator": _("分隔符混用"),
    "mismatched-quotes": _("引号不配对"),
    "unknown-organization": _("未登记单位"),
    "no-lead": _("没有牵头单位"),
    "no-organization": _("没有任何单位"),
    "number-gap": _("编号不连续"),
    "number-repeated": _("编号重复"),
    "metadata-conflict": _("文件信息不一致"),
    "vague-deadline": _("时限不明确"),
    "truncated": _("文字中断"),
    "garbled-text": _("疑似乱码"),
    "table-empty": _("表格缺内容"),
}
NOWHERE = Span(0, 0)
USUAL = ("weekly", "monthly", "monthly:28", "quarterly", "half-yearly", "yearly", "yearly:Q1", "yearly:12")


class Due(Protocol):
    """A deadline, or an entry of the timeline."""

    @property
    def kind(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def value(self) -> str: ...


def language() -> str:
    """`zh` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def due_words(deadline: Due) -> str:
    """When something is due, in words; a date as `YYYY-MM-DD`."""
    return wording.due_words(
        model.Deadline(deadline.quote, NOWHERE, deadline.kind, deadline.value, ""), language()
    )


def usual_recurrences() -> list[str]:
    """What people type most for a duty that recurs, in words that the form of a task takes."""
    return [as_typed(value, language()) for value in USUAL]


def target_words(target: Target, *, dated: bool = True) -> str:
    """A number to reach, with what it measures and, if `dated`, by when."""
    return wording.target_words(
        model.Target(
            target.quote,
            NOWHERE,
            target.comparator,
            target.value,
            target.unit,
            target.of or None,
            target.per or None,
            (target.by or None) if dated else None,
            target.rule,
        ),
        language(),
    )


def finding_name(code: str) -> str:
    """The kind of a finding in a few characters."""
    return str(FINDING_NAMES.get(code, code))


def finding_words(finding: Finding) -> str:
    """The sentence that tells a person about a finding."""
    said = model.Finding(finding.code, Span(finding.start, finding.end), dict(finding.details))
    # Two places may differ in that one of them is empty.
    return findings.message(said, language()).replace("“”", str(_("空白")))
