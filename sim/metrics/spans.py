"""Hours of boxes, of which boxes they are asked, and their rows group by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.metrics.groups import Chosen
from sim.metrics.passage import Hours, Mask
from sim.metrics.summary import Subject, average, describe
from sim.records import Column, MetricRow

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
    """Hours (n,) of the chosen boxes, NaN where the end has not come; `of` (n,) are those that have such an end."""

    metric: str
    hours: Hours
    of: Mask
    unit: str = "h"


def describe_all(spans: Iterable[Span], flow: str, groups: Iterable[tuple[str, Mask]]) -> Iterator[MetricRow]:
    """Yield the rows of all spans, group by group."""
    for group, mask in groups:
        yield from describe_group(spans, flow, group, mask)


def describe_group(spans: Iterable[Span], flow: str, group: str, mask: Mask) -> Iterator[MetricRow]:
    """Yield the rows of all spans for the boxes in `mask` (n,)."""
    members: dict[int, NDArray[np.intp]] = {}  # spans of the same boxes share the work
    for span in spans:
        key = id(span.of)
        if key not in members:
            members[key] = np.flatnonzero(mask & span.of)
        yield from describe(Subject(span.metric, span.unit, flow, group), span.hours[members[key]])


def inspection(chosen: Chosen) -> Span:
    """Return the hours from the order to inspect to the last verdict; asked of inspected boxes."""
    ended = np.fmax(chosen.column("t_scanned"), chosen.column("t_examined"))
    return Span("inspection", np.asarray(ended - chosen.column("t_notified")), chosen.inspected)


def passing(chosen: Chosen) -> Passing:
    """Return who passes which stage, and the hours there."""
    columns = {name: chosen.column(name) for name in FINE_STAGES}
    places = {name: np.flatnonzero(np.isfinite(column)) for name, column in columns.items()}
    return {name: (rows, columns[name][rows]) for name, rows in places.items()}


def waits(stages: Passing, flow: str, group: str, mask: Mask) -> Iterator[MetricRow]:
    """Yield the mean wait at every stage of those in `mask` (n,) who pass it."""
    for metric, (rows, hours) in stages.items():
        yield from average(Subject(metric, "h", flow, group), hours[mask[rows]])
