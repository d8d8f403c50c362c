"""All benchmarks in one go, and one table at the end: `make bench`, or `python -m tests.benchmark.side_by_side`.

Names of families measure those only. `--quick` leaves out the area and 12 million boxes, and takes fewer days and
rounds: to see that it works.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

from tests.benchmark import chain, floor, growth, oracle, workers, years
from tests.benchmark.measure import load_average, machine, versions
from tests.benchmark.table import Row, table

Family = Callable[[], list[Row]]

QUICK = "--quick"


def families(quick: bool) -> dict[str, Family]:
    """Return what measures each family of rows, in the order of the table."""
    rounds, days = (1, 7) if quick else (3, 28)
    measured = {
        "chain": lambda: chain.rows(rounds),
        "oracle": lambda: oracle.rows(days, rounds, 2 if quick else 10),
        "floor": lambda: floor.rows(28 if quick else 365, rounds),
        "phase-iv": lambda: years.rows("baseline"),
        "area": lambda: years.rows("area_2024"),
        "growth": lambda: growth.rows(quick),
        "workers": lambda: workers.rows(4 if quick else 8, days, rounds),
    }
    return {name: family for name, family in measured.items() if not (quick and name == "area")}


def main(arguments: Sequence[str]) -> int:
    """Measure all families or those named, one after the other, and print the table."""
    known = families(QUICK in arguments)
    wanted = [argument for argument in arguments if argument != QUICK] or list(known)
    if unknown := set(wanted) - set(known):
        print(f"unknown: {' '.join(sorted(unknown))}; there are {' '.join(known)}, and {QUICK}", file=sys.stderr)
        return 2
    start, loads, rows = time.perf_counter(), [load_average()], list[Row]()
    for name in wanted:
        print(f"{time.perf_counter() - start:6.0f} s  {name} ...", file=sys.stderr, flush=True)
        rows += known[name]()
        loads.append(load_average())
    print(f"\n{machine()}\n{versions('numpy', 'scipy', 'polars', 'simpy', 'salabim', 'ciw')}\n{_busy(loads)}")
    print(f"CPU time, but for the workers; medians of rounds that take turns.\n\n{table(rows)}")
    return 0


def _busy(loads: Sequence[float | None]) -> str:
    """Return how busy the machine was, these benchmarks included, which want one core but for the workers."""
    known = [load for load in loads if load is not None]
    if not known:
        return "how busy the machine was is not known"
    words = f"load average {min(known):.1f} to {max(known):.1f}"
    return words + (": shared with other work, which lengthens all times" if max(known) > 2 else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
