"""A new webhook, and which deliveries to list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.api.models import Delivery
from luoshi.apps.api.operations.webhooks import WORDS
from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.plan.queries.wording import language


def event_choices() -> list[tuple[str, str]]:
    """The events, in the language of the person."""
    return [(name, words.en if language() == "en" else words.zh) for name, words in WORDS.items()]


class WebhookForm(forms.Form):
    """Where to, and what."""

    url = forms.URLField(
        label=_("接收地址"),
        assume_scheme="https",
        max_length=500,
        help_text=_("须为 https；内部网络地址须由系统管理员允许。"),
        widget=forms.URLInput({"class": "form-control", "placeholder": "https://"}),
    )
    events = forms.MultipleChoiceField(label=_("事件"), widget=forms.CheckboxSelectMultiple())

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["events"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = event_choices()


class DeliveryFilter(FilterForm):
    """Which deliveries to list."""

    q = search_field(_("搜索"), _("未送达的原因"))
    state = choice_field(_("状态"), [("", _("全部状态")), *Delivery.State.choices])
    kind = choice_field(_("事件"), [("", _("全部事件"))])
    sort = choice_field(_("排序"), [("new", _("最近发生")), ("tried", _("最近尝试"))])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("全部事件")), *event_choices()]
