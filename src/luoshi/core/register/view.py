"""An entry as expressions see it, and where they find the entries that it is linked with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from luoshi.core.expression import Occasion
from luoshi.core.expression.binding import bound
from luoshi.core.expression.evaluating import evaluate
from luoshi.core.expression.nodes import MISSING, UNKNOWN, Node, Own
from luoshi.core.expression.nodes import Field as FieldNode
from luoshi.core.expression.values import Clock, Reference
from luoshi.core.expression.values import Entry as Seen
from luoshi.core.register.declaration import Register
from luoshi.core.register.entry import Entry
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.person import Person
from luoshi.core.register.values import Value

_TRUTHS: Mapping[object, object] = {"yes": True, "no": False, "unknown": UNKNOWN}
_REFERENCES = (FieldType.BODY, FieldType.LINK)


class World(Protocol):
    """Where linked entries are found."""

    def entry(self, mechanism: str, key: str) -> tuple[Register, Entry] | None:
        """An entry with the rules it follows."""

    def entries(self, mechanism: str, condition: Node) -> Iterable[tuple[Register, Entry]]:
        """At least all entries of a mechanism for which the condition holds."""


class Alone:
    """A world without other entries."""

    def entry(self, mechanism: str, key: str) -> None:
        """Nothing is linked."""

    def entries(self, mechanism: str, condition: Node) -> tuple[()]:
        """There are no others."""
        return ()


class View:
    """One entry, seen on an occasion."""

    def __init__(self, register: Register, entry: Entry, occasion: Occasion, world: World) -> None:
        self._register, self._entry, self._occasion, self._world = register, entry, occasion, world
        self._computed: dict[str, object] = {}

    @property
    def reference(self) -> Reference:
        """What links to it hold."""
        return Reference(self._entry.key)

    @property
    def state(self) -> str:
        """The key of its state."""
        return self._entry.state

    @property
    def begun(self) -> date | None:
        """The day of its first step."""
        return self._entry.began

    @property
    def owner(self) -> Reference | None:
        """The body whose entry it is."""
        return Reference(self._entry.body) if self._entry.body else None

    @property
    def holder(self) -> Reference | None:
        """The body that holds it now."""
        return Reference(self._entry.holder) if self._entry.holder else None

    def value(self, field: str) -> object:
        """The value of a field, computed ones included."""
        declared = self._register.field.get(field)
        if declared is None:
            return MISSING
        if declared.formula is not None:
            if field not in self._computed:
                self._computed[field] = evaluate(declared.formula, self, self._occasion)
            return self._computed[field]
        return seen(declared, self._entry.values.get(field))

    def days_of(self, transition: str) -> Sequence[date]:
        """The days on which a step was taken."""
        return [step.on for step in self._entry.taken(transition)]

    def clock(self, limit: str) -> Clock | None:
        """How a limit stands."""
        clock, declared = self._entry.clock(limit), self._register.limit.get(limit)
        if clock is None or declared is None:
            return None
        return Clock(clock.due(declared, self._occasion.calendar).day, clock.ended)

    def linked(self, mechanism: str, reference: Reference) -> Seen | None:
        """The entry that a link names."""
        found = self._world.entry(mechanism, reference.key)
        return None if found is None else View(*found, self._occasion, self._world)

    def _read(self, node: FieldNode | Own) -> object:
        return self.value(node.key) if isinstance(node, FieldNode) else getattr(self, node.name, MISSING)

    def others(self, mechanism: str, condition: Node) -> Iterable[Seen]:
        """Entries of a mechanism."""
        for register, entry in self._world.entries(mechanism, bound(condition, self._read)):
            yield View(register, entry, self._occasion, self._world)


def seen(field: Field, value: Value | None) -> object:
    """A value as expressions know it.

    Example:
        >>> from luoshi.core.errors import Phrase
        >>> seen(Field("urgent", FieldType.YES_NO, Phrase("是否紧急", "Urgent")), "yes")
        True
    """
    if value is None:
        return MISSING
    if field.type is FieldType.YES_NO:
        return _TRUTHS.get(value, MISSING)
    if isinstance(value, Person):
        return Reference("", value.name)
    if field.type in _REFERENCES and isinstance(value, str):
        return Reference(value)
    if field.type is FieldType.FILE and isinstance(value, str):
        return (Reference(value),)
    if field.type is FieldType.FILES and isinstance(value, tuple):
        return tuple(Reference(str(one)) for one in value)
    if field.type is FieldType.ROWS and isinstance(value, tuple):
        return tuple(_row(field, row) for row in value if isinstance(row, Mapping))
    return value


def _row(field: Field, row: Mapping[str, Value]) -> Mapping[str, object]:
    return {column.key: seen(column, row.get(column.key)) for column in field.columns}
