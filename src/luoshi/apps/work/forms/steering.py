"""Forms of the changes after a plan is out: steps, extensions, wordings, requests, working days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.organization.models import Body
from luoshi.apps.work.forms.issuing import day_input
from luoshi.apps.work.models import Extension

LONGEST_TEXT = 20_000
# Days that may be set at once.
MOST_DAYS = 60


def words(label: Any, hint: Any = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"class": "form-control", "rows": rows}),
    )


class SigningFilter(FilterForm):
    """Which tasks to list for signing."""

    q = search_field(_("搜索"), _("任务或方案"))
    state = choice_field(
        _("状态"), [("", _("待签收")), ("late", _("签收逾期")), ("signed", _("已签收")), ("all", _("全部"))]
    )
    sort = choice_field(_("排序"), [("day", _("期限先后")), ("task", _("原文顺序"))])


class IssuedFilter(FilterForm):
    """Which bodies of an issued plan to list."""

    q = search_field(_("搜索"), _("单位名称"))
    state = choice_field(
        _("签收"),
        [("", _("全部单位")), ("late", _("签收逾期")), ("open", _("未签收完")), ("done", _("已全部签收"))],
    )
    form = choice_field(_("行文"), [("", _("交办和商请")), ("order", _("交办")), ("letter", _("商请"))])
    sort = choice_field(
        _("排序"), [("name", _("单位名称")), ("late", _("逾期多者在前")), ("tasks", _("任务多者在前"))]
    )


class ExtensionFilter(FilterForm):
    """Which requests for more time to list."""

    q = search_field(_("搜索"), _("任务、单位、理由"))
    state = choice_field(_("状态"), [("", _("全部状态")), *Extension.State.choices])
    sort = choice_field(_("排序"), [("new", _("最近申请")), ("due", _("原期限先后")), ("body", _("单位"))])


class ExtendForm(forms.Form):
    """More time for a period."""

    new_due = forms.DateField(
        label=_("申请延至"), widget=day_input(), help_text=_("须是工作日，晚于现在的期限。")
    )
    reason = words(_("延期理由"))
    progress = words(_("目前进展"), required=False)


class ReasonForm(forms.Form):
    """An answer, with a reason where one is needed."""

    answer = words(_("答复"), _("不同意时必须写明理由，申请人会看到。"), required=False)


class AdjustForm(forms.Form):
    """Another wording."""

    new_text = words(_("新表述"), _("原文保留不动，获批后两种表述并列显示。"), rows=8)
    reason = words(_("理由"))
    basis = words(_("依据"), _("文件、会议纪要或批示。"), rows=2)


class AskForm(forms.Form):
    """A report asked for beside the rules."""

    bodies = forms.ModelMultipleChoiceField(
        label=_("要求报送的单位"),
        queryset=Body.objects.none(),
        widget=forms.CheckboxSelectMultiple(),
    )
    due = forms.DateField(label=_("报送期限"), widget=day_input())
    basis = words(_("依据"), _("没有依据的报送要求不能发出。"), rows=2)
    reason = words(_("理由"), _("填报单位会看到。本期已报送过的，必须写明为何再报。"), rows=2, required=False)

    def __init__(self, data: Any, *, bodies: Iterable[int], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["bodies"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        field.queryset = Body.objects.filter(pk__in=list(bodies)).order_by("name")


class StepForm(forms.Form):
    """A step of the office with a task of a body."""

    scope = forms.ChoiceField(label=_("范围"), widget=forms.RadioSelect())
    receiver = forms.ModelChoiceField(
        label=_("接收单位"),
        queryset=Body.objects.none(),
        empty_label=_("请选择"),
        widget=forms.Select({"class": "form-select"}),
    )
    reason = words(_("理由"))
    basis = words(_("依据"), _("文件、会议纪要或批示。"), rows=2)

    def __init__(
        self,
        data: Any,
        *,
        scopes: Iterable[tuple[str, Any]],
        fields: Iterable[str],
        region: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        wanted = {"scope", *fields}
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        scope = self.fields["scope"]
        assert isinstance(scope, forms.ChoiceField)  # noqa: S101 - declared above
        scope.choices = list(scopes)
        scope.initial = "one"
        receiver = self.fields.get("receiver")
        if isinstance(receiver, forms.ModelChoiceField):
            bodies = Body.objects.filter(region_id=region, active_to=None)
            receiver.queryset = bodies.exclude(kind=Body.Kind.GROUP).order_by("name")


class DaysForm(forms.Form):
    """Days that a region works, or not, whatever the national schedule says."""

    first = forms.DateField(label=_("从"), widget=day_input())
    last = forms.DateField(label=_("到"), required=False, widget=day_input(), help_text=_("只有一天时不填。"))
    working = forms.ChoiceField(
        label=_("安排"),
        choices=[("off", _("放假")), ("on", _("上班"))],
        widget=forms.Select({"class": "form-select"}),
    )
    reason = forms.CharField(
        label=_("事由"), max_length=200, widget=forms.TextInput({"class": "form-control"})
    )

    def clean(self) -> dict[str, Any]:
        """The days have to stand in order, and not be too many for one slip of the keyboard."""
        found: dict[str, Any] = super().clean() or {}
        first = found.get("first")
        last = found.get("last") or first
        if first and last:
            count = (last - first).days + 1
            if count < 1:
                self.add_error("last", _("结束日期早于开始日期；请检查。"))
            elif count > MOST_DAYS:
                self.add_error("last", _("一次最多调整60天；请分次填写。"))
            else:
                found["days"] = [first + timedelta(days=n) for n in range(count)]
        return found
