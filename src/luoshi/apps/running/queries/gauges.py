"""Figures of the work and of the log, counted when Prometheus asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from luoshi.apps.audit.models import Checkpoint, Event, Leaf
from luoshi.apps.running.queries.readiness import late
from luoshi.apps.work.models import Occurrence
from luoshi.apps.work.queries.standing import LIGHTS, tally, with_lights


@dataclass(frozen=True)
class Gauges(Collector):
    """The figures as of `at`; four queries, however large the database is."""

    at: datetime

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """What Prometheus asks for."""
        open_ones = Occurrence.objects.filter(state=Occurrence.State.OPEN)
        lights = tally(with_lights(open_ones, localdate(self.at)))
        by_light = GaugeMetricFamily(
            "luoshi_open_occurrences", "Reports that are asked for now, by light.", labels=["light"]
        )
        for light in LIGHTS:
            by_light.add_metric([light.value], getattr(lights, light.value))
        yield by_light
        events = GaugeMetricFamily("luoshi_events", "Events of the audit log.", labels=["sealed"])
        events.add_metric(
            ["yes"], Checkpoint.objects.order_by("-number").values_list("size", flat=True).first() or 0
        )
        events.add_metric(["no"], self._unsealed())
        yield events
        behind = GaugeMetricFamily("luoshi_late_openings", "Periods that the scheduler should have opened.")
        behind.add_metric([], late(at=self.at))
        yield behind

    def _unsealed(self) -> int:
        """Events after the last sealed one; the few that were committed late are not looked for."""
        last = Leaf.objects.order_by("-number").values_list("event_id", flat=True).first()
        return Event.objects.filter(pk__gt=last or 0).count()
