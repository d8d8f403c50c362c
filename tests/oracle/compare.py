"""Where the columns and the process-per-box model differ, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models import simulate
from sim.port.port import Horizon, PortTimeline
from sim.records import RunLog
from tests.oracle.run import Truth, oracle

TOLERANCE_H = 1e-6
SINGLE_TOLERANCE_H = 2e-4
"""For columns kept in single precision."""

STAGES = {"lodge": "t_lodged", "review": "t_reviewed", "scan": "t_scanned", "examine": "t_examined"} | {
    "pickup": "t_truck",
    "gate": "t_gate_in",
}
"""Stage -> the milestone that ends it: nothing is said before of its hours closed, queued and in service."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Comparison:
    """What differs, a line for each column; the largest difference of a milestone [h]; and the log of the columns."""

    wrong: list[str]
    largest: float
    log: RunLog


def compare(timeline: PortTimeline, horizon: Horizon, seed: int, replication: int = 0) -> Comparison:
    """Run both models on the same draws."""
    log, truth = simulate(timeline, horizon, seed, replication), oracle(timeline, horizon, seed, replication)
    columns = list(_columns(log, truth))
    wrong = [line for name, found, expected, tolerance in columns for line in _apart(name, found, expected, tolerance)]
    gaps = [np.abs(found - expected) for _, found, expected, tolerance in columns if tolerance == TOLERANCE_H]
    return Comparison(wrong, float(np.nanmax(np.concatenate([[0.0], *gaps]))), log)


def _columns(log: RunLog, truth: Truth) -> Iterator[tuple[str, Floats, Floats, float]]:
    """Yield (name, found, expected, tolerance) of every column that both models have."""
    for name, column in log.calls.items():
        expected = truth.calls.get(name, np.full(len(column), np.nan))
        if name.startswith("t_"):
            yield f"call {name}", _before(log.end, column), _before(log.end, expected), TOLERANCE_H
        elif name in {"crane_hours", "yard_stop"}:
            # the log counts from nought, also for calls whose work has not begun
            yield f"call {name}", column, np.nan_to_num(expected), TOLERANCE_H
        elif name == "position":
            yield f"call {name}", column, expected, TOLERANCE_H
    nobody = np.full(len(log.boxes["box"]), np.nan)
    for name, column in log.boxes.items():
        if name.startswith("t_") and name != "t_arrived":
            expected = truth.boxes.get(name, nobody)
            yield f"box {name}", _before(log.end, column), _before(log.end, expected), TOLERANCE_H
    for stage, milestone in STAGES.items():
        done = ~np.isnan(_before(log.end, log.boxes[milestone]))
        last = ~done & ~np.isnan(log.boxes[milestone])
        for name in (f"{stage}_{part}" for part in ("closed", "queued", "service")):
            if name in log.boxes:
                expected = np.where(done, truth.boxes.get(name, nobody), np.nan)
                found = np.where(last, np.nan, log.boxes[name].astype(np.float64))
                yield f"box {name}", found, expected, SINGLE_TOLERANCE_H
    left = ~np.isnan(log.boxes["t_gate_out"])
    at_side = np.where(left, truth.boxes.get("shipside", nobody) == 1, False)
    yield "box shipside", log.boxes["shipside"].astype(np.float64), at_side.astype(np.float64), TOLERANCE_H


def _before(end: float, column: Floats) -> Floats:
    """Return the column without the hours that are the last of the run to rounding: they may be in either log."""
    return np.where(column > end - TOLERANCE_H, np.nan, column)


def _apart(name: str, found: Floats, expected: Floats, tolerance: float) -> Iterator[str]:
    same = (np.abs(found - expected) <= tolerance) | (np.isnan(found) & np.isnan(expected))
    rows = np.flatnonzero(~same)
    if rows.size:
        first = rows[0]
        yield f"{name}: {rows.size} differ, row {first} is {found[first]!r} and should be {expected[first]!r}"
