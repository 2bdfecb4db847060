"""Whether a whole registry holds together. What was so before is not told again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from luoshi.apps.interface.returned import Fault
from luoshi.apps.organization.models import Body, BodyAlias
from luoshi.apps.organization.operations import refusals
from luoshi.apps.registry.queries.state import State
from luoshi.apps.registry.queries.workbook import SHEETS, Row
from luoshi.core.errors import LuoshiError
from luoshi.core.roster import Entry, Period, Roster, Tie

Found = tuple[LuoshiError, Row | None, str]
# A name, the body that bears it, and where that is said: the row, the column and whether it is new.
Claim = tuple[str, int, Period, Row | None, str, bool]


def check(before: State, after: State) -> list[Fault]:
    """What is wrong with `after`, each at the row that says it, else at the row of its body."""
    names = {sheet.key: sheet.zh for sheet in SHEETS}
    faults = []
    checks: tuple[Callable[[State, State], Iterator[Found]], ...] = (
        _days,
        _names,
        _codes,
        _parents,
        _groups,
        _circles,
        _twice,
        _rules,
    )
    for one in checks:
        for error, row, key in one(before, after):
            if row is None:
                faults.append(Fault.of(error, names["bodies"]))
            else:
                faults.append(Fault.of(error, row.sheet, row.number, row.letters.get(key, "")))
    return list(dict.fromkeys(faults))


def _sent(after: State, sheet: str) -> Iterator[tuple[Any, Row]]:
    """What rows of a sheet say."""
    return ((item, place) for item, place in after.items[sheet] if isinstance(place, Row))


def _changed_body(before: State, after: State, key: int) -> bool:
    return before.bodies.get(key) != after.bodies[key]


# --- days and names -------------------------------------------------------------------------------------


def _days(before: State, after: State) -> Iterator[Found]:
    for key, row in after.rows.items():
        values = after.bodies[key]
        yield from _in_order(after.name(key), values["active_from"], values["active_to"], row, "active_to")
    for item, row in _sent(after, "aliases"):
        yield from _in_order(item.name, item.valid_from, item.valid_to, row, "valid_to")
    for item, row in _sent(after, "members"):
        yield from _in_order(after.name(item.member), item.valid_from, item.valid_to, row, "valid_to")


def _in_order(name: str, start: date | None, end: date | None, row: Row, key: str) -> Iterator[Found]:
    if start is not None and end is not None and end < start:
        yield refusals.DaysOutOfOrder(name=name, start=start, end=end), row, key


def _names(before: State, after: State) -> Iterator[Found]:
    """On any day a name means one body; a short name does not count."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in _claims(before, after):
        claims[claim[0]].append(claim)
    for name, those in claims.items():
        for place, claim in enumerate(those):
            for other in those[:place]:
                yield from _clash(after, name, claim, other)


def _clash(after: State, name: str, one: Claim, other: Claim) -> Iterator[Found]:
    same_body = one[1] == other[1]
    # A body may repeat its own name as full name or alias, and only once as the same alias.
    harmless = same_body and not (one[4] == other[4] == "alias")
    if harmless or not (one[5] or other[5]) or not one[2].meets(other[2]):
        return
    # Told at the name that is new, of two new ones at the later.
    at, bearer = (one, other) if one[5] or not other[5] else (other, one)
    if at[3] is None:
        at, bearer = bearer, at
    column = "name" if at[4] == "alias" else at[4]
    yield refusals.BodyNameTaken(name=name, body=after.name(bearer[1])), at[3], column


