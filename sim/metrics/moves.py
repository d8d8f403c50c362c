"""Moves over the edge of the port in the window: by sea quay, barge quay, gate and rail, in and out.

Boxes count when they come off (`t_discharged`), aboard (`t_loaded`), or through the gate. Where no boxes are booked,
what sea calls load is a count, taken at the end of their work: it belongs to no flow. Through the gate goes what a
truck took or brought, at the ship's side too. What leaves in a way that the port does not describe is gone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.metrics.groups import in_window
from sim.metrics.passage import Mask, by_ship, stacked
from sim.metrics.sample import Sample
from sim.records import Flow, Mode, RunLog

Cells = NDArray[np.int64]
"""Counts by terminal and flow, shape (terminals, flows)."""

IN = ("quay_in", "barge_quay_in", "gate_in")
OUT = ("quay_out", "barge_quay_out", "gate_out", "rail", "gone")
SIZES = 3
"""A box has 1 or 2 TEU, so 3 places."""


@dataclass(frozen=True)
class Count:
    """Boxes and TEU by terminal and flow; stacked: the boxes among them that the yard handles."""

    boxes: Cells
    teu: Cells
    stacked: Cells


@dataclass(frozen=True)
class Loads:
    """What sea calls load where that is a count only, by terminal: boxes and TEU, shape (terminals,)."""

    boxes: NDArray[np.float64]
    teu: NDArray[np.float64]


@dataclass(frozen=True)
class Moves:
    """Moves of boxes by way in and out (IN, OUT) within the window, and the boxes in the port at its start and end.

    loads: what sea calls load where that is a count only.
    """

    ways: Mapping[str, Count]
    start: Count
    end: Count
    loads: Loads

    def quay(self, name: str) -> float:
        """Return the port's boxes or TEU ("boxes", "teu") over the sea quay."""
        counts = (self.ways["quay_in"], self.ways["quay_out"])
        return float(sum(getattr(count, name).sum() for count in counts) + getattr(self.loads, name).sum())

    def barge_quay(self, name: str) -> float:
        """Return the port's boxes or TEU ("boxes", "teu") over the barge quay."""
        return float(sum(getattr(self.ways[way], name).sum() for way in ("barge_quay_in", "barge_quay_out")))


def moves(sample: Sample) -> Moves:
    """Return all moves of the window."""
    log, count = sample.log, _Counter(sample.log)
    first, last = (count((sample.entered < hour) & ~(sample.left < hour)) for hour in log.window)
    return Moves({way: count(mask) for way, mask in _ways(log).items()}, first, last, _loads(sample))


class _Counter:
    """Counts boxes by terminal and flow."""

    def __init__(self, log: RunLog) -> None:
        boxes = log.boxes
        self._shape = (max(1, len(log.names.get("terminal", ()))), len(Flow), SIZES, 2)
        cell = boxes["terminal"].astype(np.intp)
        for size, column in zip(
            self._shape[1:], (boxes["flow"], boxes["teu"], stacked(boxes.__getitem__)), strict=True
        ):
            cell *= size
            cell += column
        self._cell = cell

    def __call__(self, mask: Mask) -> Count:
        """Return the counts of the boxes in `mask` (n,)."""
        cells = np.bincount(self._cell[np.flatnonzero(mask)], minlength=math.prod(self._shape)).reshape(self._shape)
        by_size = cells.sum(axis=3)
        return Count(by_size.sum(axis=2), by_size @ np.arange(SIZES), cells[..., 1].sum(axis=2))


def _ways(log: RunLog) -> dict[str, Mask]:
    """Return who makes each move within the window, by way in and out."""
    boxes = log.boxes
    by_in, by_out = boxes["by_in"], boxes["by_out"]
    off, loaded, through = (in_window(log, boxes[name]) for name in ("t_discharged", "t_loaded", "t_gate_out"))
    ashore = through & ~by_ship(boxes.__getitem__) & (by_out != Mode.RAIL)
    by_truck = np.isfinite(boxes["t_truck"]) & (by_in != Mode.ROAD)
    masks = {
        "quay_in": off & (by_in <= Mode.SEA),
        "barge_quay_in": off & (by_in == Mode.BARGE),
        "gate_in": (by_in == Mode.ROAD) & in_window(log, boxes["t_gate_in"]),
        "quay_out": loaded & (by_out == Mode.SEA),
        "barge_quay_out": loaded & (by_out == Mode.BARGE),
        "gate_out": ashore & by_truck,
        "rail": through & (by_out == Mode.RAIL),
        "gone": ashore & ~by_truck,
    }
    return {way: np.asarray(mask) for way, mask in masks.items()}


def _loads(sample: Sample) -> Loads:
    log = sample.log
    calls, terminals = log.calls, max(1, len(log.names.get("terminal", ())))
    worked = in_window(log, calls["t_worked"]) & ~calls["barge"]
    if sample.bookings:
        worked = np.zeros_like(worked)
    where = calls["terminal"][worked]
    boxes, teu = (calls[name][worked].astype(np.float64) for name in ("load_boxes", "load_teu"))
    return Loads(*(np.bincount(where, counted, terminals).astype(np.float64) for counted in (boxes, teu)))
