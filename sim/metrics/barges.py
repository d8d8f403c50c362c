"""Barges in the basin: their waiting and work, how full they are, and how long boxes wait for one.

A barge is gone once it is off the quay. Calls count that arrived in the window.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.fleet import Fleet, Part, basics, left_boxes, reached_within
from sim.metrics.groups import Chosen
from sim.metrics.sample import Sample
from sim.metrics.spans import Span, describe_group, waited
from sim.metrics.summary import Subject, describe
from sim.records import Column, Flow, MetricRow, Mode, RunLog

SPANS = {
    "berth_wait": ("t_arrived", "t_assigned"),
    "berth_time": ("t_berthed", "t_unberthed"),
    "port_time": ("t_arrived", "t_unberthed"),
}
ON_TIME_H = 12.0
"""A barge leaves on time if it is off the quay at most so long after its arrival."""

FILLING = {"filling": "load_teu", "filling_in": "discharge_teu"}


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the metrics of barge calls, by class and terminal, and the wait of the boxes that go on from the port."""
    log = sample.log
    fleet = Fleet(log, "barge", log.calls["barge"], SPANS, "{terminal} basin")
    if fleet.there.any():
        capacity = _capacity(log)
        for part in fleet.parts():
            if part.members.any():
                yield from _part(fleet, part, capacity)
    for flow in (flow for flow in sample.flows if flow != Flow.EXPORT):
        yield from _onward(sample.of(flow), flow)


def _part(fleet: Fleet, part: Part, capacity: Column) -> Iterator[MetricRow]:
    yield from basics(fleet, part)
    calls = fleet.log.calls
    known = part.members & fleet.arrived & np.isfinite(capacity)
    if known.any():
        worked = np.where(np.isfinite(calls["t_worked"]), 1.0, np.nan)
        for metric, teu in FILLING.items():
            filled = (calls[teu] / capacity * worked)[known]
            yield from describe(Subject(metric, "share", "barge", part.group, "calls"), filled)
    yield left_boxes(fleet, part)
    for share in reached_within(fleet, part, "t_unberthed", ON_TIME_H):
        yield Subject("departed_on_time", "share", "barge", part.group).row("value", share)


def _capacity(log: RunLog) -> Column:
    """Return the room [TEU] (calls,) of each call's vessel class, NaN where the log does not say."""
    classes = log.names.get("vessel_class", ())
    room = np.array([*(log.factors.get(f"classes.{name}.capacity", np.nan) for name in classes), np.nan])
    return np.asarray(np.where(room > 0, room, np.nan)[log.calls["vessel_class"]])


def _onward(chosen: Chosen, flow: Flow) -> Iterator[MetricRow]:
    """Yield the wait of discharged boxes of a flow: from discharge and release to aboard the barge, or the vessel."""
    way = chosen.column("by_out")
    ready = np.fmax(chosen.column("t_released"), chosen.column("t_discharged"))
    of = np.asarray(chosen.column("booked") < 0)
    wait = Span("onward_wait", chosen.column("t_loaded") - ready, of, waited(chosen.log, ready))
    for group, mode in (("to_barge", Mode.BARGE), ("to_sea", Mode.SEA)):
        mask = np.asarray(way == mode) & wait.of
        if mask.any():
            yield from describe_group([wait], flow.name.lower(), group, mask)
