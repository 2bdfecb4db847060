"""How a draw is written: what is announced before it, and the proof that anybody can check after it.

A proof is one JSON value (its schema stands in `docs/reference/draw.schema.json`). Everything in it hangs on
two hashes that are published as they come about: the commitment, and the head of the log since.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from luoshi.core.draw.values import Cancelled, Committed, Drawn, Prepared
from luoshi.core.transparency.canonical import canonical, written

SCHEMA = "luoshi.draw/1"


def listed(prepared: Prepared) -> list[dict[str, Any]]:
    """The candidates as they stand in a proof."""
    return [
        {"key": one.key, "stratum": one.stratum, "name": one.name, "kept_out": list(one.kept_out)}
        for one in prepared.candidates
    ]


def list_hash(prepared: Prepared) -> str:
    """SHA-256 of the list of candidates, hexadecimal."""
    return _digest(listed(prepared))


def announced(committed: Committed) -> dict[str, Any]:
    """What is published before the draw: all but the list and the secret, which the commitment binds.

    The list stays out because even its hash would give away a short list of known names to whoever guesses.
    """
    return {**_rules(committed), "commitment": committed.commitment}


def commitment_of(committed: Committed, secret: bytes) -> str:
    """The commitment that belongs to the secret and to all that was frozen."""
    return _digest(
        {
            "schema": SCHEMA,
            "rules": _rules(committed),
            "list": list_hash(committed.prepared),
            "secret": secret.hex(),
        }
    )


def head(state: Committed | Drawn | Cancelled) -> str:
    """The hash, hexadecimal, that all since the commitment leads to; to be published after each step."""
    return _fold(_committed(state).commitment, _log(state))


def proof(state: Drawn | Cancelled) -> dict[str, Any]:
    """The whole draw, with its secret and its list: to be published with its result."""
    committed, log, drawn = _committed(state), _log(state), _drawn(state)
    return {
        "schema": SCHEMA,
        "announced": announced(committed),
        "secret": state.secret,
        "candidates": listed(committed.prepared),
        "list": list_hash(committed.prepared),
        "log": log,
        "places": {
            stratum: [{"key": place.key, "accepted": place.accepted} for place in held]
            for stratum, held in (drawn.places if drawn else {}).items()
        },
        "head": _fold(committed.commitment, log),
    }


def _rules(committed: Committed) -> dict[str, Any]:
    prepared = committed.prepared
    return {
        "purpose": prepared.purpose,
        "strata": [
            {
                "key": one.key,
                "number": one.number,
                "substitutes": one.substitutes,
                "multiple": one.multiple,
            }
            for one in prepared.strata
        ],
        "public": {
            "source": prepared.source.name,
            "date": prepared.source.date.isoformat(),
            "form": prepared.source.form,
        },
        "earlier": [
            {
                "commitment": one.commitment,
                "secret": one.secret,
                "reason": one.reason,
                "at": written(one.at),
            }
            for one in committed.earlier
        ],
        "at": written(committed.at),
    }


def _log(state: Committed | Drawn | Cancelled) -> list[dict[str, Any]]:
    """What was done since the commitment, oldest first."""
    log: list[dict[str, Any]] = []
    drawn = _drawn(state)
    if drawn is not None:
        orders = {stratum: list(order) for stratum, order in drawn.orders.items()}
        log.append(
            {
                "kind": "drawn",
                "value": drawn.value,
                "seed": drawn.seed,
                "orders": orders,
                "at": written(drawn.at),
            }
        )
        log += [
            {"kind": one.answer.value, "key": one.key, "reason": one.reason, "at": written(one.at)}
            for one in drawn.replies
        ]
    if isinstance(state, Cancelled):
        log.append({"kind": "cancelled", "reason": state.reason, "at": written(state.at)})
    return log


def _committed(state: Committed | Drawn | Cancelled) -> Committed:
    return state if isinstance(state, Committed) else state.committed


def _drawn(state: Committed | Drawn | Cancelled) -> Drawn | None:
    before = state.before if isinstance(state, Cancelled) else state
    return before if isinstance(before, Drawn) else None


def _fold(commitment: str, log: list[dict[str, Any]]) -> str:
    found = commitment
    for entry in log:
        found = _digest({"before": found, "entry": entry})
    return found


def _digest(value: Any) -> str:
    return sha256(canonical(value)).hexdigest()
