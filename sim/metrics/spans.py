"""Hours of boxes, of which boxes they are asked, and their rows group by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.metrics.groups import Chosen
from sim.metrics.passage import Hours, Mask
from sim.metrics.summary import Subject, average, describe, describe_part
from sim.metrics.survival import Survival
from sim.records import Column, MetricRow, RunLog

FINE_STAGES = (
    "lodge_closed",
    *(f"{stage}_{part}" for stage in ("review", "scan", "examine") for part in ("closed", "queued", "service")),
    "pickup_closed",
    *(f"gate_{part}" for part in ("closed", "queued", "service")),
)
Passing = Mapping[str, tuple[NDArray[np.intp], Column]]
"""Stage -> places (m,) of the boxes that pass it, few at most stages, and their hours there (m,)."""


@dataclass(frozen=True)
class Span:
    """Hours (n,) of the chosen boxes, NaN where the end has not come; `of` (n,) are those that have such an end.

    waited: hours (n,) that a box has been without the end until now. whole: of what the hours are a stage; then they
    are the hours so far where the whole has not ended, and it says who is through.
    """

    metric: str
    hours: Hours
    of: Mask
    waited: Hours | None = None
    whole: Span | None = None
    unit: str = "h"


def waited(log: RunLog, start: Column) -> Hours:
    """Return the hours (n,) from `start` [h] (n,) to the end of the run, 0 for what has not started."""
    return np.where(np.isfinite(start), np.maximum(log.end - start, 0.0), 0.0)


def until(log: RunLog, milestone: Column) -> Hours:
    """Return the hours (n,) of a milestone, the end of the run where it has not come."""
    return np.where(np.isfinite(milestone), milestone, log.end)


def describe_all(spans: Iterable[Span], flow: str, groups: Iterable[tuple[str, Mask]]) -> Iterator[MetricRow]:
    """Yield the rows of all spans, group by group."""
    for group, mask in groups:
        yield from describe_group(spans, flow, group, mask)


def describe_group(spans: Iterable[Span], flow: str, group: str, mask: Mask) -> Iterator[MetricRow]:
    """Yield the rows of all spans for the boxes in `mask` (n,)."""
    members: dict[int, NDArray[np.intp]] = {}  # spans of the same boxes share the work
    wholes: dict[int, tuple[Mask, Survival | None]] = {}
    for span in spans:
        key, subject = id(span.of), Subject(span.metric, span.unit, flow, group)
        if key not in members:
            members[key] = np.flatnonzero(mask & span.of)
        hours = span.hours[members[key]]
        if span.whole is None:
            yield from describe(subject, hours, None if span.waited is None else span.waited[members[key]])
            continue
        if id(span.whole) not in wholes:
            wholes[id(span.whole)] = _through(span.whole, members[key])
        yield from describe_part(subject, hours, *wholes[id(span.whole)])


def _through(whole: Span, rows: NDArray[np.intp]) -> tuple[Mask, Survival | None]:
    """Return which boxes in `rows` (m,) are through (m,), and the estimate of their time if only some are."""
    hours = whole.hours[rows]
    there = np.isfinite(hours)
    if whole.waited is None or there.all() or not there.any():
        return there, None
    return there, Survival(hours[there], whole.waited[rows][~there])


def inspection(chosen: Chosen) -> Span:
    """Return the hours from the order to inspect to the last verdict; asked of inspected boxes."""
    ended = np.fmax(chosen.column("t_scanned"), chosen.column("t_examined"))
    notified = chosen.column("t_notified")
    return Span("inspection", np.asarray(ended - notified), chosen.inspected, waited(chosen.log, notified))


def passing(chosen: Chosen) -> Passing:
    """Return who passes which stage, and the hours there."""
    columns = {name: chosen.column(name) for name in FINE_STAGES}
    places = {name: np.flatnonzero(np.isfinite(column)) for name, column in columns.items()}
    return {name: (rows, columns[name][rows]) for name, rows in places.items()}


def waits(stages: Passing, flow: str, group: str, mask: Mask) -> Iterator[MetricRow]:
    """Yield the mean wait at every stage of those in `mask` (n,) who pass it."""
    for metric, (rows, hours) in stages.items():
        yield from average(Subject(metric, "h", flow, group), hours[mask[rows]])
