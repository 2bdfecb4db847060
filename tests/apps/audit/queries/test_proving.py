"""Proofs of entries and of growth, made from the database and checked without it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from luoshi.apps.audit import keys
from luoshi.apps.audit.models import Event
from luoshi.apps.audit.operations import seal
from luoshi.apps.audit.queries.proving import (
    LaterCheckpoint,
    NoSuchEvent,
    NotSealed,
    consistency,
    inclusion,
)
from luoshi.apps.audit.queries.tree import TreeDamaged
from luoshi.core.transparency.checkpoint import Checkpoint, ForeignSignature, read_note
from luoshi.core.transparency.proof_texts import Proved, check_proof
from tests.apps.audit.conftest import EVENTS, MINUTE, Attack, Log, write
from tests.apps.factories import NOW


def proved(text: str, old: Checkpoint | None = None) -> Proved:
    """What the text proves."""
    key = keys.signing_key(make=False).public
    return check_proof(text, lambda note: keys.opened(note, key, "proof"), old, "proof")


def test_every_event_can_be_proved(log: Log) -> None:
    for number, event in enumerate(log.events):
        found = proved(inclusion(event=event))
        assert found.number == number
        assert f'"id":{event},' in (found.entry or b"").decode()


def test_the_growth_since_every_checkpoint_can_be_proved(log: Log) -> None:
    for note in log.checkpoints:
        assert proved(consistency(old=note, where="ours"), read_note(note)).old == read_note(note)


def test_a_large_log_takes_no_more_queries(office: User, django_assert_max_num_queries: object) -> None:
    events = [Event(region="", at=NOW, type="x", object_type="y", object_id=str(n)) for n in range(1500)]
    Event.objects.bulk_create(events)
    early = seal(at=NOW).note
    write(office, 1)
    seal(at=NOW + MINUTE)
    event = Event.objects.get(object_id="700").pk
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        assert proved(inclusion(event=event)).checkpoint.size == Event.objects.count()
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        assert proved(consistency(old=early, where="ours"), read_note(early)).old == read_note(early)


def test_what_cannot_be_proved(log: Log, office: User) -> None:
    with pytest.raises(NoSuchEvent):
        inclusion(event=log.events[-1] + 100)
    waiting = write(office, EVENTS)
    with pytest.raises(NotSealed):
        inclusion(event=waiting.pk)


def test_a_log_that_is_shorter_than_it_was(log: Log, attack: Attack) -> None:
    attack("DELETE FROM audit_checkpoint WHERE number > 2")
    with pytest.raises(LaterCheckpoint, match="ours"):
        consistency(old=log.checkpoints[-1], where="ours")


def test_a_checkpoint_that_others_signed(log: Log) -> None:
    with pytest.raises(ForeignSignature, match="ours"):
        consistency(old=log.checkpoints[1].replace("number 2", "number 3"), where="ours")


def test_a_damaged_log_proves_nothing(log: Log, attack: Attack) -> None:
    attack("UPDATE audit_event SET address = '10.9.9.9'")
    with pytest.raises(TreeDamaged):
        inclusion(event=log.events[5])
    attack("DELETE FROM audit_leaf WHERE number = 6")
    with pytest.raises(TreeDamaged):
        consistency(old=log.checkpoints[1], where="ours")
