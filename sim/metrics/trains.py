"""Trains to Europe: how full and how punctual they are, and what a box waits for at the rail station."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.metrics.groups import Chosen, in_window
from sim.metrics.passage import Hours
from sim.metrics.sample import Sample
from sim.metrics.spans import Span, describe_all, waited
from sim.metrics.summary import Subject, describe
from sim.records import Column, Flow, MetricRow, RunLog

ON_TIME_H = 0.5
"""A train leaves on time if it departs at most so long after the hour of the timetable."""


def rows(sample: Sample) -> Iterator[MetricRow]:
    """Yield the rows of trains planned in the window, then those of boxes that came to the port in it."""
    log = sample.log
    if log.trains["train"].size:
        yield from _trains(log)
    if log.rail["box"].size:
        yield from _boxes(log)


def at_station(chosen: Chosen, name: str) -> Hours:
    """Return one column of the rail table [h] for the chosen boxes (n,), NaN for those that are not in it."""
    return _by_box(chosen, chosen.log.rail[name], np.nan)


def _by_box(chosen: Chosen, column: Column, nothing: float | bool) -> Column:
    """Return a column of the rail table (m,) for the chosen boxes (n,), `nothing` for those that are not in it."""
    log = chosen.log
    every = np.full(log.boxes["box"].size, nothing, dtype=column.dtype)
    every[np.searchsorted(log.boxes["box"], log.rail["box"])] = column
    return every[chosen.rows]


def _trains(log: RunLog) -> Iterator[MetricRow]:
    trains = log.trains
    planned = in_window(log, trains["t_planned"])
    gone = planned & np.isfinite(trains["t_departed"])
    yield Subject("trains", "trains", "train", "all").row("count", np.count_nonzero(gone))
    yield Subject("train_boxes", "boxes", "train", "all").row("count", trains["boxes"][gone].sum(dtype=np.int64))
    yield Subject("train_teu", "TEU", "train", "all").row("value", trains["teu"][gone].sum(dtype=np.int64))
    filled = np.where(gone, trains["teu"] / trains["capacity_teu"], np.nan)[planned]
    yield from describe(Subject("filling", "share", "train", "all", "trains"), filled)
    yield Subject("left_boxes", "boxes", "train", "all").row("count", trains["left_boxes"][gone].sum(dtype=np.int64))
    known = planned & (trains["t_planned"] + ON_TIME_H <= log.end)
    if known.any():
        in_time = trains["t_departed"][known] - trains["t_planned"][known] <= ON_TIME_H
        share = np.count_nonzero(in_time) / in_time.size
        yield Subject("departed_on_time", "share", "train", "all").row("value", share)


def _boxes(log: RunLog) -> Iterator[MetricRow]:
    """Yield the wait for a train and the release for it; what is declared before it has come counts from its coming."""
    of_rail = np.searchsorted(log.boxes["box"], log.rail["box"])
    came = in_window(log, log.boxes["t_arrived"][of_rail]) & (log.boxes["flow"][of_rail] == Flow.EXPORT)
    chosen = Chosen(log, np.sort(of_rail[came]))
    declared = np.fmax(at_station(chosen, "t_lodged"), chosen.column("t_arrived"))
    ready, everyone = at_station(chosen, "t_ready"), chosen.everyone()
    release = at_station(chosen, "t_released") - declared
    spans = (
        Span("train_wait", at_station(chosen, "t_departed") - ready, everyone, waited(log, ready)),
        Span("declaration_to_release", release, everyone, waited(log, declared)),
    )
    again = np.asarray(_by_box(chosen, log.rail["again"], False))
    yield from describe_all(spans, "export", (("by_rail", chosen.everyone()), ("declared_again", again)))
