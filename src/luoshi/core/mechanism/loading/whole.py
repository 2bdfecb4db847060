"""Reads a whole declaration in two passes: what can be named, then what names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from luoshi.core.errors import Phrase
from luoshi.core.expression import Expression
from luoshi.core.expression.kinds import RESERVED, Kind, Scheme, written
from luoshi.core.mechanism.declaration import THEMES, InForce, Mechanism, Views
from luoshi.core.mechanism.loading.context import Context, parsed
from luoshi.core.mechanism.loading.drawing import read_draws
from luoshi.core.mechanism.loading.fields import Draft, read_fields
from luoshi.core.mechanism.loading.indicators import read_indicators
from luoshi.core.mechanism.loading.kinds import kind_of
from luoshi.core.mechanism.loading.procedure import read_limits, read_source, read_states, read_transitions
from luoshi.core.mechanism.loading.surroundings import (
    read_aims,
    read_bodies,
    read_duties,
    read_force,
    read_intake,
    read_numbering,
    read_publication,
    read_retention,
    read_views,
)
from luoshi.core.mechanism.reader import Reader
from luoshi.core.register.declaration import Register, Retention, WhichBodies
from luoshi.core.register.fields import FieldType


@dataclass(frozen=True, slots=True)
class Outline:
    """A declaration of which the names are known and nothing else."""

    node: yaml.MappingNode
    key: str
    version: int
    in_force: InForce
    drafts: tuple[Draft, ...]
    scheme: Scheme
    reader: Reader


def outline(node: yaml.MappingNode, others: Mapping[str, Scheme]) -> Outline:
    """The names of a declaration.

    Args:
        node: the whole file, with its earlier version merged in.
        others: the schemes of all mechanisms; the caller adds this one before anything is read.

    Raises:
        DeclarationWrong: something in it is wrong.
    """
    reader = Reader(node)
    key, version = reader.text("key"), reader.whole("version")
    force = reader.optional("in-force", read_force)
    if force is None:
        reader.fail(Phrase("缺少“in-force”。", "“in-force” is missing."))
    drafts = read_fields(reader)
    fields: dict[str, Kind] = {}
    for draft in drafts:
        if written(draft.field.key) in RESERVED:
            draft.reader.fail(
                Phrase("这个名称有固定用途，请换一个。", "This name has a fixed meaning; take another.")
            )
        if draft.field.type is not FieldType.COMPUTED:
            fields[draft.field.key] = kind_of(draft.field)
    scheme = Scheme(
        key, fields, _names(node, "states"), _names(node, "transitions"), _names(node, "limits"), others
    )
    return Outline(node, key, version, force, drafts, scheme, reader)


def whole(drawn: Outline) -> Mechanism:
    """The declaration itself. Names are not compared yet; see `luoshi.core.mechanism.check`.

    Raises:
        DeclarationWrong: something in it is wrong.
    """
    reader, context = drawn.reader, _context(drawn)
    mechanism = Mechanism(
        key=drawn.key,
        version=drawn.version,
        in_force=drawn.in_force,
        name=reader.phrase("name"),
        purpose=reader.phrase("purpose"),
        theme=reader.one_of("theme", THEMES),  # type: ignore[arg-type]
        serves=reader.texts("serves"),
        sources=reader.listed("sources", read_source),
        roles={name: inner.as_phrase() for name, inner in reader.entries("roles")},
        register=_register(drawn, context),
        indicators=read_indicators(reader, context),
        duties=read_duties(reader, context),
        aims=read_aims(reader),
        draws=read_draws(reader, context),
        views=_views(reader, context),
    )
    reader.done()
    return mechanism


def _context(drawn: Outline) -> Context:
    """Computed fields get their kinds in the order of the file: each may name those before it."""
    fields = drawn.scheme.fields
    formulas: dict[str, Expression] = {}
    for draft in drawn.drafts:
        if draft.field.type is FieldType.COMPUTED:
            formula = parsed(draft.reader, "formula", draft.reader.text("formula"), drawn.scheme)
            formulas[draft.field.key] = formula
            fields[draft.field.key] = formula.kind  # type: ignore[index]
    return Context(drawn.scheme, formulas)


def _register(drawn: Outline, context: Context) -> Register:
    reader = drawn.reader
    return Register(
        key=drawn.key,
        version=drawn.version,
        fields=tuple(draft.finished(context) for draft in drawn.drafts),
        states=read_states(reader),
        transitions=read_transitions(reader, context),
        limits=read_limits(reader, context, drawn.in_force.start),
        keeper=reader.optional("keeper", read_bodies) or WhichBodies(),
        numbering=reader.optional("numbering", read_numbering),
        retention=reader.optional("retention", read_retention) or Retention(None),
        intake=reader.optional("intake", read_intake),
        publication=reader.optional("publication", lambda inner: read_publication(inner, context)),
    )


def _views(reader: Reader, context: Context) -> Views:
    views = reader.optional("views", lambda inner: read_views(inner, context))
    if views is None:
        reader.fail(Phrase("缺少“views”。", "“views” is missing."))
    return views


def _names(node: yaml.MappingNode, part: str) -> tuple[str, ...]:
    """The keys inside a part of the file, without reading it."""
    for key, value in node.value:
        if key.value == part and isinstance(value, yaml.MappingNode):
            return tuple(str(inner.value) for inner, _ in value.value)
    return ()
