"""When and how somebody is reminded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.plan.queries.wording import language
from luoshi.apps.reminders.models import HOURS
from luoshi.core.errors import LuoshiError
from luoshi.core.supervision.quiet import Hours


def _hour(label: Any, hint: Any = "") -> forms.TypedChoiceField:
    widget = forms.Select({"class": "form-select"})
    return forms.TypedChoiceField(label=label, help_text=hint, choices=HOURS, coerce=int, widget=widget)


class SettingForm(forms.Form):
    """What a person wants."""

    mail = forms.BooleanField(
        label=_("把每日提醒发到我的邮箱"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    address = forms.EmailField(
        label=_("邮箱"),
        required=False,
        help_text=_("不填就用账号登记的邮箱；两者都没有时只在站内提醒。"),
        widget=forms.EmailInput({"class": "form-control", "autocomplete": "email"}),
    )
    hour = _hour(_("提醒时间"), _("工作日从这时起发一次，休息日不发。"))
    quiet_from = _hour(_("免打扰开始"))
    quiet_to = _hour(_("免打扰结束"), _("与开始相同表示不设免打扰。"))

    def clean(self) -> dict[str, Any]:
        """The hour of the digest must not be a quiet one."""
        found: dict[str, Any] = super().clean() or {}
        names = ("hour", "quiet_from", "quiet_to")
        if all(name in found for name in names):
            try:
                found["hours"] = Hours(*(found[name] for name in names))
            except LuoshiError as refusal:
                self.add_error("hour", refusal.message(language()))
        return found
