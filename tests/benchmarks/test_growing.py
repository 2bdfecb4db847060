"""What the benchmark of growth asks, and how it reads the figures of a server."""

from __future__ import annotations

from benchmarks.bench_growth import ROUTES
from benchmarks.growing import QUERIES
from luoshi.apps.running.figures import count, exposition


def test_statements_are_read_from_the_figures_of_the_server() -> None:
    count(route="bench:page", method="GET", status=200, seconds=0.1, queries=7)
    count(route="bench:page", method="GET", status=200, seconds=0.1, queries=9)
    found = {(what, route): float(value) for what, route, value in QUERIES.findall(exposition().decode())}
    assert (found["sum", "bench:page"], found["count", "bench:page"]) == (16, 2)


def test_ten_pages_and_calls_are_asked() -> None:
    assert len(ROUTES) == len(set(ROUTES.values())) == 10
