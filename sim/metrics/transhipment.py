"""Transhipment: from coming in to aboard the next carrier, and the part of it that release and transfer take."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Chosen
from sim.metrics.passage import Mask, by_ship, entered
from sim.metrics.sample import Sample
from sim.metrics.spans import Span, describe_all, waited
from sim.records import Flow, MetricRow, Mode

WAYS = {
    "to_sea": (None, Mode.SEA),
    "to_barge": (None, Mode.BARGE),
    "sea_to_sea": (Mode.SEA, Mode.SEA),
    "barge_to_sea": (Mode.BARGE, Mode.SEA),
    "road_to_sea": (Mode.ROAD, Mode.SEA),
}
"""Group -> how its boxes come, None for any way, and how they leave."""


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the rows, if transhipment boxes go on by sea or barge or are released."""
    chosen = sample.of(Flow.TRANSHIPMENT)
    carried = by_ship(chosen.column)
    inside, released = entered(chosen.column), chosen.column("t_released")
    so_far = waited(sample.log, inside)
    if carried.any():
        connection = Span("connection_time", chosen.column("t_loaded") - inside, carried, so_far)
        yield from describe_all([connection], "transhipment", _ways(chosen))
    if np.isfinite(released).any():
        of = np.asarray(chosen.column("by_out") != Mode.NONE)
        transfer = Span("transfer_time", released - inside, of, so_far)
        automatic = chosen.column("automatic")
        groups = (("all", chosen.everyone()), ("automatic", automatic), ("by_officer", ~automatic))
        yield from describe_all([transfer], "transhipment", groups)


def _ways(chosen: Chosen) -> Iterator[tuple[str, Mask]]:
    yield "all", chosen.everyone()
    by_in, by_out = chosen.column("by_in"), chosen.column("by_out")
    for group, (comes, leaves) in WAYS.items():
        mask = np.asarray(by_out == leaves)
        yield group, mask if comes is None else np.asarray(mask & (by_in == comes))
