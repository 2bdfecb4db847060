"""Reads what stands around a procedure: who keeps it, its numbers, what is told outside, its pages."""

from __future__ import annotations

from typing import get_args

from luoshi.core.errors import Phrase
from luoshi.core.mechanism.declaration import Aim, Duty, FormStep, InForce, SavedView, Views
from luoshi.core.mechanism.loading.context import Context
from luoshi.core.mechanism.loading.procedure import read_source
from luoshi.core.mechanism.reader import Reader
from luoshi.core.register.declaration import Intake, Numbering, Per, Publication, Retention, WhichBodies


def read_force(reader: Reader) -> InForce:
    """Since when a version holds."""
    start = reader.day("start", required=True)
    to = reader.day("to")
    if start is None or (to is not None and to < start):
        reader.fail(Phrase("失效日期早于施行日期。", "It ends before it begins."), "to")
    return InForce(start, to)


def read_bodies(reader: Reader) -> WhichBodies:
    """Which bodies keep entries, or have a duty."""
    return WhichBodies(reader.texts("kinds"), reader.texts("lines"), reader.texts("words"))


def read_numbering(reader: Reader) -> Numbering:
    """How entries are numbered."""
    pattern = reader.text("pattern")
    if "{n}" not in pattern:
        reader.fail(Phrase("编号格式须包括{n}。", "The pattern of numbers has to hold {n}."), "pattern")
    per = reader.one_of("per", get_args(Per), "region-year")
    return Numbering(pattern, per, reader.whole("digits", 0))  # type: ignore[arg-type]


def read_retention(reader: Reader) -> Retention:
    """How long entries are kept; without a number of years, for ever."""
    years = reader.whole("years", 0) or None
    personal = reader.whole("personal-years", 0) or None
    if years is not None and personal is not None and personal > years:
        reader.fail(
            Phrase(
                "个人信息的保存期不能长于条目本身。", "What is personal cannot be kept longer than the entry."
            ),
            "personal-years",
        )
    return Retention(years, personal)


def read_intake(reader: Reader) -> Intake:
    """What is filed from outside."""
    return Intake(
        start=reader.text("start"),
        fields=reader.texts("fields"),
        welcome=reader.phrase("welcome"),
        shows=reader.texts("shows"),
        limits=reader.texts("limits"),
        actions=reader.texts("actions"),
    )


def read_publication(reader: Reader, context: Context) -> Publication:
    """What anybody sees."""
    return Publication(
        when=context.required_condition(reader, "when"),
        columns=reader.texts("columns"),
        title=reader.text("title", ""),
    )


def read_duties(reader: Reader, context: Context) -> tuple[Duty, ...]:
    """What has to be done again and again."""
    return tuple(_duty(key, inner, context) for key, inner in reader.entries("duties"))


def _duty(key: str, reader: Reader, context: Context) -> Duty:
    duty = Duty(
        key=key,
        label=reader.phrase("label"),
        recurrence=reader.text("recurrence"),
        who=reader.optional("who", read_bodies) or WhichBodies(),
        answered=context.condition(reader, "answered"),
        source=reader.optional("source", read_source),
        due_after=reader.whole("due-after", 0),
    )
    reader.done()
    return duty


def read_views(reader: Reader, context: Context) -> Views:
    """How entries are shown."""
    return Views(
        title=reader.text("title"),
        columns=reader.texts("columns"),
        filters=reader.texts("filters"),
        saved=tuple(_saved(key, inner, context) for key, inner in reader.entries("saved")),
        board=reader.truth("board", default=True),
        steps=reader.listed("steps", _step),
        printed=reader.texts("printed"),
    )


def _saved(key: str, reader: Reader, context: Context) -> SavedView:
    view = SavedView(key, reader.phrase("label"), context.required_condition(reader, "where"))
    reader.done()
    return view


def _step(reader: Reader) -> FormStep:
    return FormStep(reader.phrase("label"), reader.texts("fields"), reader.phrase_or_none("help"))


def read_aims(reader: Reader) -> tuple[Aim, ...]:
    """How targets of plans are recognised."""
    return reader.listed("aims", _aim)


def _aim(reader: Reader) -> Aim:
    return Aim(reader.text("indicator"), reader.texts("words"), reader.text("unit", ""))
