"""Forms of accounts, roles, regions and passwords."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.organization.models import Administrator, Body, Region, Role
from luoshi.core.errors import LuoshiError


class AccountsForm(forms.Form):
    """A form that can take in why an operation refused."""

    def refuse(self, error: LuoshiError, language: str) -> None:
        """Show the refusal above the fields."""
        self.add_error(None, error.message(language))


def _text(label: Any, *, help_text: Any = "", longest: int = 150, **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off", **attributes}),
        error_messages={"required": _("请填写。")},
    )


def _secret(label: Any, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        widget=forms.PasswordInput({"class": "form-control", "autocomplete": autocomplete}),
        error_messages={"required": _("请填写。")},
    )


def _select(label: Any, rows: Any, *, none: Any = None, help_text: Any = "") -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(
        rows,
        label=label,
        required=none is None,
        empty_label=none,
        help_text=help_text,
        widget=forms.Select({"class": "form-select"}),
        error_messages={"required": _("请选择。"), "invalid_choice": _("请从列表中选择。")},
    )


def _bodies() -> Any:
    return Body.objects.order_by("region", "name", "pk")


class PersonForm(AccountsForm):
    """Whose account it is."""

    name = _text(_("姓名"), longest=30)
    body = _select(_("所在单位"), _bodies(), none=_("不填"), help_text=_("只作说明，不带来任何权限。"))


class AccountForm(PersonForm):
    """A new account."""

    username = _text(
        _("用户名"),
        longest=30,
        help_text=_("2 至 30 个小写字母、数字、点、横线，以字母开头；建立后不能改。"),
        autocapitalize="none",
        spellcheck="false",
    )
    field_order = ("username", "name", "body")


class RoleForm(AccountsForm):
    """A role to grant."""

    role = forms.ChoiceField(
        label=_("角色"), choices=Role.Name.choices, widget=forms.Select({"class": "form-select"})
    )
    region = _select(_("地区"), Region.objects.order_by("code"), none=_("请选择"))
    body = _select(_("单位"), _bodies(), none=_("整个地区"), help_text=_("联络员和单位负责人必须选择单位。"))

    def clean_region(self) -> Region:
        region = self.cleaned_data["region"]
        if region is None:
            raise forms.ValidationError(_("请选择。"))
        return region  # type: ignore[no-any-return]


class AdministratorForm(AccountsForm):
    """Which of the three administrators to appoint."""

    kind = forms.ChoiceField(
        label=_("类别"), choices=Administrator.Kind.choices, widget=forms.Select({"class": "form-select"})
    )


class RegionForm(AccountsForm):
    """The name of a region, and the code of the region above it."""

    name = _text(_("名称"), longest=100)
    parent = forms.CharField(
        label=_("上级地区代码"),
        help_text=_("上级能看到本地区已交办的方案和已采纳的报送；没有上级时留空。"),
        required=False,
        max_length=12,
        widget=forms.TextInput({"class": "form-control", "inputmode": "numeric", "list": "regions-above"}),
    )


class NewRegionForm(RegionForm):
    """A region that is not there yet."""

    code = _text(
        _("代码"),
        longest=12,
        help_text=_(
            "国家标准规定的行政区划代码：县级以上 6 位，乡级 9 位，村级 12 位；级别由代码得出，建立后不能改。"
        ),
        inputmode="numeric",
    )
    field_order = ("code", "name", "parent")


class PasswordForm(AccountsForm):
    """A new password of one's own."""

    present = _secret(_("现在的密码"), "current-password")
    password = _secret(_("新密码"), "new-password")
    again = _secret(_("再输入一次新密码"), "new-password")

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or {}
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", _("两次输入的新密码不一样。"))
        return values
