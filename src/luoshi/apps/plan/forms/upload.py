"""Uploading documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

# What the file dialogue offers; the reader itself looks at the content.
SUFFIXES = (".docx", ".pdf", ".ofd", ".xlsx", ".html", ".htm", ".txt", ".doc", ".wps")


class ManyFiles(forms.FileField):
    """One or more files."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        # An empty list is refused as a missing file is.
        return [super(ManyFiles, self).clean(file, initial) for file in data or [None]]


class ChooseFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class UploadForm(forms.Form):
    """The files to import."""

    documents = ManyFiles(
        label=_("公文文件"),
        allow_empty_file=True,
        error_messages={"required": _("还没有选择文件；请选择一份或几份公文后再提交。")},
        widget=ChooseFiles(attrs={"multiple": True, "accept": ",".join(SUFFIXES)}),
    )
