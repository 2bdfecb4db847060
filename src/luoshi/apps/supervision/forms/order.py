"""What an order says, what a body answers, and which orders to list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.organization.models import Body
from luoshi.apps.supervision.models import Order
from luoshi.apps.supervision.operations.drafting import OrderTerms
from luoshi.apps.work.forms.steering import words
from luoshi.apps.work.models import Issue
from luoshi.core.work.lights import Light

LONGEST_LIMIT = 250


class OrderFilter(FilterForm):
    """Which orders to list."""

    q = search_field(_("搜索"), _("编号、事项、单位"))
    state = choice_field(
        _("状态"),
        [("", _("全部状态")), ("open", _("未办结")), ("unsigned", _("签收逾期")), *Order.State.choices],
    )
    light = choice_field(
        _("灯色"),
        [
            ("", _("全部灯色")),
            (Light.RED.value, _("逾期")),
            (Light.YELLOW.value, _("临期")),
            (Light.GREEN.value, _("正常")),
            (Light.BLUE.value, _("办结")),
            (Light.GREY.value, _("未计时")),
        ],
    )
    source = choice_field(_("来源"), [("", _("全部来源")), *Order.Source.choices])
    body = choice_field(_("牵头单位"), [("", _("全部单位"))])
    sort = choice_field(_("排序"), [("new", _("最近拟办")), ("due", _("期限先后")), ("number", _("编号"))])

    def __init__(self, data: Any, *, bodies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("全部单位")), *((str(key), name) for key, name in bodies)]


def _select() -> forms.Select:
    return forms.Select({"class": "form-select"})


def _days(label: Any, hint: Any, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        initial=initial,
        min_value=1,
        max_value=LONGEST_LIMIT,
        widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
    )


@dataclass(frozen=True, slots=True)
class BodyBox:
    """A body with its check box."""

    body: Body
    chosen: bool


class OrderForm(forms.Form):
    """An order: one matter, one lead."""

    matter = forms.CharField(
        label=_("督办事项"),
        help_text=_("一事一单；同一事项未办结前不能再发督办单。"),
        max_length=200,
        widget=forms.TextInput({"class": "form-control"}),
    )
    requirement = words(_("办理要求"), _("做什么、做到什么程度。"), rows=4)
    line = forms.ChoiceField(
        label=_("督办名义"),
        choices=Issue.Line.choices,
        widget=_select(),
        help_text=_("决定对每个单位发督办单还是商请函。"),
    )
    authority = words(_("依据或授权"), _("哪份文件、哪项批示授权督办；收件单位会看到。"), rows=2)
    source = forms.ChoiceField(label=_("来源"), choices=Order.Source.choices, widget=_select())
    origin = words(_("来源原文"), _("批示、纪要或任务的原话。"), rows=2, required=False)
    lead = forms.ModelChoiceField(
        label=_("牵头单位"),
        queryset=Body.objects.none(),
        empty_label=_("请选择"),
        widget=_select(),
        help_text=_("只能有一个，由它答复。"),
    )
    helpers = forms.ModelMultipleChoiceField(
        label=_("配合单位"),
        queryset=Body.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("可以选多个，也可以不选；已选的在最前，其余按系统分列。"),
    )
    feedback = forms.ChoiceField(label=_("反馈方式"), choices=Order.Feedback.choices, widget=_select())
    sign_days = _days(_("签收时限(工作日)"), _("发出当日不计。"), 2)
    close_days = _days(_("办结时限(工作日)"), _("至少比签收时限多3个工作日。"), 15)
    contact = forms.CharField(
        label=_("联系方式"),
        required=False,
        max_length=100,
        help_text=_("办公室的电话，印在督办单上。"),
        widget=forms.TextInput({"class": "form-control"}),
    )

    def __init__(self, data: Any, *, region: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        bodies = Body.objects.filter(region_id=region, active_to=None).exclude(kind=Body.Kind.GROUP)
        for name in ("lead", "helpers"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
            field.queryset = bodies.order_by("name")

    def helper_groups(self) -> list[tuple[Any, list[BodyBox]]]:
        """The bodies that may help: those chosen as the page opens, then the others line by line."""
        field, value = self.fields["helpers"], self["helpers"].value() or ()
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        chosen = {str(one) for one in value}
        boxes = [BodyBox(body, str(body.pk) in chosen) for body in field.queryset or ()]
        groups: list[tuple[Any, list[BodyBox]]] = [(_("已选"), [one for one in boxes if one.chosen])]
        for line in Body.Line:
            groups.append((line.label, [one for one in boxes if one.body.line == line and not one.chosen]))
        return [(label, found) for label, found in groups if found]

    def terms(self, task: Any) -> OrderTerms:
        """What was filled in."""
        values = dict(self.cleaned_data)
        return OrderTerms(task=task, **{**values, "helpers": list(values["helpers"])})


class ReplyForm(forms.Form):
    """What a body says."""

    progress = words(_("办理情况"), _("做了什么、结果如何。"), rows=5)
    problems = words(_("存在问题"), rows=2, required=False)
    next_step = words(_("下一步"), rows=2, required=False)


class StepForm(forms.Form):
    """Words that go with a step: a reason, or what is written when urging."""

    words = words(_("说明"), rows=2, required=False)


class PrefixForm(forms.Form):
    """What the numbers of the year begin with."""

    words = forms.CharField(
        label=_("文号代字"),
        help_text=_("例如“云督”，文号即“云督〔2026〕1号”；从下一号起生效。"),
        max_length=12,
        widget=forms.TextInput({"class": "form-control"}),
    )
