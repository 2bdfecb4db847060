"""Whatever somebody with the database in their hands does to the log is found, on either database."""

# The statements are an attacker's own.
# ruff: noqa: S608

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection

from luoshi.apps.audit import keys
from luoshi.apps.audit.models import Checkpoint, Event, Leaf
from luoshi.apps.audit.operations import seal
from luoshi.apps.audit.queries.examining import MOST_PROBLEMS, Report, examine
from luoshi.core.errors import LuoshiError
from luoshi.core.transparency import problems
from luoshi.core.transparency.canonical import written
from luoshi.core.transparency.checkpoint import (
    read_note,
)
from tests.apps.audit.conftest import EVENTS, MINUTE, Attack, Log, write
from tests.apps.factories import NOW

# A new value for each column of an event.
COLUMNS = {
    "at": "'2026-03-02 01:44:00.000001+00:00'",
    "type": "'plan.plan.confirmed'",
    "region": "'990103'",
    "actor_id": "NULL",
    "actor_name": "'somebody'",
    "body": "7",
    "body_name": "'区财政局'",
    "object_type": "'plan.plan'",
    "object_id": "'99'",
    "address": "'10.9.9.9'",
    "detail": """'{"number": 99}'""",
}


def found(log: Log, kind: type[LuoshiError], count: int = 1) -> list[dict[str, object]]:
    """The details of the problems, all of which are of one kind."""
    said = examine(at=log.end).problems
    assert [type(problem) for problem in said] == [kind] * count, said
    assert all(problem.message("zh") and problem.message("en") for problem in said)
    return [problem.details for problem in said]


def test_a_whole_log_is_intact(log: Log) -> None:
    report = examine(at=log.end, outside=[("one", log.checkpoints[1])])
    assert report == Report(len(log.events), len(log.checkpoints), 0, (), cut=False)


def test_what_waits_is_no_problem(log: Log, office: User) -> None:
    write(office, EVENTS)
    report = examine(at=log.end)
    assert (report.problems, report.waiting) == ((), 1)


def test_every_column_has_a_test() -> None:
    assert {field.column for field in Event._meta.fields} - {"id"} == set(COLUMNS)


@pytest.mark.parametrize("column", COLUMNS)
def test_altered(log: Log, attack: Attack, column: str) -> None:
    event = log.events[14]
    attack(f"UPDATE audit_event SET {column} = {COLUMNS[column]} WHERE id = {event}")
    (details,) = found(log, problems.EventAltered)
    assert (details["event"], details["number"]) == (event, 14)
    # The first checkpoint that holds it.
    size = next(read_note(note).size for note in log.checkpoints if read_note(note).size > 14)
    proof = Checkpoint.objects.get(size=size).number
    assert str(details["proof"]) == f"第 {proof} 号检查点"


def test_back_dated(log: Log, attack: Attack) -> None:
    attack(f"UPDATE audit_event SET at = '2026-01-05 00:00:00+00:00' WHERE id = {log.events[25]}")
    said = examine(at=log.end).problems
    assert [type(problem) for problem in said] == [problems.EventBackdated, problems.EventAltered]
    for problem in said:
        assert problem.details["event"] == log.events[25]
        assert problem.details["at"] == "2026-01-05T00:00:00.000000Z"


def test_removed(log: Log, attack: Attack) -> None:
    attack(f"DELETE FROM audit_event WHERE id = {log.events[14]}")
    (details,) = found(log, problems.EventRemoved)
    assert (details["event"], details["number"]) == (log.events[14], 14)


def test_removed_with_its_place(log: Log, attack: Attack) -> None:
    event = log.events[14]
    attack(f"DELETE FROM audit_event WHERE id = {event}", "DELETE FROM audit_leaf WHERE number = 14")
    (details,) = found(log, problems.EntriesMissing)
    assert (details["first"], details["last"]) == (14, 14)


def test_removed_with_all_places_moved(log: Log, attack: Attack) -> None:
    event = log.events[14]
    attack(
        f"DELETE FROM audit_event WHERE id = {event}",
        "DELETE FROM audit_leaf WHERE number = 14",
        # In two steps, as no number may stand there twice even for a moment.
        "UPDATE audit_leaf SET number = -number WHERE number > 14",
        "UPDATE audit_leaf SET number = -number - 1 WHERE number < 0",
    )
    (details,) = found(log, problems.RangeAltered)
    assert details["first"] <= 14 <= details["last"]  # type: ignore[operator]


def copy(event: int, key: int, at: str) -> str:
    """The statement that inserts a copy of an event under another key and date."""
    columns = ", ".join(COLUMNS)
    values = ", ".join(f"'{at}'" if column == "at" else column for column in COLUMNS)
    return (
        f"INSERT INTO audit_event (id, {columns}) SELECT {key}, {values} FROM audit_event WHERE id = {event}"
    )


def test_inserted_with_a_date_of_the_past(log: Log, attack: Attack) -> None:
    key = log.events[-1] + 1
    attack(copy(log.events[3], key, "2026-01-05 00:00:00+00:00"))
    (details,) = found(log, problems.EventBackdated)
    assert details["event"] == key


def test_inserted_and_sealed_with_a_date_of_the_past(log: Log, attack: Attack) -> None:
    key = log.events[-1] + 1
    attack(copy(log.events[3], key, "2026-01-05 00:00:00+00:00"))
    seal(at=log.end + MINUTE)
    (details,) = found(log, problems.EventBackdated)
    assert details["event"] == key


def test_inserted_under_a_key_of_the_past(log: Log, attack: Attack) -> None:
    attack(copy(log.events[3], 0, written(log.end)))
    # On PostgreSQL a key may come late, but not by days.
    said = examine(at=log.end + timedelta(days=2)).problems
    assert [type(problem) for problem in said] == [problems.EventInserted]
    assert said[0].details["event"] == 0


