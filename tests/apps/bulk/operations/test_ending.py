"""Work that kills its process is not taken up for ever, and nothing of it stands there half made."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.apps.audit.models import Event
from luoshi.apps.bulk.models import Action, Deed, State, Upload
from luoshi.apps.bulk.operations import acting, making, telling
from luoshi.apps.bulk.operations.acting import mark_actions_interrupted, run_action
from luoshi.apps.bulk.operations.ending import forget_rows
from luoshi.apps.bulk.operations.going_on import go_on
from luoshi.apps.bulk.operations.importing import confirm_upload, mark_interrupted, run_upload
from luoshi.apps.bulk.operations.telling import MOST_TRIES
from luoshi.apps.register.models import Entry
from tests.apps.bulk.factories import VENUE, filled_in, sent
from tests.apps.register.factories import AT, Place, apply_for_aid, make_place
from tests.apps.running.installation import Installation

# Each try is a process of its own that kills itself when it begins with the second batch.
PROGRAM = """
import os, signal
from datetime import timedelta
from django.db import connections
from luoshi.apps.audit.models import Event
from luoshi.apps.bulk.models import Upload
from luoshi.apps.bulk.operations import importing, making
from luoshi.apps.bulk.operations.going_on import go_on, mark_all_interrupted
from luoshi.apps.bulk.operations.importing import confirm_upload, request_upload, run_upload
from luoshi.apps.register.models import Entry
from tests.apps.bulk.factories import VENUE, filled_in, layout
from tests.apps.register.factories import AT, make_place

importing.start = lambda *_: None
making.BATCH, whole = 2, {whole}
place = make_place("990102")
rows = [{{**VENUE, "name": f"长廊{{n}}"}} for n in range(5)]
upload = request_upload(layout=layout(), body=place.other, name="阵地.xlsx",
                        content=filled_in(rows, region="990102"), by=place.stranger, at=AT)
run_upload(upload.pk, lambda: AT)
confirm_upload(upload=upload, whole=whole, by=place.stranger, at=AT)

def killed_in_the_second(*, begin_many=making.begin_many, seen=[], **given):
    seen.append(1)
    if len(seen) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return begin_many(**given)

for hour in range({tries}):
    connections.close_all()
    child = os.fork()
    if not child:
        making.begin_many = killed_in_the_second
        run_upload(upload.pk, lambda: AT) if hour == 0 else go_on(
            at=AT + timedelta(hours=hour), clock=lambda: AT)
        os._exit(0)
    print(os.WTERMSIG(os.waitpid(child, 0)[1]), Entry.objects.count(), end=" ")
