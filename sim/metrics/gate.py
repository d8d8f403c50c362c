"""Truck gate: from the truck's arrival to the box on the road or in the port, for trucks that came in the window.

Trucks that take a box at the ship's side, or bring one straight to it, meet no gate line and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import hours_in_window, in_window, places
from sim.metrics.passage import stacked
from sim.metrics.sample import Sample
from sim.metrics.spans import waited
from sim.metrics.summary import Subject, describe
from sim.records import Column, Event, Flow, MetricRow, Mode, RunLog

MINUTES = 60.0


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the turn time of trucks that fetch, the way in of those that bring [min], the hours of stopped gates."""
    log = sample.log
    boxes = log.boxes
    came = in_window(log, boxes["t_truck"]) & stacked(boxes.__getitem__)
    brings = boxes["by_in"] == Mode.ROAD
    imports = boxes["flow"] == Flow.IMPORT
    fetching = np.flatnonzero(came & ~brings)
    ours = imports[fetching]
    yield from _trucks(log, ("truck_turn", "import"), fetching[ours], "t_gate_out")
    if not ours.all():
        yield from _trucks(log, ("truck_turn", "all"), fetching, "t_gate_out")
    if brings.any():
        yield from _trucks(log, ("truck_delivery", "all"), np.flatnonzero(came & brings), "t_gate_in")
        yield from _stopped(log)


def _trucks(log: RunLog, what: tuple[str, str], rows: Column, until: str) -> Iterator[MetricRow]:
    """Yield the minutes from the truck's arrival until a milestone, of all gates, then of each terminal's.

    what: metric and flow. rows: places of the boxes (m,).
    """
    metric, flow = what
    came = log.boxes["t_truck"][rows]
    minutes, so_far = (log.boxes[until][rows] - came) * MINUTES, waited(log, came) * MINUTES
    for group, here in places(log, log.boxes["terminal"][rows]):
        members = np.flatnonzero(here)
        yield from describe(Subject(metric, "min", flow, group, "trucks"), minutes[members], so_far[members])


def _stopped(log: RunLog) -> Iterator[MetricRow]:
    """Yield the hours of the window in which the gates let no truck with a box in; of the port, their sum."""
    events = log.events
    total, rows = 0.0, []
    for code, terminal in enumerate(log.names.get("terminal", ())):
        here = events["value"] == code
        stops = events["t"][here & (events["kind"] == Event.GATE_STOPPED)]
        goes = events["t"][here & (events["kind"] == Event.GATE_RESUMED)]
        goes = np.append(goes, np.full(stops.size - goes.size, np.nan))
        hours = float(hours_in_window(log, stops, goes).sum())
        total += hours
        rows.append(Subject("gate_stopped", "h", "all", terminal).row("value", hours))
    yield Subject("gate_stopped", "h", "all", "all").row("value", total)
    yield from rows
