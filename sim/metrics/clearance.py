"""Import clearance: two official clocks, four stages that add up, and where the waiting is.

The four stages are measured on the boxes that are out of the port, so that their means add up to the mean of
`arrival_to_gate_out`, as the hours of each box do. Both are of boxes that leave through the gate: those that a barge
takes have a release and a stay, and their wait for it (see `sim.metrics.barges`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Chosen, import_groups
from sim.metrics.passage import Hours, by_ship, entered, left
from sim.metrics.sample import Sample
from sim.metrics.spans import Span, describe_group, inspection, passing, waits
from sim.records import Flow, MetricRow


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the clocks, stages and waits of import boxes by group, then the stay of the other discharged flows."""
    chosen = sample.of(Flow.IMPORT)
    everyone, by_gate = chosen.everyone(), ~by_ship(chosen.column)
    release, gate_out = clocks(chosen).items()
    spans = [
        Span(*release, everyone),
        Span(*gate_out, by_gate),
        *(Span(name, hours, by_gate) for name, hours in stages(chosen).items()),
        Span("yard_dwell", _yard_dwell(chosen), everyone),
        inspection(chosen),
    ]
    stops = passing(chosen)
    for group, mask in import_groups(chosen):
        yield from describe_group(spans, "import", group, mask)
        yield from waits(stops, "import", group, mask)
    for flow in (Flow.TRANSHIPMENT, Flow.DOMESTIC, Flow.EMPTY):
        yield from _stay(sample.of(flow), flow)


def clocks(chosen: Chosen) -> dict[str, Hours]:
    """Return both official clocks [h] (n,), NaN where the box has not come so far."""
    arrived = chosen.column("t_arrived")
    return {
        "arrival_to_release": chosen.column("t_released") - arrived,
        "arrival_to_gate_out": chosen.column("t_gate_out") - arrived,
    }


def stages(chosen: Chosen) -> dict[str, Hours]:
    """Return the four stages [h] (n,) that add up to `arrival_to_gate_out`, NaN for boxes still in the port."""
    out = chosen.column("t_gate_out")
    discharged = np.where(np.isfinite(out), chosen.column("t_discharged"), np.nan)
    declared = np.maximum(chosen.column("t_lodged"), discharged)
    released = chosen.column("t_released")
    return {
        "unloading": discharged - chosen.column("t_arrived"),
        "preparation": declared - discharged,
        "clearance": released - declared,
        "pick_up": np.where(np.isfinite(out), out - released, np.nan),
    }


def _yard_dwell(chosen: Chosen) -> Hours:
    return np.asarray(left(chosen.column) - entered(chosen.column))


def _stay(chosen: Chosen, flow: Flow) -> Iterator[MetricRow]:
    spans = (
        Span("arrival_to_gate_out", clocks(chosen)["arrival_to_gate_out"], ~by_ship(chosen.column)),
        Span("yard_dwell", _yard_dwell(chosen), chosen.everyone()),
    )
    yield from describe_group(spans, flow.name.lower(), "all", chosen.everyone())
