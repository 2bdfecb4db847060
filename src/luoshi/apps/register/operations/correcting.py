"""What somebody wants put right in what is kept about them, and what the body says to it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.audit.operations import record
from luoshi.apps.register.models import Correction, Receipt
from luoshi.apps.register.operations.outside_refusals import CorrectionAnswered, CorrectionTooShort

LEAST_WORDS, MOST_WORDS = 5, 2000


@transaction.atomic
def ask_correction(*, receipt: Receipt, words: str, at: datetime) -> Correction:
    """Ask the body that holds an entry to put something right.

    Raises:
        CorrectionTooShort: it does not say what.
    """
    asked = Correction.objects.create(entry=receipt.entry, words=_words(words), at=at)
    record(
        type="register.correction.asked",
        object=asked,
        region=receipt.entry.region_id,
        by=None,
        at=at,
        for_body=receipt.entry.holder,
        entry=receipt.entry_id,
    )
    return asked


@transaction.atomic
def answer_correction(
    *, correction: Correction, made: bool, answer: str, by: User, at: datetime
) -> Correction:
    """Answer a request; whoever asked reads the answer by the receipt.

    Raises:
        CorrectionAnswered: somebody has answered it before.
        CorrectionTooShort: the answer gives no reason.
    """
    row = (
        Correction.objects.select_for_update(of=("self",))
        .select_related("entry__holder")
        .get(pk=correction.pk)
    )
    if row.answered_at is not None:
        raise CorrectionAnswered
    row.made, row.answer, row.answered_at, row.answered_by = made, _words(answer), at, by
    row.save()
    record(
        type="register.correction.answered",
        object=row,
        region=row.entry.region_id,
        by=by,
        at=at,
        for_body=row.entry.holder,
        entry=row.entry_id,
        made=made,
    )
    return row


def _words(said: str) -> str:
    words = said.strip()[:MOST_WORDS]
    if len(words) < LEAST_WORDS:
        raise CorrectionTooShort(least=LEAST_WORDS)
    return words
