"""Filters of the administrators' lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.accounts.queries.log import object_types
from luoshi.apps.audit.catalogue import TYPES
from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.organization.models import Administrator, Region, Role


def day_field(label: Any) -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput({"class": "form-control", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class PeopleFilterForm(FilterForm):
    """Which accounts to list."""

    q = search_field(_("搜索"), _("用户名、姓名、单位"))
    state = choice_field(
        _("状态"),
        [
            ("", _("全部状态")),
            ("active", _("可用")),
            ("disabled", _("已停用")),
            ("locked", _("已锁定")),
            ("due", _("待改密码")),
        ],
    )
    duty = choice_field(
        _("角色"),
        [("", _("全部角色")), *Role.Name.choices, *Administrator.Kind.choices, ("none", _("没有角色"))],
    )
    sort = choice_field(
        _("排序"),
        [
            ("name", _("姓名")),
            ("username", _("用户名")),
            ("seen", _("最近登录")),
            ("new", _("最近建立")),
        ],
    )


class RegionFilterForm(FilterForm):
    """Which regions to list."""

    q = search_field(_("搜索"), _("代码、名称"))
    level = choice_field(
        _("级别"),
        [("", _("全部级别")), *((str(value), label) for value, label in Region.Level.choices)],
    )
    sort = choice_field(_("排序"), [("code", _("代码")), ("name", _("名称"))])


class LogFilterForm(FilterForm):
    """Which entries of the audit log to list."""

    q = search_field(_("搜索"), _("操作人、对象编号"))
    since = day_field(_("自"))
    until = day_field(_("至"))
    type = choice_field(
        _("类型"), [("", _("全部类型")), *((name, kind.title) for name, kind in TYPES.items())]
    )
    thing = choice_field(_("对象"), [])
    sort = choice_field(_("排序"), [("new", _("最近在前")), ("old", _("最早在前"))])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["thing"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above; for the type checker
        field.choices = [("", _("全部对象")), *object_types()]
