"""The plan of one waiting line: when it is open, with how many servers, and the clock that runs in open hours only.

The clock is counted here anew from the planned hours, and shares nothing with the clock that the simulation runs on:
what checks a run must not make its mistakes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.metrics.passage import Hours
from sim.records import Table

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Shifts:
    """Open intervals [starts, ends) [h], in order, with the servers planned in each, shape (shifts,), all finite.

    pauses: work stops at closing and goes on at opening; else what has begun is finished.
    """

    starts: Hours
    ends: Hours
    servers: Counts
    pauses: bool

    @staticmethod
    def of(table: Table, code: int, span: tuple[float, float]) -> Shifts | None:
        """Return the shifts of station `code` that lie within `span` [h], cut to it; None if it has no plan."""
        rows = np.flatnonzero(table["station"] == code)
        if not rows.size:
            return None
        starts = np.maximum(table["t_from"][rows], span[0])
        ends = np.minimum(table["t_until"][rows], span[1])
        kept = starts < ends
        return Shifts(
            starts[kept], ends[kept], table["servers"][rows][kept].astype(np.int64), bool(table["pauses"][rows[0]])
        )

    @cached_property
    def clock(self) -> Hours:
        """The open hours gone by at each start, and at the last end, shape (shifts + 1,)."""
        return np.concatenate([[0.0], np.cumsum(self.ends - self.starts)])

    def opened(self, t: Hours) -> Hours:
        """Return the open hours gone by at wall times `t` [h] (n,)."""
        if not self.starts.size:
            return np.zeros_like(t)
        at = np.maximum(np.searchsorted(self.starts, t, "right") - 1, 0)
        return np.asarray(np.minimum(np.maximum(t - self.starts[at], 0.0) + self.clock[at], self.clock[at + 1]))

    def wall(self, opened: Hours) -> Hours:
        """Return wall times [h] of times `opened` (n,) on the clock of open hours."""
        if not self.starts.size:
            return opened
        at = np.clip(np.searchsorted(self.clock, opened, "right") - 1, 0, self.starts.size - 1)
        return np.asarray(self.starts[at] + opened - self.clock[at])

    def next_open(self, t: Hours) -> Hours:
        """Return the first open instants at or after wall times `t` [h] (n,); after the last shift, `t` itself."""
        if not self.starts.size:
            return t
        at = np.minimum(np.searchsorted(self.ends, t, "right"), self.starts.size - 1)
        return np.asarray(np.maximum(t, self.starts[at]))

    def planned(self, t: Hours) -> Counts:
        """Return the servers planned at times `t` (n,) on the clock of the work: open hours where it pauses, else wall
        hours, with none while the line is closed."""
        if not self.starts.size:
            return np.zeros(t.shape, dtype=np.int64)
        if self.pauses:
            if np.all(self.servers == self.servers[0]):
                return np.full(t.shape, self.servers[0])
            return self.servers[np.maximum(np.searchsorted(self.clock[:-1], t, "right") - 1, 0)]
        at = np.maximum(np.searchsorted(self.starts, t, "right") - 1, 0)
        is_open = (t >= self.starts[at]) & (t < self.ends[at])
        return np.where(is_open, self.servers[at], 0)
