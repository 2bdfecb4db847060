"""Several people write in one report: whatever the order of their saves, every word of everybody is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from luoshi.apps.work.models import Editor, Report, Revision
from luoshi.apps.work.operations.presence import leave, look_in
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.core.work.prefill import Value
from tests.apps.work.factories import World, issued_plan, morning

AT = morning(2026, 3, 18)
BODY = "区人民法院"
FIELDS = ("progress", "problems", "next_step")
# Who saves, whether what others saved is looked at first, and the field that is written in.
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.booleans(), st.sampled_from(FIELDS), st.booleans()), max_size=9
)


@pytest.fixture
def world(db: None) -> World:
    """An issued plan whose first quarter is open."""
    return issued_plan(until=morning(2026, 3, 17))


def writers(world: World) -> list[User]:
    return [world.liaison(BODY), world.head(BODY), world.liaison("青山镇")]


def opened(world: World) -> Report:
    return open_report(occurrence=world.occurrence(4, BODY), by=world.liaison(BODY), at=AT)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_order_of_saves_loses_a_word(world: World, steps: list[tuple[int, bool, str, bool]]) -> None:
    people = writers(world)
    with transaction.atomic():
        report = opened(world)
        pages: list[tuple[int, dict[str, Value]]] = [(0, {}) for _ in people]
        written: list[tuple[str, str]] = []
        for n, (who, looks, field, front) in enumerate(steps):
            base, values = pages[who]
            word = f"第{n}处{'甲乙丙'[who]}。"
            before = str(values.get(field, ""))
            values = {**values, field: word + before if front else before + word}
            written.append((field, word))
            saved = save(report=report, values=values, base=base, by=people[who], at=AT + timedelta(n))
            assert Revision.objects.get(report=report, number=saved.own).values == values
            # Whoever types on keeps the own words and names their version; whoever stops sees them all.
            pages[who] = (saved.latest, saved.values) if looks else (saved.own, values)
        last = Revision.objects.filter(report=report).last()
        final = last.values if last else {}
        for field, word in written:
            assert word in final.get(field, ""), (word, final)
        numbers = list(Revision.objects.filter(report=report).values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1)), "versions are only added"
        transaction.set_rollback(True)


def test_who_is_here_sees_who_else_is(world: World) -> None:
    report, (liaison, head, _) = opened(world), writers(world)
    assert look_in(report=report, by=liaison, at=AT) == []
    assert look_in(report=report, by=head, at=AT) == [liaison]
    later = AT + timedelta(minutes=2, seconds=1)
    assert look_in(report=report, by=head, at=later) == [], "gone stale after two minutes"
    look_in(report=report, by=liaison, at=later)
    leave(report=report, by=liaison, at=later)
    assert look_in(report=report, by=head, at=later) == []
    save(report=report, values={"progress": "一"}, base=0, by=head, at=later)
    submit(report=report, seen=1, by=head, at=later)
    assert not Editor.objects.exists(), "nobody is kept on record"


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A database of its own, in which transactions end and threads meet; thrown away after the test."""
    with django_db_blocker.unblock():
        before, name = connections["default"], connections["default"].settings_dict["NAME"]
        other = str(tmp_path / "together.sqlite3") if before.vendor == "sqlite" else f"{name}_together"
        if before.vendor == "sqlite":
            before.ensure_connection()
            with closing(sqlite3.connect(other)) as target:
                before.connection.backup(target)
        else:
            _on_the_server(before, f'CREATE DATABASE "{other}"')
        connections.databases["default"]["NAME"] = other
        connections["default"] = connections.create_connection("default")
        if before.vendor != "sqlite":
            call_command("migrate", verbosity=0)
        yield
        connections["default"].close()
        connections["default"] = before
        connections.databases["default"]["NAME"] = name
        if before.vendor != "sqlite":
            _on_the_server(before, f'DROP DATABASE "{other}"')


def _on_the_server(database: Any, statement: str) -> None:
    with database._nodb_cursor() as cursor:
        cursor.execute(statement)


def test_two_saves_at_the_same_moment(committed: None) -> None:
    world = issued_plan(until=morning(2026, 3, 17))
    report, people = opened(world), writers(world)
    start = save(report=report, values={"progress": "起。"}, base=0, by=people[0], at=AT).latest
    ready, failed = Barrier(len(people)), list[BaseException]()

    def write(n: int) -> None:
        try:
            ready.wait()
            for turn in range(4):
                save(
                    report=report,
                    values={"progress": "起。" + "甲乙丙"[n] * (turn + 1) + "。"},
                    base=start,
                    by=people[n],
                    at=AT,
                )
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(n,)) for n in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    report.refresh_from_db()
    found = list(Revision.objects.filter(report=report).order_by("number"))
    assert [one.number for one in found] == list(range(1, report.latest + 1))
    for letter in "甲乙丙":
        assert letter * 4 in found[-1].values["progress"]
