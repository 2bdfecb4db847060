"""The columns of a sheet from which entries are begun: one a field, three a person, and sheets for rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.procedure import Transition

# The first line of each sheet is hidden and begins with this: what the sheet is, and the key of each column.
MARK = "luoshi-bulk/1"
# The column by which other sheets name a row; it is no field.
REF = "#"
_PARTS = {
    "name": gettext_lazy("姓名"),
    "phone": gettext_lazy("电话"),
    "identity": gettext_lazy("身份证号码"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that holds a field, or a part of a person."""

    field: Field
    part: str = ""
    needed: bool = False

    @property
    def key(self) -> str:
        """How the hidden line names it."""
        return f"{self.field.key}.{self.part}" if self.part else self.field.key

    def heading(self, language: str) -> str:
        """What the person reads: label, unit, and a star where it has to be filled."""
        label = self.field.label.said(language)
        if self.part:
            with override(language):
                label = f"{label} · {_PARTS[self.part]}"
        unit = f"（{self.field.unit}）" if self.field.unit and not language.startswith("en") else ""
        if self.field.unit and language.startswith("en"):
            unit = f" ({self.field.unit})"
        return f"{label}{unit}{' *' if self.needed else ''}"


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheets of a first step.

    Attributes:
        columns: of the main sheet.
        inner: of the sheets for fields of rows, by field.
        left_out: fields that no sheet can hold.
    """

    mechanism: Mechanism
    step: Transition
    columns: tuple[Column, ...]
    inner: tuple[tuple[Field, tuple[Column, ...]], ...]
    left_out: tuple[Field, ...]

    @property
    def possible(self) -> bool:
        """Whether entries can be begun from a sheet: not where the step always needs a file."""
        needs = self.step.needs
        return not any(one.required is True or one.key in needs for one in self.left_out)

    def main_mark(self) -> str:
        """What the main sheet says of itself."""
        return f"{MARK} {self.mechanism.key}@{self.mechanism.register.version} {self.step.key}"

    def inner_mark(self, field: Field) -> str:
        """What the sheet of a field of rows says of itself."""
        return f"{self.main_mark()} {field.key}"

    def main_keys(self) -> list[str]:
        """The hidden line of the main sheet, after its mark."""
        return [*([REF] if self.inner else []), *(one.key for one in self.columns)]

    def main_headings(self, language: str) -> list[str]:
        """The headings of the main sheet."""
        ref = [_("序号 *")] if self.inner else []
        return [_("问题（导入时不读）"), *ref, *(one.heading(language) for one in self.columns)]


def layout_of(mechanism: Mechanism, step: Transition) -> Layout:
    """The sheets from which a step can be taken."""
    fields = [mechanism.register.field[key] for key in step.asks]
    asked = [one for one in fields if one.type is not FieldType.COMPUTED]
    return Layout(
        mechanism,
        step,
        tuple(column for one in asked for column in _columns(one, step)),
        tuple((one, _inner(one)) for one in asked if one.type is FieldType.ROWS),
        tuple(one for one in asked if one.type.holds_files),
    )


def _columns(field: Field, step: Transition) -> Iterator[Column]:
    needed = field.required is True or field.key in step.needs
    if field.type is FieldType.PERSON:
        for part in _PARTS:
            yield Column(field, part, needed and part == "name")
    elif field.type is not FieldType.ROWS and not field.type.holds_files:
        yield Column(field, "", needed)


def _inner(field: Field) -> tuple[Column, ...]:
    inner = (one for one in field.columns if one.type is not FieldType.COMPUTED)
    return tuple(Column(one, "", one.required is True) for one in inner if not one.type.holds_files)


def mark_of(said: str) -> list[str] | None:
    """The words after the mark of a sheet; None where it is none of ours.

    Example:
        >>> mark_of("luoshi-bulk/1 legal-aid@2 apply")
        ['legal-aid@2', 'apply']
    """
    words = said.split()
    return words[1:] if words and words[0] == MARK and 3 <= len(words) <= 4 else None
