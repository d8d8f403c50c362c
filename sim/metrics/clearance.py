"""Import clearance: two official clocks, four stages that add up, and where the waiting is.

The four stages are measured on the boxes that are out of the port, so that their means add up to the mean of
`arrival_to_gate_out`, as the hours of each box do.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.metrics.groups import Chosen, choose, groups
from sim.metrics.summary import Subject, average, describe
from sim.records import Column, Flow, MetricRow, RunLog

FINE_STAGES = (
    "lodge_closed",
    *(f"{stage}_{part}" for stage in ("review", "scan", "examine") for part in ("closed", "queued", "service")),
    "pickup_closed",
    *(f"gate_{part}" for part in ("closed", "queued", "service")),
)
Hours = NDArray[np.float64]


def rows(log: RunLog) -> Iterator[MetricRow]:
    """Yield the clocks, stages and waits of import boxes by group, then the stay of the other flows."""
    chosen = choose(log, Flow.IMPORT)
    spans = {**clocks(chosen), **stages(chosen), "yard_dwell": _yard_dwell(chosen)}
    passing = {name: _passing(chosen.column(name)) for name in FINE_STAGES}
    inspected = np.flatnonzero(chosen.inspected)
    inspection = _inspection(chosen)[inspected]
    for group, mask in groups(chosen):
        members = np.flatnonzero(mask)
        for metric, hours in spans.items():
            yield from describe(Subject(metric, "h", "import", group), hours[members])
        yield from describe(Subject("inspection", "h", "import", group), inspection[mask[inspected]])
        for metric, (rows_passing, hours) in passing.items():
            yield from average(Subject(metric, "h", "import", group), hours[mask[rows_passing]])
    for flow in (Flow.TRANSHIPMENT, Flow.DOMESTIC, Flow.EMPTY):
        yield from _stay(log, flow)


def clocks(chosen: Chosen) -> dict[str, Hours]:
    """Return both official clocks [h] (n,), NaN where the box has not come so far."""
    arrived = chosen.column("t_arrived")
    return {
        "arrival_to_release": chosen.column("t_released") - arrived,
        "arrival_to_gate_out": chosen.column("t_gate_out") - arrived,
    }


def stages(chosen: Chosen) -> dict[str, Hours]:
    """Return the four stages [h] (n,) that add up to `arrival_to_gate_out`, NaN for boxes still in the port."""
    out = chosen.column("t_gate_out")
    discharged = np.where(np.isfinite(out), chosen.column("t_discharged"), np.nan)
    declared = np.maximum(chosen.column("t_lodged"), discharged)
    released = chosen.column("t_released")
    return {
        "unloading": discharged - chosen.column("t_arrived"),
        "preparation": declared - discharged,
        "clearance": released - declared,
        "pick_up": np.where(np.isfinite(out), out - released, np.nan),
    }


def _yard_dwell(chosen: Chosen) -> Hours:
    return np.asarray(chosen.column("t_gate_out") - chosen.column("t_discharged"))


def _passing(column: Column) -> tuple[NDArray[np.intp], Column]:
    """Return the places of the boxes that pass a stage, few at most stages, and their hours there."""
    places = np.flatnonzero(np.isfinite(column))
    return places, column[places]


def _inspection(chosen: Chosen) -> Hours:
    ended = np.fmax(chosen.column("t_scanned"), chosen.column("t_examined"))
    return np.asarray(ended - chosen.column("t_notified"))


def _stay(log: RunLog, flow: Flow) -> Iterator[MetricRow]:
    chosen = choose(log, flow)
    spans = {"arrival_to_gate_out": clocks(chosen)["arrival_to_gate_out"], "yard_dwell": _yard_dwell(chosen)}
    for metric, hours in spans.items():
        yield from describe(Subject(metric, "h", flow.name.lower(), "all"), hours)
