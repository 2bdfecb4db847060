"""What changes bodies and the names they go by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body, BodyAlias, Region
from luoshi.apps.organization.operations import refusals
from luoshi.apps.organization.queries.names import names_of
from luoshi.core.credit_code import verified
from luoshi.core.roster import Period

LONGEST_NAME = 200
# What a person may change of a body.
FIELDS = (
    "name",
    "full_name",
    "short_name",
    "kind",
    "line",
    "level",
    "parent",
    "credit_code",
    "active_from",
    "active_to",
)


@dataclass(frozen=True, slots=True)
class AliasValues:
    """Another name of a body as it should be."""

    name: str
    kind: str = BodyAlias.Kind.ALIAS.value
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def valid(self) -> Period:
        """The days on which it is in use."""
        return Period(self.valid_from, self.valid_to)


def lock_registry(region: str) -> Region:
    """Let nobody else change the names and groups of a region until this transaction ends."""
    return Region.objects.select_for_update().get(pk=region)


@transaction.atomic
def create_body(
    *,
    region: str,
    name: str,
    line: str = Body.Line.OTHER,
    collective: bool = False,
    aliases: Sequence[AliasValues] = (),
    by: User,
    at: datetime,
    **values: Any,
) -> Body:
    """A new body in the registry.

    Args:
        region: code.
        name: what plans of the region usually call it.
        line: the system that it belongs to.
        collective: whether it is a group; short for `kind="group"`.
        aliases: its other names.
        values: more of `FIELDS`.

    Raises:
        BodyNameTaken: another body goes by that name on a day that both exist.
        BodyNameUnusable, CreditCodeTaken, DaysOutOfOrder, WrongCreditCode.
    """
    lock_registry(region)
    kind = Body.Kind.GROUP if collective else _kind_of(line)
    body = Body(region_id=region, **{"line": line, "kind": kind, **values, "name": name})
    aliases = _within(body, aliases)
    _check(body, aliases)
    body.save()
    _write_aliases(body, aliases)
    record(
        type="organization.body.created",
        object=body,
        region=region,
        by=by,
        at=at,
        **told(body, body.aliases.all()),
    )
    return body


def _kind_of(line: str) -> str:
    """The kind that a line suggests, where nobody said."""
    known = {
        Body.Line.LEADING_GROUP: Body.Kind.LEADING_GROUP,
        Body.Line.ENTERPRISE: Body.Kind.ENTERPRISE,
        Body.Line.INSTITUTION: Body.Kind.INSTITUTION,
    }
    return known.get(Body.Line(line), Body.Kind.ORGAN)


@transaction.atomic
def change_body(
    *,
    body: Body,
    version: int,
    aliases: Sequence[AliasValues] | None = None,
    by: User,
    at: datetime,
    **values: Any,
) -> Body:
    """Correct what the registry says of a body. A change of name that leaves a trace is `reorganize`.

    Args:
        version: of the body that the person saw.
        aliases: all other names as they should be; None leaves them.
        values: those of `FIELDS` that change.

    Returns:
        The body as it is now; nothing is written when nothing changes.

    Raises:
        BodyChangedMeanwhile: somebody was quicker.
        BodyAboveItself, BodyHasMembers, BodyNameTaken, BodyNameUnusable, CreditCodeTaken, DaysOutOfOrder,
        WrongCreditCode.
    """
    lock_registry(body.region_id)
    body = Body.objects.select_for_update().prefetch_related("aliases").get(pk=body.pk)
    if body.version != version:
        raise refusals.BodyChangedMeanwhile(body=body.name)
    before = told(body, body.aliases.all())
    for name, value in values.items():
        if name not in FIELDS:
            raise ValueError(f"{name} is no field that a person changes")
        setattr(body, name, value)
    wanted = _within(body, _as_values(body.aliases.all()) if aliases is None else aliases)
    _check(body, wanted)
    after = told(body, wanted)
    if before == after:
        return body
    body.version += 1
    body.save()
    _write_aliases(body, wanted)
    changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    record(
        type="organization.body.changed",
        object=body,
        region=body.region_id,
        by=by,
        at=at,
        body=body.name,
        changes=changed,
    )
    return body


@transaction.atomic
def add_alias(
    *,
    body: Body,
    name: str,
    kind: str = BodyAlias.Kind.ALIAS,
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: User,
    at: datetime,
) -> BodyAlias:
    """Another name for `body`, for a time or for good.

    Raises:
        BodyNameTaken: a body already goes by that name at the time.
        BodyNameUnusable: the name is empty or too long.
        DaysOutOfOrder: the last day comes before the first.
    """
    lock_registry(body.region_id)
    values = AliasValues(name.strip(), kind, valid_from, valid_to)
    _check_aliases(body, [values])
    refuse_taken(body.region_id, values.name, values.valid)
    alias = BodyAlias.objects.create(region_id=body.region_id, body=body, **asdict(values))
    record(
        type="organization.alias.created",
        object=alias,
        region=body.region_id,
        by=by,
        at=at,
        name=alias.name,
        body=body.name,
    )
    return alias


def told(body: Body, aliases: Iterable[BodyAlias | AliasValues]) -> dict[str, Any]:
    """A body in words of JSON, for the audit log and for comparing."""
    return {
        **{field: getattr(body, field) for field in ("name", "full_name", "short_name", "credit_code")},
        "kind": str(body.kind),
        "line": str(body.line),
        "level": body.level,
        "parent": body.parent_id,
        "active_from": _said(body.active_from),
        "active_to": _said(body.active_to),
        "aliases": sorted(
            [alias.name, str(alias.kind), _said(alias.valid_from), _said(alias.valid_to)] for alias in aliases
        ),
    }


def refuse_taken(region: str, name: str, valid: Period, own: int | None = None) -> None:
    """Refuse a name that another body bears on one of these days.

    Raises:
        BodyNameTaken: with the body that bears it.
    """
    bearers = (
        Body.objects.filter(Q(name=name) | Q(full_name=name) | Q(aliases__name=name), region_id=region)
        .exclude(pk=own or 0)
        .prefetch_related("aliases")
        .distinct()
    )
    for bearer in bearers.order_by("pk"):
        for held in names_of(bearer):
            if held.text == name and held.kind != "short" and held.valid.meets(valid):
                raise refusals.BodyNameTaken(name=name, body=bearer.name)


def _within(body: Body, aliases: Sequence[AliasValues]) -> list[AliasValues]:
    """The names, in use no longer than their body."""
    last = body.active_to
    if last is None:
        return [replace(alias, name=alias.name.strip()) for alias in aliases]
    return [
        replace(alias, name=alias.name.strip(), valid_to=min(alias.valid_to or last, last))
        for alias in aliases
    ]


# --- checks -------------------------------------------------------------------------------------------


def _check(body: Body, aliases: Sequence[AliasValues]) -> None:
    """Put the values of a body in order, or refuse them."""
    for field in ("name", "full_name", "short_name", "credit_code"):
        setattr(body, field, getattr(body, field).strip())
    _check_length(body.name, 1)
    _check_length(body.full_name, 0)
    _check_length(body.short_name, 0)
    _check_days(body.name, body.active)
    if body.credit_code:
        body.credit_code = verified(body.credit_code)
        _refuse_code(body)
    if body.pk and not body.has_members and (body.memberships.exists() or body.rules.exists()):
        raise refusals.BodyHasMembers(body=body.name)
    _refuse_circle(body)
    _check_aliases(body, aliases)
    own = {body.name, body.full_name} - {""}
    for name in sorted(own):
        refuse_taken(body.region_id, name, body.active, body.pk)
    for alias in aliases:
        refuse_taken(body.region_id, alias.name, alias.valid, body.pk)


def _check_aliases(body: Body, aliases: Sequence[AliasValues]) -> None:
    for place, alias in enumerate(aliases):
        _check_length(alias.name, 1)
        _check_days(alias.name, alias.valid)
        for other in aliases[:place]:
            if other.name == alias.name and other.valid.meets(alias.valid):
                raise refusals.BodyNameTaken(name=alias.name, body=body.name)


def _check_length(name: str, least: int) -> None:
    if not least <= len(name) <= LONGEST_NAME:
        raise refusals.BodyNameUnusable(limit=LONGEST_NAME, length=len(name))


def _check_days(name: str, valid: Period) -> None:
    if valid.start is not None and valid.end is not None and valid.end < valid.start:
        raise refusals.DaysOutOfOrder(name=name, start=valid.start, end=valid.end)


def _refuse_code(body: Body) -> None:
    other = (
        Body.objects.filter(region_id=body.region_id, credit_code=body.credit_code)
        .exclude(pk=body.pk)
        .first()
    )
    if other is not None:
        raise refusals.CreditCodeTaken(given=body.credit_code, body=other.name)


def _refuse_circle(body: Body) -> None:
    if body.pk is None or body.parent_id is None:
        return
    above = dict(Body.objects.filter(region_id=body.region_id).values_list("pk", "parent"))
    at: int | None = body.parent_id
    while at is not None:
        if at == body.pk:
            raise refusals.BodyAboveItself(body=body.name, parent=str(body.parent))
        at = above.get(at)


def _as_values(aliases: Iterable[BodyAlias]) -> list[AliasValues]:
    return [AliasValues(alias.name, alias.kind, alias.valid_from, alias.valid_to) for alias in aliases]


def _write_aliases(body: Body, wanted: Sequence[AliasValues]) -> None:
    """Make the stored aliases those wanted, touching only what differs."""
    there = {alias.pk: values for alias, values in _pairs(body)}
    missing = list(wanted)
    gone = []
    for key, values in there.items():
        if values in missing:
            missing.remove(values)
        else:
            gone.append(key)
    BodyAlias.objects.filter(pk__in=gone).delete()
    BodyAlias.objects.bulk_create(
        BodyAlias(region_id=body.region_id, body=body, **asdict(values)) for values in missing
    )


def _pairs(body: Body) -> list[tuple[BodyAlias, AliasValues]]:
    rows = list(BodyAlias.objects.filter(body=body).order_by("pk"))
    return list(zip(rows, _as_values(rows), strict=True))


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""
