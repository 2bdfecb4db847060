"""The ten main pages and calls with four people at a time, as districts become more."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles

from benchmarks.growing import Place, ask_by_turns, places
from benchmarks.material import Material
from benchmarks.measure import Result
from benchmarks.preparing import Prepared, prepared, read
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
DISTRICTS, PREPARED = "LUOSHI_BENCH_DISTRICTS", "LUOSHI_BENCH_PREPARED"


def bench(material: Material, *, quick: bool) -> Iterator[Result]:
    """Growth from one district to a hundred, or to as many as `--districts` says; SQLite beside."""
    if find_postgres() is None:
        print("  PostgreSQL is missing: growth is not measured", file=sys.stderr)
        return
    with ExitStack() as stack:
        asked = stack.enter_context(places(_databases(stack, material, quick)))
        ask_by_turns(asked, 4 if quick else 40)
        one, large, sqlite = asked[0], asked[-2], asked[-1]
        for place in asked[1:-1]:
            yield from _growth(one, place)
        for place in asked:
            yield from _times(place, bound=place is large)
        yield from _queries(large)
        yield from _sqlite(one, sqlite)
        yield from _memory([one, large, sqlite])


def _databases(stack: ExitStack, material: Material, quick: bool) -> list[Prepared]:
    if PREPARED in os.environ:
        return read(Path(os.environ[PREPARED]))
    most = int(os.environ.get(DISTRICTS, "3" if quick else "100"))
    return stack.enter_context(prepared(material, sorted({1, min(10, most), most})))


def _growth(one: Place, more: Place) -> Iterator[Result]:
    for page in ROUTES:
        for share, name in ((50, "p50"), (95, "p95")):
            yield Result(
                f"growth/{more.name.partition('/')[2]}/{page}/{name}",
                _at(more, page, share) / _at(one, page, share),
                "×",
                "lower",
                f"{name} of {page} over the same with one district",
                goal=MOST_GROWTH,
            )


def _times(place: Place, *, bound: bool) -> Iterator[Result]:
    for page in ROUTES:
        for share in (50, 95):
            yield Result(
                f"growth/{place.name}/{page}/p{share}",
                _at(place, page, share) * 1000,
                "ms",
                "lower",
                f"p{share} of {page}, four people at a time, districts in the database: {place.name}",
                goal=MOST_MILLISECONDS if bound and share == 95 and page in QUICK_PAGES else None,
            )


def _queries(large: Place) -> Iterator[Result]:
    queries = large.queries()
    for page, route in ROUTES.items():
        yield Result(
            f"growth/{page}/queries",
            queries[route],
            "",
            "lower",
            f"statements of {page} ({large.name})",
            # Asked of every page; what is saved has to be locked, held against others and told to the log.
            goal=MOST_QUERIES if page != "save" else None,
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
