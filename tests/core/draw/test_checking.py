"""A proof holds when nothing in it was touched, and for nothing else: by our check and by the script."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.cli import verify_draw
from luoshi.core.draw.checking import check_proof
from luoshi.core.draw.errors import DrawDiffers, NoDraw
from luoshi.core.draw.record import proof
from luoshi.core.draw.steps import cancel, commit, draw
from luoshi.core.draw.values import Cancelled, Drawn
from tests.core.draw.example import (
    AFTER,
    SECRET,
    VALUE,
    answered,
    called_off,
    committed,
    drawn,
    histories,
    prepared,
    seed,
)

Path = tuple[str | int, ...]


def again() -> Cancelled:
    """The second draw for a purpose, cancelled before anything was drawn."""
    at = called_off().at
    second = commit(prepared(), secret=seed(1), at=at, earlier=[called_off()])
    return cancel(second, secret=seed(1), reason="又一次", at=at)


def called_off_later() -> Cancelled:
    """A draw that was cancelled after its result."""
    return cancel(answered(), secret=SECRET, reason="检查对象重复登记", at=answered().replies[-1].at)


STATES: list[Callable[[], Drawn | Cancelled]] = [drawn, answered, called_off, again, called_off_later]


def ours(made: Any) -> bool:
    """Whether our check lets it pass."""
    try:
        check_proof(json.dumps(made, ensure_ascii=False))
    except (DrawDiffers, NoDraw):
        return False
    return True


def theirs(made: Any) -> bool:
    """Whether the script lets it pass."""
    try:
        verify_draw.check(json.loads(json.dumps(made), object_pairs_hook=verify_draw.once), "", "")
    except (SystemExit, Exception):
        return False
    return True


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where every value stands, the containers among them."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*path, key))


def others(value: Any) -> list[Any]:
    """What might stand in the place of a value."""
    if isinstance(value, bool):
        return [not value, int(value), None]
    if isinstance(value, int):
        return [value + 1, value - 1, value + 0.0, str(value), None]
    if isinstance(value, str):
        last = value[-1:]
        swapped = value[:-1] + ("1" if last == "0" else "0")
        return [swapped, value + "0", value + " ", value.upper() + "x", "", None, [value]]
    if isinstance(value, list):
        return [
            *([value[1:], value[:-1], value[::-1]] if value else []),
            [*value, *value[-1:]],
            [*value, "x"],
            {},
        ]
    return [{**value, "more": ""}, *({k: v for k, v in value.items() if k != gone} for gone in value), []]


def with_other(made: Any, path: Path, other: Any) -> Any:
    """The proof with something else in one place."""
    changed = copy.deepcopy(made)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = other
    return changed


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_field_can_be_touched(state: Callable[[], Drawn | Cancelled]) -> None:
    made = proof(state())
    assert ours(made)
    assert theirs(made)
    passed, tried = [], 0
    for path in places(made):
        value: Any = made
        for key in path:
            value = value[key]
        for other in others(value):
            if json.dumps(other) == json.dumps(value):
                continue
            tried += 1
            changed = with_other(made, path, other)
            passed += [(path, other, check.__name__) for check in (ours, theirs) if check(changed)]
    assert not passed
    assert tried > 300


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(histories(), st.data())
def test_every_genuine_proof_holds_and_no_change_to_it_does(
    state: Drawn | Cancelled, data: st.DataObject
) -> None:
    made = proof(state)
    assert check_proof(json.dumps(made)) == state
    assert theirs(made)
    path = data.draw(st.sampled_from(sorted(places(made), key=str)))
    value: Any = made
    for key in path:
        value = value[key]
    other = data.draw(st.sampled_from([one for one in others(value) if json.dumps(one) != json.dumps(value)]))
    changed = with_other(made, path, other)
    assert not ours(changed)
    assert not theirs(changed)


def test_the_draw_is_given_back() -> None:
    for state in STATES:
        assert check_proof(json.dumps(proof(state()))) == state()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "[" * 100_000,
        '{"schema":"luoshi.draw/1"}',
        '{"schema":"luoshi.draw/2"}',
        '{"schema":"luoshi.draw/1","schema":"luoshi.draw/1"}',
        "\ufffd",
    ],
)
def test_what_is_no_proof(text: str) -> None:
    with pytest.raises(NoDraw) as told:
        check_proof(text, where="proof.json")
    assert told.value.message("en").startswith("proof.json is no proof of a draw")


def test_a_key_twice_reads_differently_elsewhere() -> None:
    text = json.dumps(proof(drawn())).replace('{"schema"', '{"secret": "", "schema"')
    with pytest.raises(NoDraw):
        check_proof(text)
    with pytest.raises(SystemExit, match="a key twice"):
        json.loads(text, object_pairs_hook=verify_draw.once)


def test_times_that_no_calendar_has() -> None:
    made = proof(drawn())
    for at in ("0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z"):
        assert not ours(with_other(made, ("announced", "at"), at))


def test_it_is_said_what_differs() -> None:
    made = with_other(proof(answered()), ("places", "对象", 1, "accepted"), True)
    with pytest.raises(DrawDiffers) as told:
        check_proof(json.dumps(made), where="proof.json")
    assert "“places.对象.2.accepted” is not what it comes to" in told.value.message("en")
    moved = with_other(proof(answered()), ("log", 1, "key"), "D10")
    with pytest.raises(DrawDiffers) as told:
        check_proof(json.dumps(moved), where="proof.json")
    assert "“D10” holds no place" in told.value.message("en")


def test_what_was_published_elsewhere_is_held_against_it() -> None:
    text, commitment = json.dumps(proof(answered())), committed().commitment
    assert check_proof(text, commitment=f" {commitment.upper()}\n", value=f"{VALUE}\n")
    with pytest.raises(DrawDiffers, match="事先公布"):
        check_proof(text, commitment="0" * 64)
    with pytest.raises(DrawDiffers, match="公开值是"):
        check_proof(text, value="03 08 11 17 22 29 07")
    with pytest.raises(DrawDiffers):
        check_proof(json.dumps(proof(called_off())), value=VALUE)


def test_a_draw_made_anew_with_another_secret_is_shown_by_the_commitment_alone() -> None:
    """Whoever drew again until the result pleased has another commitment."""
    forged = commit(prepared(), secret=seed(7), at=committed().at)
    text = json.dumps(proof(draw(forged, secret=seed(7), value=VALUE, at=AFTER)))
    assert check_proof(text, value=VALUE)
    with pytest.raises(DrawDiffers):
        check_proof(text, commitment=committed().commitment)
