"""How many to-dos of each kind somebody has, in one statement whose text is made once.

The head of every page tells the number of to-dos. Django makes the text of a query anew each time, and for
some twenty kinds of to-do that takes ten times as long as the database takes to answer. So each kind is
compiled once for a made-up person on a made-up day; where the statement holds what stands for them, the real
ones are put in. A kind that does not fit into this is refused when it is compiled, and a test holds every
kind to what its queryset says by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection

if TYPE_CHECKING:
    from collections.abc import Hashable

    from luoshi.apps.work.queries.desk import Kind, Scope
    from luoshi.apps.work.queries.desk_sources import Source

# What stands for a person, their bodies, the bodies they head, their regions, and today.
_USER, _BODY, _HEAD = -7_000_001, -7_000_002, -7_000_003
_REGION, _DAY = "\N{REPLACEMENT CHARACTER}", date(1601, 6, 15)
# Days from it by which a date still says "so many days from today".
_NEAR = 200


@dataclass(frozen=True, slots=True)
class _Part:
    """The count of one kind: its statement cut at the parameters, and these."""

    key: str
    pieces: tuple[str, ...]
    values: tuple[Any, ...]


def count_each(scope: Scope, kinds: Iterable[Kind | Source], today: date) -> dict[str, int]:
    """How many to-dos of each kind there are; kinds without any are left out.

    Args:
        scope: for whom.
        kinds: that are counted.
        today: the day.
    """
    held = (scope.user is not None, bool(scope.bodies), bool(scope.heads), bool(scope.regions))
    compiled = (_compiled(connection.vendor, held, kind, kind.shape()) for kind in kinds)
    parts = [part for part in compiled if part is not None]
    if not parts:
        return {}
    counts, given = [], []
    for number, part in enumerate(parts):
        rows, values = _filled(part, scope, today)
        counts.append(f"SELECT {number}, COUNT(*) FROM ({rows}) AS waiting")  # noqa: S608 (our own statement)
        given += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts), given)
        return {parts[number].key: count for number, count in cursor.fetchall() if count}


@lru_cache(maxsize=512)
def _compiled(
    vendor: str, held: tuple[bool, bool, bool, bool], kind: Kind | Source, shape: Hashable
) -> _Part | None:
    """The count of a kind for those who have these parts of a scope; None where it can never be any."""
    from luoshi.apps.work.queries.desk import Scope

    user, bodies, heads, regions = held
    person = Scope(
        _USER if user else None,
        frozenset({_BODY} if bodies else ()),
        frozenset({_HEAD} if heads else ()),
        frozenset({_REGION} if regions else ()),
    )
    try:
        text, values = kind.groups(person, _DAY).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return None
    pieces = tuple(text.split("%s"))
    if len(pieces) != len(values) + 1:
        raise RuntimeError(f"{kind.key}: a statement with a literal %s cannot be kept")
    return _Part(kind.key, pieces, tuple(_meant(kind.key, value) for value in values))


@dataclass(frozen=True, slots=True)
class _After:
    """So many days from today; `text` where the database keeps days as text."""

    days: int
    text: bool


def _meant(key: str, value: Any) -> Any:
    """What stands for a day becomes its distance from today; all else stays."""
    day = _day(value)
    if day is not None and abs((day - _DAY).days) <= _NEAR:
        return _After((day - _DAY).days, isinstance(value, str))
    if str(_DAY.year) in str(value):
        raise RuntimeError(f"{key}: what it makes of the day cannot be kept: {value}")
    return value


def _day(value: Any) -> date | None:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _filled(part: _Part, scope: Scope, today: date) -> tuple[str, list[Any]]:
    """The statement for somebody, and what it is given."""
    several = {_BODY: scope.bodies, _HEAD: scope.heads, _REGION: scope.regions}
    text, given = [part.pieces[0]], []
    for value, piece in zip(part.values, part.pieces[1:], strict=True):
        real: list[Any]
        if isinstance(value, _After):
            day = today + timedelta(days=value.days)
            real = [day.isoformat() if value.text else day]
        elif isinstance(value, int | str) and value in several:
            real = sorted(several[value])
        else:
            real = [scope.user if value == _USER else value]
        given += real
        text += [", ".join(["%s"] * len(real)), piece]
    return "".join(text), given
