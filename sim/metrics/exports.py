"""Export clearance: two official clocks, four stages that add up, and the stay of each kind of box.

The clocks start when the box is in the port and stop at its release, or at the departure of its vessel. The stages
are those of boxes whose vessel has departed; where some have not, means are weighted so that they add up to the mean of
`arrival_to_departure`.
What goes by train has a release only (see `sim.metrics.europe`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Chosen, export_groups
from sim.metrics.passage import Hours, departed, entered, left, stacked
from sim.metrics.sample import Sample
from sim.metrics.spans import Span, describe_group, inspection, passing, until, waited, waits
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
    """Return the four stages [h] (n,) that add up to `arrival_to_departure`; of boxes not departed, so far."""
    arrived = chosen.column("t_arrived")
    lodged, released, loaded = (
        until(chosen.log, chosen.column(name)) for name in ("t_lodged", "t_released", "t_loaded")
    )
    declared = np.maximum(lodged, arrived)
    return {
        "preparation": declared - arrived,
        "clearance": released - declared,
        "after_release": loaded - released,
        "vessel_departure": until(chosen.log, _departure(chosen)) - loaded,
    }


def _spans(chosen: Chosen) -> list[Span]:
    log, by_sea = chosen.log, np.asarray(chosen.column("by_out") == Mode.SEA)
    released, loaded, inside = chosen.column("t_released"), chosen.column("t_loaded"), entered(chosen.column)
    release, departure = clocks(chosen).items()
    so_far = waited(log, chosen.column("t_arrived"))
    until_departure = Span(*departure, by_sea, so_far)
    return [
        Span(*release, chosen.everyone(), so_far),
        until_departure,
        Span("release_to_loading", loaded - released, by_sea, waited(log, released)),
        Span("loading_to_departure", _departure(chosen) - loaded, by_sea, waited(log, loaded)),
        *(Span(name, hours, by_sea, whole=until_departure) for name, hours in stages(chosen).items()),
        Span("yard_dwell", left(chosen.column) - inside, stacked(chosen.column), waited(log, inside)),
        inspection(chosen),
    ]


def _departure(chosen: Chosen) -> Hours:
    return departed(chosen.log, chosen.column("call_out"))
