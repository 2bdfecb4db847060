"""Reads indicators, and says what each measure needs."""

from __future__ import annotations

from typing import get_args

from luoshi.core.errors import Phrase
from luoshi.core.indicator.declaration import Empty, Goal, Indicator, Measure
from luoshi.core.mechanism.loading.context import Context
from luoshi.core.mechanism.loading.surroundings import read_bodies
from luoshi.core.mechanism.reader import Reader

# What a measure needs beside its label and unit; nothing else of this may stand there.
_NEEDS: dict[Measure, tuple[str, ...]] = {
    Measure.COUNT: (),
    Measure.SUM: ("value",),
    Measure.MEAN: ("value",),
    Measure.MEDIAN: ("value",),
    Measure.SHARE: ("of",),
    Measure.RATIO: ("value", "base"),
    Measure.COVERAGE: ("roster",),
    Measure.DURATION: ("start", "end"),
    Measure.WITHIN: ("limit",),
}
_SPECIAL = tuple(dict.fromkeys(key for needs in _NEEDS.values() for key in needs))


def read_indicators(reader: Reader, context: Context) -> tuple[Indicator, ...]:
    """The indicators, in the order of the file."""
    return tuple(_indicator(key, inner, context) for key, inner in reader.entries("indicators"))


def _indicator(key: str, reader: Reader, context: Context) -> Indicator:
    measure = Measure(reader.one_of("measure", (one.value for one in Measure)))
    _check_parts(reader, measure)
    number = context.required_number
    indicator = Indicator(
        key=key,
        label=reader.phrase("label"),
        measure=measure,
        unit=reader.text("unit"),
        where=context.condition(reader, "where"),
        of=context.condition(reader, "of"),
        value=number(reader, "value") if "value" in reader else None,
        base=number(reader, "base") if "base" in reader else None,
        start=context.day(reader, "start"),
        end=context.day(reader, "end"),
        working_days=reader.truth("working-days"),
        limit=reader.text("limit", ""),
        roster=reader.optional("roster", read_bodies),
        at_least=reader.whole("at-least", 1),
        covers=reader.text("covers", ""),
        on=context.day(reader, "on"),
        standing=reader.truth("standing"),
        direction=reader.one_of("direction", ("up", "down", "none"), "up"),  # type: ignore[arg-type]
        baseline=reader.number("baseline"),
        goals=reader.listed("goals", _goal),
        empty=reader.one_of("empty", get_args(Empty), _empty(measure)),  # type: ignore[arg-type]
        public=reader.truth("public"),
        help=reader.phrase_or_none("help"),
    )
    reader.done()
    return indicator


def _empty(measure: Measure) -> Empty:
    """What nothing amounts to if the declaration is silent: a count of nothing is zero, a share is none."""
    return "zero" if measure in (Measure.COUNT, Measure.SUM) else "missing"


def _check_parts(reader: Reader, measure: Measure) -> None:
    for part in _SPECIAL:
        needed = part in _NEEDS[measure]
        if needed and part not in reader:
            zh = f"“{measure}”类指标须写明“{part}”。"
            reader.fail(Phrase(zh, f"A measure of the kind “{measure}” needs “{part}”."))
        if not needed and part in reader:
            zh = f"“{measure}”类指标不用“{part}”，请删除。"
            reader.fail(Phrase(zh, f"A measure of the kind “{measure}” has no “{part}”; remove it."), part)


def _goal(reader: Reader) -> Goal:
    by, value = reader.day("by", required=True), reader.number("value")
    if by is None or value is None:
        reader.fail(Phrase("缺少“value”。", "“value” is missing."))
    return Goal(by, value)
