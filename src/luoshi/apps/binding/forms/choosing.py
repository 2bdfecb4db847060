"""To which task a person binds, and which mechanism is looked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.interface.filters import FilterForm, choice_field, search_field
from luoshi.apps.plan.models import Task
from luoshi.apps.plan.templatetags.plan_words import task_heading


class ChoosingFilter(FilterForm):
    """A task of the plan, and words of a mechanism."""

    task = choice_field(_("要绑定的任务"), [])
    q = search_field(_("搜索机制"), _("名称、用途、指标"))

    def __init__(self, data: Any, *, tasks: Iterable[Task]) -> None:
        super().__init__(data)
        field = self.fields["task"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above; for the type checker
        named = [(str(one.pk), f"{one.number} {task_heading(one)}".strip()) for one in tasks]
        field.choices = [("", _("请选择任务")), *named]

    @property
    def chosen(self) -> int | None:
        """The task that was chosen."""
        said = self.wanted()["task"]
        return int(said) if said else None
