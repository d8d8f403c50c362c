"""Two worker processes against one: `nansha run` of the baseline with several replications for each, wall time."""

from __future__ import annotations

from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmark.bench import SCENARIOS
from tests.benchmark.measure import command, cores
from tests.benchmark.table import TIMES, Row, Target

TARGET = Target(1.85, TIMES, least=True)
WHAT = "two workers against one"


def rows(replications: int, days: int, rounds: int) -> list[Row]:
    """Return the row: the median of the ratios of all rounds, one and two workers in turn."""
    if cores() < 2:
        return [Row(WHAT, "", "skipped: one core only", None, TIMES, TARGET)]
    pairs = [(_wall(1, replications, days), _wall(2, replications, days)) for _ in range(rounds)]
    one, two = (median(column) for column in zip(*pairs, strict=True))
    this = f"{replications} replications of {days} days, {two:.1f} s"
    return [Row(WHAT, this, f"one worker, {one:.1f} s (wall)", median(a / b for a, b in pairs), TIMES, TARGET)]


def _wall(workers: int, replications: int, days: int) -> float:
    with TemporaryDirectory() as folder:
        numbers = ["--replications", str(replications), "--days", str(days), "--workers", str(workers)]
        return command(["run", str(SCENARIOS / "baseline.yaml"), *numbers, "--out", folder]).wall
