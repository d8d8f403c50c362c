"""What a mechanism leaves in a log when it was at work."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.records import Event, Mode, RunLog


def hours(log: RunLog, before: str, after: str) -> NDArray[np.float64]:
    """Return the hours of each call between two milestones, those that did not reach the second left out."""
    gap = gaps(log, before, after)
    return gap[~np.isnan(gap)]


def gaps(log: RunLog, before: str, after: str) -> NDArray[np.float64]:
    """Return the hours of each call between two milestones, NaN where the second was not reached."""
    return np.asarray(log.calls[after] - log.calls[before])


def most(log: RunLog, name: str) -> float:
    """Return the most hours that a box spent on a part of a stage."""
    return float(np.nanmax(log.boxes[name]))


def later(log: RunLog, before: str, after: str) -> bool:
    """Return whether any box has `after` at a later hour than `before`."""
    return bool(np.any(log.boxes[after] > log.boxes[before]))


def twins(log: RunLog, name: str) -> bool:
    """Return whether boxes share an hour of a milestone."""
    column = log.boxes[name]
    known = column[~np.isnan(column)]
    return len(np.unique(known)) < len(known)


def resumed(log: RunLog) -> bool:
    """Return whether a call that stopped for a full yard was finished all the same."""
    return bool(np.any(~np.isnan(log.calls["t_worked"][log.calls["yard_stop"] > 0])))


def fewer_cranes(log: RunLog) -> bool:
    """Return whether a call worked with fewer cranes than the least that a vessel wants, but more than one."""
    mean = log.calls["crane_hours"] / (log.calls["t_worked"] - log.calls["t_started"])
    return bool(np.any((mean > 1.001) & (mean < 1.999)))


def overtakes(log: RunLog) -> bool:
    """Return whether a vessel that had her pilot later was let into the channel earlier."""
    order = np.argsort(log.calls["t_piloted"])
    return bool(np.any(np.diff(log.calls["t_entered"][order]) < 0))


def closures(log: RunLog) -> int:
    """Return how often the weather closed the port."""
    return int(np.sum(log.events["kind"] == Event.CLOSED))


def barges(log: RunLog) -> NDArray[np.intp]:
    """Return the barge calls that have left."""
    return np.flatnonzero(log.calls["barge"] & ~np.isnan(log.calls["t_departed"]))


def sea(log: RunLog) -> NDArray[np.intp]:
    """Return the vessel calls that have left."""
    return np.flatnonzero(~log.calls["barge"] & ~np.isnan(log.calls["t_departed"]))


def booked(log: RunLog) -> NDArray[np.intp]:
    """Return the booked boxes that came through the gate in the run."""
    came = (log.boxes["booked"] >= 0) & (log.boxes["by_in"] == Mode.ROAD) & (log.boxes["t_gate_in"] >= 0)
    return np.flatnonzero(came & ~log.boxes["direct"])


def kept_outside(log: RunLog) -> NDArray[np.float64]:
    """Return the hours between truck and gate, queue and service left out, of boxes that a list did not let in."""
    rows, boxes = booked(log), log.boxes
    at_gate = sum(np.nan_to_num(boxes[f"gate_{part}"][rows]) for part in ("closed", "queued", "service"))
    outside = boxes["t_gate_in"][rows] - boxes["t_truck"][rows] - at_gate
    return np.asarray(outside[outside > 0.01])


def stops(log: RunLog) -> int:
    """Return how often trucks were let in again after a stop."""
    return int(np.sum(log.events["kind"] == Event.GATE_RESUMED))


def overtaken(log: RunLog) -> int:
    """Return how many boxes booked on a vessel came after she had gone."""
    boxes = log.boxes
    rows = np.flatnonzero((boxes["booked"] >= 0) & (boxes["by_in"] == Mode.BARGE) & (boxes["t_arrived"] > 0))
    return int(np.sum(boxes["t_arrived"][rows] > log.calls["t_departed"][boxes["booked"][rows]]))
