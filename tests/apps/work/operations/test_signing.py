"""Signing for tasks."""

from __future__ import annotations

import pytest

from luoshi.apps.audit.models import Event
from luoshi.apps.work.models import Assignment
from luoshi.apps.work.operations.signing import sign
from luoshi.core.work.states import StepNotFromHere
from tests.apps.work.factories import issued_plan, morning

pytestmark = pytest.mark.django_db


def test_one_click_signs_for_everything_once() -> None:
    world = issued_plan(signed=False)
    liaison = world.liaison("区民政局")
    mine = Assignment.objects.filter(body=world.bodies["区民政局"])
    assert sign(assignments=mine, by=liaison, at=morning(2026, 3, 4)) == 3
    assert {(row.state, row.signed_by) for row in mine.all()} == {("signed", liaison)}
    assert sign(assignments=mine, by=world.head("区民政局"), at=morning(2026, 3, 5)) == 0
    assert {row.signed_by for row in mine.all()} == {liaison}
    assert Event.objects.filter(type="work.assignments.signed").count() == 1


def test_what_was_handed_over_is_not_signed_for() -> None:
    world = issued_plan(signed=False)
    assignment = world.assignment(1, "区教育局")
    Assignment.objects.filter(pk=assignment.pk).update(state="handed-over")
    with pytest.raises(StepNotFromHere):
        sign(assignments=[assignment], by=world.liaison("区教育局"), at=morning(2026, 3, 4))
