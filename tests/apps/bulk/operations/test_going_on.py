"""The clock goes on with what a killed process left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.apps.bulk.models import State, Upload
from luoshi.apps.bulk.operations.going_on import go_on, mark_all_interrupted
from luoshi.apps.bulk.operations.importing import confirm_upload
from luoshi.apps.register.models import Entry
from tests.apps.bulk.factories import VENUE, filled_in, sent
from tests.apps.register.factories import AT, make_place

pytestmark = pytest.mark.django_db


def test_what_was_left_is_finished_by_the_clock() -> None:
    place = make_place()
    upload = sent(place, filled_in([VENUE]))
    confirm_upload(upload=upload, whole=True, by=place.stranger, at=AT)
    Upload.objects.update(state=State.MAKING)
    assert go_on(at=AT, clock=lambda: AT) == 0
    assert go_on(at=AT + timedelta(hours=1), clock=lambda: AT) == 1
    upload.refresh_from_db()
    assert (upload.state, Entry.objects.count()) == (State.DONE, 1)
    assert go_on(at=AT + timedelta(hours=2), clock=lambda: AT) == 0


def test_a_start_marks_everything() -> None:
    place = make_place()
    upload = sent(place, filled_in([VENUE]))
    Upload.objects.update(state=State.CHECKING)
    assert mark_all_interrupted(at=AT, everything=True) == 1
    upload.refresh_from_db()
    assert upload.state == State.INTERRUPTED
