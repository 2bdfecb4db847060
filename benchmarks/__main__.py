"""`python -m benchmarks`: measure, compare with the last run, remember."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys

from benchmarks.history import Run, append, change, last_like, write_table
from benchmarks.material import material
from benchmarks.measure import Result

SUITES = ("accuracy", "reading", "formats", "command", "growth", "registers", "bulk")


def main() -> int:
    """Run the suites that were asked for; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("suites", nargs="*", choices=[*SUITES, []], help="which to run; all by default")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, a smaller folder")
    parser.add_argument("--no-save", action="store_true", help="do not write history and table")
    parser.add_argument(
        "--districts", type=int, help="how many districts `growth` goes up to; 100 by default"
    )
    parser.add_argument("--prepared", help="databases that `benchmarks.preparing` keeps, for `growth`")
    options = parser.parse_args()
    # Asked to end, it still stops its servers and databases.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    if options.districts:
        os.environ["LUOSHI_BENCH_DISTRICTS"] = str(options.districts)
    if options.prepared:
        os.environ["LUOSHI_BENCH_PREPARED"] = options.prepared
    measured = material()
    results: list[Result] = []
    for name in options.suites or SUITES:
        print(f"→ {name}", file=sys.stderr, flush=True)
        suite = importlib.import_module(f"benchmarks.bench_{name}")
        results.extend(suite.bench(measured, quick=options.quick))
    run = Run(measured.name, options.quick, results, options.suites)
    before = last_like(run)
    report(results, before["results"] if before else {})
    if not options.no_save:
        append(run)
        # The table shows a whole run; of a part the history is enough.
        if not options.suites:
            write_table(run, before)
    return 1 if any(result.met is False for result in results) else 0


def report(results: list[Result], before: dict[str, float]) -> None:
    """Print every figure with its goal and what changed since the run before."""
    width = max(len(result.name) for result in results)
    for result in results:
        goal = "" if result.goal is None else f"goal {result.goal:g} {'met' if result.met else 'MISSED'}"
        moved = change(result, before.get(result.name))
        print(f"{result.name:{width}} {result.value:10.4g} {result.unit:8} {goal:18} {moved}")


if __name__ == "__main__":
    sys.exit(main())
