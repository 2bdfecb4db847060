"""Takes a step of an entry: one transaction, one record, and everything that follows of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.organization.queries.calendar import calendar_of
from luoshi.apps.register import models
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.operations.numbering import next_number
from luoshi.apps.register.operations.opening import beginning
from luoshi.apps.register.operations.refusals import EntryChanged, NotForBody
from luoshi.apps.register.operations.storing import store
from luoshi.apps.register.operations.watching import tell
from luoshi.apps.register.queries.keepers import keepers
from luoshi.apps.register.queries.loading import StoredWorld, loaded, setting_of
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.acting import Act, Setting
from luoshi.core.register.advancing import advance
from luoshi.core.register.entry import Entry
from luoshi.core.register.procedure import Actor
from luoshi.core.register.workflow import take


@transaction.atomic
def begin(
    *,
    mechanism: str,
    body: Body,
    transition: str,
    given: Mapping[str, object],
    actor: Actor,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> models.Entry:
    """Make an entry by its first step, under the rules that are in force on the day.

    Args:
        body: whose entry it is; one that keeps such entries.
        actor: as what the person acts; the caller has checked that they may.
        by: None for somebody outside.

    Raises:
        NotForBody: the body does not keep such entries.
        LuoshiError: the step is refused.
    """
    on = localdate(at)
    declared = catalogue().on(mechanism, on)
    check_keeper(declared, body)
    register = declared.register
    setting = Setting(register, calendar_of(body.region_id), StoredWorld(body.region_id))
    act = act_of(transition, actor, by, body, at, given, reason)
    fresh = Entry("", register.key, register.version, str(body.pk), str(body.pk))
    entry = take(fresh, act, setting)
    row = models.Entry(
        region_id=body.region_id,
        mechanism=register.key,
        version=register.version,
        body=body,
        holder=body,
        began=on,
        number=next_number(register, body, on),
    )
    entry = advance(entry, setting, today=on, at=at)
    store(row, None, entry, setting, at)
    record(
        type="register.entry.begun",
        object=row,
        region=row.region_id,
        by=by,
        at=at,
        for_body=row.holder,
        **detail_of(row, entry),
    )
    _follow(row, replace(entry, key=str(row.pk)), transition, setting, by=by, at=at)
    return row


@transaction.atomic
def take_step(
    *,
    entry: models.Entry,
    transition: str,
    given: Mapping[str, object],
    seen: int,
    actor: Actor,
    by: User | None,
    at: datetime,
    body: Body | None = None,
    reason: str = "",
) -> models.Entry:
    """Take a step of an entry.

    Args:
        seen: the revision that the person saw.
        body: for which body they act; None for the one that holds the entry.

    Raises:
        EntryChanged: somebody else has changed it since.
        LuoshiError: the step is refused.
    """
    row = _locked(entry)
    if row.revision != seen:
        raise EntryChanged(who=_who_changed(row))
    setting = setting_of(row)
    before = loaded(row)
    on = localdate(at)
    current = advance(before, setting, today=on, at=at)
    act = act_of(transition, actor, by, body or row.holder, at, given, reason)
    entry_after = advance(take(current, act, setting), setting, today=on, at=at)
    store(row, before, entry_after, setting, at)
    record(
        type="register.entry.taken",
        object=row,
        region=row.region_id,
        by=by,
        at=at,
        for_body=row.holder,
        **detail_of(row, entry_after),
    )
    _follow(row, entry_after, transition, setting, by=by, at=at)
    return row


def bring_up_to_date(*, entry: models.Entry, at: datetime) -> bool:
    """Let happen what happens by itself: limits that ran out, steps of the system. Tells whether any did.

    Whoever only looks at an entry where nothing is due locks nothing.
    """
    row = models.Entry.objects.select_related("body", "holder", "pending").get(pk=entry.pk)
    before = loaded(row)
    if advance(before, setting_of(row), today=localdate(at), at=at) == before:
        return False
    return _bring_up_to_date(row, at)


@transaction.atomic
def _bring_up_to_date(entry: models.Entry, at: datetime) -> bool:
    row = _locked(entry)
    setting = setting_of(row)
    before = loaded(row)
    after = advance(before, setting, today=localdate(at), at=at)
    if after == before:
        return False
    store(row, before, after, setting, at)
    if len(after.steps) > len(before.steps):
        record(
            type="register.entry.advanced",
            object=row,
            region=row.region_id,
            by=None,
            at=at,
            for_body=row.holder,
            **detail_of(row, after),
        )
    _follow(row, after, "", setting, by=None, at=at)
    return True


def _locked(entry: models.Entry) -> models.Entry:
    rows = models.Entry.objects.select_for_update(of=("self",)).select_related("body", "holder", "pending")
    return rows.get(pk=entry.pk)


def check_keeper(declared: Mechanism, body: Body) -> None:
    """Refuse a body that does not keep such entries.

    Raises:
        NotForBody: it does not.
    """
    keeper = declared.register.keeper
    if not keeper.admits(kind=body.kind, line=body.line, name=body.name):
        names = "、".join(keepers(declared, body.region_id).values_list("name", flat=True)[:12])
        raise NotForBody(body=body.name, mechanism=declared.name, bodies=names or "—")


def act_of(
    transition: str,
    actor: Actor,
    by: User | None,
    body: Body,
    at: datetime,
    given: Mapping[str, object],
    reason: str,
) -> Act:
    """What a person does, for a body, on the day of a moment."""
    return Act(
        transition=transition,
        by=actor,
        at=at,
        on=localdate(at),
        person="" if by is None else str(by.pk),
        name="" if by is None else by.get_full_name(),
        body=str(body.pk),
        given=given,
        reason=reason,
    )


def _who_changed(row: models.Entry) -> str:
    last = row.steps.select_related("by").order_by("-pk").first()
    if last is None or last.by is None:
        return "系统"
    return last.by.get_full_name() or last.by.get_username()


def detail_of(row: models.Entry, entry: Entry) -> dict[str, Any]:
    """What the record says about the last step; values stay in the entry."""
    last = entry.steps[-1]
    return {
        "mechanism": row.mechanism,
        "number": row.number,
        "transition": last.transition,
        "origin": last.origin,
        "target": last.target,
        "revision": row.revision,
    }


def _follow(
    row: models.Entry, entry: Entry, transition: str, setting: Setting, *, by: User | None, at: datetime
) -> None:
    """What a step brings about elsewhere: a procedure inside, numbers, entries that wait for this one."""
    step = setting.register.transition.get(transition)
    tell(row, entry, setting, at)
    if step is not None and step.opens is not None:
        new = beginning(row, entry, step.opens, setting)
        begin(
            mechanism=new.mechanism,
            body=new.body,
            transition=new.transition,
            given=new.given,
            actor=new.actor,
            by=by,
            at=at,
        )
    for other in models.Entry.objects.filter(links__target=row).order_by("pk"):
        bring_up_to_date(entry=other, at=at)
    for link in row.links.select_related("target"):
        if link.target.pk != row.pk and _waits(link.target):
            bring_up_to_date(entry=link.target, at=at)


def _waits(row: models.Entry) -> bool:
    """Whether an entry stands where the system may take a step of itself."""
    register = catalogue().version(row.mechanism, row.version).register
    return any(step.when is not None for step in register.from_state(row.state, Actor.SYSTEM))
