"""Yard: the exact peak, from the times at which boxes come and go. Ship-side boxes never enter the yard."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Mask
from sim.metrics.summary import Subject
from sim.records import MetricRow, RunLog

KINDS = (("dry", False), ("reefer", True))


def rows(log: RunLog) -> Iterator[MetricRow]:
    """Yield peak and fill for the whole port, for each terminal, and for each kind of slot of a terminal."""
    boxes = log.boxes
    entered = np.isfinite(boxes["t_discharged"]) & ~boxes["shipside"]
    yield from _peak(log, "all", entered)
    for code, terminal in enumerate(log.names.get("terminal", ())):
        here = entered & (boxes["terminal"] == code)
        yield from _peak(log, terminal, here)
        for kind, reefer in KINDS:
            yield from _peak(log, f"{terminal}.{kind}", here & (boxes["reefer"] == reefer))


def _peak(log: RunLog, group: str, inside: Mask) -> Iterator[MetricRow]:
    peak = peak_teu(log, inside)
    capacity = sum(
        teu for key, teu in log.yard.items() if group == "all" or key == group or key.startswith(f"{group}.")
    )
    yield Subject("yard_peak", "TEU", "all", group).row("value", peak)
    if capacity > 0:
        yield Subject("yard_peak_fill", "share", "all", group).row("value", peak / capacity)


def peak_teu(log: RunLog, inside: Mask) -> float:
    """Return the most TEU of the boxes `inside` (n,) that were in the yard at once, within the window.

    At equal times boxes leave before others come: the slot is free again.
    """
    first, last = log.window
    teu = log.boxes["teu"][inside].astype(np.int64)
    times = np.concatenate([log.boxes["t_gate_out"][inside], log.boxes["t_discharged"][inside]])
    change = np.concatenate([-teu, teu])
    order = np.argsort(times, kind="stable")
    times, level = times[order], np.cumsum(change[order])
    start, end = np.searchsorted(times, [first, last], side="right")
    at_start = level[start - 1] if start else 0
    return float(max(at_start, level[start:end].max(initial=0)))
