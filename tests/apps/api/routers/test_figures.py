"""Numbers of reports by tokens: those that still move are for who reports, those that were sent stay."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import override_settings
from django.utils import timezone

from luoshi.apps.binding.models import Fulfilment
from luoshi.apps.work.models import Occurrence
from luoshi.apps.work.operations.reporting import open_report, save, submit
from tests.apps.alignment.factories import WORDS
from tests.apps.api.calling import problem, program
from tests.apps.binding.factories import World, issued
from tests.apps.work.factories import morning

pytestmark = pytest.mark.django_db
OPENS = morning(2026, 3, 18)
TOWN = "青山镇"


@pytest.fixture(autouse=True)
def opening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is the day on which reports open, and tokens live on."""
    with override_settings(LUOSHI_API_CALLS=10_000):
        monkeypatch.setattr(timezone, "now", lambda: OPENS)
        yield


@pytest.fixture
def world() -> World:
    """The plan at work, its targets computed."""
    found = issued(until=OPENS)
    found.confirm("mechanism", "culture-venues")
    for part in ("parks", "halls-covered", "boards-covered"):
        found.confirm("target", "culture-venues", part)
    return found


def test_a_report_keeps_the_numbers_it_was_sent_with(world: World) -> None:
    occurrence = Occurrence.objects.get(task=world.task("1"), body=world.bodies[TOWN], state="open")
    path, liaison = f"/occurrences/{occurrence.pk}/figures", program(world.liaison(TOWN), "report")
    office = program(world.office, "office")

    def halls(caller: object) -> dict[str, object] | None:
        told = liaison.get(path) if caller is liaison else office.get(path)
        return next((one for one in told["figures"] if one["indicator"] == "halls-covered"), None)

    before = halls(liaison)
    assert before is not None
    assert (before["whole"], Decimal(str(before["value"])), before["unit"]) == (False, 0, "%")
    assert liaison.get(path)["fixed"] is False
    # Who does not report waits until it is sent.
    assert office.get(path) == {"fixed": False, "figures": [], "entry_id": None}
    world.venue("hall", TOWN)
    by = world.liaison(TOWN)
    made = open_report(occurrence=occurrence, by=by, at=OPENS)
    saved = save(report=made, values=WORDS, base=made.latest, by=by, at=OPENS)
    submit(report=made, seen=saved.latest, by=by, at=OPENS)
    world.venue("hall", TOWN)
    for caller in (liaison, office):
        assert caller.get(path)["fixed"] is True
        sent = halls(caller)
        assert sent is not None
        assert (Decimal(str(sent["value"])), sent["entries"]) == (1, 1)
    assert office.get(f"{path}?version=0")["figures"] == []
    stranger = program(world.liaison("区财政局"), "read")
    problem(stranger("GET", path), 403, "api-not-allowed")


def test_the_entry_that_answered_is_named() -> None:
    world = issued(until=morning(2026, 6, 17))
    world.confirm("duty", "data-centre-reports", "half-yearly", same_as="half-yearly")
    entry = world.returned("2026H1", at=morning(2026, 7, 2))
    answered = Fulfilment.objects.get(entry=entry).occurrence_id
    told = program(world.office, "office").get(f"/occurrences/{answered}/figures")
    assert told["entry_id"] == entry.pk
