"""How time and memory grow with the boxes: the whole area over more and more days, each size in a process of its own.

There is neither warm-up nor cool-down. The exponent is the slope of the line through log cost and log boxes, by least
squares. What every run costs however small it is (imports, the scenario) is taken off first: it would flatter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.benchmark.bench import NO_MARGINS, TARGETS, Cost, bench
from tests.benchmark.measure import available_bytes, in_child
from tests.benchmark.table import Row, Target
from tests.benchmark.years import memory

SCENARIO = "area_2024"
DAYS = {0.3: 14, 1.0: 48, 3.0: 142, 12.0: 568}
"""Million boxes -> days in which the area has about as many."""

FULL = 12.0
TARGET = Target(1.1, "")
SPARE = 1.3
"""Memory that must be there, as a multiple of what is expected: other programs need some."""


@dataclass(frozen=True)
class Point:
    """A run: boxes, processor time of the run proper [s], memory that it held beyond its imports [bytes]."""

    boxes: int
    seconds: float
    memory: float | None


@dataclass(frozen=True)
class Skipped:
    """A size that was not run, and why."""

    size: float
    why: str


def rows(quick: bool) -> list[Row]:
    """Return the rows of time and of memory, and of 12 million boxes; `quick` leaves those out."""
    costs: dict[float, Cost] = {}
    skipped: list[Skipped] = []
    for size, days in DAYS.items():
        why = "left out by --quick" if quick and size == FULL else _too_large(size, costs)
        if why:
            skipped.append(Skipped(size, why))
        else:
            costs[size] = in_child(bench, SCENARIO, days, NO_MARGINS)
    points = [point(cost) for cost in costs.values()]
    largest = _largest(costs[FULL]) if FULL in costs else [row for left in skipped for row in _not_run(left)]
    return [*growth_rows(points), *largest]


def point(cost: Cost) -> Point:
    """Return what the run proper cost."""
    loaded, most = cost.peak["load scenario"], cost.peak["write Parquet"]
    proper = sum(cost.busy[part] for part in ("simulate", "measure and check", "write Parquet"))
    return Point(cost.counts["boxes"], proper, None if most is None or loaded is None else most - loaded)


def growth_rows(points: Sequence[Point]) -> list[Row]:
    """Return the exponents over the points that there are."""
    boxes = [p.boxes for p in points]
    sizes = ", ".join(f"{n / 1e6:.2g}" for n in boxes) + " M boxes"
    times = ", ".join(f"{p.seconds:.1f}" for p in points) + " s"
    time = Row("growth of time with boxes", sizes, times, exponent(boxes, [p.seconds for p in points]), "", TARGET)
    held = [p.memory for p in points if p.memory is not None]
    if len(held) < len(points):
        return [time, Row("growth of memory with boxes", sizes, "the system does not tell", None, "", TARGET)]
    peaks = ", ".join(f"{m / 1e9:.2f}" for m in held) + " GB"
    return [time, Row("growth of memory with boxes", sizes, peaks, exponent(boxes, held), "", TARGET)]


def exponent(boxes: Sequence[float], costs: Sequence[float]) -> float:
    """Return b of cost = a * boxes ** b, by least squares in the logarithms."""
    return float(np.polyfit(np.log(boxes), np.log(costs), 1)[0])


def _largest(cost: Cost) -> list[Row]:
    """Return what 12 million boxes cost, against what they should: the whole program."""
    seconds, size = TARGETS[SCENARIO]
    this, busy = f"{cost.counts['boxes'] / 1e6:.2f} M boxes, {cost.days:g} days", sum(cost.busy.values())
    wall, peak = f"{sum(cost.seconds.values()):.1f} s of wall time", cost.peak["write Parquet"]
    time = Row("12 million boxes: time on one core", this, wall, busy, "s", Target(seconds, "s"))
    return [time] if peak is None else [time, memory("12 million boxes: peak memory", this, peak, size)]


def _not_run(left: Skipped) -> list[Row]:
    why = f"skipped: {left.why}"
    if left.size != FULL:
        return [Row(f"{left.size:g} million boxes", "", why, None, "s")]
    seconds, size = TARGETS[SCENARIO]
    return [
        Row("12 million boxes: time on one core", "", why, None, "s", Target(seconds, "s")),
        Row("12 million boxes: peak memory", "", why, None, "GB", Target(size / 1e9, "GB")),
    ]


def _too_large(size: float, costs: dict[float, Cost]) -> str:
    """Return why a size cannot be run here: the memory it will need, going by the largest before it."""
    there, before = available_bytes(), max(costs, default=None)
    peak = None if before is None else costs[before].peak["write Parquet"]
    if there is None or peak is None or before is None:
        return ""
    needed = peak * size / before * SPARE
    return "" if needed < there else f"needs some {needed / 1e9:.0f} GB, {there / 1e9:.0f} GB are free"
