"""Writing a task: its title, bodies, targets and deadlines, saved together."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from luoshi.apps.plan.models import Deadline, Target, Task, TaskBody
from luoshi.apps.plan.operations.editing import TaskEdit
from luoshi.apps.plan.queries.wording import language
from luoshi.core.plan.typed import as_typed, day_of, recurrence_of


class TitleForm(forms.Form):
    """The title, and the version of the task that the person saw."""

    title = forms.CharField(label=_("标题"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class PartForm(forms.Form):
    """A part of a task: stored, if it has a key. A row that is removed or was left empty is not checked."""

    # What makes a new row more than an empty one.
    TYPED: ClassVar[tuple[str, ...]] = ()

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=_("移除"), required=False)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and (self.removed or self.left_empty):
            self._errors = ErrorDict()

    @property
    def removed(self) -> bool:
        """Whether the person takes the part out."""
        return bool(self.cleaned_data.get("remove"))

    @property
    def left_empty(self) -> bool:
        """Whether it is a new row in which nothing was typed."""
        typed = (str(self[name].value() or "").strip() for name in self.TYPED)
        return not self["key"].value() and not any(typed)

    def values(self) -> dict[str, Any]:
        """What was written, without what only belongs to the form."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"key", "remove"}}


class BodyForm(PartForm):
    """A body and its role."""

    TYPED = ("name",)

    name = forms.CharField(label=_("单位名称"), max_length=200)
    role = forms.ChoiceField(label=_("角色"), choices=TaskBody.Role.choices)


class TargetForm(PartForm):
    """A number to reach."""

    TYPED = ("of", "value", "unit", "per", "by")

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
    value = forms.CharField(
        label=_("时限"), required=False, widget=forms.TextInput({"list": "rhythms", "autocomplete": "off"})
    )

    @property
    def left_empty(self) -> bool:
        # A date needs a day; that a task is ongoing is said without one.
        value = str(self["value"].value() or "").strip()
        return not self["key"].value() and not value and self["kind"].value() == Deadline.Kind.DATE

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, value = given.get("kind"), (given.get("value") or "").strip()
        if kind == Deadline.Kind.DATE:
            value = _day(value, required=True)
        elif kind == Deadline.Kind.RECURRING:
            value = _recurrence(value)
        elif kind == Deadline.Kind.STANDING:
            value = "ongoing"
        return {**given, "value": value}


def _day(typed: str, required: bool = False) -> str:
    day = day_of(typed)
    if day is None and (typed.strip() or required):
        raise ValidationError(
            _("“%(value)s”不是日期；请写成 2025-12-31 这样的日期。"), params={"value": typed.strip()}
        )
    return day or ""


def _recurrence(typed: str) -> str:
    recurrence = recurrence_of(typed)
    if recurrence is None:
        raise ValidationError(
            _("“%(value)s”不是周期；请写成“每季度”“每月28日”“每年12月4日”这样的周期。"),
            params={"value": typed.strip()},
        )
    return recurrence


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
        spare: empty rows of each kind, for a page that cannot add any.
    """

    def __init__(self, task: Task, data: Any = None, *, spare: int = 0) -> None:
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
        for forms_of_kind in self.sets.values():
            forms_of_kind.extra = spare

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
                if form.left_empty:
                    continue
                if form.removed:
                    removed += [(kind, part.pk)] if part else []
                elif part:
                    changed.append((kind, part.pk, form.values()))
                else:
                    added.append((kind, form.values()))
        return TaskEdit(self.title.cleaned_data["title"], tuple(added), tuple(changed), tuple(removed))

    @property
    def seen(self) -> int:
        """The version of the task that the person saw, also while something else is still wrong."""
        return int(self.title.cleaned_data.get("seen") or 0)


def _initial(kind: str, part: Any) -> dict[str, Any]:
    values = {name: getattr(part, name) for name in FIELDS[kind]}
    if kind == "target":
        values |= {"value": f"{part.value.normalize():f}", "by": as_typed(part.by, language())}
    elif kind == "deadline":
        values["value"] = as_typed(part.value, language())
    return {"key": part.pk, "quote": getattr(part, "quote", ""), **values}
