"""Stations: the share of their open server-hours in use, and the hours that customs' desks work and are staffed.

Work and staffed hours are those of the measured days: of the boxes whose service ended in them, and of the plan.
Scanners and examination bays together are the inspectors'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from sim.metrics.groups import hours_in_window, in_window
from sim.metrics.sample import Sample
from sim.metrics.summary import Subject
from sim.records import MetricRow, RunLog

DESKS = {
    "review": ("review_service", "t_reviewed"),
    "scanner": ("scan_service", "t_scanned"),
    "examination": ("examine_service", "t_examined"),
}
"""Customs' desks -> the hours of a box there, and the milestone that follows."""

INSPECTION = ("scanner", "examination")


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield, of stations that were open at all, their use over the whole run; of desks also work and staffed hours."""
    log = sample.log
    table, opened = log.stations, dict[str, int]()
    for code, work, capacity in zip(table["station"], table["work"], table["capacity"], strict=True):
        if capacity > 0:
            name = log.names["station"][code]
            opened[name] = int(code)
            yield Subject("station_use", "share", "all", name).row("value", work / capacity)
    desks = {desk: opened[desk] for desk in DESKS if desk in opened}
    yield from _hours("desk_work", {desk: _work(log, *DESKS[desk]) for desk in desks})
    yield from _hours("desk_hours", {desk: _planned(log, code) for desk, code in desks.items()})


def _hours(metric: str, by_desk: Mapping[str, float]) -> Iterator[MetricRow]:
    for desk, hours in by_desk.items():
        yield Subject(metric, "h", "all", desk).row("value", hours)
    if all(desk in by_desk for desk in INSPECTION):
        yield Subject(metric, "h", "all", "inspection").row("value", sum(by_desk[desk] for desk in INSPECTION))


def _work(log: RunLog, service: str, milestone: str) -> float:
    """Return the hours of service given to the boxes whose service led to a milestone in the measured days."""
    hours = log.boxes[service][in_window(log, log.boxes[milestone])]
    return float(np.nansum(hours, dtype=np.float64))


def _planned(log: RunLog, code: int) -> float:
    """Return the server-hours that are planned for a station in the measured days."""
    at = np.flatnonzero(log.shifts["station"] == code)
    hours = hours_in_window(log, log.shifts["t_from"][at], log.shifts["t_until"][at])
    return float((hours * log.shifts["servers"][at]).sum())
