"""What time and inspections cost the owners of import and export boxes, in yuan (CNY).

Charges run by the day begun, after the free days: storage while a box lies in the yard, the carrier's demurrage on
imports from discharge until they leave. Fees of clean boxes are waived in part. Time is valued from arrival until the
box is out of the port, of exports until their vessel has departed, with both bounds: the capital bound in goods, and
what shippers pay to save a day. Boxes count that came in the window and have left; nothing is said where the log has no
factors.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Chosen, traders
from sim.metrics.passage import Hours, departed, entered, left, stacked
from sim.metrics.sample import Sample
from sim.metrics.summary import Subject, average
from sim.records import Flow, MetricRow, Mode

HOURS_PER_DAY = 24.0


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield mean, total and count of each kind of cost, of all boxes and by trader, of imports and exports."""
    log = sample.log
    if not any(key.startswith("costs.") for key in log.factors):
        return
    for flow in (flow for flow in (Flow.IMPORT, Flow.EXPORT) if flow in sample.flows):
        chosen = sample.of(flow)
        done = np.isfinite(left(chosen.column))
        chosen = Chosen(log, chosen.rows[done])
        costs = {**_charges(chosen, flow), **_time(chosen)}
        for group, mask in traders(chosen):
            members = np.flatnonzero(mask)
            for metric, yuan in costs.items():
                here = yuan[members]
                yield from average(Subject(metric, "CNY/box", flow.name.lower(), group), here)
                yield Subject(metric, "CNY", flow.name.lower(), group).row("total", here.sum())


def _factor(chosen: Chosen, name: str) -> float:
    return chosen.log.factors[f"costs.{name}"]


def _charges(chosen: Chosen, flow: Flow) -> dict[str, Hours]:
    """Return what port and carrier charge for each box [CNY] (n,), and the sum."""
    gone = left(chosen.column)
    stored = _days_begun(chosen, gone - entered(chosen.column), "free_storage") * stacked(chosen.column)
    charges = {"storage_charge": stored * _factor(chosen, "storage")}
    if flow == Flow.IMPORT:
        late = _days_begun(chosen, gone - chosen.column("t_discharged"), "free_demurrage")
        charges["demurrage_charge"] = late * _factor(chosen, "demurrage")
    charges["inspection_fee"] = _fees(chosen)
    return charges | {"charges": np.asarray(sum(charges.values()))}


def _days_begun(chosen: Chosen, hours: Hours, free: str) -> Hours:
    return np.ceil(np.maximum(hours / HOURS_PER_DAY - _factor(chosen, free), 0.0))


def _fees(chosen: Chosen) -> Hours:
    """Return the fees of scan and examination [CNY] (n,); of boxes in which nothing was found, what is not waived."""
    scanned, examined = (np.isfinite(chosen.column(name)) for name in ("t_scanned", "t_examined"))
    fees = scanned * _factor(chosen, "scan_fee") + examined * _factor(chosen, "examination_fee")
    caught = chosen.column("infringing") & chosen.column("found")
    return np.where(caught, fees, fees * (1 - _factor(chosen, "waived_when_clean")))


def _time(chosen: Chosen) -> dict[str, Hours]:
    """Return the value of each box's time in the port [CNY] (n,), lower and upper bound."""
    sailed = departed(chosen.log, chosen.column("call_out"))
    exported = (chosen.column("flow") == Flow.EXPORT) & (chosen.column("by_out") == Mode.SEA) & np.isfinite(sailed)
    until = np.where(exported, sailed, left(chosen.column))
    days = (until - chosen.column("t_arrived")) / HOURS_PER_DAY
    value = days * chosen.column("teu") * _factor(chosen, "value_of_goods")
    return {f"time_cost_{bound}": value * _factor(chosen, name) for bound, name in BOUNDS.items()}


BOUNDS = {"low": "holding", "high": "willingness"}
