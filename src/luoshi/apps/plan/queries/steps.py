"""What was done during a review, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luoshi.apps.plan.models import Settlement
from luoshi.apps.plan.queries.wording import finding_name

PARTS = {
    "title": gettext_lazy("标题"),
    "body": gettext_lazy("单位"),
    "target": gettext_lazy("目标"),
    "deadline": gettext_lazy("时限"),
}


def step_words(step: Settlement) -> str:
    """What the step was, short enough for a button.

    Raises:
        KeyError: a kind that nobody has put into words.
    """
    return _WORDS[step.kind](dict(step.detail))


def _settled(form: Callable[[], str]) -> Callable[[dict[str, Any]], str]:
    return lambda detail: form() % {"name": finding_name(detail["code"]), "value": detail["value"]}


def _notes(detail: dict[str, Any]) -> str:
    return ngettext("%(count)s 条提示按读取结果", "%(count)s 条提示按读取结果", detail["count"]) % detail


def _edited(detail: dict[str, Any]) -> str:
    parts = _("、").join(str(PARTS[part]) for part in detail["what"])
    return _("修改任务%(number)s的%(parts)s") % {"number": detail["number"], "parts": parts}


def _matched(detail: dict[str, Any]) -> str:
    if detail["body"]:
        return _("“%(name)s”对应“%(body)s”") % detail
    return _("“%(name)s”不对应登记单位") % detail


def _registered(detail: dict[str, Any]) -> str:
    return ngettext("登记 %(count)s 个新单位", "登记 %(count)s 个新单位", detail["count"]) % detail


def _matched_exactly(detail: dict[str, Any]) -> str:
    return ngettext("匹配 %(count)s 个同名单位", "匹配 %(count)s 个同名单位", detail["count"]) % detail


_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "finding.accept": _settled(lambda: _("%(name)s：按读取结果")),
    "finding.choose": _settled(lambda: _("%(name)s：选定“%(value)s”")),
    "finding.edit": _settled(lambda: _("%(name)s：改为“%(value)s”")),
    "finding.dismiss": _settled(lambda: _("%(name)s：不是问题")),
    "finding.accept-notes": _notes,
    "task.edit": _edited,
    "body.match": _matched,
    "body.register": lambda detail: _("登记新单位“%(name)s”") % detail,
    "body.match-exact": _matched_exactly,
    "body.register-all": _registered,
}
