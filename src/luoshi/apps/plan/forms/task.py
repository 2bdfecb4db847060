"""Writing a task: its title, bodies, targets and deadlines, saved together."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luoshi.apps.plan.models import Deadline, Target, Task, TaskBody
from luoshi.apps.plan.operations.editing import TaskEdit

# A day, whose year may be open. Samples: 2025-12-31, --12-31
DAY = re.compile(r"(\d{4}|-)-(\d{2}-\d{2})")
# A recurring duty as the reading writes it. Samples: yearly, yearly:Q1, yearly:12-04, monthly:28
RECURRENCE = re.compile(
    r"(yearly(:(Q[1-4]|\d{1,2}(-\d{2})?))?|half-yearly|quarterly|monthly(:\d{1,2})?|weekly)"
)


class TitleForm(forms.Form):
    """The title, and the version of the task that the person saw."""

    title = forms.CharField(label=_("标题"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class PartForm(forms.Form):
    """A part of a task: stored, if it has a key."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=_("移除"), required=False)

    def values(self) -> dict[str, Any]:
        """What was written, without what only belongs to the form."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"key", "remove"}}


class BodyForm(PartForm):
    """A body and its role."""

    name = forms.CharField(label=_("单位名称"), max_length=200)
    role = forms.ChoiceField(label=_("角色"), choices=TaskBody.Role.choices)


class TargetForm(PartForm):
    """A number to reach."""

    of = forms.CharField(label=_("指标"), required=False)
    comparator = forms.ChoiceField(label=_("比较"), choices=Target.Comparator.choices)
    # A plain field: browsers let a turn of the wheel change the number in theirs.
    value = forms.DecimalField(
        label=_("数值"), max_digits=40, decimal_places=10, widget=forms.TextInput({"inputmode": "decimal"})
    )
    unit = forms.CharField(label=_("单位"), required=False)
    per = forms.CharField(label=_("每"), required=False)
    by = forms.CharField(label=_("期限"), required=False)

    def clean_by(self) -> str:
        return _day(self.cleaned_data["by"])


class DeadlineForm(PartForm):
    """When the task is due."""

    kind = forms.ChoiceField(label=_("类型"), choices=Deadline.Kind.choices)
    value = forms.CharField(label=_("时限"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, value = given.get("kind"), (given.get("value") or "").strip()
        if kind == Deadline.Kind.DATE:
            value = _day(value, required=True)
        elif kind == Deadline.Kind.RECURRING and not RECURRENCE.fullmatch(value):
            raise ValidationError(
                _("“%(value)s”不是周期；请写 yearly、half-yearly、quarterly、monthly:28 这样的周期。"),
                params={"value": value},
            )
        elif kind == Deadline.Kind.STANDING:
            value = "ongoing"
        return {**given, "value": value}


def _day(value: str, required: bool = False) -> str:
    value = value.strip()
    found = DAY.fullmatch(value)
    try:
        if found:
            # A day without a year is checked in a leap year, in which every day exists.
            date.fromisoformat(f"{found[1] if found[1] != '-' else '2024'}-{found[2]}")
            return value
    except ValueError:
        found = None
    if value or required:
        raise ValidationError(
            _("“%(value)s”不是日期；请写成 2025-12-31 这样的日期。"), params={"value": value}
        )
    return value


BODIES = forms.formset_factory(BodyForm, extra=0)
TARGETS = forms.formset_factory(TargetForm, extra=0)
DEADLINES = forms.formset_factory(DeadlineForm, extra=0)
FIELDS = {
    "body": ("name", "role"),
    "target": ("of", "comparator", "value", "unit", "per", "by"),
    "deadline": ("kind", "value"),
}


class TaskForms:
    """All forms of one task together.

    Args:
        task: with its parts prefetched.
        data: what the person sent; None to begin with what is stored.
    """

    def __init__(self, task: Task, data: Any = None) -> None:
        self.stored: dict[str, list[Any]] = {
            "body": list(task.bodies.all()),
            "target": list(task.targets.all()),
            "deadline": list(task.deadlines.all()),
        }
        self.title = TitleForm(data, initial={"title": task.title, "seen": task.version})
        self.sets = {
            kind: factory(data, prefix=kind, initial=[_initial(kind, part) for part in self.stored[kind]])
            for kind, factory in (("body", BODIES), ("target", TARGETS), ("deadline", DEADLINES))
        }

    def is_valid(self) -> bool:
        """Whether everything that was written can be kept."""
        return all([self.title.is_valid(), *(forms.is_valid() for forms in self.sets.values())])

    def edit(self) -> TaskEdit:
        """What the person made of the task."""
        added: list[tuple[str, dict[str, Any]]] = []
        changed: list[tuple[str, int, dict[str, Any]]] = []
        removed: list[tuple[str, int]] = []
        for kind, forms_of_kind in self.sets.items():
            stored = {part.pk: part for part in self.stored[kind]}
            for form in forms_of_kind.forms:
                part = stored.get(form.cleaned_data.get("key"))
                if form.cleaned_data.get("remove"):
                    removed += [(kind, part.pk)] if part else []
                elif part:
                    changed.append((kind, part.pk, form.values()))
                else:
                    added.append((kind, form.values()))
        return TaskEdit(self.title.cleaned_data["title"], tuple(added), tuple(changed), tuple(removed))

    @property
    def seen(self) -> int:
        """The version of the task that the person saw."""
        return int(self.title.cleaned_data["seen"])


def _initial(kind: str, part: Any) -> dict[str, Any]:
    values = {name: getattr(part, name) for name in FIELDS[kind]}
    if kind == "target":
        values["value"] = f"{part.value.normalize():f}"
    return {"key": part.pk, **values}
