"""Figures of requests for Prometheus: how many, how long they took, how often they asked the database.

Where several processes answer, each adds to files in the folder `PROMETHEUS_MULTIPROC_DIR`, which
`luoshi serve` makes; the library reads that name when it is imported.
"""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)
QUERIES = (0, 1, 2, 5, 10, 15, 20, 25, 50, 100)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_registry = CollectorRegistry()
_requests = Counter(
    "luoshi_requests", "Requests answered.", ["route", "method", "status"], registry=_registry
)
_seconds = Histogram(
    "luoshi_request_seconds",
    "Time until the answer was ready.",
    ["route"],
    buckets=SECONDS,
    registry=_registry,
)
_queries = Histogram(
    "luoshi_request_queries",
    "Statements sent to the database for a request.",
    ["route"],
    buckets=QUERIES,
    registry=_registry,
)


def count(*, route: str, method: str, status: int, seconds: float, queries: int) -> None:
    """Count a request that was answered."""
    _requests.labels(route, method if method in METHODS else "other", str(status)).inc()
    _seconds.labels(route).observe(seconds)
    _queries.labels(route).observe(queries)


def exposition(*collectors: Collector) -> bytes:
    """Everything counted so far, and what `collectors` say, as Prometheus reads it."""
    shown = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
    else:
        shown.register(_registry)
    for collector in collectors:
        shown.register(collector)
    return generate_latest(shown)
