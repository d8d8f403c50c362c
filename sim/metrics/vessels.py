"""Vessels: waiting, time at the berth, use of the quay, work of the cranes. Calls count that arrived in the window."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Mask, in_window
from sim.metrics.summary import Subject, describe
from sim.records import MetricRow, RunLog

SPANS = {
    "anchorage_wait": ("t_arrived", "t_entered"),
    "berth_time": ("t_berthed", "t_unberthed"),
    "port_time": ("t_arrived", "t_departed"),
}


def rows(log: RunLog) -> Iterator[MetricRow]:
    """Yield the metrics of all calls, then of each vessel class."""
    classes = log.calls["vessel_class"]
    yield from _group(log, "all", np.ones(classes.size, dtype=np.bool_))
    for code, name in enumerate(log.names.get("vessel_class", ())):
        yield from _group(log, name, np.asarray(classes == code))


def _group(log: RunLog, group: str, members: Mask) -> Iterator[MetricRow]:
    calls = log.calls
    arrived = members & in_window(log, calls["t_arrived"])
    yield Subject("calls", "calls", "vessel", group).row("count", np.count_nonzero(arrived))
    for metric, (start, end) in SPANS.items():
        hours = calls[end][arrived] - calls[start][arrived]
        yield from describe(Subject(metric, "h", "vessel", group, "calls"), hours)
    yield Subject("berth_use", "share", "vessel", group).row("value", _berth_use(log, members))
    worked = arrived & np.isfinite(calls["t_worked"])
    crane_hours = calls["crane_hours"][worked].sum()
    if crane_hours > 0:
        moves = (calls["discharge_boxes"][worked] + calls["load_boxes"][worked]).sum()
        yield Subject("moves_per_crane_hour", "moves/h", "vessel", group).row("value", moves / crane_hours)
    stopped = calls["yard_stop"][worked]
    if stopped.size:
        yield Subject("yard_stop", "h", "vessel", group).row("mean", stopped.mean())


def _berth_use(log: RunLog, members: Mask) -> float:
    """Return the share of quay length-hours in the window that the members took, each with one gap."""
    first, last = log.window
    calls = log.calls
    until = np.where(np.isfinite(calls["t_unberthed"]), calls["t_unberthed"], log.end)
    at_berth = np.minimum(until, last) - np.maximum(calls["t_berthed"], first)
    hours = np.where(members & np.isfinite(calls["t_berthed"]), np.maximum(at_berth, 0.0), 0.0)
    taken = offered = 0.0
    for code, terminal in enumerate(log.names.get("terminal", ())):
        length, gap = log.quay[terminal]
        here = calls["terminal"] == code
        taken += float(((calls["loa"] + gap) * hours)[here].sum())
        offered += (length + gap) * (last - first)
    return taken / offered
