"""Which candidates and which draws to list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.draws.models import Draw
from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.organization.models import Region
from luoshi.core.mechanism.drawing import Drawing


class CandidateFilter(FilterForm):
    """Which candidates of a frozen list."""

    q = search_field(_("搜索"), _("代码、名称、分层"))
    pool = choice_field(_("名录"), [])
    eligible = choice_field(_("能否抽取"), [("", _("全部")), ("yes", _("可以抽取")), ("no", _("不能抽取"))])
    sort = choice_field(_("排序"), [("stratum", _("分层")), ("key", _("代码")), ("name", _("名称"))])

    def __init__(self, data: Any, *, drawing: Drawing, language: str) -> None:
        super().__init__(data)
        field = self.fields["pool"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            ("", _("全部")),
            *((one.key, one.label.said(language)) for one in drawing.pools),
        ]


class DrawFilter(FilterForm):
    """Which draws that the public knows of."""

    q = search_field(_("搜索"), _("事项，或者承诺的开头几位"))
    stage = choice_field(
        _("阶段"),
        [("", _("全部")), *((one.value, one.label) for one in Draw.Stage if one != Draw.Stage.PREPARED)],
    )
    region = choice_field(_("地区"), [])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("全部")), *Region.objects.order_by("code").values_list("code", "name")]
