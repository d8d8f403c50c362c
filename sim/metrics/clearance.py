"""Import clearance: two official clocks, four stages that add up, and where the waiting is.

The four stages are those of boxes that are out of the port; where some are not, means are weighted so that they add up
to the mean of `arrival_to_gate_out`, as the hours of each box do. Both are of boxes that leave through the gate: those
that a barge takes have a release and a stay, and their wait for it (see `sim.metrics.barges`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Chosen, import_groups
from sim.metrics.passage import Hours, by_ship, entered, left
from sim.metrics.sample import Sample
from sim.metrics.spans import Span, describe_group, inspection, passing, until, waited, waits
from sim.records import Flow, MetricRow


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the clocks, stages and waits of import boxes by group, then the stay of the other discharged flows."""
    chosen = sample.of(Flow.IMPORT)
    everyone, by_gate = chosen.everyone(), ~by_ship(chosen.column)
    release, gate_out = clocks(chosen).items()
    so_far = waited(sample.log, chosen.column("t_arrived"))
    until_gate = Span(*gate_out, by_gate, so_far)
    spans = [
        Span(*release, everyone, so_far),
        until_gate,
        *(Span(name, hours, by_gate, whole=until_gate) for name, hours in stages(chosen).items()),
        _yard_dwell(chosen),
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
    """Return the four stages [h] (n,) that add up to `arrival_to_gate_out`; of boxes still in the port, so far."""
    discharged, lodged, released, out = (
        until(chosen.log, chosen.column(name)) for name in ("t_discharged", "t_lodged", "t_released", "t_gate_out")
    )
    declared = np.maximum(lodged, discharged)
    return {
        "unloading": discharged - chosen.column("t_arrived"),
        "preparation": declared - discharged,
        "clearance": released - declared,
        "pick_up": out - released,
    }


def _yard_dwell(chosen: Chosen) -> Span:
    inside = entered(chosen.column)
    hours = np.asarray(left(chosen.column) - inside)
    return Span("yard_dwell", hours, chosen.everyone(), waited(chosen.log, inside))


def _stay(chosen: Chosen, flow: Flow) -> Iterator[MetricRow]:
    gate_out, so_far = clocks(chosen)["arrival_to_gate_out"], waited(chosen.log, chosen.column("t_arrived"))
    spans = (Span("arrival_to_gate_out", gate_out, ~by_ship(chosen.column), so_far), _yard_dwell(chosen))
    yield from describe_group(spans, flow.name.lower(), "all", chosen.everyone())
