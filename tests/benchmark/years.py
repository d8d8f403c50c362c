"""A year of phase IV, and of the whole area, against what they should take on one core: processor time and memory."""

from __future__ import annotations

from tests.benchmark.bench import TARGETS, YEAR_DAYS, Cost, bench
from tests.benchmark.measure import in_child
from tests.benchmark.table import Row, Target

WORDS = {"baseline": "phase IV year", "area_2024": "whole-area year"}


def rows(name: str) -> list[Row]:
    """Return the rows of one scenario: the whole program, from its imports to its files."""
    return year_rows(name, in_child(bench, name, YEAR_DAYS))


def year_rows(name: str, cost: Cost) -> list[Row]:
    """Return time and memory of a year that cost so much."""
    seconds, size = TARGETS[name]
    what, busy, peak = WORDS[name], sum(cost.busy.values()), cost.peak["write Parquet"]
    this = f"{cost.counts['boxes'] / 1e6:.2f} M boxes, {cost.days:g} days simulated"
    wall = f"{sum(cost.seconds.values()):.1f} s of wall time"
    untold = "the system does not tell"
    return [
        Row(f"{what}: time on one core", this, wall, busy, "s", Target(seconds, "s")),
        memory(f"{what}: peak memory", this, peak, size) if peak else Row(what, this, untold, None, "GB"),
    ]


def memory(what: str, this: str, peak: float, most: float) -> Row:
    """Return the row of a peak [bytes] that should be `most` [bytes]."""
    return Row(what, this, "", peak / 1e9, "GB", Target(most / 1e9, "GB"))