def test_inserted_with_all_places_moved(log: Log, attack: Attack) -> None:
    key = log.events[-1] + 1
    attack(
        copy(log.events[3], key, written(NOW + 14 * MINUTE)),
        "UPDATE audit_leaf SET number = -number WHERE number >= 14",
        "UPDATE audit_leaf SET number = -number + 1 WHERE number < 0",
    )
    Leaf.objects.create(number=14, event_id=key, hash=new_hash(key))
    (details,) = found(log, problems.EventInserted)
    assert details["event"] == key


def new_hash(event: int) -> bytes:
    """The hash that an event has now."""
    from luoshi.apps.audit.queries.entries import FIELDS, entry
    from luoshi.core.transparency.tree import leaf_hash

    return leaf_hash(entry(Event.objects.values_list(*FIELDS).get(pk=event)))


def test_reordered_rows(log: Log, attack: Attack) -> None:
    one, two = log.events[13], log.events[16]
    attack(
        f"UPDATE audit_event SET id = -1 WHERE id = {one}",
        f"UPDATE audit_event SET id = {one} WHERE id = {two}",
        f"UPDATE audit_event SET id = {two} WHERE id = -1",
    )
    (details,) = found(log, problems.EventsReordered)
    assert (details["event"], details["other"]) == (one, two)


def test_reordered_places(log: Log, attack: Attack) -> None:
    attack(
        "UPDATE audit_leaf SET number = -1 WHERE number = 13",
        "UPDATE audit_leaf SET number = 13 WHERE number = 16",
        "UPDATE audit_leaf SET number = 16 WHERE number = -1",
    )
    (details,) = found(log, problems.EventsReordered)
    assert {details["event"], details["other"]} == {log.events[13], log.events[16]}


def test_altered_with_its_hash(log: Log, attack: Attack) -> None:
    event = log.events[14]
    attack(
        f"UPDATE audit_event SET object_id = '99' WHERE id = {event}",
        "DELETE FROM audit_leaf WHERE number = 14",
    )
    Leaf.objects.create(number=14, event_id=event, hash=new_hash(event))
    (details,) = found(log, problems.RangeAltered)
    assert details["first"] <= 14 <= details["last"]  # type: ignore[operator]


def test_a_hash_altered_alone(log: Log, attack: Attack) -> None:
    attack("DELETE FROM audit_leaf WHERE number = 14")
    Leaf.objects.create(number=14, event_id=log.events[14], hash=bytes(32))
    (details,) = found(log, problems.LeafAltered)
    assert details["number"] == 14


def cut(size: int) -> tuple[str, ...]:
    """The statements that take away everything after the first `size` entries, without a trace."""
    return (
        f"DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_leaf WHERE number >= {size})",
        f"DELETE FROM audit_leaf WHERE number >= {size}",
        f"DELETE FROM audit_checkpoint WHERE size > {size}",
    )


def forget_count(log: Log) -> tuple[str, ...]:
    """What a careful forger does about the counter of SQLite."""
    if connection.vendor != "sqlite":
        return ()
    return ("UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM audit_event) WHERE name = 'audit_event'",)


def test_an_end_that_was_cut_off(log: Log, attack: Attack) -> None:
    attack(
        f"DELETE FROM audit_event WHERE id > {log.events[-4]}",
        f"DELETE FROM audit_leaf WHERE number >= {len(log.events) - 3}",
        *forget_count(log),
    )
    (details,) = found(log, problems.LogTruncated)
    assert (details["size"], details["have"]) == (len(log.events), len(log.events) - 3)


def test_a_log_set_back_to_an_earlier_checkpoint(log: Log, attack: Attack, data_folder: Path) -> None:
    handed_out, earlier = log.checkpoints[-1], read_note(log.checkpoints[2])
    attack(*cut(earlier.size), *forget_count(log))
    said = examine(at=log.end).problems
    assert [type(problem) for problem in said] == [problems.CheckpointsMissing, problems.LogTruncated]
    # Now the file beside the database is gone as well; only who was given a checkpoint can tell.
    (data_folder / keys.WITNESS_FILE).unlink()
    assert examine(at=log.end).problems == ()
    (problem,) = examine(at=log.end, outside=[("ours", handed_out)]).problems
    assert isinstance(problem, problems.LogTruncated)
    assert problem.details["size"] == len(log.events)


def test_a_log_written_anew_with_the_key(log: Log, attack: Attack, office: User, data_folder: Path) -> None:
    attack("DELETE FROM audit_checkpoint", "DELETE FROM audit_leaf", "UPDATE audit_event SET object_id = '1'")
    (data_folder / keys.WITNESS_FILE).unlink()
    seal(at=log.end)
    assert examine(at=log.end).problems == ()
    (problem,) = examine(at=log.end, outside=[("ours", log.checkpoints[2])]).problems
    assert "ours" in problem.message("en")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts what was rolled back as well")
def test_events_that_were_removed_before_they_were_sealed(log: Log, office: User, attack: Attack) -> None:
    event = write(office, EVENTS)
    attack(f"DELETE FROM audit_event WHERE id = {event.pk}")
    (details,) = found(log, problems.TailRemoved)
    assert (details["reached"], details["last"]) == (event.pk, log.events[-1])


def test_there_is_an_end_to_problems(office: User, attack: Attack) -> None:
    Event.objects.bulk_create(
        Event(region="", at=NOW, type="x", object_type="y", object_id=str(n))
        for n in range(MOST_PROBLEMS + 5)
    )
    seal(at=NOW)
    attack("UPDATE audit_event SET region = '990102'")
    report = examine(at=NOW)
    assert len(report.problems) == MOST_PROBLEMS
    assert report.cut
