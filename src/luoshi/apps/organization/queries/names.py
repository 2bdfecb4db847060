"""By which names bodies are known, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.apps.organization.models import Body, BodyAlias
from luoshi.core.roster import Period


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a body for a time. `kind` is `name`, `full`, `short`, `alias` or `former`."""

    text: str
    kind: str
    valid: Period
    alias: int | None = None


def bodies_by_name(region: str, at: date | None = None) -> dict[str, Body]:
    """The bodies of a region by every name that means exactly one of them.

    A name goes before a full name, that before an alias, an alias before a short name. A name that several
    bodies bear at the same rank means neither, unless only one of them bears it now.

    Args:
        at: only names and bodies of this day; None takes all that ever were.
    """
    bodies = {body.pk: body for body in Body.objects.filter(region_id=region).order_by("pk")}
    aliases = list(BodyAlias.objects.filter(region_id=region).order_by("pk"))
    ranks: tuple[list[tuple[str, Body, Period]], ...] = (
        [(body.short_name, body, body.active) for body in bodies.values()],
        [(alias.name, bodies[alias.body_id], alias.valid) for alias in aliases],
        [(body.full_name, body, body.active) for body in bodies.values()],
        [(body.name, body, body.active) for body in bodies.values()],
    )
    named: dict[str, Body] = {}
    for rank in ranks:
        named |= _clear([claim for claim in rank if claim[0] and (at is None or at in claim[2])])
    return named


def _clear(claims: list[tuple[str, Body, Period]]) -> dict[str, Body]:
    """The names that one body claims, or that only one claims without an end."""
    claimants: dict[str, dict[int, tuple[Body, bool]]] = {}
    for name, body, valid in claims:
        among = claimants.setdefault(name, {})
        among[body.pk] = (body, valid.end is None or (body.pk in among and among[body.pk][1]))
    found = {}
    for name, among in claimants.items():
        lasting = [body for body, lasts in among.values() if lasts]
        if len(among) == 1:
            found[name] = next(iter(among.values()))[0]
        elif len(lasting) == 1:
            found[name] = lasting[0]
    return found


def names_of(body: Body) -> list[Name]:
    """Every name of a body, those in use first, then the latest; no query if `aliases` is prefetched."""
    return sorted(_names(body), key=lambda name: (_ORDER[name.kind], _backwards(name.valid), name.text))


_ORDER = {"name": 0, "full": 1, "short": 2, "alias": 3, "former": 4}


def _backwards(valid: Period) -> int:
    return -(valid.end or date.max).toordinal()


def _names(body: Body) -> Iterator[Name]:
    former = [alias.valid_to for alias in body.aliases.all() if alias.kind == BodyAlias.Kind.FORMER]
    last = max((day for day in former if day), default=None)
    since = date.fromordinal(last.toordinal() + 1) if last else body.active_from
    yield Name(body.name, "name", Period(since, body.active_to))
    if body.full_name:
        yield Name(body.full_name, "full", Period(None, body.active_to))
    if body.short_name:
        yield Name(body.short_name, "short", Period(None, body.active_to))
    for alias in body.aliases.all():
        yield Name(alias.name, alias.kind, alias.valid, alias.pk)
