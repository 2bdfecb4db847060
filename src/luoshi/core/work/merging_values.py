"""Two people filled in one report: field by field, what each of them wrote is brought together.

Words are woven by `luoshi.core.work.merging`; files are put together, and one that somebody took out stays
out. A number cannot hold two values: the one that was saved first stands, and the place is marked for a
person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.core.work.merging import By, Part, merge
from luoshi.core.work.prefill import Value

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class MergedField:
    """A field that at least one of the two changed.

    Attributes:
        key: of the field.
        value: what stands now; None when it is empty.
        by: who changed it.
        was: what both started from.
        first: what the first person made of it.
        second: what the second person made of it.
        conflict: whether a person has to choose.
        parts: of words, who wrote which.
    """

    key: str
    value: Value | None
    by: By
    was: Value | None
    first: Value | None
    second: Value | None
    conflict: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedValues:
    """The values of a report that two people filled in, and what became of each field they changed."""

    values: dict[str, Value]
    fields: tuple[MergedField, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is left for a person to choose."""
        return not any(field.conflict for field in self.fields)


def merge_values(base: Values, first: Values, second: Values) -> MergedValues:
    """Bring two edits of one report together.

    Args:
        base: what both started from.
        first: what was saved first.
        second: what is being saved.

    Example:
        >>> base, first = {"problems": "无"}, {"problems": "缺人"}
        >>> merged = merge_values(base, first, {"problems": "无", "share_done": 40})
        >>> merged.values, merged.clean
        ({'problems': '缺人', 'share_done': 40}, True)
    """
    values: dict[str, Value] = {}
    fields: list[MergedField] = []
    for key in dict.fromkeys([*base, *first, *second]):
        found = _field(key, base.get(key), first.get(key), second.get(key))
        if found.by != "nobody":
            fields.append(found)
        if found.value is not None:
            values[key] = found.value
    return MergedValues(values, tuple(fields))


def _field(key: str, was: Value | None, first: Value | None, second: Value | None) -> MergedField:
    if first == second:
        return MergedField(key, first, "nobody" if first == was else "both", was, first, second)
    words = _is_words(was, first, second)
    if second == was:
        return MergedField(key, first, "first", was, first, second, parts=_parts(words, was, first, second))
    if first == was:
        return MergedField(key, second, "second", was, first, second, parts=_parts(words, was, first, second))
    if words:
        return _words(key, was, first, second)
    if all(isinstance(value, tuple | None) for value in (was, first, second)):
        return MergedField(key, _files(was, first, second) or None, "both", was, first, second)
    # Words are never given up for a mark or a number.
    kept = second if isinstance(second, str) and not isinstance(first, str) else first
    return MergedField(key, second if kept is None else kept, "both", was, first, second, conflict=True)


def _is_words(*values: Value | None) -> bool:
    return all(value is None or isinstance(value, str) for value in values)


def _parts(words: bool, was: Value | None, first: Value | None, second: Value | None) -> tuple[Part, ...]:
    return merge(str(was or ""), str(first or ""), str(second or "")).parts if words else ()


def _words(key: str, was: Value | None, first: Value | None, second: Value | None) -> MergedField:
    merged = merge(str(was or ""), str(first or ""), str(second or ""))
    return MergedField(
        key, merged.text or None, "both", was, first, second, conflict=not merged.clean, parts=merged.parts
    )


def _files(was: Value | None, first: Value | None, second: Value | None) -> tuple[str, ...]:
    """Files that either put in and neither took out, in the order in which they were put in."""
    before, one, other = (value if isinstance(value, tuple) else () for value in (was, first, second))
    gone = {file for file in before if file not in one or file not in other}
    return tuple(file for file in dict.fromkeys([*one, *other]) if file not in gone)