mark_all_interrupted(at=AT, everything=True)
upload.refresh_from_db()
print(upload.state, upload.error.get("code", "-"), Event.objects.filter(type="bulk.upload.failed").count())
print(go_on(at=AT + timedelta(days=1), clock=lambda: AT), Entry.objects.count())
"""


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


def test_a_sheet_that_kills_its_process_ends_as_failed_with_nothing_made(installed: Installation) -> None:
    said = installed.python(PROGRAM.format(whole=True, tries=MOST_TRIES)).splitlines()
    assert said == ["9 0 9 0 9 0 failed bulk-sheet-given-up 1", "0 0"]


def test_a_sheet_that_gets_further_is_taken_up_again_until_it_is_through(installed: Installation) -> None:
    """Each try makes two of the five rows and dies; what a try has made stays made."""
    said = installed.python(PROGRAM.format(whole=False, tries=2)).splitlines()
    assert said == ["9 2 9 4 interrupted - 0", "1 5"]


def test_a_restart_now_and_then_is_forgiven(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = sent(place, filled_in([VENUE]))
    confirm_upload(upload=upload, whole=True, by=place.stranger, at=AT)
    monkeypatch.setattr(making, "begin_many", _die)
    for hour in range(1, MOST_TRIES):
        with pytest.raises(KeyboardInterrupt):
            run_upload(upload.pk, lambda: AT)
        assert mark_interrupted(at=AT + timedelta(hours=hour)) == 1
        Upload.objects.update(state=State.WAITING)
    monkeypatch.undo()
    run_upload(upload.pk, lambda: AT)
    upload.refresh_from_db()
    assert (upload.state, Entry.objects.count()) == (State.DONE, 1)


def test_its_owner_reads_why_it_ended(place: Place) -> None:
    upload = sent(place, filled_in([VENUE]))
    Upload.objects.update(state=State.MAKING, whole=True, due_at=AT, tries=MOST_TRIES)
    client = Client()
    client.force_login(place.stranger)
    page = client.get(f"/registers/culture-venues/import/{upload.pk}/").content.decode()
    assert f"连续中断了 {MOST_TRIES} 次" in page
    assert "接着处理" not in page


def test_who_only_looks_writes_nothing(place: Place) -> None:
    """A page that shows progress must not wait for the one who makes a sheet as a whole."""
    upload = sent(place, filled_in([VENUE]))
    Upload.objects.update(state=State.MAKING, due_at=AT + timedelta(minutes=1))
    with CaptureQueriesContext(connection) as queries:
        assert mark_interrupted(at=AT) == 0
    assert all(one["sql"].startswith("SELECT") for one in queries)
    # Longer than that without moving on, and still at work in this process.
    telling.tell(upload, 1, AT)
    later = AT + timedelta(hours=1)
    assert mark_interrupted(at=later) == 0
    telling.forget(upload)
    assert mark_interrupted(at=later) == 1


def test_who_makes_many_rows_as_a_whole_knows_that_others_wait(place: Place) -> None:
    upload = sent(place, filled_in([VENUE]))
    client = Client()
    client.force_login(place.stranger)
    address = f"/registers/culture-venues/import/{upload.pk}/"
    assert "别人不能保存" not in client.get(address).content.decode()
    Upload.objects.update(total=50_000)
    said = "约需 4 分钟" in client.get(address).content.decode()
    assert said == (connection.vendor == "sqlite")


def test_what_was_written_in_a_sheet_that_failed_is_forgotten_in_time(place: Place) -> None:
    upload = sent(place, b"no workbook")
    assert upload.content is not None
    Upload.objects.update(ended_at=AT)
    forget_rows(at=AT + timedelta(days=29))
    upload.refresh_from_db()
    assert upload.content is not None
    forget_rows(at=AT + timedelta(days=31))
    upload.refresh_from_db()
    assert upload.content is None


def test_a_step_of_many_stops_at_the_entry_that_kills_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one before it is done once; it and the one behind it are left, and say why."""
    entries = [apply_for_aid(place) for _ in range(3)]
    action = Action.objects.create(
        region=place.region,
        mechanism="legal-aid",
        transition="withdraw",
        by=place.liaison,
        at=AT,
        total=3,
        due_at=AT,
    )
    Deed.objects.bulk_create(Deed(action=action, entry=one, seen=one.revision) for one in entries)
    take = acting._take

    def dies_at_the_second(action: Action, deed: Deed, at: datetime) -> None:
        if deed.entry_id == entries[1].pk:
            raise KeyboardInterrupt
        take(action, deed, at)

    monkeypatch.setattr(acting, "_take", dies_at_the_second)
    for hour in range(1, MOST_TRIES + 1):
        with pytest.raises(KeyboardInterrupt):
            run_action(action.pk, lambda: AT)
        mark_actions_interrupted(at=AT + timedelta(hours=hour))
        Action.objects.filter(state=State.INTERRUPTED).update(state=State.WAITING)
    action.refresh_from_db()
    assert action.state == State.FAILED
    assert go_on(at=AT + timedelta(days=1)) == 0
    deeds = list(action.deeds.order_by("pk"))
    assert [one.outcome for one in deeds] == ["done", "refused", "refused"]
    assert "单独办理" in deeds[1].why["zh"]
    assert Event.objects.get(type="bulk.action.failed").detail["left"] == 2
    client = Client()
    client.force_login(place.liaison)
    page = client.get(f"/registers/legal-aid/act/{action.pk}/").content.decode()
    assert "已停止重试" in page
    assert "接着处理" not in page


def _die(**_: Any) -> None:
    raise KeyboardInterrupt
