"""What is in the port hour by hour, from the start of the run: it starts empty, and settles in the warm-up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.metrics.passage import entered, left
from sim.records import Column, RunLog

Counts = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Inside:
    """Vessels and boxes in the port at every full hour of the run, its first and last included; shape (hours + 1,).

    Vessels are there from their arrival at the anchorage until they are out of the channel; barges are not counted.
    """

    vessels: Counts
    boxes: Counts


def inside(log: RunLog) -> Inside:
    """Return what is in the port at every full hour."""
    hours = int(np.floor(log.end)) + 1
    sea = ~log.calls["barge"]
    vessels = _there(log.calls["t_arrived"][sea], log.calls["t_departed"][sea], hours)
    return Inside(vessels, _there(entered(log.boxes.__getitem__), left(log.boxes.__getitem__), hours))


def _there(start: Column, end: Column, hours: int) -> Counts:
    """Return how many have started and not ended at each full hour; what has no start never ends."""
    gone = np.where(np.isfinite(start), end, np.nan)
    return (_until(start, hours) - _until(gone, hours)).astype(np.int32)


def _until(times: Column, hours: int) -> NDArray[np.int64]:
    come = times[np.isfinite(times)]
    hour = np.clip(np.ceil(come), 0, hours).astype(np.intp)
    return np.cumsum(np.bincount(hour, minlength=hours + 1))[:hours]
