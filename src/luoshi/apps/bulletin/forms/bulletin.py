"""Which plan and period, the text, and what of a list to show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.bulletin.models import Bulletin
from luoshi.apps.interface.filters import FilterForm, choice_field, search_field

LONGEST_TEXT = 60_000


class BulletinFilter(FilterForm):
    """Which bulletins to list."""

    q = search_field(_("搜索"), _("标题或方案"))
    state = choice_field(_("状态"), [("", _("全部状态")), *Bulletin.State.choices])
    sort = choice_field(_("排序"), [("new", _("最近期次")), ("title", _("标题"))])


class RowFilter(FilterForm):
    """Which rows behind a number to list."""

    q = search_field(_("搜索"), _("任务或单位"))
    sort = choice_field(_("排序"), [("task", _("原文顺序")), ("body", _("单位")), ("due", _("到期日期"))])


class PracticeFilter(FilterForm):
    """Which accepted reports to look at."""

    q = search_field(_("搜索"), _("任务或单位"))


class NewForm(forms.Form):
    """A plan and a period."""

    plan = forms.TypedChoiceField(label=_("方案"), coerce=int, widget=forms.Select({"class": "form-select"}))
    period = forms.ChoiceField(
        label=_("期次"),
        widget=forms.Select({"class": "form-select"}),
        help_text=_("统计这段时间内到期的报送要求。"),
    )

    def __init__(
        self,
        data: Any,
        *,
        plans: Iterable[tuple[int, str]],
        periods: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        for name, choices in (("plan", plans), ("period", periods)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = list(choices)


class TextForm(forms.Form):
    """The text of a bulletin."""

    title = forms.CharField(
        label=_("标题"), max_length=200, widget=forms.TextInput({"class": "form-control"})
    )
    text = forms.CharField(
        label=_("正文"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"class": "form-control bulletin-text", "rows": 22}),
        help_text=_(
            "一行一段；“一、”“（一）”开头的是标题；大括号里的标记由系统换成数字或表格，数字不能手填。"
        ),
    )
