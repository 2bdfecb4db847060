"""The audit log can only grow, whoever asks the database."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from luoshi.apps.audit import protection
from luoshi.apps.audit.models import Event, Node
from luoshi.apps.audit.operations import record, seal
from tests.apps.factories import NOW, REGION, region


@pytest.fixture
def event(office: User) -> Event:
    with transaction.atomic():
        return record(
            type="plan.plan.confirmed", object=region(), region=REGION, by=office, at=NOW, version=2
        )


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET type = 'x'", "DELETE FROM audit_event", "UPDATE audit_event SET detail = '{}'"],
)
def test_raw_statements_are_refused(event: Event, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Event.objects.get(pk=event.pk).type == "plan.plan.confirmed"


@pytest.mark.parametrize("table", protection.TREE)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 1", "DELETE FROM {}"])
def test_the_tree_is_refused_as_well(event: Event, table: str, statement: str) -> None:
    Node.objects.create(level=1, place=0, hash=bytes(32))
    seal(at=NOW)
    column = "level" if table == "audit_node" else "number"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column))


def test_the_orm_is_refused_too(event: Event) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", [protection.EVENTS, *protection.TREE])
def test_truncating_is_refused(event: Event, table: str) -> None:
    with connection.cursor() as cursor:
        # The row just written waits for its foreign keys to be checked; TRUNCATE would stumble over it.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")
