"""Copied entries are like those that were lived: their contributions are what they themselves add up to."""

from __future__ import annotations

import pytest

from benchmarks import living
from benchmarks.filling import copy
from luoshi.apps.indicator.operations.recounting import in_database, in_memory, recounted
from luoshi.apps.register.models import Entry, Step, Value
from luoshi.apps.register.operations.indexing import index_anew
from luoshi.apps.register.queries.searching import worded


@pytest.mark.django_db
def test_copies_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(living, "ENDED_LIVES", 7)
    monkeypatch.setattr(living, "OPEN_LIVES", 5)
    place = living.settle()
    living.live(place)
    lived = Entry.objects.count()
    copy(place, 150)
    list(index_anew())
    today = living.NOW.date()
    assert Entry.objects.count() == lived + 150
    assert Entry.objects.filter(ended=None).count() < lived
    assert Entry.objects.values("number").distinct().count() == lived + 150
    sums = in_memory(living.REGION, living.MECHANISM, today)
    assert sums == recounted(living.REGION, living.MECHANISM, today)
    assert sums == in_database(living.REGION, living.MECHANISM)
    last = Entry.objects.latest("pk")
    assert list(worded(Entry.objects.all(), last.number)) == [last]
    assert Step.objects.filter(entry=last).exists()
    assert Value.objects.get(entry=last, field="matter").began == last.began
