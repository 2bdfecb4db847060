"""Bodies as persons write them: by name, with the number where the name is not one body's alone."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries import bodies_by_name
from luoshi.apps.plan.queries.matching import suggest
from luoshi.apps.registry.queries.workbook import references

# What may stand between names in a list. Samples: "柳河镇、石桥镇", a column pasted from a spreadsheet
_BETWEEN = re.compile(r"[\n\r\t、,，;；]+")


class Names:
    """All names of a region's bodies, read once a form."""

    def __init__(self, region: str) -> None:
        self.region = region
        self.offered = references(region)
        self._bodies: dict[int, Body] = {}
        self._known: dict[str, Body] = {}

    def choices(self) -> list[str]:
        """What a list of suggestions offers."""
        return sorted(self.offered.values())

    def find(self, text: str) -> Body | None:
        """The body that a text means; None where it means none or several."""
        if not self._bodies:
            self._bodies = Body.objects.filter(region_id=self.region).in_bulk()
            self._known = bodies_by_name(self.region)
            self._known |= {self.offered[key]: body for key, body in self._bodies.items()}
        return self._known.get(text)

    def refuse(self, text: str) -> ValidationError:
        """Why a text means no body, with the names most like it."""
        alike = "、".join(f"“{hit.name}”" for hit in suggest(text, self._known))
        said = _("名录中没有“%(name)s”；请核对名称，或先登记该单位。")
        hint = _("名录中没有“%(name)s”；您要找的是否是%(alike)s？")
        return ValidationError(hint if alike else said, params={"name": text[:80], "alike": alike})


class BodyField(forms.CharField):
    """One body of the registry, written as text; the page offers the names."""

    def __init__(self, **options: Any) -> None:
        attributes = {"class": "form-control", "list": "registry", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attributes), max_length=220, **options)
        self.names: Names | None = None

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text or self.names is None:
            return None
        found = self.names.find(text)
        if found is None:
            raise self.names.refuse(text)
        return found


class BodiesField(forms.CharField):
    """Several bodies, one a line or with 、 between them; `new` lets names stand that nobody bears yet."""

    def __init__(self, *, new: bool = False, rows: int = 5, **options: Any) -> None:
        attributes = {"class": "form-control", "rows": rows, "spellcheck": "false"}
        super().__init__(widget=forms.Textarea(attributes), **options)
        self.new = new
        self.names: Names | None = None

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        written = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
        if self.names is None:
            return []
        found: list[Body | str] = []
        wrong: list[ValidationError] = []
        for one in dict.fromkeys(written):
            body = self.names.find(one)
            if body is None and not self.new:
                wrong.append(self.names.refuse(one))
            else:
                found.append(body or one)
        if wrong:
            raise ValidationError(wrong)
        return found


class RegistryForm(forms.Form):
    """A form with fields of bodies.

    Args:
        names: of the region; given to each field that needs them.
    """

    def __init__(self, *args: Any, names: Names, **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = names
        for form_field in self.fields.values():
            if isinstance(form_field, BodyField | BodiesField):
                form_field.names = names


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    """A day, or none."""
    attributes = {"type": "date", "class": "form-control"}
    widget = forms.DateInput(attributes, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def choice_field(
    label: Any, choices: Any, *, required: bool = True, help_text: Any = ""
) -> forms.ChoiceField:
    """One of several values."""
    widget = forms.Select({"class": "form-select"})
    return forms.ChoiceField(
        label=label, choices=choices, required=required, help_text=help_text, widget=widget
    )


def text_field(
    label: Any, *, required: bool = False, help_text: Any = "", limit: int = 200
) -> forms.CharField:
    """A line of text."""
    widget = forms.TextInput({"class": "form-control", "autocomplete": "off"})
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=limit, widget=widget
    )
