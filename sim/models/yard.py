"""The yard as the quay sees it: is there room for the next lot, and how much does the fill slow the cranes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.boxes import Boxes
from sim.models.landside import Landside
from sim.port.port import PortTimeline
from sim.port.terminal import SLOT_KINDS, Yard

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


class YardLedger:
    """TEU by terminal and slot kind (columns in the order of SLOT_KINDS), as of a declared moment.

    A lot claims its slots when its first crane move starts; a box gives them back when it leaves the port. The count
    is refreshed only when it can matter: until then what is known is an upper bound, because claims are added at once
    and leavings are not. Which moments refresh cannot change an answer.
    """

    def __init__(self, timeline: PortTimeline, boxes: Boxes, landside: Landside) -> None:
        self._timeline, self._table, self._landside = timeline, boxes.table, landside
        terminals = len(timeline.ports[0].terminals)
        self._keys = tuple(timeline.ports[0].terminals)
        self._held = np.zeros((terminals, len(SLOT_KINDS)))
        self._fresh = -np.inf
        self._leaving: Rows = np.empty(0, dtype=np.intp)

    def room(self, terminal: int, first: int, last: int, now: float) -> float | None:
        """Return the crane speed factor if rows first to last - 1 find room at `now` [h], else None.

        Claims the slots when there is room.
        """
        yard = self._yard(terminal, now)
        claim = self._claim(first, last)
        slots = np.array([yard.dry.teu.value, yard.reefer.teu.value])
        easy = yard.slow_from.value * slots.sum()
        if np.any(self._held[terminal] + claim > slots) or self._held[terminal].sum() > easy:
            self._refresh(now)
        if np.any(self._held[terminal] + claim > slots):
            return None
        factor = _speed(yard, float(self._held[terminal].sum() / slots.sum()))
        self._held[terminal] += claim
        return factor

    def _yard(self, terminal: int, now: float) -> Yard:
        return self._timeline.at(now).terminals[self._keys[terminal]].yard

    def speed(self, terminal: int, now: float) -> float:
        """Return the crane speed factor at `now` [h], without a claim."""
        yard = self._yard(terminal, now)
        slots = yard.dry.teu.value + yard.reefer.teu.value
        if self._held[terminal].sum() > yard.slow_from.value * slots:
            self._refresh(now)
        return _speed(yard, float(self._held[terminal].sum() / slots))

    def _claim(self, first: int, last: int) -> Floats:
        teu, reefer = self._table["teu"][first:last], self._table["reefer"][first:last]
        cold = float(teu[reefer].sum(dtype=np.int64))
        return np.array([float(teu.sum(dtype=np.int64)) - cold, cold])

    def _refresh(self, now: float) -> None:
        """Give back the slots of every box that has left by `now`."""
        if now == self._fresh:
            return
        self._fresh = now
        self._landside.advance(now)
        rows = np.concatenate([self._leaving, self._landside.take_left()])
        gone = self._table["t_gate_out"][rows] <= now
        self._leaving, rows = rows[~gone], rows[gone]
        kind = self._table["reefer"][rows].astype(np.intp)
        np.subtract.at(self._held, (self._table["terminal"][rows], kind), self._table["teu"][rows])


def _speed(yard: Yard, fill: float) -> float:
    """Return 1 up to `slow_from`, then falling in a line to `slow_to` at a full yard."""
    begin = yard.slow_from.value
    if fill <= begin or begin >= 1:
        return 1.0
    return 1.0 - (1.0 - yard.slow_to.value) * min(1.0, (fill - begin) / (1.0 - begin))
