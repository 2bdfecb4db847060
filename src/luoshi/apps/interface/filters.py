"""Filters of lists: forms that are sent with GET, so that an address holds all of a filter.

An address may be old or made by hand: a value that is not on offer is dropped, never an error page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

LONGEST_SEARCH = 80


class FilterForm(forms.Form):
    """A filter form whose wrong values count as not given."""

    def wanted(self) -> dict[str, Any]:
        """What was asked for, field by field; empty where nothing valid was."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}

    @property
    def narrows(self) -> bool:
        """Whether the filter leaves anything out."""
        return any(value for name, value in self.wanted().items() if name != "sort")


def search_field(label: Any, hint: Any) -> forms.CharField:
    """A field for words to look for, reached by the key `/`."""
    attributes = {
        "class": "form-control",
        "type": "search",
        "placeholder": hint,
        "data-key": "/",
        "autocomplete": "off",
    }
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_SEARCH, widget=forms.TextInput(attributes)
    )


def choice_field(label: Any, choices: Iterable[Any]) -> forms.ChoiceField:
    """A field with one of several values, or none."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=list(choices),
        widget=forms.Select({"class": "form-select"}),
    )
