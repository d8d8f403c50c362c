"""The truck gate of one terminal: the lanes of trucks that fetch boxes, and of those that bring them."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.kernel.station import Station
from sim.models.boxes import Boxes
from sim.models.openings import Openings
from sim.port.port import Port, PortTimeline
from sim.port.terminal import Gate as GateData
from sim.records import Mode

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


class Gate:
    """One terminal's gate. A truck comes when it is wished for, or in the rush after the gate's opening."""

    def __init__(self, timeline: PortTimeline, openings: Openings, boxes: Boxes, terminal: int) -> None:
        self._boxes, self._table = boxes, boxes.table
        key = list(timeline.ports[0].terminals)[terminal]
        self._hours = openings.land(partial(_calendar, key))
        pieces = list(zip(timeline.hours, (port.terminals[key].gate for port in timeline.ports), strict=True))
        self.lanes = Station([(t, int(gate.lanes.value)) for t, gate in pieces], self._hours)
        self.drop_off = Station([(t, _drop_off_lanes(gate)) for t, gate in pieces], self._hours)
        self._queue_free = timeline.ports[0].terminals[key].gate.drop_off_lanes is None
        self._coming, self._next = self._deliveries(terminal), 0
        self._due_at = self._table["t_truck"][self._coming]
        self._held: list[Rows] = []

    def _deliveries(self, terminal: int) -> Rows:
        """Return the booked boxes that trucks bring after hour 0, by the hour of the truck, which is set here."""
        boxes, table = self._boxes, self._table
        first = boxes.discharged
        by_truck = (table["by_in"][first:] == Mode.ROAD) & ~table["direct"][first:]
        mine = np.flatnonzero(by_truck & (table["terminal"][first:] == terminal) & (boxes.planned >= 0))
        rows, planned = first + mine, boxes.planned[mine]
        truck = self._comes(rows, planned)
        table["t_truck"][rows], table["pickup_closed"][rows] = truck, truck - planned
        return rows[np.lexsort((rows, truck))]

    def _comes(self, rows: Rows, wish: Floats) -> Floats:
        """Return when the trucks come that are wished for at `wish`: a closed gate puts them off."""
        opened = self._hours.next_open(wish)
        late = np.flatnonzero(opened > wish)
        if not late.size:
            return wish
        comes = wish.copy()
        comes[late] = self._hours.next_open(opened[late] + self._boxes.haulage.spread[rows[late]])
        return comes

    def fetch(self, rows: Rows, wish: Floats) -> None:
        """Send a truck for each of these boxes."""
        truck = self._comes(rows, wish)
        self._table["t_truck"][rows], self._table["pickup_closed"][rows] = truck, truck - wish
        come = np.isfinite(truck)
        self.lanes.feed(rows[come], truck[come], self._boxes.haulage.lane[rows[come]])

    def advance(self, now: float) -> Rows:
        """Carry the trucks that fetch boxes on to `now` [h]; return the rows that got a time of leaving."""
        served = self.lanes.advance(now)
        table, rows = self._table, served.ids
        table["t_gate_in"][rows] = served.finishes
        table["t_gate_out"][rows] = served.finishes + self._boxes.haulage.inside[rows]
        table["gate_closed"][rows], table["gate_queued"][rows] = served.closed, served.queued
        table["gate_service"][rows] = served.service
        return rows

    def hold(self, until: float) -> None:
        """Keep the trucks that come before `until` [h] outside."""
        self._held.append(self._due(until))

    def let_in(self, now: float, until: float) -> Rows:
        """Let the trucks in that are held or come before `until` [h]; return their boxes, `t_gate_in` set.

        A truck that was held joins the line at the lanes at `now`. Its box is in the port after `now`.
        """
        table = self._table
        rows = np.concatenate([*self._held, self._due(until)])
        self._held = []
        if not rows.size:
            return rows
        truck = np.maximum(table["t_truck"][rows], now)
        if self._queue_free:
            inside = self._hours.next_open(truck)  # one that was held may find the gate closed
        else:
            self.drop_off.feed(rows, truck, self._boxes.haulage.lane[rows])
            served = self.drop_off.advance(math.nextafter(until, now))
            rows, inside = served.ids, served.finishes
            table["gate_closed"][rows], table["gate_queued"][rows] = served.closed, served.queued
            table["gate_service"][rows] = served.service
        table["t_gate_in"][rows] = np.maximum(inside, math.nextafter(now, math.inf))
        return rows

    def _due(self, until: float) -> Rows:
        last = int(np.searchsorted(self._due_at, until, "left"))
        due, self._next = self._coming[self._next : last], last
        return due


def _calendar(key: str, port: Port) -> str:
    return port.terminals[key].gate.calendar.value


def _drop_off_lanes(gate: GateData) -> int:
    return 1 if gate.drop_off_lanes is None else int(gate.drop_off_lanes.value)
