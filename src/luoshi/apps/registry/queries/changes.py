"""What lies between a registry as it is and as it should be, one change a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from luoshi.apps.organization.operations.bodies import FIELDS
from luoshi.apps.registry.queries.state import Alias, Item, Member, Rule, State
from luoshi.apps.registry.queries.workbook import SHEETS, YES
from luoshi.core.errors import Phrase

# By what two rows are about the same thing.
_SAME = {"aliases": ("body", "name"), "members": ("group", "member"), "rules": ("group",)}
_SHOWN: dict[str, tuple[str, ...]] = {
    "bodies": FIELDS,
    "aliases": ("name", "kind", "valid_from", "valid_to"),
    "members": ("member", "excluded", "valid_from", "valid_to"),
    "rules": ("kind", "line", "level"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is `created`, `changed` or `removed`.

    Attributes:
        sheet: key of the sheet.
        name: the body or group that it is about.
        fields: column, value before and value after, as stored; only those that differ.
    """

    sheet: str
    deed: str
    name: str
    fields: tuple[tuple[str, Any, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """For storing."""
        return {**asdict(self), "fields": [list(one) for one in self.fields]}


def changes(before: State, after: State) -> list[Change]:
    """All changes, sheet by sheet."""
    found = list(_bodies(before, after))
    for sheet in _SAME:
        found += _items(sheet, before, after)
    return found


def _bodies(before: State, after: State) -> Iterator[Change]:
    for key, values in after.bodies.items():
        old = before.bodies.get(key)
        if old == values:
            continue
        fields = _fields(
            FIELDS, _told(before, old) if old else dict.fromkeys(FIELDS), _told(after, values), bool(old)
        )
        yield Change("bodies", "changed" if old else "created", after.name(key), fields)


def _items(sheet: str, before: State, after: State) -> Iterator[Change]:
    gone, come = differing(sheet, before, after)
    waiting: dict[tuple[int, ...], list[Item]] = defaultdict(list)
    for item in gone:
        waiting[_identity(sheet, item)].append(item)
    for item in come:
        pair = waiting[_identity(sheet, item)]
        # Rules have no identity but what they are.
        old = pair.pop(0) if pair and sheet != "rules" else None
        told = _fields(_SHOWN[sheet], _item(before, old), _item(after, item), old is not None)
        yield Change(sheet, "changed" if old else "created", _owner(after, item, old), told)
    for left in waiting.values():
        for item in left:
            told = _fields(_SHOWN[sheet], _item(before, item), _item(before, None), changed=False)
            yield Change(sheet, "removed", _owner(before, item, item), told)


def differing(sheet: str, before: State, after: State) -> tuple[list[Item], list[Item]]:
    """What is only before and what is only after; what stands twice counts twice."""
    left = [item for item, _ in after.items[sheet]]
    counts: dict[Item, int] = defaultdict(int)
    for item in left:
        counts[item] += 1
    gone = []
    for item, _ in before.items[sheet]:
        if counts[item]:
            counts[item] -= 1
        else:
            gone.append(item)
    come = []
    for item in left:
        if counts[item]:
            counts[item] -= 1
            come.append(item)
    return gone, come


def _identity(sheet: str, item: Item) -> tuple[Any, ...]:
    return tuple(getattr(item, name) for name in _SAME[sheet])


def _owner(state: State, item: Item, old: Item | None) -> str:
    assert isinstance(item, Alias | Member | Rule)  # noqa: S101 - for the type checker
    name = state.name(item.body if isinstance(item, Alias) else item.group)
    about = item.name if isinstance(item, Alias) else ""
    if isinstance(item, Member):
        about = state.name(item.member)
    return f"{name} · {about}" if old and about else name


def _told(state: State, values: dict[str, Any]) -> dict[str, Any]:
    parent = state.name(values["parent"]) if values["parent"] is not None else ""
    return {**{key: _json(value) for key, value in values.items()}, "parent": parent}


def _item(state: State, item: Item | None) -> dict[str, Any]:
    if item is None:
        return {}
    told = {key: _json(value) for key, value in item._asdict().items()}
    return {**told, "member": state.name(item.member)} if isinstance(item, Member) else told


def _fields(
    names: tuple[str, ...], old: dict[str, Any], new: dict[str, Any], changed: bool
) -> tuple[tuple[str, Any, Any], ...]:
    pairs = [(name, old.get(name), new.get(name)) for name in names]
    if changed:
        return tuple(pair for pair in pairs if pair[1] != pair[2])
    return tuple(pair for pair in pairs if pair[1] not in _BLANK or pair[2] not in _BLANK)


_BLANK = (None, "", False)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def heading_of(sheet: str, field: str) -> Phrase:
    """The heading of a column."""
    column = next(one for of in SHEETS if of.key == sheet for one in of.columns if one.key == field)
    return Phrase(column.zh, column.en)


def label_of(sheet: str, field: str, value: Any) -> Any:
    """A stored value as people read it; a label that is translated when it is shown."""
    if value in (None, "") or value is False:
        return ""
    if value is True:
        return Phrase(YES["zh"], YES["en"])
    column = next(one for of in SHEETS if of.key == sheet for one in of.columns if one.key == field)
    return dict((column.choices or list)()).get(value, value)
