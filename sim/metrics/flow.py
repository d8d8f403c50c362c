"""Throughput in the window: boxes and TEU over the quay, TEU through the gate.

Discharged boxes count at `t_discharged`, loaded ones at the end of the call's work. Through the gate goes what a
truck took, at the ship's side too.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Mask, in_window
from sim.metrics.summary import Subject
from sim.records import MetricRow, RunLog

HOURS_PER_YEAR = 8760.0


def rows(log: RunLog) -> Iterator[MetricRow]:
    """Yield the throughput of the port, then of each terminal."""
    boxes, calls = log.boxes, log.calls
    yield from _group(log, "all", np.ones(boxes["box"].size, np.bool_), np.ones(calls["call"].size, np.bool_))
    for code, name in enumerate(log.names.get("terminal", ())):
        yield from _group(log, name, np.asarray(boxes["terminal"] == code), np.asarray(calls["terminal"] == code))


def _group(log: RunLog, group: str, of_boxes: Mask, of_calls: Mask) -> Iterator[MetricRow]:
    boxes, calls = log.boxes, log.calls
    landed = of_boxes & in_window(log, boxes["t_discharged"])
    loaded = of_calls & in_window(log, calls["t_worked"])
    teu = _teu(log, landed) + float(calls["load_teu"][loaded].sum())
    year = HOURS_PER_YEAR / (log.window[1] - log.window[0])
    yield Subject("quay_boxes", "boxes", "all", group).row(
        "count", np.count_nonzero(landed) + calls["load_boxes"][loaded].sum()
    )
    yield Subject("quay_teu", "TEU", "all", group).row("value", teu)
    yield Subject("quay_teu_per_year", "TEU/year", "all", group).row("value", teu * year)
    through = of_boxes & np.isfinite(boxes["t_truck"]) & in_window(log, boxes["t_gate_out"])
    yield Subject("gate_teu", "TEU", "all", group).row("value", _teu(log, through))


def _teu(log: RunLog, mask: Mask) -> float:
    return float(log.boxes["teu"][mask].sum(dtype=np.int64))
