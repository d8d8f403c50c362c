"""Offered loads before a run: can a steady state carry this demand, and if not, which station breaks."""

from __future__ import annotations

from collections.abc import Iterator

from sim.models.load_desks import desks, gates
from sim.models.load_onward import carriers
from sim.models.load_station import StationLoad
from sim.models.load_water import berths, waterway
from sim.models.load_week import Week
from sim.models.load_yard import yard
from sim.port.port import Port

__all__ = ["StationLoad", "offered_loads"]


def offered_loads(port: Port) -> tuple[StationLoad, ...]:
    """Return the mean load of every station of the port, in the order that a box meets them."""
    week = Week.of(port)
    return (*waterway(week), *_terminals(week), *desks(week), *gates(week), *carriers(week))


def _terminals(week: Week) -> Iterator[StationLoad]:
    for key in week.port.terminals:
        yield from berths(week, key)
        yield from yard(week, key)
