"""Yard: the exact peak and the mean, from the times at which boxes come and go.

Boxes taken at the ship's side or loaded off the truck never enter the yard.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.metrics.passage import stacked
from sim.metrics.sample import Sample
from sim.metrics.stock import Visits
from sim.metrics.summary import Subject
from sim.records import Flow, MetricRow, RunLog

KINDS = ("dry", "reefer", "empty")
DRY, REEFER, EMPTY = range(len(KINDS))


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield peak, mean and fill for the whole port, for each terminal, and for each kind of slot of a terminal."""
    log = sample.log
    visits = _visits(sample)
    parts = dict(_parts(log))
    mean, peaks = visits.mean(log.window), visits.peaks(log.window, list(parts.values()))
    for (group, codes), peak in zip(parts.items(), peaks, strict=True):
        capacity = sum(teu for key, teu in log.yard.items() if group in ("all", key) or key.startswith(f"{group}."))
        for metric, teu in (("yard_peak", peak), ("yard_mean", mean[codes].sum())):
            yield Subject(metric, "TEU", "all", group).row("value", teu)
            if capacity > 0:
                yield Subject(f"{metric}_fill", "share", "all", group).row("value", teu / capacity)


def _parts(log: RunLog) -> Iterator[tuple[str, list[int]]]:
    """Yield the port, each terminal and each kind of slot of a terminal, as (group, codes of their slots)."""
    terminals = log.names.get("terminal", ())
    yield "all", list(range(len(terminals) * len(KINDS)))
    for terminal, name in enumerate(terminals):
        first = terminal * len(KINDS)
        yield name, [first + kind for kind in range(len(KINDS))]
        for kind, slots in enumerate(KINDS):
            if kind != EMPTY or f"{name}.{slots}" in log.yard:
                yield f"{name}.{slots}", [first + kind]


def _visits(sample: Sample) -> Visits:
    """Return the stays of the boxes that the yard handles."""
    log = sample.log
    came = np.where(stacked(log.boxes.__getitem__), sample.entered, np.nan)
    slots = len(KINDS) * max(1, len(log.names.get("terminal", ())))
    return Visits(came, sample.left, log.boxes["teu"], _slots(log), slots)


def _slots(log: RunLog) -> NDArray[np.int16]:
    """Return the code of the slots (n,) that each box takes: terminal and kind. Empties take dry ones if need be."""
    boxes = log.boxes
    slot = boxes["terminal"] * np.int16(len(KINDS)) + boxes["reefer"] * np.int16(REEFER)
    own = np.array([*(f"{terminal}.empty" in log.yard for terminal in log.names.get("terminal", ())), False])
    empties = np.flatnonzero((boxes["flow"] == Flow.EMPTY) & own[boxes["terminal"]])
    slot[empties] = boxes["terminal"][empties] * len(KINDS) + EMPTY
    return np.asarray(slot)
