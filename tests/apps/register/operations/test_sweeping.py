"""Uploads that nothing came of go in time; what an entry has or a draft names never does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.apps.audit.models import Event
from luoshi.apps.register.models import EntryFile
from luoshi.apps.register.operations.drafting import drop_draft, keep_draft
from luoshi.apps.register.operations.keeping_files import keep_file
from luoshi.apps.register.operations.sweeping import OUTSIDE, STAFF, sweep_files
from luoshi.apps.work.models import Blob
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place
from tests.apps.running.installation import Installation

STEPS = st.lists(
    st.tuples(st.sampled_from(["upload", "outside", "draft", "drop", "claim", "sweep"]), st.integers(0, 40)),
    max_size=14,
)


@pytest.fixture
def place(db: None) -> Place:
    """A region at work."""
    return make_place()


def upload(place: Place, *, at: datetime = AT, content: bytes = b"%PDF-1.7 a", staff: bool = True) -> str:
    kept = keep_file(
        region=place.region.pk,
        mechanism="legal-aid",
        field="evidence",
        name="a.pdf",
        content=content,
        by=place.liaison if staff else None,
        at=at,
    )
    return kept.token


def draft(place: Place, tokens: list[str], *, at: datetime = AT) -> None:
    keep_draft(
        mechanism="legal-aid",
        body=place.centre,
        entry=None,
        transition="apply",
        values={"facts": "拖欠工资", "evidence": tokens},
        by=place.liaison,
        at=at,
    )


def drop(place: Place) -> None:
    drop_draft(mechanism="legal-aid", entry=None, transition="apply", by=place.liaison)


def test_uploads_of_staff_go_after_their_time_with_their_bytes_and_an_event(place: Place) -> None:
    upload(place)
    upload(place, content=b"%PDF-1.7 b")
    assert sweep_files(at=AT + STAFF) == 0
    assert sweep_files(at=AT + STAFF + timedelta(seconds=1)) == 2
    assert (EntryFile.objects.count(), Blob.objects.count()) == (0, 0)
    event = Event.objects.get(type="register.files.swept")
    assert (event.region, event.detail["files"], len(event.detail["sha256"])) == (place.region.pk, 2, 2)
    assert sweep_files(at=AT + STAFF + timedelta(days=9)) == 0
    assert Event.objects.filter(type="register.files.swept").count() == 1


def test_what_a_draft_names_stays_until_it_is_dropped(place: Place) -> None:
    named, other = upload(place), upload(place)
    draft(place, [named])
    later = AT + STAFF + timedelta(days=100)
    assert sweep_files(at=later) == 1
    assert EntryFile.objects.get().token == named
    # The bytes were the same: what stays needs them.
    assert Blob.objects.count() == 1
    assert other not in EntryFile.objects.values_list("token", flat=True)
    drop(place)
    assert sweep_files(at=later) == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_exactly_what_nothing_uses_and_is_old_goes(place: Place, steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        files: dict[str, tuple[datetime, bool]] = {}
        drafted, claimed, now = set[str](), set[str](), AT
        for act, number in steps:
            now += timedelta(days=number / 4)
            free = sorted(files.keys() - claimed)
            some = free[: number % 3]
            if act in ("upload", "outside"):
                token = upload(place, at=now, content=b"%%PDF-1.7 %d" % (number % 3), staff=act == "upload")
                files[token] = (now, act == "upload")
            elif act == "draft":
                draft(place, some, at=now)
                drafted = set(some)
            elif act == "drop":
                drop(place)
                drafted = set()
            elif act == "claim":
                apply_for_aid(place, at=now, evidence=some)
                claimed |= set(some)
            else:
                sweep_files(at=now)
                files = {
                    token: (at, staff)
                    for token, (at, staff) in files.items()
                    if token in drafted | claimed or at >= now - (STAFF if staff else OUTSIDE)
                }
            assert set(EntryFile.objects.values_list("token", flat=True)) == set(files)
            held = set(EntryFile.objects.values_list("blob", flat=True))
            assert set(Blob.objects.values_list("pk", flat=True)) == held
        transaction.set_rollback(True)


# Others keep a draft or begin an entry while the clock sweeps: the sweep waits for whoever came first.
PROGRAM = """
from datetime import timedelta
from threading import Thread
from django.db import connections, transaction
from luoshi.apps.register.models import EntryFile
from luoshi.apps.register.operations.sweeping import STAFF, sweep_files
from tests.apps.register.factories import AT, apply_for_aid, make_place
from tests.apps.register.operations.test_sweeping import draft, upload

place = make_place("990102")

def sweep():
    try:
        sweep_files(at=AT + STAFF + timedelta(days=1))
    finally:
        connections.close_all()

for use in (
    lambda token: draft(place, [token]),
    lambda token: apply_for_aid(place, evidence=[token]),
):
    token = upload(place)
    clock = Thread(target=sweep)
    with transaction.atomic():
        use(token)
        clock.start()
        clock.join(1)
        waits = clock.is_alive()
    clock.join()
    print(waits, EntryFile.objects.filter(token=token).exists(), end=" ")
# And the other way round: while bytes go, somebody keeps another file with the same.
upload(place, content=b"%PDF-1.7 c")
with transaction.atomic():
    token = upload(place, content=b"%PDF-1.7 c", at=AT + STAFF)
    clock = Thread(target=sweep)
    clock.start()
    clock.join(1)
    waits = clock.is_alive()
clock.join()
print(waits, EntryFile.objects.get(token=token).blob_id[:0] == "")
"""


def test_the_sweep_waits_for_whoever_uses_a_file_at_that_moment(installed: Installation) -> None:
    assert installed.python(PROGRAM) == "True True True True True True"
