"""Events are of known types, and belong to the transaction of what they tell of."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from luoshi.apps import audit
from luoshi.apps.audit.catalogue import TYPES
from luoshi.apps.audit.models import Event
from luoshi.apps.audit.operations import record
from tests.apps.factories import NOW, REGION, region

APPS = Path(audit.__file__).parents[1]


def test_unknown_types_are_refused(office: User) -> None:
    with pytest.raises(ValueError, match="not in the catalogue"):
        record(type="plan.plan.vanished", object=region(), region=REGION, by=office, at=NOW)


def test_an_event_vanishes_with_its_transaction(office: User) -> None:
    with transaction.atomic():
        record(type="plan.plan.confirmed", object=region(), region=REGION, by=office, at=NOW)
        transaction.set_rollback(True)
    assert not Event.objects.filter(type="plan.plan.confirmed").exists()


def test_nobody_stays_nobody(office: User) -> None:
    event = record(type="plan.plan.confirmed", object=region(), region=REGION, by=AnonymousUser(), at=NOW)
    assert event.actor is None
    assert (event.object_type, event.object_id) == ("organization.region", REGION)


def test_every_type_is_used_and_every_used_type_is_known() -> None:
    used = set()
    for path in APPS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                used |= {
                    k.value.value
                    for k in node.keywords
                    if k.arg == "type" and isinstance(k.value, ast.Constant)
                }
    assert used == set(TYPES)
