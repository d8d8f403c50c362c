"""Four weeks of the baseline without warm-up: the columns and `nansha run`, against a process for each box."""

from __future__ import annotations

from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from sim.models import simulate
from sim.port.port import Horizon, PortTimeline
from sim.scenario import load
from tests.benchmark.bench import NO_MARGINS, SCENARIOS
from tests.benchmark.measure import Spent, command, in_child, timed
from tests.benchmark.table import TIMES, Row, Target, rate
from tests.oracle.run import oracle

Milestones = dict[str, NDArray[np.float64]]

SCENARIO = SCENARIOS / "baseline.yaml"
LAST = ("t_released", "t_gate_out", "t_loaded")
TOLERANCE_H = 1e-6
TARGET = Target(40, TIMES, least=True)


def rows(days: int, rounds: int, replications: int = 10) -> list[Row]:
    """Return the rows; the oracle runs once, the others in every round. `replications`: as many as the baseline has."""
    truth, expected = in_child(of_oracle, days)
    alone, commands = [], []
    for _ in range(rounds):
        spent, found = in_child(of_columns, days)
        refuse_apart(found, expected, 24.0 * days)
        alone.append(spent.busy)
        commands.append(of_command(days, replications).busy / replications)
    boxes = len(expected["t_released"])

    def row(what: str, this: str, seconds: float) -> Row:
        against = f"the oracle, {truth.busy:.1f} s, {rate(boxes, truth.busy)}"
        words = f"full baseline, {days} days: {what}"
        return Row(
            words, f"{this} {seconds:.2f} s, {rate(boxes, seconds)}", against, truth.busy / seconds, TIMES, TARGET
        )

    return [
        row("nansha run", f"each of {replications},", median(commands)),
        row("simulation alone", "columns,", median(alone)),
    ]


def of_oracle(days: int) -> tuple[Spent, Milestones]:
    """Run the process-per-box model; it neither measures nor writes."""
    timeline, horizon, seed = _port(days)
    spent, truth = timed(lambda: oracle(timeline, horizon, seed, 0))
    return spent, {name: truth.boxes[name] for name in LAST}


def of_columns(days: int) -> tuple[Spent, Milestones]:
    """Run the simulation alone: what the oracle does, and no more."""
    timeline, horizon, seed = _port(days)
    spent, log = timed(lambda: simulate(timeline, horizon, seed, 0))
    return spent, {name: log.boxes[name] for name in LAST}


def of_command(days: int, replications: int) -> Spent:
    """Run `nansha run` from the start of Python to the last page, with measures, checks, files and charts."""
    sets = [word for key, value in NO_MARGINS.items() for word in ("--set", f"{key}={value}")]
    with TemporaryDirectory() as folder:
        numbers = ["--days", str(days), "--replications", str(replications), "--workers", "1", "--out", folder]
        return command(["run", str(SCENARIO), *numbers, *sets])


def refuse_apart(found: Milestones, expected: Milestones, end: float) -> None:
    """Stop if any box is released or leaves at another hour than in the oracle: the two would not do the same work."""
    for name in LAST:
        ours, theirs = (np.where(m[name] > end - TOLERANCE_H, np.nan, m[name]) for m in (found, expected))
        if not np.allclose(ours, theirs, rtol=0, atol=TOLERANCE_H, equal_nan=True):
            raise SystemExit(f"{name} of the columns and of the oracle differ")


def _port(days: int) -> tuple[PortTimeline, Horizon, int]:
    scenario = load(SCENARIO, days=days, replications=1, sets=NO_MARGINS)
    return scenario.timeline, scenario.horizon, scenario.seed
