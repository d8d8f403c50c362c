"""How each box comes into the port and how it leaves: one hour each, whatever the mode."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.records import Column, Flow, Mode, RunLog

Hours = NDArray[np.float64]
Mask = NDArray[np.bool_]
Columns = Callable[[str], Column]
"""Gives a column (n,) by name: of the whole table of boxes, or of some of them."""


def entered(column: Columns) -> Hours:
    """Return when each box came into the port [h] (n,): off the ship or barge, or through the gate."""
    return np.where(column("by_in") == Mode.ROAD, column("t_gate_in"), column("t_discharged"))


def left(column: Columns) -> Hours:
    """Return when each box left the port [h] (n,): aboard a ship or barge, else by the gate or the rail shuttle."""
    return np.where(by_ship(column), column("t_loaded"), column("t_gate_out"))


def by_ship(column: Columns) -> Mask:
    """Return which boxes (n,) leave aboard a vessel or a barge."""
    way = column("by_out")
    return np.asarray((way == Mode.SEA) | (way == Mode.BARGE))


def stacked(column: Columns) -> Mask:
    """Return which boxes (n,) are put into the yard: not those taken at the ship's side or loaded off the truck."""
    return np.asarray(~(column("shipside") | column("direct")))


def departed(log: RunLog, call_out: Column) -> Hours:
    """Return the departure [h] (n,) of the calls `call_out` (n,); NaN for none."""
    return of_calls(log, "t_departed", call_out)


def of_calls(log: RunLog, name: str, calls: Column) -> Hours:
    """Return one column of hours of the calls (n,), NaN for call -1."""
    return np.asarray(np.append(log.calls[name], np.nan)[calls])


def flows_of(log: RunLog) -> tuple[Flow, ...]:
    """Return the flows of which the log has a box."""
    return tuple(flow for flow in Flow if np.any(log.boxes["flow"] == flow))
