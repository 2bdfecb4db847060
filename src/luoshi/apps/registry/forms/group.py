"""Members and rules of a group."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.apps.organization.models import Body, Region
from luoshi.apps.registry.forms.names import BodiesField, RegistryForm, choice_field, day_field

EXCLUDED = [("", _("列为成员")), ("1", _("列为除外单位"))]


class DatedForm(RegistryForm):
    """Days from which and to which something holds."""

    excluded = choice_field(_("方式"), EXCLUDED, required=False)
    valid_from = day_field(_("加入日期"), _("不填表示一直如此。"))
    valid_to = day_field(_("退出日期"), _("最后一天；不填表示没有期限。"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("valid_from"), given.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", gettext("退出日期早于加入日期；请改正其中一个。"))
        return given

    def values(self) -> dict[str, Any]:
        """What was written, as the operations take it."""
        given = self.cleaned_data
        return {
            "valid_from": given["valid_from"],
            "valid_to": given["valid_to"],
            "excluded": bool(given["excluded"]),
        }


class MembersForm(DatedForm):
    """Bodies to put into a group, or to leave out of it."""

    members = BodiesField(
        label=_("单位"),
        rows=4,
        help_text=_("每行一个，可从表格粘贴一列；写另一个统称，就是把它的成员都列入。"),
    )
    field_order = ("members", "excluded", "valid_from", "valid_to")


class RuleForm(forms.Form):
    """What takes bodies into a group by what they are."""

    kind = choice_field(_("类别"), [("", _("任何类别")), *Body.Kind.choices], required=False)
    line = choice_field(_("系统"), [("", _("任何系统")), *Body.Line.choices], required=False)
    level = choice_field(_("级别"), [("", _("任何级别")), *Region.Level.choices], required=False)

    def values(self) -> dict[str, Any]:
        """What was chosen, as the operations take it."""
        given = self.cleaned_data
        level = int(given["level"]) if given["level"] else None
        return {"kind": given["kind"], "line": given["line"], "level": level}