def _claims(before: State, after: State) -> Iterator[Claim]:
    was = {item for item, _ in before.items["aliases"]}
    former: dict[int, date] = {}
    for alias, _ in after.items["aliases"]:
        if alias.kind == BodyAlias.Kind.FORMER and alias.valid_to is not None:
            former[alias.body] = max(alias.valid_to, former.get(alias.body, alias.valid_to))
    for key, values in after.bodies.items():
        row, new = after.rows.get(key), _named_anew(before.bodies.get(key), values)
        start, end = values["active_from"], values["active_to"]
        since = former[key] + timedelta(days=1) if key in former and former[key] < date.max else start
        yield values["name"], key, Period(since, end), row, "name", new
        if values["full_name"] and values["full_name"] != values["name"]:
            yield values["full_name"], key, Period(start, end), row, "full_name", new
    for alias, place in after.items["aliases"]:
        row = place if isinstance(place, Row) else after.rows.get(alias.body)
        valid = Period(alias.valid_from, alias.valid_to)
        yield alias.name, alias.body, valid, row, "alias", alias not in was or row is None


def _named_anew(old: dict[str, Any] | None, new: dict[str, Any]) -> bool:
    return old is None or any(
        old[key] != new[key] for key in ("name", "full_name", "active_from", "active_to")
    )


# --- codes and parents ----------------------------------------------------------------------------------


def _codes(before: State, after: State) -> Iterator[Found]:
    owners: dict[str, int] = {}
    for key, values in sorted(after.bodies.items(), key=lambda one: _changed_body(before, after, one[0])):
        code = values["credit_code"]
        if code and code in owners:
            owner = after.name(owners[code])
            yield refusals.CreditCodeTaken(given=code, body=owner), after.rows.get(key), "credit_code"
        owners.setdefault(code, key)


def _parents(before: State, after: State) -> Iterator[Found]:
    for key, row in after.rows.items():
        at, seen = after.bodies[key]["parent"], set()
        while at is not None and at != key and at not in seen:
            seen.add(at)
            at = after.bodies[at]["parent"]
        if at == key:
            parent = after.name(after.bodies[key]["parent"])
            yield refusals.BodyAboveItself(body=after.name(key), parent=parent), row, "parent"


# --- groups ---------------------------------------------------------------------------------------------


def _groups(before: State, after: State) -> Iterator[Found]:
    """Only groups have members and rules."""
    for sheet in ("members", "rules"):
        for item, place in after.items[sheet]:
            name = after.name(item.group)
            if after.bodies[item.group]["kind"] in Body.WITH_MEMBERS:
                continue
            if isinstance(place, Row):
                yield refusals.NoGroup(body=name), place, "group"
            elif _changed_body(before, after, item.group):
                yield refusals.BodyHasMembers(body=name), after.rows.get(item.group), "kind"


def _circles(before: State, after: State) -> Iterator[Found]:
    """No group stands within itself, by whatever way."""
    entries = {key: Entry(key, of["kind"], of["line"], of["level"]) for key, of in after.bodies.items()}
    groups = frozenset(key for key, entry in entries.items() if entry.kind == Body.Kind.GROUP)
    ties = tuple(Tie(item.group, item.member) for item, _ in after.items["members"])
    roster = Roster(entries, groups, ties)
    for item, place in after.items["members"]:
        circular = item.member in groups and roster.reaches(item.member, item.group)
        if circular or item.member == item.group:
            row = place if isinstance(place, Row) else after.rows.get(item.group)
            error = refusals.GroupInItself(group=after.name(item.group), member=after.name(item.member))
            yield error, row, "member"


def _twice(before: State, after: State) -> Iterator[Found]:
    """A body is in a group, or left out of it, once on any day."""
    was = {item for item, _ in before.items["members"]}
    there: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for item, row in _sent(after, "members"):
        for other in there[item.group, item.member]:
            period, held = Period(item.valid_from, item.valid_to), Period(other.valid_from, other.valid_to)
            if period.meets(held) and not (item in was and other in was and item != other):
                names = {"group": after.name(item.group), "member": after.name(item.member)}
                yield refusals.MemberTwice(**names), row, "member"
        there[item.group, item.member].append(item)


def _rules(before: State, after: State) -> Iterator[Found]:
    seen = set()
    for item, row in _sent(after, "rules"):
        if not item.kind and not item.line and item.level is None:
            yield refusals.RuleEmpty(group=after.name(item.group)), row, "group"
        if item in seen:
            yield refusals.RuleTwice(group=after.name(item.group)), row, "group"
        seen.add(item)
