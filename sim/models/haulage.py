"""What belongs to the truck of a box: its time at the lane and inside, and its place in the rush after opening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.models.cohorts import Cohorts
from sim.models.luck import Luck
from sim.port.port import Port
from sim.port.terminal import Gate
from sim.port.units import Quantity
from sim.records import Column, Mode, Table

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Haulage:
    """Hours of each box's truck, shape (boxes,); 0 where no truck comes. spread: after the gate's opening."""

    lane: Floats
    inside: Floats
    spread: Floats


def haulage(cohorts: Cohorts, luck: Luck, table: Table) -> Haulage:
    """Return the truck hours of all boxes that come or leave by road."""
    rows = np.flatnonzero((table["by_in"] == Mode.ROAD) | (table["by_out"] == Mode.ROAD))
    of_trucks, own_luck = cohorts.at(rows), luck.narrowed(rows)
    spread = of_trucks.value(lambda p: p.customs.pick_up.spread.value) * own_luck("spread")
    terminal = table["terminal"][rows]
    lane = _at_gate(of_trucks, own_luck("lane"), terminal, lambda gate: gate.service)
    inside = _at_gate(of_trucks, own_luck("inside"), terminal, lambda gate: gate.inside)
    return Haulage(*(_spread_out(hours, rows, len(table["terminal"])) for hours in (lane, inside, spread)))


def _at_gate(cohorts: Cohorts, u: Floats, terminal: Column, quantity: Callable[[Gate], Quantity]) -> Floats:
    """Return hours at the gate of each box's own terminal; the data are minutes."""
    hours = np.zeros(len(u))
    for code, key in enumerate(cohorts.first.terminals):
        rows = np.flatnonzero(terminal == code)
        if rows.size:
            hours[rows] = cohorts.at(rows).quantile(partial(_of_gate, quantity, key), u[rows])
    return hours / 60


def _of_gate(quantity: Callable[[Gate], Quantity], key: str, port: Port) -> Quantity:
    return quantity(port.terminals[key].gate)


def _spread_out(hours: Floats, rows: NDArray[np.intp], size: int) -> Floats:
    out = np.zeros(size)
    out[rows] = hours
    return out
