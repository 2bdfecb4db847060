"""The ten main pages and calls with four people at a time, as districts become more."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from statistics import quantiles

from benchmarks.growing import Place, ask_by_turns, places
from benchmarks.material import Material
from benchmarks.measure import Result
from tools.system import find_postgres

ROUTES = {
    "desk": "work:desk",
    "overview": "plan:overview",
    "map": "work:map",
    "matrix": "work:matrix",
    "calendar": "work:calendar",
    "task": "work:task",
    "body": "work:body",
    "accepting": "work:accepting",
    "report": "work:report",
    "save": "work:report-save",
}
# What the project asks for: growth up to a hundred districts, time of two pages, statements of any page.
MOST_GROWTH, MOST_MILLISECONDS, MOST_QUERIES = 1.5, 150, 25
QUICK_PAGES = ("desk", "overview")
DISTRICTS = "LUOSHI_BENCH_DISTRICTS"


def bench(material: Material, *, quick: bool) -> Iterator[Result]:
    """Growth from one district to ten, or to as many as `--districts` says; SQLite beside."""
    if find_postgres() is None:
        print("  PostgreSQL is missing: growth is not measured", file=sys.stderr)
        return
    most = int(os.environ.get(DISTRICTS, "3" if quick else "10"))
    sizes = sorted({1, min(10, most), most})
    with places(sizes) as asked:
        ask_by_turns(asked, 3 if quick else 15)
        one, large, sqlite = asked[0], asked[-2], asked[-1]
        for place in asked[1:-1]:
            yield from _growth(one, place)
        yield from _times(large, most)
        yield from _sqlite(one, sqlite)
        yield from _memory([one, large, sqlite])


def _growth(one: Place, more: Place) -> Iterator[Result]:
    for page in ROUTES:
        for share, name in ((50, "p50"), (95, "p95")):
            yield Result(
                f"growth/{more.name.partition('/')[2]}/{page}/{name}",
                _at(more, page, share) / _at(one, page, share),
                "×",
                "lower",
                f"{name} of {page} over the same with one district",
                goal=MOST_GROWTH if name == "p50" else None,
            )


def _times(large: Place, districts: int) -> Iterator[Result]:
    queries = large.queries()
    for page, route in ROUTES.items():
        yield Result(
            f"growth/{page}/p95",
            _at(large, page, 95) * 1000,
            "ms",
            "lower",
            f"p95 of {page} with {districts} districts, four people at a time",
            goal=MOST_MILLISECONDS if page in QUICK_PAGES else None,
        )
        yield Result(
            f"growth/{page}/queries",
            queries[route],
            "",
            "lower",
            f"statements of {page} with {districts} districts",
            goal=MOST_QUERIES,
        )


def _sqlite(one: Place, sqlite: Place) -> Iterator[Result]:
    for page in ROUTES:
        yield Result(
            f"growth/sqlite/{page}/p50",
            _at(sqlite, page, 50) / _at(one, page, 50),
            "×",
            "lower",
            f"p50 of {page} on SQLite over PostgreSQL, one district each",
        )


def _memory(asked: list[Place]) -> Iterator[Result]:
    for place in asked:
        yield Result(
            f"growth/{place.name}/memory",
            place.megabytes(),
            "MB",
            "lower",
            f"memory of all processes of the server after the run ({place.name})",
        )


def _at(place: Place, page: str, share: int) -> float:
    """The time within which so many of a hundred answers came."""
    return quantiles(place.seconds[page], n=100, method="inclusive")[share - 1]
