"""Checking a proof: the draw is gone through once more, and has to come out as it is written."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from luoshi.core.draw import errors
from luoshi.core.draw.record import SCHEMA, proof
from luoshi.core.draw.steps import answer_all, cancel, commit_after, draw, prepare
from luoshi.core.draw.values import (
    Answer,
    Cancellation,
    Cancelled,
    Candidate,
    Committed,
    Drawn,
    PublicSource,
    Reply,
    Stratum,
)
from luoshi.core.errors import LuoshiError, Phrase


def check_proof(
    text: str, *, commitment: str | None = None, value: str | None = None, where: object = ""
) -> Drawn | Cancelled:
    """The draw that a proof shows.

    Args:
        commitment: as it was published before the draw; without it the proof is only held against itself.
        value: the public value as its source published it.
        where: what to call the text in a refusal.

    Raises:
        NoDraw: it is no proof at all.
        DrawDiffers: something in it is not what it has to be.
    """
    given = _read(text, where)
    try:
        made = _again(given)
    except LuoshiError as refused:
        why = Phrase(refused.message("zh").rstrip("。"), refused.message("en").rstrip("."))
        raise errors.DrawDiffers(where=where, why=why) from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # Something is missing or of another kind than in any proof: all it takes was asked of it.
        raise errors.NoDraw(where=where) from None
    place = _difference(proof(made), given)
    if place is not None:
        why = Phrase(f"“{place}”与重新计算的不符", f"“{place}” is not what it comes to")
        raise errors.DrawDiffers(where=where, why=why)
    _hold_against(made, commitment, value, where)
    return made


def _read(text: str, where: object) -> Any:
    try:
        given = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        raise errors.NoDraw(where=where) from None
    if not isinstance(given, dict) or given.get("schema") != SCHEMA:
        raise errors.NoDraw(where=where)
    return given


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one with a key twice would read differently elsewhere."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _again(given: Any) -> Drawn | Cancelled:
    """The draw gone through with what it was given from outside."""
    rules, log, secret = given["announced"], list(given["log"]), bytes.fromhex(given["secret"])
    prepared = prepare(
        purpose=rules["purpose"],
        strata=[Stratum(**one) for one in rules["strata"]],
        source=PublicSource(
            rules["public"]["source"], date.fromisoformat(rules["public"]["date"]), rules["public"]["form"]
        ),
        candidates=[
            Candidate(one["key"], one["stratum"], one["name"], tuple(one["kept_out"]))
            for one in given["candidates"]
        ],
    )
    cancelled = tuple(
        Cancellation(one["commitment"], one["secret"], one["reason"], _moment(one["at"]))
        for one in rules["earlier"]
    )
    committed = commit_after(cancelled, prepared, secret=secret, at=_moment(rules["at"]))
    last = log.pop() if log[-1]["kind"] == "cancelled" else None
    if last is not None and not log:
        return _called_off(committed, secret, last)
    drawn = draw(committed, secret=secret, value=log[0]["value"], at=_moment(log[0]["at"]))
    replies = [Reply(one["key"], Answer(one["kind"]), one["reason"], _moment(one["at"])) for one in log[1:]]
    drawn = answer_all(drawn, replies)
    return drawn if last is None else _called_off(drawn, secret, last)


def _called_off(before: Committed | Drawn, secret: bytes, last: Any) -> Cancelled:
    return cancel(before, secret=secret, reason=last["reason"], at=_moment(last["at"]))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _difference(made: Any, given: Any) -> str | None:
    """Where two JSON values first differ; true is not 1, and 1.0 is not 1."""
    if type(made) is not type(given):
        return ""
    if isinstance(made, dict):
        pairs = [(key, made.get(key), given.get(key)) for key in (*made, *given)]
        if made.keys() != given.keys():
            return next(str(key) for key in (*made, *given) if (key in made) != (key in given))
    elif isinstance(made, list):
        if len(made) != len(given):
            return ""
        pairs = [(str(number), *both) for number, both in enumerate(zip(made, given, strict=True), 1)]
    else:
        return None if made == given else ""
    for key, one, other in pairs:
        place = _difference(one, other)
        if place is not None:
            return f"{key}.{place}".rstrip(".")
    return None


def _hold_against(made: Drawn | Cancelled, commitment: str | None, value: str | None, where: object) -> None:
    """Compare with what was published elsewhere."""
    if commitment is not None and commitment.strip().lower() != made.committed.commitment:
        why = Phrase(
            f"承诺是 {made.committed.commitment},不是事先公布的那个",
            f"its commitment is {made.committed.commitment}, not the one that was published",
        )
        raise errors.DrawDiffers(where=where, why=why)
    drawn = made.before if isinstance(made, Cancelled) else made
    used = drawn.value if isinstance(drawn, Drawn) else None
    if value is not None and value.strip() != used:
        why = Phrase(f"抽取所用的公开值是“{used}”", f"the public value it was drawn by is “{used}”")
        raise errors.DrawDiffers(where=where, why=why)
