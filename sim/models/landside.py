"""From release to the road: pick-up, ship-side trucks and the truck gate; and what leaves each yard, and when."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.kernel.clock import OpenHours
from sim.kernel.station import Station
from sim.models.boxes import Boxes
from sim.models.clearance import Clearance, desks
from sim.models.openings import Openings
from sim.port.port import Port, PortTimeline
from sim.records import Flow

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


class Landside:
    """All boxes after discharge. `discharged` takes a lot in; `advance` carries everything on to a moment.

    left: rows that got a time of leaving since the last `take_left`.
    """

    def __init__(self, timeline: PortTimeline, openings: Openings, boxes: Boxes) -> None:
        self._boxes, self._table, self._times = boxes, boxes.table, boxes.times
        self.desks = desks(timeline, openings)
        self._clearance = Clearance(boxes, self.desks)
        self.gates: list[Station] = []
        self._gate_hours: list[OpenHours] = []
        for key in timeline.ports[0].terminals:
            hours = openings.land(partial(_gate_calendar, key))
            lanes = [
                (t, int(p.terminals[key].gate.lanes.value)) for t, p in zip(timeline.hours, timeline.ports, strict=True)
            ]
            self.gates.append(Station(lanes, hours))
            self._gate_hours.append(hours)
        self._lots: list[Rows] = []
        self._left: list[Rows] = []

    def discharged(self, first: int, last: int) -> None:
        """Note that rows first to last - 1 have got their discharge times, all of them after now."""
        self._lots.append(np.arange(first, last))

    def advance(self, now: float) -> None:
        """Carry every box on to `now` [h]."""
        if self._lots:
            rows = np.concatenate(self._lots)
            self._lots = []
            imports = self._table["flow"][rows] == Flow.IMPORT
            others = rows[~imports]
            self._table["t_gate_out"][others] = self._table["t_discharged"][others] + self._boxes.stay[others]
            self._left.append(others)
            self._clearance.discharged(rows[imports])
        released = self._clearance.advance(now)
        ordinary = self._by_shipside(released)
        self._clearance.complete(released)
        self._pick_up(ordinary)
        for gate in self.gates:
            served = gate.advance(now)
            table, rows = self._table, served.ids
            table["t_gate_in"][rows] = served.finishes
            table["t_gate_out"][rows] = served.finishes + self._times.inside[self._boxes.slot[rows]]
            table["gate_closed"][rows], table["gate_queued"][rows] = served.closed, served.queued
            table["gate_service"][rows] = served.service
            self._left.append(rows)

    def take_left(self) -> Rows:
        """Return, once, the rows that got a time of leaving the port."""
        rows = np.concatenate(self._left) if self._left else np.empty(0, dtype=np.intp)
        self._left = []
        return rows

    def _by_shipside(self, rows: Rows) -> Rows:
        """Send off the boxes that were cleared by the time they came off the ship; return the others.

        A ship-side box is tallied under the hook, so the tally does not hold it; one that is inspected, or not yet
        reviewed or taxed when it is discharged, goes the ordinary way.
        """
        table = self._table
        off = table["t_discharged"][rows]
        cleared = (
            (table["t_reviewed"][rows] <= off) & (table["t_taxed"][rows] <= off) & np.isnan(table["t_notified"][rows])
        )
        taken = table["shipside"][rows] & cleared
        table["shipside"][rows] = taken
        now, others = rows[taken], rows[~taken]
        for milestone in ("t_tallied", "t_released"):
            table[milestone][now] = table["t_discharged"][now]
        for milestone in ("t_truck", "t_gate_in", "t_gate_out"):
            hours = self._times.shipside[self._boxes.slot[now]]
            table[milestone][now] = table["t_discharged"][now] + hours
        self._left.append(now)
        return others

    def _pick_up(self, rows: Rows) -> None:
        """Bring a truck for every released box: when the haulier wishes, or spread over the hours after opening."""
        table, slot = self._table, self._boxes.slot
        for code, (gate, hours) in enumerate(zip(self.gates, self._gate_hours, strict=True)):
            mine = rows[(table["terminal"][rows] == code) & np.isfinite(table["t_released"][rows])]
            k = slot[mine]
            wish = table["t_released"][mine] + self._times.pick_up[k]
            opened = hours.next_open(wish)
            truck = np.where(opened > wish, hours.next_open(opened + self._times.spread[k]), wish)
            table["t_truck"][mine], table["pickup_closed"][mine] = truck, truck - wish
            come = np.isfinite(truck)
            gate.feed(mine[come], truck[come], self._times.lane[k[come]])


def _gate_calendar(key: str, port: Port) -> str:
    return port.terminals[key].gate.calendar.value
