"""Runs of the small port with all flows for the behaviour tests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sim.port.evidence import lookup, replaced
from sim.port.port import Port
from sim.records import RunLog
from tests.behaviour.runs import run
from tests.small_port import whole_small_port

TERMINALS = ("t1", "nansha_iv")
"""Those at which services call."""

SPARE = {
    "customs.review.officers": 400,
    "customs.inspection.scanners": 400,
    "customs.inspection.bays": 400,
    "traffic.cargo.bookings.room": 1000,
    "traffic.vessel_classes.barge.capacity": 10_000_000,
    **{f"terminals.{key}.gate.{lanes}": 400 for key in TERMINALS for lanes in ("lanes", "drop_off_lanes")},
    **{f"terminals.{key}.yard.{kind}.teu": 10_000_000 for key in TERMINALS for kind in ("dry", "reefer", "empty")},
    **{f"terminals.{key}.{cranes}.rate": 1e20 for key in TERMINALS for cranes in ("cranes", "basin.cranes")},
}
"""No box ever waits for another: rooms without end, and cranes that need no time to the bit."""

STRAINED = {
    "customs.review.officers": 1,
    "customs.inspection.bays": 1,
    "traffic.cargo.bookings.room": 1.05,
    "traffic.vessel_classes.barge.capacity": 24,
    "rail.capacity": 25,
    **{f"terminals.{key}.gate.drop_off_lanes": 1 for key in TERMINALS},
    **{f"terminals.{key}.gate.service": 9 for key in TERMINALS},
    **{f"terminals.{key}.gate.stop_from": 0.7 for key in TERMINALS},
    "terminals.t1.yard.dry.teu": 644,
    "terminals.t1.yard.reefer.teu": 69,
    "terminals.t1.yard.empty.teu": 288,
    "terminals.nansha_iv.yard.dry.teu": 506,
    "terminals.nansha_iv.yard.reefer.teu": 69,
    "terminals.nansha_iv.yard.empty.teu": 218,
}
"""Queues everywhere, boxes that miss vessel, barge and train, and yards that are full now and then."""


def port_with(values: Mapping[str, Any]) -> Port:
    """Return the port with the values at these paths."""
    port = whole_small_port()
    for path, value in values.items():
        port = replaced(port, path, lookup(port, path).model_copy(update={"value": value}))
    return port


def whole(values: Mapping[str, Any], days: int = 35) -> RunLog:
    """Return the log of the port with these values; the same log if it is asked for again."""
    return _whole(tuple(sorted(values.items())), days)


@cache
def _whole(values: tuple[tuple[str, Any], ...], days: int) -> RunLog:
    return run(port_with(dict(values)), days)
