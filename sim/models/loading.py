"""What a vessel or a barge loads: of all that was ready in time, the first come, as far as there is room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.bookings import bookings_of
from sim.models.boxes import Boxes
from sim.models.calls import Calls
from sim.models.ready import ReadyLines
from sim.port.port import Port, PortTimeline
from sim.records import Column, Flow, Mode

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]
NONE: Rows = np.empty(0, dtype=np.intp)


class Loading:
    """Draws up the list of a call when it begins to load. `listed` is the hour of the last loading list."""

    def __init__(self, timeline: PortTimeline, calls: Calls, boxes: Boxes, table: dict[str, Column]) -> None:
        self._timeline, self._calls, self._boxes, self._calls_table = timeline, calls, boxes, table
        self._rolled: dict[int, Rows] = {}
        self._taken = np.zeros(len(boxes.table["box"]), dtype=np.bool_)
        self._aboard = np.array([c.capacity.value for c in timeline.ports[0].traffic.vessel_classes.values()])
        self.listed = -np.inf

    def barge(self, call: int, ready: ReadyLines) -> Rows:
        """Return the boxes that a barge takes: the first in her line, up to her capacity, in the order of the line."""
        line, waiting = int(self._calls.service[call]), ready.waiting(int(self._calls.service[call]))
        capacity = float(self._aboard[self._calls.vessel_class[call]])
        # a box is at least one TEU: no more than that many can fit
        teu = np.cumsum(self._boxes.table["teu"][waiting[: int(capacity) + 1]], dtype=np.int64)
        rows = ready.take(line, int(teu.searchsorted(capacity, "right")))
        self._sign_on(call, rows, len(waiting) - len(rows))
        return rows

    def vessel(self, call: int, ready: ReadyLines) -> Rows:
        """Return the boxes that a vessel takes, in working order.

        A booked box must be released and in the port by the cut-off, and counted by the last list; one that comes
        straight from the truck must have been reviewed by then. The others that were booked on her roll to the next
        call of the service.
        """
        port = self._timeline.at(float(self._calls.t_arrived[call]))
        service = int(self._calls.service[call])
        booked = self._booked(call, service)
        since = self._ready(booked)
        limit = min(float(self._calls.t_arrived[call]) - bookings_of(port).cut_off.value, self.listed)
        direct = self._boxes.table["direct"][booked]
        in_time = np.where(direct, self._boxes.table["t_reviewed"][booked] <= self.listed, since <= limit)
        waiting = ready.waiting(service)
        rows = np.concatenate([booked[in_time], waiting])
        # straight from the truck is last in line: it has not waited
        order = np.lexsort((rows, np.concatenate([np.where(direct, np.inf, since)[in_time], self._since(waiting)])))
        taken = np.sort(rows[order[: self._room(port, call)]])
        self._taken[taken] = True
        ready.keep(service, ~self._taken[waiting])
        rolled = booked[~self._taken[booked]]
        self._boxes.table["rolled"][rolled] += 1
        self._rolled[service] = rolled
        self._sign_on(call, taken, len(rows) - len(taken))
        return taken

    def _booked(self, call: int, service: int) -> Rows:
        """Return the boxes booked on a call that go by sea, after those that rolled from earlier calls."""
        first = int(self._boxes.first_booked[call])
        own = np.arange(first, first + int(self._calls.booked[call]))
        own = own[self._boxes.table["by_out"][own] == Mode.SEA]
        return np.concatenate([self._rolled.pop(service, NONE), own])

    def _ready(self, rows: Rows) -> Floats:
        """Return since when booked boxes can be loaded; NaN or later than now where that is not yet known."""
        table = self._boxes.table
        flow = table["flow"][rows]
        cleared = (flow == Flow.EXPORT) | (flow == Flow.TRANSHIPMENT)
        came = table["t_arrived"][rows]
        return np.where(cleared, np.maximum(came, table["t_released"][rows]), came)

    def _since(self, rows: Rows) -> Floats:
        return np.asarray(self._boxes.table["t_released"][rows])

    def _room(self, port: Port, call: int) -> int:
        return round(float(self._calls.load[call]) * bookings_of(port).room.value)

    def _sign_on(self, call: int, rows: Rows, left: int) -> None:
        self._boxes.table["call_out"][rows] = call
        table = self._calls_table
        table["load_boxes"][call], table["left_boxes"][call] = len(rows), left
        table["load_teu"][call] = float(self._boxes.table["teu"][rows].sum(dtype=np.int64))
