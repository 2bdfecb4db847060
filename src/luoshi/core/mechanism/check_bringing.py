"""Compares what a form is brought from other entries with the mechanism that those follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from luoshi.core.errors import Phrase
from luoshi.core.mechanism.check import Fault
from luoshi.core.mechanism.check_openings import link_faults
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.mechanism.errors import unknown
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.procedure import Bringing, Transition


def bringing_faults(mechanism: Mechanism, all_of_them: Mapping[str, Mechanism]) -> Iterator[Fault]:
    """What is wrong between the steps of a mechanism and the entries that they are brought from.

    Args:
        all_of_them: the latest version of every mechanism, by key.
    """
    for step in mechanism.register.transitions:
        for name, bringing in step.brings.items():
            path = ("transitions", step.key, "brings", name)
            if name not in step.asks:
                yield Fault(path, unknown(name, step.asks))
            elif bringing.mechanism not in all_of_them:
                yield Fault((*path, "mechanism"), unknown(bringing.mechanism, all_of_them))
            else:
                yield from _between(mechanism, step, name, all_of_them[bringing.mechanism], bringing, path)


def _between(
    mechanism: Mechanism,
    step: Transition,
    name: str,
    other: Mechanism,
    bringing: Bringing,
    path: tuple[str, ...],
) -> Iterator[Fault]:
    rows, fields = mechanism.register.field[name], other.register.field
    if not step.origins:
        zh = "起始步骤办理时还没有本条目，没有条目可以带入。"
        yield Fault(path, Phrase(zh, "Before its first step an entry is not there, and none can name it."))
    if rows.type is not FieldType.ROWS:
        yield Fault(path, Phrase("只能带入明细字段。", "Only rows can be brought."))
        return
    link = fields.get(bringing.link)
    if link is None:
        yield Fault((*path, "link"), unknown(bringing.link, fields))
    else:
        yield from link_faults(link, mechanism.key, (*path, "link"))
    columns = {one.key: one for one in rows.columns}
    for key, source in bringing.columns.items():
        if key not in columns:
            yield Fault((*path, "columns"), unknown(key, columns))
        elif source not in fields:
            yield Fault((*path, "columns", key), unknown(source, fields))
        else:
            yield from _alike(columns[key], fields[source], rows, (*path, "columns", key))


def _alike(column: Field, source: Field, rows: Field, path: tuple[str, ...]) -> Iterator[Fault]:
    """A column takes what is kept of another entry; what is computed is not."""
    if source.type is not column.type:
        zh = f"“{source.key}”与这一列的类型不同。"
        yield Fault(path, Phrase(zh, f"“{source.key}” is of another type than the column."))
    elif source.type is FieldType.CHOICE:
        known = {one.key for one in column.offered()}
        for option in source.offered():
            if option.key not in known:
                yield Fault(path, unknown(option.key, known))
    if source.hidden and not (rows.personal or rows.sensitive):
        zh = f"“{source.key}”是个人信息，只能带入个人信息字段。"
        yield Fault(path, Phrase(zh, f"“{source.key}” is personal; it can only be brought where that is."))
