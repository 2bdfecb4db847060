"""Which bindings of a plan to list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.binding.models import Binding
from luoshi.apps.binding.queries.listing import Wanted
from luoshi.apps.interface.filters import FilterForm, choice_field, search_field


class BindingFilter(FilterForm):
    """Words, state, kind, mechanism, and whether only what is certain."""

    q = search_field(_("搜索"), _("任务原文或编号"))
    state = choice_field(_("状态"), [("", _("全部状态")), *Binding.State.choices])
    kind = choice_field(_("类别"), [("", _("全部类别")), *Binding.Kind.choices])
    mechanism = choice_field(_("机制"), [])
    only = choice_field(_("把握"), [("", _("全部")), ("certain", _("只看确定的"))])
    task = forms.CharField(required=False, max_length=17, widget=forms.HiddenInput())

    def __init__(self, data: Any, *, mechanisms: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["mechanism"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above; for the type checker
        field.choices = [("", _("全部机制")), *mechanisms]

    @property
    def chosen(self) -> Wanted:
        """What the filter asks for, as the list takes it."""
        wanted = self.wanted()
        task = wanted["task"]
        return Wanted(
            text=wanted["q"],
            state=wanted["state"],
            kind=wanted["kind"],
            mechanism=wanted["mechanism"],
            certain=wanted["only"] == "certain",
            task=int(task) if task.isascii() and task.isdigit() else None,
        )
