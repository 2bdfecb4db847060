"""Sending a workbook in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """The registry as an edited export."""

    workbook = forms.FileField(
        label=_("工作簿"),
        allow_empty_file=True,
        error_messages={"required": _("还没有选择文件；请选择修改好的名录工作簿。")},
        widget=forms.FileInput({"accept": ".xlsx"}),
    )
