"""A new token."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.api.models import Token
from luoshi.apps.api.operations.tokens import LONGEST_DAYS


class TokenForm(forms.Form):
    """What a token is for, what it opens, and how long."""

    name = forms.CharField(
        label=_("用途"),
        max_length=60,
        help_text=_("写明哪个程序使用，日后凭此判断能否停用。"),
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label=_("范围"),
        help_text=_("令牌能做的事，不超过您本人的角色。"),
        widget=forms.Select({"class": "form-select"}),
    )
    days = forms.IntegerField(
        label=_("有效天数"),
        initial=90,
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text=_("到期自动失效，最长366天。"),
        widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
    )

    def __init__(self, data: Any, *, scopes: Iterable[str]) -> None:
        super().__init__(data)
        field = self.fields["scope"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(key, label) for key, label in Token.Scope.choices if key in set(scopes)]
