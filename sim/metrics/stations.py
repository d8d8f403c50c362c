"""Stations: the share of their open server-hours in use."""

from __future__ import annotations

from collections.abc import Iterator

from sim.metrics.sample import Sample
from sim.metrics.summary import Subject
from sim.records import MetricRow


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the use of every station that was open at all, as a share of its capacity over the whole run."""
    log = sample.log
    table = log.stations
    for code, work, capacity in zip(table["station"], table["work"], table["capacity"], strict=True):
        if capacity > 0:
            name = log.names["station"][code]
            yield Subject("station_use", "share", "all", name).row("value", work / capacity)
