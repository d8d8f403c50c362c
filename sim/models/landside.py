"""Boxes between one carrier and the next: clearance, gate, and the lines for barges and connecting vessels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kernel.clock import OpenHours
from sim.models.boxes import Boxes
from sim.models.clearance import Clearance, desks
from sim.models.gate import Gate
from sim.models.openings import Openings
from sim.models.ready import ReadyLines
from sim.models.transhipment import release, release_of
from sim.port.port import PortTimeline
from sim.records import Flow, Mode

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]


class Landside:
    """All boxes in the port. `discharged` and `delivered` take them in; `advance` carries everything on to a moment."""

    def __init__(self, timeline: PortTimeline, openings: Openings, boxes: Boxes) -> None:
        self._boxes, self._table, self._times = boxes, boxes.table, boxes.times
        self.desks = desks(timeline, openings)
        self._clearance = Clearance(boxes, self.desks)
        self.gates = [Gate(timeline, openings, boxes, code) for code in range(len(timeline.ports[0].terminals))]
        self.ready = ReadyLines(boxes)
        self._transhipment_desk = OpenHours.always()
        if timeline.ports[0].customs.transhipment is not None:
            self._transhipment_desk = openings.desk(lambda p: release_of(p).calendar.value)
        self._lots: list[Rows] = []
        self._left: list[Rows] = []

    def discharged(self, rows: Rows) -> None:
        """Note that these rows have got their discharge times, all of them after now."""
        self._lots.append(rows)

    def advance(self, now: float) -> None:
        """Carry every box on to `now` [h]."""
        if self._lots:
            rows = np.concatenate(self._lots)
            self._lots = []
            booked = rows >= self._boxes.discharged
            self._from_vessels(rows[~booked])
            self.delivered(rows[booked], self._table["t_discharged"][rows[booked]])
        released = self._clearance.advance(now)
        exports = released >= self._boxes.discharged
        imports = released[~exports]
        ordinary = self._by_shipside(imports)
        self._clearance.complete(imports)
        wish = self._table["t_released"][ordinary] + self._times.pick_up[self._boxes.slot[ordinary]]
        self._send_on(ordinary, wish)
        self._to_rail(released[exports])
        for gate in self.gates:
            self._left.append(gate.advance(now))

    def delivered(self, rows: Rows, came: Floats) -> None:
        """Take in booked boxes that are in the port from `came` on."""
        table = self._table
        table["t_arrived"][rows] = came
        flow, one_port = table["flow"][rows], table["one_port"][rows]
        for milestone in ("t_tallied", "t_lodged", "t_reviewed", "t_released"):
            table[milestone][rows[one_port]] = came[one_port]
        self._to_rail(rows[one_port])
        exports = (flow == Flow.EXPORT) & ~one_port
        self._clearance.came(rows[exports], came[exports])
        self._release_transhipment(rows[flow == Flow.TRANSHIPMENT])

    def take_left(self) -> Rows:
        """Return, once, the rows that got a time of leaving the port, by the gate or by another carrier."""
        rows: Rows = np.concatenate(self._left) if self._left else np.empty(0, dtype=np.intp)
        self._left = []
        return rows

    def loaded(self, rows: Rows) -> None:
        """Note that these rows have got their loading times; date the boxes back that came straight from the truck."""
        direct = rows[self._table["direct"][rows]]
        self._left.append(rows[~self._table["direct"][rows]])
        if direct.size:
            table = self._table
            came = table["t_loaded"][direct] - self._times.shipside[self._boxes.slot[direct]]
            for milestone in ("t_truck", "t_gate_in", "t_arrived", "t_tallied"):
                table[milestone][direct] = came
            table["t_released"][direct] = np.maximum(came, table["t_reviewed"][direct])

    def _from_vessels(self, rows: Rows) -> None:
        table = self._table
        flow, off = table["flow"][rows], table["t_discharged"][rows]
        imports = flow == Flow.IMPORT
        self._clearance.came(rows[imports], off[imports])
        others, due = rows[~imports], off[~imports] + self._boxes.stay[rows[~imports]]
        described = table["by_out"][others] != Mode.NONE
        gone = others[~described]
        table["t_gate_out"][gone] = due[~described]
        self._left.append(gone)
        others, due = others[described], due[described]
        moved = table["flow"][others] == Flow.TRANSHIPMENT
        self._release_transhipment(others[moved])
        # a box in transit is not the owner's to keep: it goes on as soon as it is released
        waits = moved & (table["by_out"][others] == Mode.SEA)
        released = table["t_released"][others[moved]]
        due[moved] = np.where(waits[moved], released, np.maximum(due[moved], released))
        self._send_on(others, due)

    def _release_transhipment(self, rows: Rows) -> None:
        if rows.size:
            release(self._boxes.transhipment, self._table, rows, self._transhipment_desk)

    def _send_on(self, rows: Rows, due: Floats) -> None:
        """Let boxes go on from `due` [h]: trucks come for them, or they join the line for their carrier."""
        known = np.isfinite(due)
        rows, due = rows[known], due[known]
        by_road = self._table["by_out"][rows] == Mode.ROAD
        self.ready.add(rows[~by_road], due[~by_road])
        rows, due = rows[by_road], due[by_road]
        terminal = self._table["terminal"][rows]
        for code, gate in enumerate(self.gates):
            mine = terminal == code
            if mine.any():
                gate.fetch(rows[mine], due[mine])

    def _by_shipside(self, rows: Rows) -> Rows:
        """Send off the imports that were cleared by the time they came off the ship; return the others.

        A ship-side box is tallied under the hook, so the tally does not hold it; one that is inspected, or not yet
        reviewed or taxed when it is discharged, goes the ordinary way, and so does one that leaves by barge.
        """
        table = self._table
        wish = rows[table["shipside"][rows]]
        off = table["t_discharged"][wish]
        cleared = (
            (table["t_reviewed"][wish] <= off) & (table["t_taxed"][wish] <= off) & np.isnan(table["t_notified"][wish])
        )
        table["shipside"][wish] = cleared & (table["by_out"][wish] == Mode.ROAD)
        taken = table["shipside"][rows]
        now, others = rows[taken], rows[~taken]
        for milestone in ("t_tallied", "t_released"):
            table[milestone][now] = table["t_discharged"][now]
        out = table["t_discharged"][now] + self._times.shipside[self._boxes.slot[now]]
        for milestone in ("t_truck", "t_gate_in", "t_gate_out"):
            table[milestone][now] = out
        self._left.append(now)
        return np.asarray(others)

    def _to_rail(self, rows: Rows) -> None:
        """Send released boxes bound for the train out of the port."""
        rows = rows[self._table["by_out"][rows] == Mode.RAIL]
        if rows.size:
            self._table["t_gate_out"][rows] = self._boxes.rail.leaves(rows, self._table["t_released"][rows])
            self._left.append(rows)
