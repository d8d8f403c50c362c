"""Runs of the busy port for the behaviour tests, and how to read and compare their logs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.models import simulate
from sim.port.port import Horizon, Port, PortTimeline
from sim.records import RunLog
from tests.oracle.ports import busy_port

SEED = 5
Mask = NDArray[np.bool_]

STRAINED = {
    "customs.review.officers": 1,
    "customs.inspection.bays": 1,
    "customs.risk.inspection_factor": 5,
    "terminals.t1.yard.dry.teu": 260,
    "terminals.t1.yard.reefer.teu": 60,
    "terminals.t1.cranes.count": 3,
    "terminals.t1.quay.length": 340,
    "channel.depth": 8.2,
    "weather.fog.rate": 60,
    "weather.typhoon.rate": 20,
}
"""Queues everywhere, and a yard that is full now and then."""

SPARE = {
    "customs.review.officers": 400,
    "customs.inspection.scanners": 400,
    "customs.inspection.bays": 400,
    "terminals.t1.gate.lanes": 400,
    "terminals.t2.gate.lanes": 400,
}
"""No box ever waits for another."""

FCFS = {f"customs.traders.{name}.priority": 5 for name in ("aeo", "ordinary", "discredited")}


def horizon(days: int = 21) -> Horizon:
    """Return a horizon of so many days, all measured, from the Monday before a make-up Sunday."""
    return Horizon(start=date(2021, 2, 1), warm_up_days=0, days=days, cool_down_days=0)


def run(port: Port | PortTimeline, days: int = 21, replication: int = 0) -> RunLog:
    """Return the log of one replication."""
    timeline = port if isinstance(port, PortTimeline) else PortTimeline((0.0,), (port,))
    return simulate(timeline, horizon(days), SEED, replication)


def busy(values: Mapping[str, Any], days: int = 21) -> RunLog:
    """Return the log of the busy port with these values; the same log if it is asked for again."""
    return _busy(tuple(sorted(values.items())), days)


@cache
def _busy(values: tuple[tuple[str, Any], ...], days: int) -> RunLog:
    return run(busy_port(dict(values)), days)


def as_bytes(log: RunLog) -> bytes:
    """Return every number of the log."""
    tables = (log.events, log.calls, log.boxes, log.stations, log.rail, log.trains)
    return b"".join(table[name].tobytes() for table in tables for name in table)


def same(a: NDArray[Any], b: NDArray[Any]) -> Mask:
    """Return where two columns are equal to the bit, NaN like NaN."""
    if a.dtype.kind == "f":
        return np.asarray((a == b) | (np.isnan(a) & np.isnan(b)))
    return np.asarray(a == b)


def milestones(log: RunLog) -> list[str]:
    """Return the names of the hours in the box table."""
    return [name for name in log.boxes if name.startswith("t_")]


def changed(base: RunLog, other: RunLog, names: list[str] | None = None) -> Mask:
    """Return which boxes have any other milestone (or any other of these columns)."""
    names = milestones(base) if names is None else names
    return ~np.all([same(base.boxes[name], other.boxes[name]) for name in names], axis=0)
