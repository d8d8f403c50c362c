"""The waiting lines of a run, as its log tells them: who came when, what the line wrote down of it, and when he went.

Who came is told by a box's attributes and milestones, the parts of his stay by the line: two records of one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.metrics.passage import Hours, Mask
from sim.metrics.shifts import Shifts
from sim.records import Column, Event, Mode, RunLog

Rows = NDArray[np.intp]
MARGIN_H = 1.0


@dataclass(frozen=True, eq=False)
class Line:
    """The visits of one line, shape (m,) each, in hours.

    came: in the line. went: the milestone that follows the service, NaN if not reached; `exact` says that it is the
    end of the service itself, not of what comes after it. gone: the earliest later milestone, NaN if none.
    closed, queued, service: what the line wrote down, NaN before the milestone.
    perhaps: since when others may be at work of whom the log does not say that they came, shape (k,).
    """

    name: str
    came: Hours
    went: Hours
    exact: bool
    gone: Hours
    closed: Column
    queued: Column
    service: Column
    shifts: Shifts
    perhaps: Hours


@dataclass(frozen=True)
class _Way:
    """Who passes a line: rows of the box table, and when each came."""

    name: str
    rows: Rows
    came: Hours
    prefix: str
    milestone: str
    after: tuple[str, ...]
    exact: bool = True
    perhaps: Hours = field(default_factory=lambda: np.empty(0))


def lines(log: RunLog) -> Iterator[Line]:
    """Yield every waiting line that has a plan in the log."""
    codes = {name: code for code, name in enumerate(log.names.get("station", ()))}
    planned = set(np.unique(log.shifts["station"]).tolist())
    if planned:
        for way in (*_clearance(log), *_gates(log)):
            if codes.get(way.name) in planned:
                yield _line(log, way, codes[way.name])


def _line(log: RunLog, way: _Way, code: int) -> Line:
    boxes, rows = log.boxes, way.rows
    first = min(0.0, float(way.came.min(initial=0.0))) - MARGIN_H
    shifts = Shifts.of(log.shifts, code, (first, log.end + MARGIN_H))
    if shifts is None:
        raise ValueError(f"station {way.name} has no shifts")
    gone = boxes[way.after[0]][rows]
    for name in way.after[1:]:
        gone = np.fmin(gone, boxes[name][rows])
    return Line(
        name=way.name,
        came=way.came,
        went=boxes[way.milestone][rows],
        exact=way.exact,
        gone=gone,
        closed=boxes[f"{way.prefix}_closed"][rows],
        queued=boxes[f"{way.prefix}_queued"][rows],
        service=boxes[f"{way.prefix}_service"][rows],
        shifts=shifts,
        perhaps=way.perhaps,
    )


def _clearance(log: RunLog) -> Iterator[_Way]:
    """Officers review what is not reviewed by machine; a box is scanned first or examined, and examined if suspect.

    What a scan finds suspect the log tells only by the examination that follows.
    """
    boxes = log.boxes
    manual = np.flatnonzero(boxes["manual"] & np.isfinite(boxes["t_lodged"]))
    yield _Way("review", manual, boxes["t_lodged"][manual], "review", "t_reviewed", ("t_released",), exact=False)
    site = np.flatnonzero(np.isfinite(boxes["t_at_site"]))
    at_site, scan = boxes["t_at_site"][site], boxes["scan"][site]
    after = ("t_examined", "t_released")
    yield _Way("scanner", site[scan], at_site[scan], "scan", "t_scanned", after, exact=False)
    scanned = boxes["t_scanned"][site]
    bay = ~scan | np.isfinite(boxes["t_examined"][site])
    came = np.where(scan, scanned, at_site)[bay]
    suspect = scanned[scan & ~bay & np.isfinite(scanned) & np.isnan(boxes["t_released"][site])]
    after = ("t_tested", "t_released")
    yield _Way("examination", site[bay], came, "examine", "t_examined", after, perhaps=suspect)


def _gates(log: RunLog) -> Iterator[_Way]:
    """Trucks come at `t_truck`, but join the line only when a gate that the full yard has stopped lets them in.

    Trucks at the ship's side meet no lanes, nor do boxes that were in the port before hour 0.
    """
    boxes, after = log.boxes, ("t_gate_out", "t_loaded")
    brings = boxes["by_in"] == Mode.ROAD
    came = boxes["t_truck"]
    fetch = np.flatnonzero(np.isfinite(came) & ~brings & ~boxes["shipside"])
    bring = np.flatnonzero((came >= 0) & brings & ~boxes["direct"])
    for code, key in enumerate(log.names.get("terminal", ())):
        rows = fetch[boxes["terminal"][fetch] == code]
        yield _Way(f"gate {key}", rows, came[rows], "gate", "t_gate_in", after)
        rows = bring[boxes["terminal"][bring] == code]
        joined = _let_in(log, code, came[rows])
        known = np.isfinite(joined)
        yield _Way(f"drop-off {key}", rows[known], joined[known], "gate", "t_gate_in", after)


def _let_in(log: RunLog, terminal: int, truck: Hours) -> Hours:
    """Return when trucks join the line: at once, or when the stopped gate lets them in; NaN if it has not."""
    stops, goes = (_at(log, kind, terminal) for kind in (Event.GATE_STOPPED, Event.GATE_RESUMED))
    if not stops.size:
        return truck
    goes = np.append(goes, np.full(stops.size - goes.size, np.nan))
    at = np.searchsorted(stops, truck, "right") - 1
    until = goes[np.maximum(at, 0)]
    held: Mask = (at >= 0) & ~(truck >= until)
    return np.where(held, until, truck)


def _at(log: RunLog, kind: Event, terminal: int) -> Hours:
    events = log.events
    return np.asarray(events["t"][(events["kind"] == kind) & (events["value"] == terminal)])
