"""Takes what somebody outside files, and gives them a receipt with which they can follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.organization.models import Body
from luoshi.apps.register.models import Entry, Receipt
from luoshi.apps.register.operations.limiting import is_first
from luoshi.apps.register.operations.outside_refusals import QuestionStale, ReceiptRefused
from luoshi.apps.register.operations.taking import begin
from luoshi.apps.register.outside import new_code, new_number, tidy
from luoshi.core.mechanism.declaration import Mechanism
from luoshi.core.register.procedure import Actor
from luoshi.core.register.refusals import StepNotYours, ValueNotAsked


@cache
def _nobodys() -> str:
    """The hash of a code that nobody has: an unknown number takes as long to refuse as a wrong code."""
    return make_password(new_code())


@dataclass(frozen=True, slots=True)
class Filed:
    """An entry from outside, with the code of its receipt; the code is not kept and not shown again."""

    receipt: Receipt
    code: str


@transaction.atomic
def file(
    *, mechanism: Mechanism, body: Body, given: Mapping[str, object], at: datetime, once: str = ""
) -> Filed:
    """Begin an entry for somebody outside, with nothing but what its intake asks for.

    Args:
        once: what is good for one filing, such as a question; used up only by what is taken.

    Raises:
        QuestionStale: it was used before.
        StepNotYours: nothing can be filed here from outside.
        ValueNotAsked: a value that the intake does not ask for.
        LuoshiError: the step is refused.
    """
    register = mechanism.register
    intake = register.intake
    if once and not is_first(what=once, at=at):
        raise QuestionStale
    if intake is None:
        raise StepNotYours(step=mechanism.name, who=mechanism.name)
    step = register.transition[intake.start]
    for key in given:
        if key not in intake.fields:
            label = register.field[key].label if key in register.field else key
            raise ValueNotAsked(step=step.label, field=label)
    entry = begin(
        mechanism=mechanism.key,
        body=body,
        transition=step.key,
        given=given,
        actor=Actor.OUTSIDE,
        by=None,
        at=at,
    )
    return _issue(entry, at)


def _issue(entry: Entry, at: datetime) -> Filed:
    code = new_code()
    receipt = Receipt.objects.create(entry=entry, number=new_number(), code=make_password(code), at=at)
    record(
        type="register.receipt.issued",
        object=receipt,
        region=entry.region_id,
        by=None,
        at=at,
        for_body=entry.holder,
        mechanism=entry.mechanism,
        entry=entry.pk,
    )
    return Filed(receipt, code)


def open_receipt(*, number: str, code: str, at: datetime) -> Receipt:
    """The receipt with a number, for who has its code.

    A try is counted before the code is compared, so that many at once are no way round the lock. Whatever is
    wrong, the answer and the time that it takes are the same.

    Raises:
        ReceiptRefused: there is none, the code is wrong, or it is closed for a while.
    """
    receipt = _count_try(tidy(number), at)
    right = check_password(tidy(code), _nobodys() if receipt is None else receipt.code)
    if receipt is None or not right:
        if receipt is not None and receipt.closed_until is not None:
            _tell_closed(receipt, at)
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        raise ReceiptRefused(tries=settings.AXES_FAILURE_LIMIT, minutes=minutes)
    Receipt.objects.filter(pk=receipt.pk).update(failures=0, closed_until=None)
    return receipt


@transaction.atomic
def _count_try(number: str, at: datetime) -> Receipt | None:
    """The receipt, unless it is closed; with one more failure until the code proves right."""
    rows = Receipt.objects.select_for_update(of=("self",)).select_related("entry__holder")
    receipt = rows.filter(number=number).first()
    if receipt is None:
        return None
    if receipt.closed_until is not None:
        if at < receipt.closed_until:
            return None
        receipt.failures = 0
    receipt.failures += 1
    receipt.closed_until = None
    if receipt.failures >= settings.AXES_FAILURE_LIMIT:
        receipt.closed_until = at + settings.AXES_COOLOFF_TIME
    receipt.save(update_fields=["failures", "closed_until"])
    return receipt


@transaction.atomic
def _tell_closed(receipt: Receipt, at: datetime) -> None:
    record(
        type="register.receipt.closed",
        object=receipt,
        region=receipt.entry.region_id,
        by=None,
        at=at,
        for_body=receipt.entry.holder,
        until=(at + settings.AXES_COOLOFF_TIME).isoformat(),
    )
