"""Floor 5: from the run log to numbers. NumPy only, so that the workers stay light.

Statistics of a distribution: `mean p50 p90 p95` (unit of the metric), `within_24h within_48h` (share), `count`
(finished), `unfinished` (without the end milestone: they enter as `sim.metrics.survival` says). Single numbers have the
statistic `value`, plain counts the statistic `count`, sums of money `total`; a reconciliation has `in out inside_start
inside_end difference`. A statistic of nothing has no row: only `count` 0 and `unfinished` tell of it. A part that the
port does not have (exports, barges, rail, factors of emissions and costs) has no rows at all.
"""

from __future__ import annotations

from sim.metrics import (
    barges,
    clearance,
    cost,
    detection,
    emissions,
    europe,
    exports,
    flow,
    gate,
    rolling,
    stations,
    trains,
    transhipment,
    vessels,
    yard,
)
from sim.metrics.conservation import conservation
from sim.metrics.dwell import DWELL_EDGES, DwellHistogram, dwell_sample
from sim.metrics.inside import Inside, inside
from sim.metrics.sample import Sample
from sim.metrics.self_check import Checked, self_check
from sim.records import MetricRow, RunLog

__all__ = [
    "DWELL_EDGES",
    "Checked",
    "DwellHistogram",
    "Inside",
    "conservation",
    "dwell_sample",
    "inside",
    "measure",
    "self_check",
]

FAMILIES = (
    *(clearance, exports, transhipment, rolling, vessels, barges, trains, europe, yard, gate, flow),
    *(detection, stations, emissions, cost),
)


def measure(log: RunLog) -> list[MetricRow]:
    """Return all metrics of one replication, family by family, always in the same order."""
    sample, rows = Sample(log), list[MetricRow]()
    for family in FAMILIES:
        rows += family.rows(sample)
        sample.forget()
    return rows
