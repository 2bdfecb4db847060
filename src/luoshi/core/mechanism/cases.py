"""The cases of a mechanism: entries that are lived through, and what they have to come to.

Every declaration brings its cases along. They run in memory here, and through the product in tests: one set
of cases says what both have to give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from luoshi.core.calendar.periods import Period
from luoshi.core.errors import Phrase
from luoshi.core.mechanism.reader import Reader
from luoshi.core.mechanism.yaml_text import compose_list
from luoshi.core.register.procedure import Actor

_ACTORS = tuple(actor.value for actor in Actor)


@dataclass(frozen=True, slots=True)
class CaseBody:
    """A body of a case."""

    key: str
    name: str
    kind: str = "organ"
    line: str = "government"


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step that somebody tries.

    Attributes:
        person: who, where it matters that two steps are taken by different people.
        body: for which body; empty for the one that may.
        refused: the code of the refusal that is expected; empty where the step has to be taken.
    """

    do: str
    on: date
    by: Actor
    person: str = ""
    body: str = ""
    give: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class CaseLimit:
    """How a limit is expected to stand."""

    due: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """An entry of a case, and how it is expected to stand at the end."""

    key: str
    mechanism: str
    body: str
    steps: tuple[CaseStep, ...]
    state: str = ""
    holder: str = ""
    limits: Mapping[str, CaseLimit] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseFigure:
    """The value that an indicator is expected to have: a number as text, or why there is none."""

    key: str
    value: str
    period: Period | None = None
    body: str = ""
    lacking: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One story."""

    name: Phrase
    mechanism: str
    today: date
    bodies: tuple[CaseBody, ...]
    entries: tuple[CaseEntry, ...]
    figures: tuple[CaseFigure, ...] = ()


def read_cases(mechanism: str, text: str, file: str) -> tuple[Case, ...]:
    """The cases of a file.

    Args:
        mechanism: the key of the mechanism that they belong to.
        text: the whole file.
        file: its name, for messages.

    Raises:
        DeclarationWrong: something in it is wrong.
    """
    found = []
    for number, node in enumerate(compose_list(text, file).value, start=1):
        if not isinstance(node, yaml.MappingNode):
            continue
        reader = Reader(node, f"[{number}]")
        found.append(_case(mechanism, reader))
        reader.done()
    return tuple(found)


def _case(mechanism: str, reader: Reader) -> Case:
    today = reader.day("today", required=True)
    return Case(
        name=reader.phrase("name"),
        mechanism=mechanism,
        today=today or date.min,
        bodies=tuple(_bodies(reader)),
        entries=tuple(_entries(mechanism, reader)),
        figures=reader.listed("indicators", _figure),
    )


def _bodies(reader: Reader) -> Iterator[CaseBody]:
    for key, inner in reader.entries("bodies"):
        yield CaseBody(key, inner.text("name"), inner.text("kind", "organ"), inner.text("line", "government"))
        inner.done()


def _entries(mechanism: str, reader: Reader) -> Iterator[CaseEntry]:
    for key, inner in reader.entries("entries"):
        yield CaseEntry(
            key=key,
            mechanism=inner.text("mechanism", mechanism),
            body=inner.text("body"),
            steps=inner.listed("steps", _step),
            state=inner.text("state", ""),
            holder=inner.text("holder", ""),
            limits=dict(_limits(inner)),
            values=inner.plain("values"),
        )
        inner.done()


def _step(reader: Reader) -> CaseStep:
    on = reader.day("on", required=True)
    return CaseStep(
        do=reader.text("do"),
        on=on or date.min,
        by=Actor(reader.one_of("by", _ACTORS, "handler")),
        person=reader.text("person", ""),
        body=reader.text("body", ""),
        give=reader.plain("give"),
        reason=reader.text("reason", ""),
        refused=reader.text("refused", ""),
    )


def _limits(reader: Reader) -> Iterator[tuple[str, CaseLimit]]:
    for key, inner in reader.entries("limits"):
        yield key, CaseLimit(inner.day("due"), inner.text("outcome", ""))
        inner.done()


def _figure(reader: Reader) -> CaseFigure:
    period = reader.text("period", "")
    lacking = reader.texts("lacking") if "lacking" in reader else None
    return CaseFigure(
        key=reader.text("key"),
        value=reader.text("value"),
        period=Period.parse(period) if period else None,
        body=reader.text("body", ""),
        lacking=lacking,
    )
