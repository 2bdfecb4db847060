"""Sealing: every event gets one place, none ever moves, and nothing that was signed is taken back."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from luoshi.apps.audit import keys, operations
from luoshi.apps.audit.models import Checkpoint, Event, Leaf, Node
from luoshi.apps.audit.operations import begin_export, record, seal
from luoshi.apps.audit.queries.examining import examine
from luoshi.apps.audit.queries.tree import TreeDamaged
from tests.apps.audit.conftest import EVENTS, MINUTE, Attack, Log, write
from tests.apps.factories import NOW, REGION, office, region


def order() -> list[int]:
    """Keys of the sealed events in the order of their places, which have no gaps."""
    places = list(Leaf.objects.order_by("number").values_list("number", "event_id"))
    assert [number for number, _ in places] == list(range(len(places)))
    return [event for _, event in places]


def test_an_event_costs_one_query(office: User, django_assert_num_queries: object) -> None:
    place = region()
    with django_assert_num_queries(1):  # type: ignore[operator]
        record(type="plan.plan.confirmed", object=place, region=REGION, by=office, at=NOW, for_body=place)


def test_sealing_gives_places_in_the_order_of_keys(log: Log) -> None:
    assert order() == sorted(log.events)
    assert len(log.events) == Event.objects.count()
    assert [row.size for row in Checkpoint.objects.order_by("number")][-1] == len(log.events)


def test_without_new_events_nothing_is_signed(log: Log) -> None:
    before = Checkpoint.objects.count()
    assert seal(at=log.end + MINUTE).note == log.checkpoints[-1]
    assert Checkpoint.objects.count() == before


def test_an_empty_log_has_a_checkpoint(db: None) -> None:
    made = seal(at=NOW)
    assert (made.number, made.size) == (1, 0)
    assert examine(at=NOW).problems == ()


def test_many_events_are_sealed_in_portions(office: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "BATCH", 7)
    for number in reversed(range(EVENTS)):
        # The older the later: only the last checkpoint may say that all up to its time is there.
        write(office, number * 100)
    seal(at=NOW + timedelta(days=9))
    assert order() == sorted(Event.objects.values_list("pk", flat=True))
    assert Checkpoint.objects.count() == -(-Event.objects.count() // 7)
    assert examine(at=NOW + timedelta(days=9)).problems == ()


def test_whole_subtrees_are_kept(office: User) -> None:
    Event.objects.bulk_create(
        Event(region="", at=NOW, type="x", object_type="y", object_id=str(number)) for number in range(600)
    )
    seal(at=NOW)
    write(office, 1)
    seal(at=NOW + MINUTE)
    assert list(Node.objects.order_by("level", "place").values_list("level", "place")) == [(1, 0), (1, 1)]
    assert examine(at=NOW + MINUTE).problems == ()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer, whose keys rise")
def test_an_event_that_was_committed_late_comes_last(log: Log, office: User) -> None:
    reserved = log.events[-1] + 1
    later = Event.objects.create(pk=reserved + 1, region="", at=log.end, type="x", object_type="y")
    seal(at=log.end + MINUTE)
    late = Event.objects.create(pk=reserved, region="", at=log.end, type="x", object_type="y")
    seal(at=log.end + 2 * MINUTE)
    assert order() == [*log.events, later.pk, late.pk]
    assert examine(at=log.end + 2 * MINUTE).problems == ()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_transactions_beside_each_other(committed: None) -> None:
    clerk, place, failed = office(), region(), []

    def work(number: int) -> None:
        try:
            for turn in range(15):
                with transaction.atomic():
                    record(type="plan.task.edited", object=place, region=REGION, by=clerk, at=NOW, turn=turn)
                    if (number + turn) % 4 == 0:
                        transaction.set_rollback(True)
                if turn % 3 == number % 3:
                    seal(at=NOW)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    seal(at=NOW)
    assert sorted(order()) == sorted(Event.objects.values_list("pk", flat=True))
    report = examine(at=NOW)
    assert (report.problems, report.waiting) == ((), 0)
    assert report.entries == Event.objects.count()


def test_a_damaged_tree_is_not_continued(log: Log, office: User, attack: Attack) -> None:
    attack("UPDATE audit_leaf SET hash = (SELECT hash FROM audit_leaf WHERE number = 3) WHERE number = 20")
    write(office, EVENTS)
    with pytest.raises(TreeDamaged):
        seal(at=log.end + MINUTE)


def test_a_shortened_log_is_not_continued(log: Log, office: User, attack: Attack) -> None:
    attack("DELETE FROM audit_checkpoint", "DELETE FROM audit_leaf", "DELETE FROM audit_event")
    write(office, EVENTS)
    with pytest.raises(TreeDamaged):
        seal(at=log.end + MINUTE)


def test_a_lost_key_is_not_replaced(log: Log, office: User, data_folder: Path) -> None:
    (data_folder / keys.KEY_FILE).unlink()
    write(office, EVENTS)
    with pytest.raises(keys.KeyMissing, match=keys.KEY_FILE):
        seal(at=log.end + MINUTE)
    assert not (data_folder / keys.KEY_FILE).exists()


def test_an_export_is_an_event_of_what_is_exported(log: Log) -> None:
    made = begin_export(by=None, at=log.end + MINUTE)
    assert made.size == len(log.events) + 1
    assert Event.objects.latest("pk").type == "audit.log.exported"
