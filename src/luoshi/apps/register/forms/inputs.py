"""The form of a step: what each field is asked for with, and what came back.

Nothing is checked here: the core reads the values, and its refusal is shown where it belongs. What was typed
stays as it was typed, in the form and in the draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as declared
from typing import Any

from django.http import QueryDict

from luoshi.apps.register.models import EntryFile
from luoshi.core.register.fields import Field, FieldType, Option

# Empty rows that a form of rows offers beside those that are filled.
SPARE_ROWS = 3
MOST_ROWS = 200
_PERSON = ("name", "phone", "identity")


@dataclass(slots=True)
class Input:
    """One field of a form.

    Attributes:
        value: as it was typed: a text, a list of keys, a mapping of parts, or a list of rows.
        needed: whether the step is refused without it.
        error: what is wrong with it.
        choices: of a body or a link: keys and names that can be chosen.
        files: of a field of files: those that are there.
        kept: what is personal and there already, masked; it stays where nothing new is written.
        steers: whether other fields of the form depend on it.
        brought: how many rows were brought from other entries, and of what kind those are.
    """

    field: Field
    value: Any = ""
    needed: bool = False
    error: str = ""
    choices: Sequence[tuple[str, str]] = ()
    files: Sequence[EntryFile] = ()
    columns: list[list[Input]] = declared(default_factory=list)
    kept: str = ""
    steers: bool = False
    brought: tuple[int, str] | None = None

    @property
    def name(self) -> str:
        """Its name in the form."""
        return f"f.{self.field.key}"

    @property
    def template(self) -> str:
        """The template that draws it."""
        return f"register/inputs/{_TEMPLATES.get(self.field.type, 'line')}.html"

    @property
    def grouped(self) -> bool:
        """Whether it is drawn with several controls under one heading."""
        return self.field.type in _GROUPED

    @property
    def line(self) -> str:
        """What kind of line it is typed into."""
        return "date" if self.field.type is FieldType.DATE and not self.error else "text"

    @property
    def described(self) -> str:
        """The keys of what is said beside it, for those who do not see it."""
        parts = {
            "help": self.field.help or self.field.type is FieldType.PERIOD,
            "kept": self.kept,
            "brought": self.brought,
            "error": self.error,
        }
        return " ".join(f"{self.name}.{key}" for key, there in parts.items() if there)

    @property
    def parts(self) -> Mapping[str, str]:
        """The parts of a person."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def options(self) -> list[tuple[Option, int]]:
        """The options that can be chosen, with how deep each lies; retired ones only where chosen."""
        return [
            (one, depth)
            for one, depth in _walk(self.field.options, 0)
            if not one.retired or one.key == self.value or one.key in self.value
        ]


_GROUPED = (FieldType.CHOICES, FieldType.YES_NO, FieldType.PERSON, FieldType.ROWS)
_TEMPLATES = {
    FieldType.LONG_TEXT: "text",
    FieldType.CHOICE: "choice",
    FieldType.CHOICES: "choices",
    FieldType.YES_NO: "yes_no",
    FieldType.BODY: "pick",
    FieldType.LINK: "pick",
    FieldType.PERSON: "person",
    FieldType.FILE: "files",
    FieldType.FILES: "files",
    FieldType.ROWS: "rows",
}


def _walk(options: Iterable[Option], depth: int) -> Iterable[tuple[Option, int]]:
    for one in options:
        yield one, depth
        yield from _walk(one.options, depth + 1)


def typed(fields: Iterable[Field], data: QueryDict) -> dict[str, Any]:
    """What was typed into a form, by field; fields that the form did not show are absent."""
    shown = set(data.getlist("shown"))
    return {one.key: _typed(one, data) for one in fields if one.key in shown}


def _typed(of: Field, data: QueryDict) -> Any:
    name = f"f.{of.key}"
    if of.type in (FieldType.CHOICES, FieldType.FILES, FieldType.FILE):
        return [one for one in data.getlist(name) if one]
    if of.type is FieldType.PERSON:
        return {part: data.get(f"{name}.{part}", "").strip() for part in _PERSON}
    if of.type is FieldType.ROWS:
        return _typed_rows(of, name, data)
    return data.get(name, "")


def _typed_rows(of: Field, name: str, data: QueryDict) -> list[dict[str, Any]]:
    said = data.get(f"{name}.count", "0")
    count = min(int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0, MOST_ROWS)
    rows = [
        {column.key: _typed(_renamed(column, of, number), data) for column in of.columns}
        for number in range(count)
        if f"{name}.{number}.remove" not in data
    ]
    return [row for row in rows if any(_is_said(value) for value in row.values())]


def _is_said(value: Any) -> bool:
    return any(value.values()) if isinstance(value, Mapping) else bool(value)


def given(
    values: Mapping[str, Any], fields: Mapping[str, Field], known: Mapping[str, Any] | None = None
) -> dict[str, object]:
    """What was typed, as the core reads it: parts that are empty are not given.

    What is personal is not shown in a form again; left empty, it stays as it is `known`.
    """
    found: dict[str, object] = {}
    for key, value in values.items():
        field = fields[key]
        value = _told(field, value)
        if not value and field.hidden and key in (known or {}):
            continue
        found[key] = value
    return found


def _told(field: Field, value: Any) -> Any:
    if field.type is FieldType.PERSON and isinstance(value, Mapping):
        return {part: said for part, said in value.items() if said} or None
    if field.type is FieldType.FILE and isinstance(value, list):
        return value[0] if value else None
    if field.type is FieldType.ROWS and isinstance(value, list):
        columns = {column.key: column for column in field.columns}
        return [{key: _told(columns[key], said) for key, said in row.items()} for row in value]
    return value


def rows_of(of: Field, value: Any) -> list[list[Input]]:
    """The rows of a form of rows: those that are filled, and a few empty ones."""
    filled = list(value) if isinstance(value, list) else []
    filled += [{}] * (SPARE_ROWS if len(filled) < MOST_ROWS else 0)
    return [
        [
            Input(_renamed(column, of, number), row.get(column.key) or "", column.required is True)
            for column in of.columns
        ]
        for number, row in enumerate(filled)
    ]


def _renamed(column: Field, of: Field, number: int) -> Field:
    """A column as the field of one row."""
    return replace(column, key=f"{of.key}.{number}.{column.key}")
