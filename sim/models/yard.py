"""The yard as quay and gate see it: is there room for the next lot, and how much does the fill slow the cranes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.boxes import Boxes
from sim.models.landside import Landside
from sim.port.port import PortTimeline
from sim.port.terminal import SLOT_KINDS, Yard
from sim.records import Flow

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
DRY, REEFER, EMPTY = range(len(SLOT_KINDS))


class YardLedger:
    """TEU by terminal and slot kind (columns in the order of SLOT_KINDS), as of a declared moment.

    A lot claims its slots when its first crane move starts, and a truck's box when the truck is let in; a box gives
    them back when it leaves the port. The count is refreshed only when it can matter: until then what is known is an
    upper bound, because claims are added at once and leavings are not. Which moments refresh cannot change an answer.
    """

    def __init__(self, timeline: PortTimeline, boxes: Boxes, landside: Landside) -> None:
        self._timeline, self._table, self._landside = timeline, boxes.table, landside
        terminals = timeline.ports[0].terminals
        self._keys = tuple(terminals)
        self._kind = _kinds(boxes, np.array([t.yard.empty is not None for t in terminals.values()]))
        self._held = np.zeros((len(terminals), len(SLOT_KINDS)))
        self._fresh = -np.inf
        self._leaving: Rows = np.empty(0, dtype=np.intp)

    def room(self, terminal: int, rows: Rows, now: float) -> float | None:
        """Return the crane speed factor if these boxes find room at `now` [h], else None.

        Claims the slots when there is room.
        """
        yard = self._yard(terminal, now)
        claim, slots = self._teu(rows), _slots(yard)
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
        return _speed(yard, self._fill(terminal, now, yard.slow_from.value))

    def stops_trucks(self, terminal: int, now: float) -> bool:
        """Return whether the yard is too full at `now` [h] to let trucks in that bring boxes."""
        stop = self._timeline.at(now).terminals[self._keys[terminal]].gate.stop_from
        limit = 1.0 if stop is None else stop.value
        return self._fill(terminal, now, limit) >= limit

    def _fill(self, terminal: int, now: float, exact_from: float) -> float:
        """Return the fill as a share of the slots: exact from `exact_from` on, below it perhaps too much."""
        slots = _slots(self._yard(terminal, now)).sum()
        if self._held[terminal].sum() >= exact_from * slots:
            self._refresh(now)
        return float(self._held[terminal].sum() / slots)

    def admit(self, terminal: int, rows: Rows) -> None:
        """Claim the slots of boxes that are in the yard, or on their way from the gate."""
        self._held[terminal] += self._teu(rows)

    def _teu(self, rows: Rows) -> Floats:
        return np.asarray(
            np.bincount(self._kind[rows], self._table["teu"][rows], minlength=len(SLOT_KINDS)), np.float64
        )

    def _refresh(self, now: float) -> None:
        """Give back the slots of every box that has left by `now`."""
        if now == self._fresh:
            return
        self._fresh = now
        self._landside.advance(now)
        rows, table = np.concatenate([self._leaving, self._landside.take_left()]), self._table
        loaded = table["t_loaded"][rows]
        gone = np.where(np.isnan(loaded), table["t_gate_out"][rows], loaded) <= now
        self._leaving, rows = rows[~gone], rows[gone]
        place = table["terminal"][rows].astype(np.intp) * len(SLOT_KINDS) + self._kind[rows]
        given_back = np.bincount(place, table["teu"][rows], minlength=self._held.size)
        self._held -= given_back.reshape(self._held.shape)


def _kinds(boxes: Boxes, own_empty: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return the kind of slot that each box takes: empties a dry one where the terminal has no slots for them."""
    table = boxes.table
    empty = (table["flow"] == Flow.EMPTY) & own_empty[table["terminal"]]
    return np.where(table["reefer"], REEFER, np.where(empty, EMPTY, DRY)).astype(np.int8)


def _slots(yard: Yard) -> Floats:
    empty = 0.0 if yard.empty is None else yard.empty.teu.value
    return np.array([yard.dry.teu.value, yard.reefer.teu.value, empty])


def _speed(yard: Yard, fill: float) -> float:
    """Return 1 up to `slow_from`, then falling in a line to `slow_to` at a full yard."""
    begin = yard.slow_from.value
    if fill <= begin or begin >= 1:
        return 1.0
    return 1.0 - (1.0 - yard.slow_to.value) * min(1.0, (fill - begin) / (1.0 - begin))
