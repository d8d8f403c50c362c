"""Where the columns and the process-per-box model differ, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models import simulate
from sim.port.port import Horizon, PortTimeline
from sim.records import RAIL_FIELDS, Event, Flow, RunLog
from tests.oracle.run import Truth, oracle

TOLERANCE_H = 1e-6
SINGLE_TOLERANCE_H = 2e-4
"""For columns kept in single precision."""

STAGES = {"lodge": "t_lodged", "review": "t_reviewed", "scan": "t_scanned", "examine": "t_examined"} | {
    "pickup": "t_truck",
    "gate": "t_gate_in",
}
"""Stage -> the milestone that ends it: nothing is said before of its hours closed, queued and in service."""
MOVES = ("discharge_boxes", "discharge_teu", "load_boxes", "load_teu", "left_boxes")
"""Of a call; those of its loads only where it has begun to load."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Comparison:
    """What differs, a line for each column (and flow); the largest difference of a milestone [h]; and the log of the
    columns.
    """

    wrong: list[str]
    largest: float
    log: RunLog


@dataclass(frozen=True)
class Column:
    """One column that both models have; where it is of boxes, their flows."""

    name: str
    found: Floats
    expected: Floats
    tolerance: float = TOLERANCE_H
    flows: NDArray[np.int8] | None = None

    def apart(self) -> Iterator[str]:
        """Yield in words where the two models differ."""
        gap = np.abs(self.found - self.expected)
        wrong = ~((gap <= self.tolerance) | (np.isnan(self.found) & np.isnan(self.expected)))
        parts = {"": wrong}
        if self.flows is not None:
            parts = {f" of {flow.name.lower()}": wrong & (self.flows == flow) for flow in Flow}
        for words, rows in ((words, np.flatnonzero(part)) for words, part in parts.items()):
            if rows.size:
                found, expected = self.found[rows[0]], self.expected[rows[0]]
                yield f"{self.name}{words}: {rows.size} differ, row {rows[0]} is {found!r} and should be {expected!r}"


def compare(timeline: PortTimeline, horizon: Horizon, seed: int, replication: int = 0) -> Comparison:
    """Run both models on the same draws."""
    log, truth = simulate(timeline, horizon, seed, replication), oracle(timeline, horizon, seed, replication)
    columns = [*_of_calls(log, truth), *_of_boxes(log, truth), *_of_trains(log, truth)]
    wrong = [line for column in columns for line in column.apart()] + _stops(log, truth)
    gaps = [np.abs(column.found - column.expected) for column in columns if column.tolerance == TOLERANCE_H]
    return Comparison(wrong, float(np.nanmax(np.concatenate([[0.0], *gaps]))), log)


def _of_calls(log: RunLog, truth: Truth) -> Iterator[Column]:
    counts = np.isnan(_given(truth.calls, "load_boxes", len(log.calls["call"])))
    for name, column in log.calls.items():
        found, expected = column.astype(np.float64), _given(truth.calls, name, len(column))
        if name.startswith("t_"):
            yield Column(f"call {name}", _before(log.end, found), _before(log.end, expected))
        elif name in {"crane_hours", "yard_stop"}:
            # the log counts from nought, also for calls whose work has not begun
            yield Column(f"call {name}", found, np.nan_to_num(expected))
        elif name in MOVES:
            untold = np.isnan(expected) if name.startswith("discharge") else counts
            yield Column(f"call {name}", np.where(untold, np.nan, found), expected)
        elif name == "position":
            yield Column(f"call {name}", found, expected)


def _of_boxes(log: RunLog, truth: Truth) -> Iterator[Column]:
    boxes, rows = log.boxes, len(log.boxes["box"])

    def column(name: str, found: Floats, expected: Floats, tolerance: float = TOLERANCE_H) -> Column:
        return Column(f"box {name}", found, expected, tolerance, boxes["flow"])

    for name in (name for name in boxes if name.startswith("t_")):
        yield column(name, _before(log.end, boxes[name]), _before(log.end, _given(truth.boxes, name, rows)))
    for stage, milestone in STAGES.items():
        done = ~np.isnan(_before(log.end, boxes[milestone]))
        last = ~done & ~np.isnan(boxes[milestone])
        for name in (f"{stage}_{part}" for part in ("closed", "queued", "service")):
            if name in boxes:
                expected = np.where(done, _given(truth.boxes, name, rows), np.nan)
                found = np.where(last, np.nan, boxes[name].astype(np.float64))
                yield column(name, found, expected, SINGLE_TOLERANCE_H)
    left = ~np.isnan(boxes["t_gate_out"])
    at_side = np.where(left, _given(truth.boxes, "shipside", rows) == 1, False)
    yield column("shipside", boxes["shipside"].astype(np.float64), at_side.astype(np.float64))
    for name, milestone in {"call": "t_discharged", "call_out": "t_loaded"}.items():
        # a discharged box knows its call before she is there
        known = ~np.isnan(_before(log.end, boxes[milestone]))
        untold = (boxes["booked"] < 0) & ~known if name == "call" else boxes[milestone] > log.end - TOLERANCE_H
        found = np.where(untold | (boxes[name] < 0), np.nan, boxes[name])
        yield column(name, found, np.where(known, _given(truth.boxes, name, rows), np.nan))
    yield column("rolled", boxes["rolled"].astype(np.float64), _given(truth.boxes, "rolled", rows))


def _of_trains(log: RunLog, truth: Truth) -> Iterator[Column]:
    rows = len(log.boxes["box"])
    for field in RAIL_FIELDS[1:]:
        found = np.full(rows, np.nan)
        found[log.rail["box"]] = log.rail[field.name]
        expected = _given(truth.rail, field.name, rows)
        if field.name == "train":
            found[found < 0] = np.nan
        if field.name.startswith("t_") and field.name != "t_europe":
            found, expected = _before(log.end, found), _before(log.end, expected)
        yield Column(f"rail {field.name}", found, expected)
    for name, column in log.trains.items():
        if name != "train":
            yield Column(f"train {name}", column.astype(np.float64), _given(truth.trains, name, len(column)))


def _stops(log: RunLog, truth: Truth) -> list[str]:
    """Compare when trucks that bring boxes were stopped at the gates."""
    events = log.events
    of_gates = np.isin(events["kind"], [Event.GATE_STOPPED, Event.GATE_RESUMED])
    found = sorted(zip(*(events[name][of_gates].tolist() for name in ("t", "kind", "value")), strict=True))
    return [] if found == truth.stops else [f"gate stops: are {found} and should be {truth.stops}"]


def _given(columns: Mapping[str, Floats], name: str, rows: int) -> Floats:
    """Return a column of the oracle, which has none for what never happened."""
    return columns.get(name, np.full(rows, np.nan))


def _before(end: float, column: Floats) -> Floats:
    """Return the column without the hours that are the last of the run to rounding: they may be in either log."""
    return np.where(column > end - TOLERANCE_H, np.nan, column)
