"""An entry that is the fact a request asks for answers it; once it is that no more, it is asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from luoshi.apps.audit.operations import record
from luoshi.apps.binding.models import Binding, Fulfilment
from luoshi.apps.binding.queries.declared import duty_of
from luoshi.apps.binding.queries.duties import days_of, is_asked_by
from luoshi.apps.plan.models import Plan
from luoshi.apps.register.models import Entry as Row
from luoshi.apps.register.queries.loading import loaded, setting_of
from luoshi.apps.work.models import Assignment, Issue, Occurrence
from luoshi.apps.work.queries.along import UNTOUCHED
from luoshi.core.expression.evaluating import evaluate
from luoshi.core.mechanism.declaration import Duty
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Entry
from luoshi.core.register.view import View
from luoshi.core.work.machines import OCCURRENCE
from luoshi.core.work.states import Standing, step


def fulfil(row: Row, entry: Entry, setting: Setting, at: datetime) -> None:
    """An entry has changed: answer the requests for it, or ask again; in the transaction of the change."""
    fulfil_begun([(row, entry)], setting, at)


def fulfil_begun(begun: Sequence[tuple[Row, Entry]], setting: Setting, at: datetime) -> None:
    """The same for many entries of one mechanism that have begun; what is bound is looked up once."""
    if not begun:
        return
    first = begun[0][0]
    rows = _confirmed(Binding.objects.filter(region=first.region_id, mechanism=first.mechanism))
    for row, entry in begun if rows else ():
        for binding in rows:
            _settle(binding, row, entry, setting, at)


def fulfil_opened(issue: Issue, at: datetime) -> None:
    """Requests of a plan were opened: answer those whose entry is there already."""
    for binding in _confirmed(Binding.objects.filter(plan=issue.plan_id)):
        waiting = _waiting(binding).values("body")
        entries = Row.objects.filter(
            region=binding.region_id, mechanism=binding.mechanism, body__in=waiting
        ).prefetch_related("steps", "clocks")
        for row in entries.order_by("pk"):
            _settle(binding, row, loaded(row), setting_of(row), at)


def _confirmed(rows: QuerySet[Binding]) -> list[Binding]:
    """Confirmed duties of issued plans."""
    found = rows.filter(
        kind=Binding.Kind.DUTY, state=Binding.State.CONFIRMED, plan__status=Plan.Status.ISSUED
    )
    return list(found.order_by("pk"))


def _waiting(binding: Binding) -> QuerySet[Occurrence]:
    """Requests of the task that wait for an answer and that nobody has begun to answer."""
    rows = Occurrence.objects.filter(
        UNTOUCHED, task=binding.task_id, state=Occurrence.State.OPEN, answered_at=None
    )
    return rows.exclude(assignment__state__in=[Assignment.State.SUSPENDED, *Assignment.GONE])


def _settle(binding: Binding, row: Row, entry: Entry, setting: Setting, at: datetime) -> None:
    duty = duty_of(binding.mechanism, binding.part)
    days = days_of(entry, setting.register)
    if duty is None or duty.answered is None or days is None:
        return
    if _holds(duty, entry, setting, at):
        rows = _waiting(binding).filter(body=row.body_id).select_for_update(of=("self",)).order_by("pk")
        _answer(binding, row, [one for one in rows if is_asked_by(binding, one, days)], at)
    else:
        _ask_again(Fulfilment.objects.filter(binding=binding, entry=row), at)


def _holds(duty: Duty, entry: Entry, setting: Setting, at: datetime) -> bool:
    occasion = setting.occasion(localdate(at))
    assert duty.answered is not None  # noqa: S101 - who calls has looked
    return evaluate(duty.answered, View(setting.register, entry, occasion, setting.world), occasion) is True


def _answer(binding: Binding, row: Row, found: Iterable[Occurrence], at: datetime) -> None:
    for one in found:
        after = step(OCCURRENCE, Standing(one.state), "close", role="system", given={"acceptance": True})
        one.state, one.closed_at, one.answered_at = Occurrence.State(after.state), at, at
        one.version += 1
        one.save(update_fields=["state", "closed_at", "answered_at", "version"])
        Fulfilment.objects.create(region_id=one.region_id, occurrence=one, binding=binding, entry=row, at=at)
        signed = Assignment.objects.filter(pk=one.assignment_id, state=Assignment.State.SIGNED)
        signed.update(state=Assignment.State.IN_PROGRESS, version=F("version") + 1)
        record(
            type="binding.request.fulfilled",
            object=one,
            region=one.region_id,
            by=None,
            at=at,
            entry=row.pk,
            mechanism=row.mechanism,
        )


def _ask_again(rows: QuerySet[Fulfilment], at: datetime) -> None:
    for kept in rows.select_related("occurrence").order_by("pk"):
        one = kept.occurrence
        entry = kept.entry_id
        kept.delete()
        if one.state != Occurrence.State.CLOSED:
            continue
        after = step(OCCURRENCE, Standing(one.state), "reopen", role="office", given={"reason": "returned"})
        one.state, one.closed_at, one.answered_at = Occurrence.State(after.state), None, None
        one.version += 1
        one.save(update_fields=["state", "closed_at", "answered_at", "version"])
        record(
            type="binding.request.unfulfilled",
            object=one,
            region=one.region_id,
            by=None,
            at=at,
            entry=entry,
        )


def take_back(binding: Binding, at: datetime) -> None:
    """A duty is bound no more: what its entries answered is asked again."""
    _ask_again(Fulfilment.objects.filter(binding=binding), at)
