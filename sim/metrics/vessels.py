"""Vessels at the sea quay: waiting, time at the berth, use of the quay, work of the cranes.

Calls count that arrived in the window. Barges have a quay of their own (see `sim.metrics.barges`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from sim.metrics.fleet import Fleet, Part, basics, berth_use, left_boxes, reached_within
from sim.metrics.groups import hours_in_window
from sim.metrics.sample import Sample
from sim.metrics.summary import Subject
from sim.records import MetricRow

SPANS = {
    "anchorage_wait": ("t_arrived", "t_entered"),
    "berth_time": ("t_berthed", "t_unberthed"),
    "port_time": ("t_arrived", "t_departed"),
}
DIRECT_H = 0.5
"""A vessel berths directly if it has a berth at most so long after its arrival."""


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the metrics of all calls, then of each vessel class and each terminal."""
    log = sample.log
    fleet = Fleet(log, "vessel", ~log.calls["barge"], SPANS, "{terminal}")
    for part in fleet.parts():
        yield from basics(fleet, part)
        for share in reached_within(fleet, part, "t_assigned", DIRECT_H):
            yield Subject("direct_berthing", "share", "vessel", part.group).row("value", share)
        if sample.bookings:
            yield left_boxes(fleet, part)
    yield from berth_use(fleet, _in_use(fleet), "berth_use_active")


def _in_use(fleet: Fleet) -> Part:
    """Return all calls with the quays at which any of them lay in the window."""
    calls = fleet.log.calls
    lay = fleet.there & (hours_in_window(fleet.log, calls["t_berthed"], calls["t_unberthed"]) > 0)
    terminals = np.unique(calls["terminal"][lay]).tolist()
    everything = next(fleet.parts())
    return replace(everything, quays=tuple(code for code in everything.quays if code in terminals))
