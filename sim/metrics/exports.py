"""Export clearance: two official clocks, four stages that add up, and the stay of each kind of box.

The clocks start when the box is in the port and stop at its release, or at the departure of its vessel. The stages
are measured on boxes whose vessel has departed, so that their means add up to the mean of `arrival_to_departure`.
What goes by train has a release only (see `sim.metrics.europe`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Chosen, export_groups
from sim.metrics.passage import Hours, departed, entered, left, stacked
from sim.metrics.sample import Sample
from sim.metrics.spans import Span, describe_group, inspection, passing, waits
from sim.records import Flow, MetricRow, Mode

WAITS_OF = ("all", "inspected")
"""Groups whose waits at desks and gates are given."""


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield clocks, stages and waits of export boxes by group, if there are any."""
    if Flow.EXPORT not in sample.flows:
        return
    chosen = sample.of(Flow.EXPORT)
    spans, stops = _spans(chosen), passing(chosen)
    for group, mask in export_groups(chosen):
        yield from describe_group(spans, "export", group, mask)
        if group in WAITS_OF:
            yield from waits(stops, "export", group, mask)


def clocks(chosen: Chosen) -> dict[str, Hours]:
    """Return both official clocks [h] (n,), NaN where the box has not come so far."""
    arrived = chosen.column("t_arrived")
    return {
        "arrival_to_release": chosen.column("t_released") - arrived,
        "arrival_to_departure": _departure(chosen) - arrived,
    }


def stages(chosen: Chosen) -> dict[str, Hours]:
    """Return the four stages [h] (n,) that add up to `arrival_to_departure`, NaN for boxes not departed."""
    departure = _departure(chosen)
    arrived = np.where(np.isfinite(departure), chosen.column("t_arrived"), np.nan)
    declared = np.maximum(chosen.column("t_lodged"), arrived)
    released, loaded = chosen.column("t_released"), chosen.column("t_loaded")
    return {
        "preparation": declared - arrived,
        "clearance": released - declared,
        "after_release": np.where(np.isfinite(departure), loaded - released, np.nan),
        "vessel_departure": departure - loaded,
    }


def _spans(chosen: Chosen) -> list[Span]:
    by_sea = np.asarray(chosen.column("by_out") == Mode.SEA)
    loaded = chosen.column("t_loaded")
    dwell = left(chosen.column) - entered(chosen.column)
    release, departure = clocks(chosen).items()
    return [
        Span(*release, chosen.everyone()),
        Span(*departure, by_sea),
        Span("release_to_loading", loaded - chosen.column("t_released"), by_sea),
        Span("loading_to_departure", _departure(chosen) - loaded, by_sea),
        *(Span(name, hours, by_sea) for name, hours in stages(chosen).items()),
        Span("yard_dwell", dwell, stacked(chosen.column)),
        inspection(chosen),
    ]


def _departure(chosen: Chosen) -> Hours:
    return departed(chosen.log, chosen.column("call_out"))
