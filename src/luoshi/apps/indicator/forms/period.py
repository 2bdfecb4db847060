"""For which region and period numbers are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.apps.indicator.queries.scope import Scope
from luoshi.apps.interface.filters import FilterForm, choice_field
from luoshi.core.calendar.periods import Kind, Period

# Years back from which periods are offered.
YEARS = 3


class PeriodForm(FilterForm):
    """Region and period."""

    region = choice_field(_("地区"), [])
    period = choice_field(_("期间"), [])

    def __init__(self, data: Any, *, scopes: list[Scope], today: date, language: str) -> None:
        super().__init__(data)
        self._scopes = scopes
        self._choose("region", [(one.region.pk, one.region.name) for one in scopes])
        self._choose("period", [("", _("全部期间")), *_periods(today, language)])
        if len(scopes) < 2:
            del self.fields["region"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    @property
    def scope(self) -> Scope:
        """The region that was chosen; the first one where none was."""
        code = self.wanted().get("region")
        return next((one for one in self._scopes if one.region.pk == code), self._scopes[0])

    @property
    def chosen(self) -> Period | None:
        """The period; None for all time."""
        key = self.wanted()["period"]
        return Period.parse(key) if key else None


def _periods(today: date, language: str) -> list[tuple[str, str]]:
    """Years, halves and quarters up to today, the newest first."""
    kinds: tuple[Kind, ...] = ("year", "half-year", "quarter")
    first = date(today.year - YEARS + 1, 1, 1)
    found = [one for kind in kinds for one in Period.between(first, today, kind)]
    found.sort(key=lambda one: (-one.start.toordinal(), -one.days))
    return [(one.key, one.label(language)) for one in found]
