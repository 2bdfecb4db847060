"""Compares what a draw opens with the mechanism that it opens: its fields are asked for there, and fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from luoshi.core.errors import Phrase
from luoshi.core.mechanism.check import Fault
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.mechanism.drawing import Drawing, Openings, Pool
from luoshi.core.mechanism.errors import unknown
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.procedure import Actor, Transition


def opening_faults(mechanism: Mechanism, all_of_them: Mapping[str, Mechanism]) -> Iterator[Fault]:
    """What is wrong between a mechanism, what its draws open, and who begins its own entries.

    Args:
        all_of_them: the latest version of every mechanism, by key.
    """
    for drawing in mechanism.draws:
        if drawing.opens is not None:
            path = ("draws", drawing.key, "opens")
            yield from _opens(mechanism, drawing, drawing.opens, path, all_of_them)
    opened = {key for one in all_of_them.values() for key in _opened_by(one)}
    for step in mechanism.register.starts():
        if step.who == (Actor.SYSTEM,) and mechanism.key not in opened:
            yield Fault(
                ("transitions", step.key, "who"),
                Phrase(
                    "没有机制开启这一条目(opens)，只由system办理的起始步骤永远不会发生。",
                    "No mechanism opens such entries (opens); a first step of `system` alone never happens.",
                ),
            )


def _opened_by(mechanism: Mechanism) -> Iterator[str]:
    for drawing in mechanism.draws:
        if drawing.opens is not None:
            yield drawing.opens.opening.mechanism
    for step in mechanism.register.transitions:
        if step.opens is not None:
            yield step.opens.mechanism


def _opens(
    mechanism: Mechanism,
    drawing: Drawing,
    opens: Openings,
    path: tuple[str, ...],
    all_of_them: Mapping[str, Mechanism],
) -> Iterator[Fault]:
    if mechanism.register.transition[opens.step].target is not None:
        yield Fault(
            (*path, "step"),
            Phrase(
                "开启条目的步骤须写stay: true。",
                "The step that opens entries stays where it is (stay: true).",
            ),
        )
    key = opens.opening.mechanism
    if key not in all_of_them:
        yield Fault((*path, "mechanism"), unknown(key, all_of_them))
        return
    child = all_of_them[key]
    fields, pool = child.register.field, drawing.pool(opens.each)
    for name in opens.fills:
        if name not in fields:
            yield Fault(path, unknown(name, fields))
            return
    yield from _begun(child, opens, path)
    yield from link_faults(fields[opens.opening.link], mechanism.key, (*path, "link"))
    if opens.candidate:
        yield from link_faults(fields[opens.candidate], pool.roster, (*path, "candidate"))
    listed = all_of_them[pool.roster].register.field
    for name in opens.takes.values():
        if name not in listed:
            yield Fault((*path, "takes"), unknown(name, listed))
    for name, share in opens.shares.items():
        yield from _shared(fields[name], drawing.pool(share.pool), opens, (*path, "shares", name))


def _begun(child: Mechanism, opens: Openings, path: tuple[str, ...]) -> Iterator[Fault]:
    """The first step that asks for the link is taken; it has to ask for everything that is filled."""
    start = start_of(child, opens.opening.link)
    if start is None or Actor.SYSTEM not in start.who:
        zh = f"“{child.key}”没有由system办理、填写“{opens.opening.link}”的起始步骤。"
        en = f"“{child.key}” has no first step of `system` that asks for “{opens.opening.link}”."
        yield Fault((*path, "link"), Phrase(zh, en))
        return
    for name in opens.fills:
        if name not in start.asks:
            zh = f"“{child.key}”的起始步骤“{start.key}”不填写“{name}”(asks)。"
            en = f"The first step “{start.key}” of “{child.key}” does not ask for “{name}” (asks)."
            yield Fault(path, Phrase(zh, en))


def start_of(child: Mechanism, link: str) -> Transition | None:
    """The first step of a mechanism that asks for a link."""
    return next((one for one in child.register.starts() if link in one.asks), None)


def link_faults(field: Field, to: str, path: tuple[str, ...]) -> Iterator[Fault]:
    """Whether a field names entries of a mechanism."""
    if field.type is not FieldType.LINK or field.to != to:
        zh, en = f"“{field.key}”应为关联“{to}”的字段。", f"“{field.key}” has to be a link to “{to}”."
        yield Fault(path, Phrase(zh, en))


def _shared(field: Field, pool: Pool, opens: Openings, path: tuple[str, ...]) -> Iterator[Fault]:
    if pool.key == opens.each:
        zh = "逐个开启条目的一组不能同时分派到条目里。"
        yield Fault(path, Phrase(zh, "The pool that gets an entry each cannot be shared out among them."))
    if field.type is not FieldType.ROWS:
        yield Fault(path, Phrase("分派的人员须填入明细字段。", "Those who are shared out stand in rows."))
        return
    columns = [one.key for one in field.columns]
    for name in pool.columns:
        if name not in columns:
            yield Fault(path, unknown(name, columns))
