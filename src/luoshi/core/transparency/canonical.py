"""The bytes of an event: one JSON text for one content, whichever database it was read from."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

VERSION = 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> bytes:
    """A JSON value as bytes that do not depend on who writes them.

    Keys stand in the order of their code points, without blanks, in UTF-8 without escapes that are not
    needed. A number that is whole is written as an integer, any other as its shortest decimal form: one
    database keeps 1.0 where another keeps 1.

    Example:
        >>> canonical({"b": [1.0, 0.5], "a": "落实"}).decode()
        '{"a":"落实","b":[1,0.5]}'
    """
    text = _ENCODER.encode(_plain(value))
    # Half a character, which only one of the databases refuses, becomes the escape that JSON has for it.
    return text.encode("utf-8", "backslashreplace")


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is dict:
        return {key: _plain(part) for key, part in value.items()}
    if kind is list or kind is tuple:
        return [_plain(part) for part in value]
    return int(value) if kind is float and value.is_integer() else value


def event_bytes(
    *,
    id: int,
    at: datetime,
    type: str,
    region: str,
    actor: int | None,
    actor_name: str,
    body: int | None,
    body_name: str,
    object_type: str,
    object_id: str,
    address: str,
    detail: Any,
) -> bytes:
    """The entry of the log that an event is: who, for which body, what, from where and when.

    Args:
        at: with its time zone; it is written in UTC, to the microsecond.
    """
    return canonical(
        {
            "v": VERSION,
            "id": id,
            "at": written(at),
            "type": type,
            "region": region,
            "actor": _named(actor, actor_name),
            "body": _named(body, body_name),
            "object": {"type": object_type, "id": object_id},
            "address": address,
            "detail": detail,
        }
    )


def _named(id: int | None, name: str) -> dict[str, object] | None:
    return None if id is None and not name else {"id": id, "name": name}


def written(at: datetime) -> str:
    """A moment as it stands in the log.

    Example:
        >>> written(datetime(2026, 3, 2, 1, 30, tzinfo=UTC))
        '2026-03-02T01:30:00.000000Z'
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
