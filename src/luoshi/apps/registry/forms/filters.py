"""Filters of the lists of bodies, groups and members."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.organization.models import Body, Region


class BodyFilterForm(FilterForm):
    """Which bodies to list; `regions` is offered to whom there are several."""

    q = search_field(_("搜索"), _("名称、别名、信用代码"))
    kind = choice_field(_("类别"), [("", _("全部类别")), *Body.Kind.choices])
    line = choice_field(_("系统"), [("", _("全部系统")), *Body.Line.choices])
    level = choice_field(
        _("级别"), [("", _("全部级别")), *((str(key), label) for key, label in Region.Level.choices)]
    )
    state = choice_field(_("状态"), [("", _("现有单位")), ("ended", _("已撤销的单位")), ("all", _("全部"))])
    sort = choice_field(
        _("排序"),
        [("name", _("名称")), ("kind", _("类别")), ("level", _("级别")), ("tasks", _("任务多者在前"))],
    )


class GroupFilterForm(FilterForm):
    """Which groups to list."""

    q = search_field(_("搜索"), _("名称、别名"))
    kind = choice_field(
        _("类别"),
        [("", _("全部类别")), *((kind.value, kind.label) for kind in Body.WITH_MEMBERS)],
    )
    sort = choice_field(_("排序"), [("name", _("名称")), ("kind", _("类别"))])


class MemberFilterForm(FilterForm):
    """Which members to show, and as of which day."""

    q = search_field(_("搜索"), _("单位名称"))
    on = forms.DateField(
        label=_("截至日期"),
        required=False,
        widget=forms.DateInput({"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )

    @property
    def narrows(self) -> bool:
        """Whether the search leaves anybody out; a day leaves nobody out, it asks another question."""
        return bool(self.wanted()["q"])
