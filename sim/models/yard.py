"""The yard as quay and gate see it: is there room for the next lot, and how much does the fill slow the cranes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.boxes import Boxes
from sim.models.landside import Landside
from sim.port.port import PortTimeline
from sim.port.terminal import SLOT_KINDS, Terminal
from sim.records import Flow

Rows = NDArray[np.intp]
DRY, REEFER, EMPTY = range(len(SLOT_KINDS))


@dataclass(frozen=True, slots=True)
class _Rule:
    """What one terminal's yard has and does while one port of the timeline holds; plain numbers, read at every lot."""

    slots: tuple[float, ...]
    total: float
    slow_from: float
    slow_to: float
    stop_from: float

    def fits(self, held: list[float], claim: list[float]) -> bool:
        """Return whether there are slots of each kind for `claim` [TEU] beside what is held."""
        (dry, reefer, empty), (more_dry, more_reefer, more_empty), slots = held, claim, self.slots
        return (
            dry + more_dry <= slots[DRY]
            and reefer + more_reefer <= slots[REEFER]
            and empty + more_empty <= slots[EMPTY]
        )

    def speed(self, fill: float) -> float:
        """Return 1 up to `slow_from`, then falling in a line to `slow_to` at a full yard."""
        begin = self.slow_from
        if fill <= begin or begin >= 1:
            return 1.0
        return 1.0 - (1.0 - self.slow_to) * min(1.0, (fill - begin) / (1.0 - begin))


class YardLedger:
    """TEU by terminal and slot kind (in the order of SLOT_KINDS), as of a declared moment.

    A lot claims its slots when its first crane move starts, and a truck's box when the truck is let in; a box gives
    them back when it leaves the port. The count is refreshed only when it can matter: until then what is known is an
    upper bound, because claims are added at once and leavings are not. Which moments refresh cannot change an answer.
    """

    def __init__(self, timeline: PortTimeline, boxes: Boxes, landside: Landside) -> None:
        self._timeline, self._table, self._landside = timeline, boxes.table, landside
        terminals = timeline.ports[0].terminals
        self._rules = [[_rule(terminal) for terminal in port.terminals.values()] for port in timeline.ports]
        self._teu_of = boxes.table["teu"]
        self._kind = _kinds(boxes, np.array([t.yard.empty is not None for t in terminals.values()]))
        self._held = [[0.0] * len(SLOT_KINDS) for _ in terminals]
        self._fresh = -np.inf
        self._leaving: Rows = np.empty(0, dtype=np.intp)

    def room(self, terminal: int, rows: Rows, now: float) -> float | None:
        """Return the crane speed factor if these boxes find room at `now` [h], else None.

        Claims the slots when there is room.
        """
        rule, claim = self._rule(terminal, now), self._teu(rows)
        if not rule.fits(self._held[terminal], claim) or sum(self._held[terminal]) > rule.slow_from * rule.total:
            self._refresh(now)
            if not rule.fits(self._held[terminal], claim):
                return None
        factor = rule.speed(_share(self._held[terminal], rule))
        self._claim(terminal, claim)
        return factor

    def _rule(self, terminal: int, now: float) -> _Rule:
        return self._rules[self._timeline.index(now)][terminal]

    def _claim(self, terminal: int, claim: list[float]) -> None:
        held = self._held[terminal]
        for kind, more in enumerate(claim):
            held[kind] += more

    def speed(self, terminal: int, now: float) -> float:
        """Return the crane speed factor at `now` [h], without a claim."""
        rule = self._rule(terminal, now)
        return rule.speed(self._fill(terminal, now, rule, rule.slow_from))

    def stops_trucks(self, terminal: int, now: float) -> bool:
        """Return whether the yard is too full at `now` [h] to let trucks in that bring boxes."""
        rule = self._rule(terminal, now)
        return self._fill(terminal, now, rule, rule.stop_from) >= rule.stop_from

    def _fill(self, terminal: int, now: float, rule: _Rule, exact_from: float) -> float:
        """Return the fill as a share of the slots: exact from `exact_from` on, below it perhaps too much."""
        # the share itself, not TEU: 0.55 of 100 slots is 55 TEU and a bit to rounding
        share = _share(self._held[terminal], rule)
        if share < exact_from:
            return share
        self._refresh(now)
        return _share(self._held[terminal], rule)

    def admit(self, terminal: int, rows: Rows) -> None:
        """Claim the slots of boxes that are in the yard, or on their way from the gate."""
        self._claim(terminal, self._teu(rows))

    def _teu(self, rows: Rows) -> list[float]:
        teu: list[float] = np.bincount(self._kind[rows], self._teu_of[rows], minlength=len(SLOT_KINDS)).tolist()
        return teu

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
        given_back = np.bincount(place, table["teu"][rows], minlength=len(SLOT_KINDS) * len(self._held)).tolist()
        for terminal in range(len(self._held)):
            self._claim(terminal, [-teu for teu in given_back[len(SLOT_KINDS) * terminal :][: len(SLOT_KINDS)]])


def _share(held: list[float], rule: _Rule) -> float:
    """Return the fill; a yard without slots counts as full."""
    return sum(held) / rule.total if rule.total > 0 else 1.0


def _kinds(boxes: Boxes, own_empty: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return the kind of slot that each box takes: empties a dry one where the terminal has no slots for them."""
    table = boxes.table
    empty = (table["flow"] == Flow.EMPTY) & own_empty[table["terminal"]]
    return np.where(table["reefer"], REEFER, np.where(empty, EMPTY, DRY)).astype(np.int8)


def _rule(terminal: Terminal) -> _Rule:
    yard, stop = terminal.yard, terminal.gate.stop_from
    slots = (yard.dry.teu.value, yard.reefer.teu.value, 0.0 if yard.empty is None else yard.empty.teu.value)
    return _Rule(slots, sum(slots), yard.slow_from.value, yard.slow_to.value, 1.0 if stop is None else stop.value)
