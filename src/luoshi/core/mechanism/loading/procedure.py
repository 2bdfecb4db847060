"""Reads states, transitions and limits."""

from __future__ import annotations

from datetime import date
from typing import get_args

from luoshi.core.calendar.limits import Limit, Unit
from luoshi.core.errors import Phrase
from luoshi.core.mechanism.loading.context import Context
from luoshi.core.mechanism.reader import Reader
from luoshi.core.register.fields import Source
from luoshi.core.register.procedure import (
    Actor,
    Bringing,
    Guard,
    Opening,
    State,
    TimeLimit,
    Tone,
    Transition,
    Vote,
)

_ACTORS = tuple(actor.value for actor in Actor)


def read_source(reader: Reader) -> Source:
    """A law, its article, and whether somebody has compared."""
    return Source(reader.text("law"), reader.text("article", ""), reader.truth("verified"))


def read_states(reader: Reader) -> tuple[State, ...]:
    """The states, in the order of the file."""
    return tuple(_state(key, inner) for key, inner in reader.entries("states"))


def _state(key: str, reader: Reader) -> State:
    state = State(
        key=key,
        label=reader.phrase("label"),
        final=reader.truth("final"),
        public=reader.truth("public"),
        tone=reader.one_of("tone", get_args(Tone), "going"),  # type: ignore[arg-type]
        outside=reader.phrase_or_none("outside"),
    )
    reader.done()
    return state


def read_transitions(reader: Reader, context: Context) -> tuple[Transition, ...]:
    """The steps, in the order of the file."""
    return tuple(_transition(key, inner, context) for key, inner in reader.entries("transitions"))


def _transition(key: str, reader: Reader, context: Context) -> Transition:
    origins = reader.texts("from")
    transition = Transition(
        key=key,
        label=reader.phrase("label"),
        origins=origins,
        target=_target(reader),
        who=read_actors(reader, "who"),
        asks=reader.texts("asks"),
        needs=reader.texts("needs"),
        brings={name: _bringing(inner) for name, inner in reader.entries("brings")},
        sets=context.expressions(reader, "sets"),
        guards=reader.listed("guards", lambda inner: _guard(inner, context)),
        when=context.condition(reader, "when"),
        apart_from=reader.texts("apart-from"),
        recusal=context.condition(reader, "recusal"),
        vote=reader.optional("vote", lambda inner: _vote(inner, context)),
        hands_to=reader.text("hands-to", ""),
        takes_over=reader.truth("takes-over"),
        gives_back=reader.truth("gives-back"),
        opens=reader.optional("opens", lambda inner: read_opening(inner, context)),
        starts=reader.texts("starts"),
        stops=reader.texts("stops"),
        pauses=reader.texts("pauses"),
        resumes=reader.texts("resumes"),
        drops=reader.texts("drops"),
        extends=reader.text("extends", ""),
        by=reader.text("by", ""),
        reason=reader.truth("reason"),
        told=reader.truth("told"),
        help=reader.phrase_or_none("help"),
        source=reader.optional("source", read_source),
    )
    reader.done()
    return transition


def _bringing(reader: Reader) -> Bringing:
    bringing = Bringing(reader.text("mechanism"), reader.text("link"), reader.words("columns"))
    reader.done()
    return bringing


def _target(reader: Reader) -> str | None:
    stays = reader.truth("stay")
    target = reader.text("to", "")
    if stays == bool(target):
        reader.fail(Phrase("请写“to: 状态”或“stay: true”之一。", "Write either “to: state” or “stay: true”."))
    return target or None


def read_actors(reader: Reader, key: str) -> tuple[Actor, ...]:
    """Who may act; somebody has to."""
    said = reader.texts(key)
    for word in said:
        if word not in _ACTORS:
            allowed = "、".join(_ACTORS)
            reader.fail(
                Phrase(
                    f"“{word}”不是办理人；可以写：{allowed}。",
                    f"“{word}” is nobody who acts; write {allowed}.",
                ),
                key,
            )
    if not said:
        reader.fail(Phrase(f"请写明由谁办理({key})。", f"Say who may take the step ({key})."))
    return tuple(Actor(word) for word in said)


def _guard(reader: Reader, context: Context) -> Guard:
    return Guard(
        context.required_condition(reader, "when"),
        reader.phrase("message"),
        reader.optional("source", read_source),
    )


def _vote(reader: Reader, context: Context) -> Vote:
    return Vote(
        due=context.required_number(reader, "due"),
        present=context.required_number(reader, "present"),
        in_favour=context.required_number(reader, "in-favour"),
        quorum=_share(reader, "quorum"),
        majority=_share(reader, "majority"),
        above=reader.truth("above", default=True),
        of=reader.one_of("of", ("due", "present"), "present"),  # type: ignore[arg-type]
        source=reader.optional("source", read_source),
    )


def _share(reader: Reader, key: str) -> tuple[int, int]:
    """A share as people write it: 2/3, 1/2."""
    said = reader.text(key)
    top, _, bottom = said.partition("/")
    if not (top.isdigit() and bottom.isdigit() and 0 < int(top) <= int(bottom) <= 100):
        reader.fail(Phrase(f"“{said}”不是份额，请写成2/3。", f"“{said}” is no share; write 2/3."), key)
    return int(top), int(bottom)


def read_opening(reader: Reader, context: Context) -> Opening:
    """Which mechanism is opened, how the new entry links back, and what it takes over."""
    return Opening(reader.text("mechanism"), reader.text("link"), context.expressions(reader, "copies"))


def read_limits(reader: Reader, context: Context, since: date) -> tuple[TimeLimit, ...]:
    """The limits; those that do not say since when hold as long as the mechanism does."""
    return tuple(_limit(key, inner, context, since) for key, inner in reader.entries("limits"))


def _limit(key: str, reader: Reader, context: Context, since: date) -> TimeLimit:
    label, source = reader.phrase("label"), reader.optional("source", read_source)
    if source is None:
        reader.fail(Phrase("请写明依据(source)。", "Say what it rests on (source)."))
    limit = TimeLimit(
        key=key,
        label=label,
        rule=_rule(reader, source, since),
        source=source,
        minimum=reader.truth("minimum"),
        holds=reader.texts("holds"),
        waived=context.condition(reader, "waived"),
        start_field=reader.text("start-field", ""),
        applies=context.condition(reader, "applies"),
        warn=reader.whole("warn", 0),
        at_end=reader.text("at-end", ""),
        times=reader.whole("times", 0),
    )
    reader.done()
    return limit


def _rule(reader: Reader, source: Source, since: date) -> Limit:
    amount, extension = reader.whole("amount"), reader.whole("extension", 0)
    unit = reader.one_of("unit", get_args(Unit))
    force = reader.mapping("in-force")
    start, to = since, None
    if force is not None:
        start, to = force.day("start") or since, force.day("to")
        force.done()
    rolls_on = reader.truth("rolls-on", default=True)
    try:
        return Limit(amount, unit, source.words.zh, start, to, source.verified, extension, rolls_on)  # type: ignore[arg-type]
    except ValueError as error:
        reader.fail(Phrase(f"时限不成立({error})。", f"This is no limit ({error})."))
