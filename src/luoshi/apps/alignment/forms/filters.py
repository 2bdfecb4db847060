"""Filters of links, comparisons and the level above, and the upload of a text from above."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.alignment.models import Settlement
from luoshi.apps.alignment.operations.marking import LONGEST_REASON
from luoshi.apps.alignment.queries.comparisons import STANDINGS, TASK_STANDINGS
from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.plan.forms.upload import SUFFIXES
from luoshi.apps.work.forms.showing import Choices, LightFilter, light_choices


class LinkFilter(LightFilter):
    """Which links to list."""

    q = search_field(_("搜索"), _("任务原文或编号"))
    state = choice_field(_("状态"), [("", _("全部状态")), *Settlement.choices])
    plan = choice_field(_("方案"), [])
    sort = choice_field(_("排序"), [("score", _("相似度")), ("task", _("原文顺序")), ("new", _("最近确认"))])

    def __init__(self, data: Any, *, plans: Choices) -> None:
        super().__init__(data)
        self.offer("plan", _("全部方案"), plans)


class TaskFilter(FilterForm):
    """Which tasks to offer."""

    q = search_field(_("搜索"), _("任务原文、编号或单位"))


class StandingFilter(FilterForm):
    """Which clauses or tasks of a comparison to list."""

    q = search_field(_("搜索"), _("原文或编号"))
    standing = choice_field(_("情况"), [])
    sort = choice_field(
        _("排序"),
        [("document", _("原文顺序")), ("best", _("最相似的在前")), ("worst", _("最不相似的在前"))],
    )

    def __init__(self, data: Any, *, of_tasks: bool = False) -> None:
        super().__init__(data)
        field, known = self.fields["standing"], TASK_STANDINGS if of_tasks else STANDINGS
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above; for the type checker
        field.choices = [("", _("全部情况")), *known.items()]


class ChildFilter(FilterForm):
    """Which regions beneath to list."""

    q = search_field(_("搜索"), _("地区名称或代码"))
    only = choice_field(_("范围"), [("", _("全部地区")), ("plans", _("有已交办方案的"))])
    sort = choice_field(_("排序"), [("code", _("代码")), ("name", _("名称"))])


class PlanFilter(FilterForm):
    """Which issued plans of a region to list."""

    q = search_field(_("搜索"), _("方案标题或文号"))
    sort = choice_field(_("排序"), [("new", _("最近交办")), ("title", _("标题"))])


class AboveFilter(FilterForm):
    """Which tasks of a plan to list for the level above."""

    q = search_field(_("搜索"), _("任务、编号或单位"))
    light = choice_field(_("灯色"), [])
    sort = choice_field(
        _("排序"), [("document", _("原文顺序")), ("light", _("灯色")), ("due", _("最近到期"))]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["light"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above; for the type checker
        field.choices = [("", _("全部灯色")), *light_choices()]


class NeedlessForm(forms.Form):
    """Why a clause from above needs no task here, and the version of the clause that was looked at."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"class": "form-control", "rows": 2}),
        error_messages={"required": _("请写明理由。")},
    )


class UpstreamForm(forms.Form):
    """The text from above that a plan is put beside."""

    document = forms.FileField(
        label=_("上级文件"),
        allow_empty_file=True,
        error_messages={"required": _("还没有选择文件；请选择上级文件后再提交。")},
        widget=forms.FileInput({"class": "form-control", "accept": ",".join(SUFFIXES)}),
    )
