"""Takes the step that a person wants: begins an entry or goes on with one, naming only what they may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Entry
from luoshi.apps.register.operations.refusals import BodyUnknown, LinkUnknown
from luoshi.apps.register.operations.taking import begin, take_step
from luoshi.apps.register.queries.listing import visible
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.fields import Field, FieldType
from luoshi.core.register.procedure import Actor

# Longer ones are no keys of any database.
_LONGEST_KEY = 18


def perform(
    *,
    mechanism: Mechanism,
    entry: Entry | None,
    body: Body,
    transition: str,
    given: Mapping[str, object],
    seen: int,
    actor: Actor,
    by: User,
    at: datetime,
    reason: str = "",
) -> Entry:
    """Take a step that a person may take, as `luoshi.apps.register.views.wanted` found.

    Args:
        entry: None to begin one.
        body: for which body they act; whose entry it will be when it begins.
        seen: the revision of the entry that the person saw.

    Raises:
        LinkUnknown: it names an entry that the person may not see.
        BodyUnknown: it names a body by something that is no key.
        LuoshiError: the step is refused; see `begin` and `take_step`.
    """
    known = {} if entry is None else entry.values
    _check_named(mechanism.register.field, given, known, by)
    if entry is None:
        return begin(
            mechanism=mechanism.key,
            body=body,
            transition=transition,
            given=given,
            actor=actor,
            by=by,
            at=at,
            reason=reason,
        )
    return take_step(
        entry=entry,
        transition=transition,
        given=given,
        seen=seen,
        actor=actor,
        by=by,
        at=at,
        body=body,
        reason=reason,
    )


def _check_named(
    fields: Mapping[str, Field], given: Mapping[str, object], known: Mapping[str, object], by: User
) -> None:
    """An entry is named by whoever may see it; what is named already may stay. Bodies are named by keys."""
    for key, value in given.items():
        if key not in fields or value == known.get(key):
            continue
        for field, said in _named(fields[key], value):
            named = _key(said)
            if field.type is FieldType.BODY and named is None:
                raise BodyUnknown(field=field.label)
            if field.type is FieldType.LINK and not (
                named is not None and visible(by, field.to).filter(pk=named).exists()
            ):
                raise LinkUnknown(field=field.label)


def _named(field: Field, value: object) -> Iterable[tuple[Field, str]]:
    """What a value names, with the field or column that names it; what was left empty names nothing."""
    if field.type in (FieldType.BODY, FieldType.LINK):
        said = "" if value is None else str(value).strip()
        return [(field, said)] if said else []
    if field.type is not FieldType.ROWS or not isinstance(value, list | tuple):
        return []
    columns = {one.key: one for one in field.columns}
    return [
        found
        for row in value
        if isinstance(row, Mapping)
        for key, inner in row.items()
        if key in columns
        for found in _named(columns[key], inner)
    ]


def _key(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _LONGEST_KEY else None
