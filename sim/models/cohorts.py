"""Which piece of the port's timeline a call or a box belongs to: the one in force when its vessel arrives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.port.port import Port, PortTimeline
from sim.port.units import Quantity

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]


class Cohorts:
    """Reads values and quantiles for many boxes at once, each from the port of its own arrival.

    times: hours at which each box takes its port, shape (n,). Every method returns arrays of shape (n,).
    """

    def __init__(self, timeline: PortTimeline, times: Floats) -> None:
        self._timeline, self._times, self._size = timeline, times, len(times)
        self._only = timeline.ports[0] if len(timeline.ports) == 1 else None
        self._rows: list[tuple[Port, NDArray[np.intp]]] = []
        if self._only is None:
            pieces = np.maximum(np.searchsorted(np.asarray(timeline.hours), times, "right") - 1, 0)
            self._rows = [(port, np.flatnonzero(pieces == k)) for k, port in enumerate(timeline.ports)]

    @property
    def first(self) -> Port:
        """The first port of the timeline: the names in it hold throughout."""
        return self._timeline.ports[0]

    def at(self, rows: NDArray[np.intp]) -> Cohorts:
        """Return the cohorts of these boxes only."""
        # one port holds whenever a box comes: no need to know when that is
        return Cohorts(self._timeline, self._times[: len(rows)] if self._only is not None else self._times[rows])

    def value(self, read: Callable[[Port], float]) -> Floats:
        """Return a number of the port; not to be written to."""
        if self._only is not None:
            return np.broadcast_to(np.float64(read(self._only)), self._size)
        out = np.empty(self._size)
        for port, rows in self._rows:
            out[rows] = read(port)
        return out

    def quantile(self, read: Callable[[Port], Quantity], u: Floats) -> Floats:
        """Return the quantiles of a random quantity of the port at `u`."""
        if self._only is not None:
            return read(self._only).quantile(u)
        out = np.empty(self._size)
        for port, rows in self._rows:
            out[rows] = read(port).quantile(u[rows])
        return out

    def category(self, read: Callable[[Port], Mapping[Any, Any]], u: Floats) -> Codes:
        """Return the place in the mapping of the class that each `u` falls into, by the classes' shares.

        The class without a share takes the rest. Those written before it fill (0, 1) from below, those after it from
        above, so that moving the share of a class written next to the rest only moves boxes between these two.
        """
        if self._only is not None:
            return _category([entry.share for entry in read(self._only).values()], u)
        out = np.empty(self._size, dtype=np.int8)
        for port, rows in self._rows:
            out[rows] = _category([entry.share for entry in read(port).values()], u[rows])
        return out

    def by_class(self, read: Callable[[Port], list[float]], codes: Codes) -> Floats:
        """Return a number of each box's own class; `read` lists them by code."""
        if self._only is not None:
            return np.asarray(read(self._only), dtype=np.float64).take(codes)
        out = np.empty(self._size)
        for port, rows in self._rows:
            out[rows] = np.asarray(read(port))[codes[rows]]
        return out


def _category(shares: list[Quantity | None], u: Floats) -> Codes:
    rest = shares.index(None)
    codes = np.full(len(u), rest, dtype=np.int8)
    edge = 0.0
    for code, share in enumerate(shares[:rest]):
        codes[(u >= edge) & (u < edge + share.value)] = code  # type: ignore[union-attr]
        edge += share.value  # type: ignore[union-attr]
    edge = 1.0
    for code in range(len(shares) - 1, rest, -1):
        share = shares[code]
        codes[(u < edge) & (u >= edge - share.value)] = code  # type: ignore[union-attr]
        edge -= share.value  # type: ignore[union-attr]
    return codes
