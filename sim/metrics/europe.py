"""Export boxes bound for Europe, by train and by sea: their stay in the port, their departure, and the way there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Chosen
from sim.metrics.passage import Mask, departed, left
from sim.metrics.sample import Sample
from sim.metrics.spans import Span, describe_all, waited
from sim.metrics.summary import Subject
from sim.metrics.trains import at_station
from sim.records import Flow, MetricRow, Mode

HOURS_PER_DAY = 24.0


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the rows of boxes that came to the port in the window, if any is bound for Europe."""
    log = sample.log
    if not log.boxes["europe"].any():
        return
    exports = sample.of(Flow.EXPORT)
    chosen = Chosen(log, exports.rows[exports.column("europe")])
    by_rail = np.asarray(chosen.column("by_out") == Mode.RAIL)
    groups = (("europe", chosen.everyone()), ("by_rail", by_rail), ("by_sea", ~by_rail))
    yield from describe_all(_spans(chosen, by_rail), "export", groups)
    if by_rail.size:
        share = np.count_nonzero(by_rail) / by_rail.size
        yield Subject("rail_share", "share", "export", "europe").row("value", share)


def _spans(chosen: Chosen, by_rail: Mask) -> list[Span]:
    """Return the three times, all from coming to the port; by sea the voyage has the mean length of the factors."""
    arrived, everyone = chosen.column("t_arrived"), chosen.everyone()
    sailed = departed(chosen.log, chosen.column("call_out"))
    gone = np.where(by_rail, at_station(chosen, "t_departed"), sailed)
    voyage = chosen.log.factors.get("rail.sea_transit", np.nan)
    there = np.where(by_rail, at_station(chosen, "t_europe"), sailed + voyage)
    known = everyone if np.isfinite(voyage) else by_rail
    so_far = waited(chosen.log, arrived)
    way, days = (there - arrived) / HOURS_PER_DAY, so_far / HOURS_PER_DAY
    return [
        Span("europe_port_dwell", left(chosen.column) - arrived, everyone, so_far),
        Span("europe_to_departure", gone - arrived, everyone, so_far),
        Span("time_to_europe", way, known, days, unit="d"),
    ]
