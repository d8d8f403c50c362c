"""How much lies in the yard at once: exact peaks, without putting every coming and going of a year in order.

Comings and goings are first summed hour by hour. An hour can only hold the peak if what lay there at its start and all
that came in it is more than what lay there at the end of some hour; only in such hours is the order of moves looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.metrics.passage import Hours
from sim.records import Column

Sums = NDArray[np.float64]
Places = NDArray[np.intp]
Cells = NDArray[np.int32]


@dataclass(frozen=True)
class Visits:
    """Stays of boxes, shape (n,) each: hours of coming and going, NaN for never, TEU, and code of the slots taken.

    slots: how many codes there are.
    """

    came: Hours
    went: Hours
    teu: Column
    slot: Column
    slots: int

    def mean(self, window: tuple[float, float]) -> Sums:
        """Return the time mean of the TEU over the window, shape (slots,)."""
        first, last = window
        hours = np.fmin(self.went, last) - np.maximum(self.came, first)
        there = np.flatnonzero(hours > 0)
        held = np.bincount(self.slot[there], hours[there] * self.teu[there], self.slots)
        return np.asarray(held / (last - first))

    def peaks(self, window: tuple[float, float], parts: Sequence[Sequence[int]]) -> list[float]:
        """Return, for each part of the slots, the most TEU at once within the window, its edges included.

        At equal times boxes leave before others come: the slot is free again.
        """
        hourly = _Hourly(self, window)
        rough = [_Rough.of(hourly, part) for part in parts]
        flagged = np.zeros((self.slots, hourly.hours + 2), dtype=np.bool_)
        for part in rough:
            flagged[np.ix_(part.slots, 1 + np.flatnonzero(part.doubtful))] = True
        moves = _Moves.of(hourly, flagged)
        return [max([part.sure, *moves.levels(part)]) for part in rough]


class _Hourly:
    """Comings and goings by slots and hour: hour 0 is all up to the window's start, the last one all after its end.

    cells: place (n,) of each box in the flattened (slots, hours + 2), for coming and for going.
    """

    def __init__(self, visits: Visits, window: tuple[float, float]) -> None:
        self.visits, (first, last) = visits, window
        self.hours = int(np.ceil(last - first))
        never = ~np.isfinite(visits.came)
        self.cells = tuple(self._cells(times - first, never) for times in (visits.came, visits.went))
        size = visits.slots * (self.hours + 2)
        came, went = (np.bincount(cell, visits.teu, size).reshape(visits.slots, -1) for cell in self.cells)
        self.came, self.level = came, np.cumsum(came - went, axis=1)

    def _cells(self, since: Hours, never: NDArray[np.bool_]) -> Cells:
        """Return the cells of times [h] (n,) since the window's start; an hour has its end, not its start."""
        hour = np.ceil(since, out=since)
        np.clip(hour, 0, self.hours + 1, out=hour)
        hour[never | np.isnan(hour)] = self.hours + 1
        cell = hour.astype(np.int32)
        cell += self.visits.slot * np.int32(self.hours + 2)
        return cell


@dataclass(frozen=True)
class _Rough:
    """What the hourly sums tell of some slots: the most TEU at the full hours, and the hours in which more is possible.

    start: TEU at the start of each hour of the window, shape (hours,), as is `doubtful`.
    """

    slots: Places
    start: Sums
    sure: float
    doubtful: NDArray[np.bool_]

    @classmethod
    def of(cls, hourly: _Hourly, part: Sequence[int]) -> _Rough:
        slots = np.array(part, dtype=np.intp)
        level = hourly.level[slots, :-1].sum(axis=0)
        sure = float(level.max())
        came = hourly.came[slots, 1:-1].sum(axis=0)
        return cls(slots, level[:-1], sure, level[:-1] + came > sure)


@dataclass(frozen=True)
class _Moves:
    """The moves (m,) of the hours looked at, in order: hour of the window, slots, change [TEU]."""

    hour: Places
    slot: Places
    change: Sums

    @classmethod
    def of(cls, hourly: _Hourly, flagged: NDArray[np.bool_]) -> _Moves:
        visits, wanted = hourly.visits, flagged.ravel()
        came, went = (np.flatnonzero(wanted[cell]) for cell in hourly.cells)
        order = np.argsort(np.concatenate([visits.went[went], visits.came[came]]), kind="stable")
        cell = np.concatenate([hourly.cells[1][went], hourly.cells[0][came]])[order]
        teu = visits.teu.astype(np.float64)
        change = np.concatenate([-teu[went], teu[came]])[order]
        return cls(cell % flagged.shape[1] - 1, cell // flagged.shape[1], change)

    def levels(self, part: _Rough) -> Iterator[float]:
        """Yield the most TEU of some slots within the hours in doubt, if there are any."""
        ours = np.flatnonzero(np.isin(self.slot, part.slots) & part.doubtful[self.hour])
        if ours.size:
            hour, change = self.hour[ours], self.change[ours]
            level = np.cumsum(change)
            new = np.flatnonzero(np.diff(hour, prepend=-1))
            before = (level - change)[new] - part.start[hour[new]]
            yield float((level - np.repeat(before, np.diff(new, append=hour.size))).max())
