"""The clock does what nobody else does: what somebody outside sent and never filed is swept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.apps.register.models import EntryFile
from luoshi.apps.register.operations.keeping_files import keep_file
from luoshi.apps.reminders.operations.ticking import tick
from luoshi.apps.work.models import Blob
from tests.apps.register.factories import AT, apply_for_aid, make_place

pytestmark = pytest.mark.django_db


def test_uploads_that_no_form_claimed_go_after_a_day() -> None:
    place = make_place()
    unclaimed, filed, of_worker = (
        keep_file(
            region=place.region.pk,
            mechanism="legal-aid",
            field="evidence",
            name="a.pdf",
            content=b"%PDF-1.7 " + str(number).encode(),
            by=by,
            at=AT,
        )
        for number, by in enumerate((None, None, place.liaison))
    )
    apply_for_aid(place, evidence=[filed.token])
    tick(at=AT + timedelta(hours=23))
    assert EntryFile.objects.count() == 3
    tick(at=AT + timedelta(hours=25))
    assert set(EntryFile.objects.values_list("pk", flat=True)) == {filed.pk, of_worker.pk}
    assert not Blob.objects.filter(pk=unclaimed.blob_id).exists()
