"""Which entries of a mechanism to list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.interface.filters import LONGEST_SEARCH, FilterForm, choice_field, search_field
from luoshi.apps.organization.models import Body
from luoshi.core.calendar.periods import Period
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.fields import Field, FieldType

_WORDS = (FieldType.TEXT, FieldType.PLACE, FieldType.CREDIT_CODE, FieldType.DOCUMENT_NUMBER)
_CHOSEN = (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO)
VALUE = "v_"
"""What the names of filters by value begin with."""


class MechanismFilter(FilterForm):
    """Which registers to show."""

    q = search_field(_("搜索"), _("机制名称、用途、任务用语"))

    def admits(self, mechanism: Mechanism) -> bool:
        """Whether all words that were asked for stand in what a mechanism says of itself."""
        said = " ".join(
            (
                mechanism.name.zh,
                mechanism.name.en,
                mechanism.purpose.zh,
                mechanism.purpose.en,
                *mechanism.serves,
            )
        ).lower()
        return all(word in said for word in str(self.wanted()["q"]).lower().split())


class EntryFilter(FilterForm):
    """A filter made from the declaration: state, who holds it, saved views, and the fields it names."""

    q = search_field(_("搜索"), _("编号、标题、单位、内容"))
    state = choice_field(_("状态"), [])
    holder = choice_field(_("办理单位"), [("", _("全部单位"))])
    since = forms.DateField(
        label=_("登记日期从"),
        required=False,
        widget=forms.DateInput({"type": "date", "class": "form-control"}),
    )
    until = forms.DateField(
        label=_("到"), required=False, widget=forms.DateInput({"type": "date", "class": "form-control"})
    )
    view = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    late = choice_field(_("时限"), [("", _("全部")), ("late", _("有超期"))])
    sort = choice_field(
        _("排序"),
        [("new", _("最近登记")), ("old", _("最早登记")), ("due", _("期限先后")), ("number", _("编号"))],
    )

    def __init__(
        self,
        data: Any,
        *,
        mechanism: Mechanism,
        holders: Iterable[tuple[int, str]],
        offered: Mapping[str, Sequence[str]],
        language: str,
    ) -> None:
        super().__init__(data)
        self._choose("state", self._states(mechanism, language))
        self._choose("holder", [("", _("全部单位")), *((str(key), name) for key, name in holders)])
        self.values: list[str] = []
        for key in mechanism.views.filters:
            field = mechanism.register.field[key]
            made = _value_field(field, offered.get(key, ()), language)
            if made is not None:
                self.fields[VALUE + key] = made
                self.values.append(key)

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    @staticmethod
    def _states(mechanism: Mechanism, language: str) -> list[Any]:
        states = [(one.key, one.label.said(language)) for one in mechanism.register.states]
        return [("", _("全部状态")), ("open", _("未办结")), *states]

    def chosen(self) -> dict[str, str]:
        """The values that were chosen, by field."""
        wanted = self.wanted()
        return {key: str(wanted.get(VALUE + key) or "") for key in self.values}

    def day(self, name: str) -> date | None:
        """One of the two days of the period."""
        found = self.wanted()[name]
        return found if isinstance(found, date) else None


def _value_field(field: Field, offered: Sequence[str], language: str) -> forms.Field | None:
    """A filter by one field: what the declaration lists, what there is, or words."""
    label, everything = field.label.said(language), ("", _("全部"))
    if field.type in _CHOSEN:
        return choice_field(label, [everything, *_options(field, language)])
    if field.type is FieldType.BODY:
        rows = Body.objects.filter(pk__in=[key for key in offered if key.isdigit()])
        bodies = [(str(key), name) for key, name in rows.order_by("name").values_list("pk", "name")]
        return choice_field(label, [everything, *bodies])
    if field.type is FieldType.PERIOD:
        return choice_field(
            label, [everything, *((key, Period.parse(key).label(language)) for key in offered)]
        )
    if field.type in _WORDS:
        return forms.CharField(
            label=label,
            required=False,
            max_length=LONGEST_SEARCH,
            widget=forms.TextInput({"class": "form-control"}),
        )
    return None


def _options(field: Field, language: str) -> list[tuple[str, str]]:
    if field.type is FieldType.YES_NO:
        return [("yes", str(_("是"))), ("no", str(_("否"))), ("unknown", str(_("不详")))]
    return [(one.key, one.label.said(language)) for one in field.offered()]
