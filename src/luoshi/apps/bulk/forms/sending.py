"""The form with which a filled-in sheet is sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SendingForm(forms.Form):
    """A sheet of ours, the step that it is for, and whose entries its rows become."""

    transition = forms.ChoiceField(label=_("登记方式"), widget=forms.Select({"class": "form-select"}))
    body = forms.ChoiceField(label=_("为哪个单位登记"), widget=forms.Select({"class": "form-select"}))
    workbook = forms.FileField(
        label=_("工作簿"),
        allow_empty_file=True,
        error_messages={"required": _("还没有选择文件；请选择填好的表。")},
        widget=forms.FileInput({"accept": ".xlsx"}),
    )

    def __init__(
        self, *args: Any, steps: Iterable[tuple[str, str]], bodies: Iterable[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        for name, choices in (("transition", steps), ("body", bodies)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = list(choices)
