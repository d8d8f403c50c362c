"""First come, first served onto carriers with a timetable and a capacity: who goes on which, and who waits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from sim.models.calls import Calls
from sim.port.port import Port
from sim.port.traffic import Service
from sim.records import Column

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def board(ready: Floats, teu: Column, carriers: Floats, capacity: Floats) -> Integers:
    """Return the number of the carrier that each box goes on, -1 for none; shape (boxes,).

    ready: hours in rising order, ties in the order of the line; teu: size of each box. carriers: hours, rising, at
    which each carrier takes what is ready, up to its `capacity` [TEU]. A box that does not fit holds up those
    behind it.
    """
    taken = np.full(len(ready), -1)
    aboard = [0, *np.cumsum(teu, dtype=np.int64).tolist()]
    waiting = np.searchsorted(ready, carriers, "right")
    first = 0
    for number, (last, room) in enumerate(zip(waiting.tolist(), capacity.tolist(), strict=True)):
        if last > first:
            last = min(last, bisect_right(aboard, aboard[first] + room, first) - 1)
            taken[first:last] = number
            first = last
    return taken


def choose(weights: Mapping[int, float], u: Floats) -> Integers:
    """Return a key for each draw in (0, 1), by the keys' weights, in their order."""
    keys, parts = np.array(list(weights), dtype=np.int64), np.array(list(weights.values()), dtype=np.float64)
    edges = np.cumsum(parts) / parts.sum()
    return np.asarray(keys[np.minimum(np.searchsorted(edges, u, "right"), len(keys) - 1)])


def services_at(port: Port, terminal: int, berth: str, weigh: Callable[[Service], float]) -> dict[int, float]:
    """Return code -> weight of the services at a terminal's sea quay or basin; those without weight are left out.

    Where none has any, all are alike.
    """
    key = list(port.terminals)[terminal]
    found = {
        code: weigh(service)
        for code, service in enumerate(port.traffic.services.values())
        if service.terminal == key and service.berth == berth
    }
    return {code: weight for code, weight in found.items() if weight > 0} or dict.fromkeys(found, 1.0)


def line_weight(service: Service) -> float:
    """Return a barge line's part of its terminal's boxes."""
    return 1.0 if service.weight is None else service.weight.value


def calls_of(calls: Calls, service: int) -> NDArray[np.intp]:
    """Return the calls of a service, in order of arrival."""
    return np.flatnonzero(calls.service == service)
