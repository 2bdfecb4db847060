"""Bodies are renamed, merged, split and replaced; what was stays on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body, BodyAlias, Membership, Succession
from luoshi.apps.organization.operations import refusals
from luoshi.apps.organization.operations.bodies import create_body, lock_registry, refuse_taken
from luoshi.apps.organization.queries.names import names_of
from luoshi.core.errors import Phrase
from luoshi.core.roster import Period


class Change(StrEnum):
    """How bodies are reorganized."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    REPLACE = "replace"


@transaction.atomic
def reorganize(
    *,
    change: str,
    predecessors: Sequence[Body],
    successors: Sequence[Body | str],
    on: date,
    by: User,
    at: datetime,
) -> list[Body]:
    """From the day `on`, the successors are what the predecessors were.

    A renamed body stays the same body: its old name becomes one for the days before. In every other case a
    predecessor that is not among the successors ends the day before, and each successor takes its place in
    its groups. Plans of earlier days keep meaning the predecessors.

    Args:
        change: a value of `Change`. A merger has several predecessors and one successor, a split one
            predecessor and several successors, the others one of each.
        predecessors: bodies of the registry.
        successors: bodies of the registry, or the names of new ones, made after the first predecessor.
        on: the first day of the new order.

    Returns:
        The successors.

    Raises:
        BodyNameTaken, BodyNameUnusable.
        CannotReorganize: the numbers do not fit the change, or a body does not exist on the day before.
    """
    region = predecessors[0].region_id if predecessors else ""
    lock_registry(region)
    old = [Body.objects.prefetch_related("aliases").get(pk=body.pk) for body in dict.fromkeys(predecessors)]
    _check(Change(change), old, successors, on)
    if change == Change.RENAME:
        new = [_rename(old[0], str(successors[0]), on)]
    else:
        # First the end of the old: their names may go on to the new.
        for body in old:
            if body not in successors:
                _close(body, on - timedelta(days=1))
        new = [_made(one, old[0], on, by, at) for one in successors]
        for body in old:
            _hand_over(body, new, Change(change), on)
    record(
        type="organization.body.reorganized",
        object=old[0],
        region=region,
        by=by,
        at=at,
        change=str(change),
        on=on.isoformat(),
        predecessors=[body.name for body in predecessors],
        successors=[body.name for body in new],
    )
    return new


def _check(change: Change, old: Sequence[Body], new: Sequence[Body | str], on: date) -> None:
    wanted = {
        Change.RENAME: len(old) == len(new) == 1 and isinstance(new[0], str),
        Change.MERGE: len(old) > 1 and len(new) == 1,
        Change.SPLIT: len(old) == 1 and len(new) > 1,
        Change.REPLACE: len(old) == len(new) == 1 and old[0] != new[0],
    }
    if not wanted[change]:
        reason = Phrase("单位的个数与调整方式不符", "the number of bodies does not fit the kind of change")
        raise refusals.CannotReorganize(body=old[0].name, reason=reason)
    for body in old:
        if on - timedelta(days=1) not in body.active or on not in Period(body.active_from, body.active_to):
            reason = Phrase(f"它在{on}前后并不存在", f"it does not exist around {on}")
            raise refusals.CannotReorganize(body=body.name, reason=reason)
    for one in new:
        if isinstance(one, Body) and on not in one.active:
            reason = Phrase(f"它在{on}并不存在", f"it does not exist on {on}")
            raise refusals.CannotReorganize(body=one.name, reason=reason)


def _rename(body: Body, name: str, on: date) -> Body:
    name = name.strip()
    if not 1 <= len(name) <= 200:
        raise refusals.BodyNameUnusable(limit=200, length=len(name))
    if name == body.name:
        raise refusals.BodyNameTaken(name=name, body=body.name)
    refuse_taken(body.region_id, name, Period(on, body.active_to), body.pk)
    since = next(held.valid.start for held in names_of(body) if held.kind == "name")
    # The new name may have been an alias of the same body; from now on it is the name.
    body.aliases.filter(Q(valid_to=None) | Q(valid_to__gte=on), name=name).delete()
    BodyAlias.objects.create(
        region_id=body.region_id,
        body=body,
        name=body.name,
        kind=BodyAlias.Kind.FORMER,
        valid_from=since,
        valid_to=on - timedelta(days=1),
    )
    body.name = name
    body.version += 1
    body.save()
    # Without the aliases that were read before.
    return Body.objects.get(pk=body.pk)


def _made(one: Body | str, like: Body, on: date, by: User, at: datetime) -> Body:
    if isinstance(one, Body):
        return one
    return create_body(
        region=like.region_id,
        name=one,
        line=like.line,
        kind=like.kind,
        level=like.level,
        parent=like.parent,
        active_from=on,
        by=by,
        at=at,
    )


def _hand_over(body: Body, new: Sequence[Body], change: Change, on: date) -> None:
    """Put the successors of a body where it stood; where it does not go on, its own memberships end."""
    goes_on = body in new
    last = on - timedelta(days=1)
    ties = Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), member=body).order_by("pk")
    for tie in ties:
        for successor in new:
            _take_place(tie, successor, on)
        if not goes_on:
            _end(tie, last)
    for successor in new:
        if successor != body:
            Succession.objects.get_or_create(
                predecessor=body,
                successor=successor,
                defaults={"region_id": body.region_id, "kind": change.value, "on": on},
            )


def _close(body: Body, last: date) -> None:
    """The last day of a body and of the names that it still bears then."""
    body.active_to = last
    body.version += 1
    body.save()
    open_names = body.aliases.filter(Q(valid_to=None) | Q(valid_to__gt=last))
    open_names.filter(valid_from__gt=last).delete()
    open_names.update(valid_to=last)


def _take_place(tie: Membership, successor: Body, on: date) -> None:
    period = Period(max(on, tie.valid_from or on), tie.valid_to)
    there = Membership.objects.filter(group=tie.group_id, member=successor)
    if successor.pk != tie.group_id and not any(other.valid.meets(period) for other in there):
        Membership.objects.create(
            region_id=tie.region_id,
            group_id=tie.group_id,
            member=successor,
            excluded=tie.excluded,
            valid_from=period.start,
            valid_to=period.end,
        )


def _end(tie: Membership, last: date) -> None:
    """The last day of a membership; one that would only begin later never was."""
    if tie.valid_from is not None and tie.valid_from > last:
        tie.delete()
    else:
        tie.valid_to = last
        tie.save()
