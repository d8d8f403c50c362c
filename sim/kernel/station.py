"""The exact first-come-first-served station: the times of one `simpy.Resource` request per customer."""

from __future__ import annotations

from heapq import heapreplace

import numpy as np

from sim.kernel.waiting_line import NOBODY_SERVED, AtClose, Served, ServerSteps, WaitingLine

__all__ = ["AtClose", "Served", "ServerSteps", "Station"]


class Station(WaitingLine):
    """Serves in the order (arrival, id), whatever the priorities; see `WaitingLine` for the rest.

    A customer that has arrived is settled at once, even if it starts later: nobody can come before it.
    """

    def advance(self, now: float) -> Served:
        """Return all customers with an arrival up to wall time `now` [h] that were not returned before."""
        customers = self._arrived(now)
        if not customers.ids.size:
            return NOBODY_SERVED
        begins = self._begins(customers.ready.tolist(), customers.services.tolist())
        return self._served(customers, np.array(begins, dtype=np.float64))

    def _begins(self, ready: list[float], services: list[float]) -> list[float]:
        servers, free, stops, reopened = self._servers, self._servers.free, self._stops, self._hours.next_open_one
        begins = []
        for arrival, service in zip(ready, services, strict=True):
            begin = free[0]
            if begin <= arrival:
                begin = arrival
            elif stops:
                begin = reopened(begin)
            if begin >= servers.next_change:
                begin = self._begin_after_changes(arrival, begin)
            begins.append(begin)
            heapreplace(free, begin + service)
        return begins

    def _begin_after_changes(self, arrival: float, begin: float) -> float:
        servers = self._servers
        while begin >= servers.next_change:
            servers.change()
            begin = max(arrival, servers.free[0])
            if self._stops:
                begin = self._hours.next_open_one(begin)
        return begin
