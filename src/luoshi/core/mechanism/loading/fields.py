"""Reads fields in two passes: first what they are, so that expressions know the names; then what they ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from luoshi.core.errors import Phrase
from luoshi.core.mechanism.loading.procedure import read_source
from luoshi.core.mechanism.reader import Reader
from luoshi.core.register.fields import Field, FieldType, Option

if TYPE_CHECKING:
    from luoshi.core.mechanism.loading.context import Context

_TYPES = tuple(one.value for one in FieldType)
_WITH_OPTIONS = (FieldType.CHOICE, FieldType.CHOICES)
_NUMBERS = (FieldType.NUMBER, FieldType.MONEY)
_COLUMN_TYPES = tuple(one for one in _TYPES if one not in ("rows", "computed", "link", "files", "file"))
MOST_FIELDS, MOST_OPTIONS = 200, 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A field whose expressions have not been read yet."""

    field: Field
    reader: Reader

    def finished(self, context: Context) -> Field:
        """The field with its expressions."""
        reader = self.reader
        field = replace(
            self.field,
            required=context.truth_or_condition(reader, "required"),
            shown=context.condition(reader, "shown"),
            formula=context.formula(self.field.key),
        )
        reader.done()
        return field


def read_fields(reader: Reader) -> tuple[Draft, ...]:
    """The drafts of all fields, in the order of the file."""
    drafts = tuple(_draft(key, inner) for key, inner in reader.entries("fields"))
    if not 0 < len(drafts) <= MOST_FIELDS:
        reader.fail(
            Phrase(f"字段应有1至{MOST_FIELDS}个。", f"There have to be 1 to {MOST_FIELDS} fields."), "fields"
        )
    return drafts


def _draft(key: str, reader: Reader) -> Draft:
    field = _field(key, reader, _TYPES)
    _check(field, reader)
    return Draft(field, reader)


def _field(key: str, reader: Reader, types: Iterable[str]) -> Field:
    type_ = FieldType(reader.one_of("type", types))
    return Field(
        key=key,
        type=type_,
        label=reader.phrase("label"),
        help=reader.phrase_or_none("help"),
        public=reader.truth("public"),
        personal=reader.truth("personal") or type_ is FieldType.PERSON,
        sensitive=reader.truth("sensitive"),
        unit=reader.text("unit", "元" if type_ is FieldType.MONEY else ""),
        least=reader.number("least"),
        most=reader.number("most"),
        options=tuple(_options(reader)),
        to=reader.text("to", ""),
        columns=tuple(_columns(reader)),
        indexed=reader.truth("indexed"),
        source=reader.optional("source", read_source),
    )


def _options(reader: Reader) -> Iterator[Option]:
    for key, inner in reader.entries("options"):
        if "label" not in inner:
            yield Option(key, inner.as_phrase())
            continue
        yield Option(key, inner.phrase("label"), tuple(_options(inner)), inner.truth("retired"))
        inner.done()


def _columns(reader: Reader) -> Iterator[Field]:
    for key, inner in reader.entries("columns"):
        column = _field(key, inner, _COLUMN_TYPES)
        _check(column, inner)
        yield replace(column, required=inner.truth("required"))
        inner.done()


def _check(field: Field, reader: Reader) -> None:
    """What a type has to have, and what it cannot have."""
    offered = [one.key for one in field.offered()]
    if (field.type in _WITH_OPTIONS) != bool(offered):
        reader.fail(
            Phrase(
                "选择类字段须列出选项(options)，其他字段不能。", "A choice has options; no other field has."
            ),
            "options",
        )
    if len(set(offered)) != len(offered) or len(offered) > MOST_OPTIONS:
        reader.fail(Phrase("选项重复或过多。", "Options are doubled, or there are too many."), "options")
    if (field.type is FieldType.LINK) != bool(field.to):
        reader.fail(
            Phrase("关联字段须写明关联到哪个机制(to)。", "A link says to which mechanism it leads (to)."),
            "to",
        )
    if (field.type is FieldType.ROWS) != bool(field.columns):
        reader.fail(
            Phrase("明细字段须列出各列(columns)。", "Rows have columns; no other field has."), "columns"
        )
    if (field.type is FieldType.COMPUTED) != ("formula" in reader):
        reader.fail(
            Phrase("计算字段须写明公式(formula)。", "A computed field has a formula; no other has."),
            "formula",
        )
    if field.public and field.personal:
        reader.fail(Phrase("个人信息不能公开。", "What is personal cannot be public."), "public")
    if field.type not in _NUMBERS and (field.least is not None or field.most is not None):
        reader.fail(Phrase("只有数值可以有上下限。", "Only numbers have a least and a most."))
