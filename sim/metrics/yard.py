"""Yard: the exact peak, from the times at which boxes come and go. Ship-side boxes never enter the yard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.metrics.groups import Mask
from sim.metrics.summary import Subject
from sim.records import MetricRow, RunLog

KINDS = (("dry", False), ("reefer", True))


@dataclass(frozen=True)
class Moves:
    """All goings and comings of the yard by time, shapes (m,): hour, box (row), change [TEU].

    At equal times boxes leave before others come: the slot is free again.
    """

    log: RunLog
    times: NDArray[np.float64]
    box: NDArray[np.intp]
    change: NDArray[np.int64]

    def peak(self, members: Mask) -> float:
        """Return the most TEU of the boxes in `members` (n,) that were in the yard at once, within the window."""
        level = np.cumsum(np.where(members[self.box], self.change, 0))
        start, end = np.searchsorted(self.times, self.log.window, side="right")
        at_start = level[start - 1] if start else 0
        return float(max(at_start, level[start:end].max(initial=0)))


def moves(log: RunLog) -> Moves:
    """Return the moves of all boxes that entered the yard."""
    boxes = log.boxes
    entered = np.flatnonzero(np.isfinite(boxes["t_discharged"]) & ~boxes["shipside"])
    left = entered[np.isfinite(boxes["t_gate_out"][entered])]
    times = np.concatenate([boxes["t_gate_out"][left], boxes["t_discharged"][entered]])
    box = np.concatenate([left, entered])
    teu = boxes["teu"].astype(np.int64)
    change = np.concatenate([-teu[left], teu[entered]])
    order = np.argsort(times, kind="stable")
    return Moves(log, times[order], box[order], change[order])


def rows(log: RunLog) -> Iterator[MetricRow]:
    """Yield peak and fill for the whole port, for each terminal, and for each kind of slot of a terminal."""
    yard, boxes = moves(log), log.boxes
    yield from _peak(yard, "all", np.ones(boxes["box"].size, dtype=np.bool_))
    for code, terminal in enumerate(log.names.get("terminal", ())):
        here = np.asarray(boxes["terminal"] == code)
        yield from _peak(yard, terminal, here)
        for kind, reefer in KINDS:
            yield from _peak(yard, f"{terminal}.{kind}", here & (boxes["reefer"] == reefer))


def _peak(yard: Moves, group: str, members: Mask) -> Iterator[MetricRow]:
    peak = yard.peak(members)
    slots = yard.log.yard
    capacity = sum(teu for key, teu in slots.items() if group in ("all", key) or key.startswith(f"{group}."))
    yield Subject("yard_peak", "TEU", "all", group).row("value", peak)
    if capacity > 0:
        yield Subject("yard_peak_fill", "share", "all", group).row("value", peak / capacity)
