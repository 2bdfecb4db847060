"""Filters of what is due for destruction, of the sheets, and of the lines of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.register.models import Destroyed, Destruction


class _OfRegion(FilterForm):
    """A filter of a list of one region; the address keeps which."""

    stays = ("region",)

    region = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


class DueFilter(_OfRegion):
    """Which of the entries that have been kept for their time."""

    q = search_field(_("搜索"), _("编号、标题、单位、内容"))
    body = choice_field(_("登记单位"), [])
    since = forms.DateField(
        label=_("办结日期从"),
        required=False,
        widget=forms.DateInput({"type": "date", "class": "form-control"}),
    )
    until = forms.DateField(
        label=_("到"), required=False, widget=forms.DateInput({"type": "date", "class": "form-control"})
    )
    sort = choice_field(
        _("排序"),
        [
            ("ended", _("最早办结")),
            ("latest", _("最近办结")),
            ("began", _("最早登记")),
            ("number", _("编号")),
        ],
    )

    def __init__(self, data: Any, *, bodies: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        _offer(self, "body", [("", _("全部单位")), *((str(key), name) for key, name in bodies)])

    def day(self, name: str) -> date | None:
        """One of the two days between which they ended."""
        found = self.wanted()[name]
        return found if isinstance(found, date) else None


class SheetsFilter(_OfRegion):
    """Which sheets."""

    q = search_field(_("搜索"), _("鉴定意见、人员、条目编号"))
    state = choice_field(_("状态"), [("", _("全部状态")), *Destruction.State.choices])
    sort = choice_field(
        _("排序"), [("new", _("最近编制")), ("old", _("最早编制")), ("settled", _("最近复核"))]
    )


class LinesFilter(FilterForm):
    """Which lines of a sheet; what became of them once it has been dealt with."""

    q = search_field(_("搜索"), _("编号、单位、摘要"))
    outcome = choice_field(
        _("结果"), [("", _("全部")), ("destroyed", _("已销毁")), *Destroyed.Spared.choices]
    )
    sort = choice_field(
        _("排序"),
        [("ended", _("最早办结")), ("latest", _("最近办结")), ("number", _("编号")), ("body", _("单位"))],
    )

    def __init__(self, data: Any, *, settled: bool) -> None:
        super().__init__(data)
        if not settled:
            _offer(self, "outcome", [])
            self.fields["outcome"].widget = forms.HiddenInput()


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
    field.choices = choices
