"""The form with which a filled-in workbook comes back; shown by `partials/workbook_form.html`."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """A workbook of ours, edited."""

    workbook = forms.FileField(
        label=_("工作簿"),
        allow_empty_file=True,
        error_messages={"required": _("还没有选择文件；请选择改好的工作簿。")},
        widget=forms.FileInput({"accept": ".xlsx"}),
    )
