"""The exact station with priorities: the times of one `simpy.PriorityResource` request per customer."""

from __future__ import annotations

import math
from collections import deque
from heapq import heappop, heappush, heapreplace

import numpy as np

from sim.kernel.clock import OpenHours
from sim.kernel.waiting_line import AtClose, Customers, Served, ServerSteps, WaitingLine

__all__ = ["PriorityStation"]

Row = tuple[float, ...]
"""priority, arrival, id, service, ready"""


class PriorityStation(WaitingLine):
    """Serves the smallest priority number first, then (arrival, id), without preemption; see `WaitingLine`.

    All who arrive at the instant at which a server frees, or on the clock of the line while it is closed, are
    considered before the next start. A start is settled once `now` has reached it.
    """

    def __init__(self, servers: ServerSteps, hours: OpenHours, at_close: AtClose = "pause") -> None:
        super().__init__(servers, hours, at_close)
        self._coming: deque[Row] = deque()
        self._waiting: list[Row] = []
        self._last_begin = -math.inf

    def advance(self, now: float) -> Served:
        """Return all customers with a start up to wall time `now` [h] not returned before, in order of start."""
        new = self._arrived(now)
        columns = new.priorities, new.arrivals, new.ids, new.services, new.ready
        self._coming.extend(zip(*(column.tolist() for column in columns), strict=True))
        begins, rows = self._begins(self._settled_until(now))
        ranks, arrivals, ids, services, ready = np.array(rows, np.float64).reshape(-1, len(columns)).T
        return self._served(Customers(arrivals, ids, services, ranks, ready), np.array(begins, np.float64))

    def _settled_until(self, now: float) -> float:
        """Return the last instant on the line's own clock at which a start cannot change any more."""
        if not self._pauses or now == math.inf:
            return now
        limit = self._hours.to_open(now)
        # while closed the open clock stands at the next opening, before which others may still arrive
        return limit if self._hours.is_open(now) else math.nextafter(limit, -math.inf)

    def _begins(self, limit: float) -> tuple[list[float], list[Row]]:
        servers, free, coming, waiting = self._servers, self._servers.free, self._coming, self._waiting
        begins, rows = [], []
        while coming or waiting:
            begin = max(free[0], self._last_begin if waiting else coming[0][-1])
            if self._stops:
                begin = self._hours.next_open_one(begin)
            if begin >= servers.next_change and servers.next_change <= limit:
                servers.change()
                continue
            if begin > limit:
                break
            while coming and coming[0][-1] <= begin:
                heappush(waiting, coming.popleft())
            rows.append(heappop(waiting))
            begins.append(begin)
            heapreplace(free, begin + rows[-1][3])
            self._last_begin = begin
        return begins, rows
