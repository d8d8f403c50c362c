"""The distribution of the official clocks, compact enough to keep for every replication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.metrics import clearance, exports
from sim.metrics.groups import choose
from sim.metrics.passage import flows_of
from sim.records import Flow, RunLog

BIN_H = 2.0
DWELL_EDGES: NDArray[np.float64] = np.arange(0.0, 480.0 + BIN_H, BIN_H)
"""Bin edges [h] (241,): bin i holds edge i <= hours < edge i + 1; one bin more holds all above the last edge."""


@dataclass(frozen=True)
class DwellHistogram:
    """Boxes by hours: `counts` (241,) over DWELL_EDGES, the last for overflow. Unfinished boxes are left out."""

    metric: str
    flow: str
    counts: NDArray[np.int64]


def dwell_sample(log: RunLog) -> tuple[DwellHistogram, ...]:
    """Return the histograms of the clocks of each flow.

    Imports and exports have a release; exports, if there are any, end with the departure of their vessel.
    """
    return tuple(_histograms(log))


def _histograms(log: RunLog) -> Iterator[DwellHistogram]:
    for flow in Flow:
        if flow == Flow.EXPORT:
            continue
        for metric, hours in clearance.clocks(choose(log, flow)).items():
            if flow == Flow.IMPORT or metric == "arrival_to_gate_out":
                yield DwellHistogram(metric, flow.name.lower(), _counts(hours))
    if Flow.EXPORT in flows_of(log):
        for metric, hours in exports.clocks(choose(log, Flow.EXPORT)).items():
            yield DwellHistogram(metric, "export", _counts(hours))


def _counts(hours: NDArray[np.float64]) -> NDArray[np.int64]:
    finished = hours[np.isfinite(hours)]
    bins = np.minimum(finished / BIN_H, DWELL_EDGES.size - 1).astype(np.int64)
    return np.bincount(bins, minlength=DWELL_EDGES.size).astype(np.int64)
