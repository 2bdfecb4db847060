"""Filters of lists: forms that are sent with GET, so that an address holds all of a filter.

An address may be old or made by hand: a value that is not on offer is dropped, never an error page.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

LONGEST_SEARCH = 80


class FilterForm(forms.Form):
    """A filter form whose wrong values count as not given.

    `stays` names the fields that say which list it is: they leave nothing out, and outlive a clearing.
    """

    stays: ClassVar[tuple[str, ...]] = ()

    def wanted(self) -> dict[str, Any]:
        """What was asked for, field by field; empty where nothing valid was."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}

    @property
    def narrows(self) -> bool:
        """Whether the filter leaves anything out."""
        return any(value for name, value in self.wanted().items() if name not in ("sort", *self.stays))

    @property
    def cleared(self) -> str:
        """The query of the same list with nothing asked for; empty where it needs none."""
        wanted = self.wanted()
        kept = {name: wanted[name] for name in self.stays if wanted[name]}
        return f"?{urlencode(kept)}" if kept else ""


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
        widget=Choice({"class": "form-select"}),
    )


class Choice(forms.Select):
    """A drop-down list written at once; Django fills a template for each of a hundred bodies."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element with its options."""
        chosen = set(self.format_value(value))
        options = "".join(
            _group(one, label, chosen) if isinstance(label, list | tuple) else _option(one, label, chosen)
            for one, label in self.choices
        )
        attributes = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>{}</select>', name, attributes, SafeString(options))


def _group(label: Any, options: Iterable[tuple[Any, Any]], chosen: set[str]) -> str:
    rows = "".join(_option(value, words, chosen) for value, words in options)
    return f'<optgroup label="{escape(str(label))}">{rows}</optgroup>'


def _option(value: Any, label: Any, chosen: set[str]) -> str:
    # The escape of the standard library: a third of a page with a hundred bodies went into Django's.
    key = "" if value is None else str(value)
    selected = " selected" if key in chosen else ""
    return f'<option value="{escape(key)}"{selected}>{escape(str(label))}</option>'
