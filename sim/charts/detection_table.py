"""The data of clearance time against detection: what fewer or more inspections buy, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.charts.of_results import change_of, footing_of, interval_of, label_of
from sim.charts.table import Change, Flow, Footing, Interval, Label, Row

if TYPE_CHECKING:
    from sim.experiment import ScenarioResult
    from sim.experiment.families import Judged

HOURS, SHARE = ("arrival_to_release", "mean"), ("found_share", "value")
FLOWS: tuple[Flow, Flow] = ("import", "export")


@dataclass(frozen=True)
class DetectionPoint:
    """One scenario and flow: hours to release, share of infringements found, and both changes against the base."""

    flow: Flow
    label: Label
    hours: Interval
    share: Interval
    hours_change: Change | None = None
    share_change: Change | None = None


@dataclass(frozen=True)
class DetectionTable:
    """The points, flow by flow in the order of the scenarios, the base first."""

    points: tuple[DetectionPoint, ...]
    footing: Footing

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of the runs shown."""
        return tuple(dict.fromkeys(point.label.digest for point in self.points))

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The flows that have points."""
        return tuple(dict.fromkeys(point.flow for point in self.points))

    def of(self, flow: Flow) -> list[DetectionPoint]:
        """Return the points of one flow."""
        return [point for point in self.points if point.flow == flow]

    def rows(self) -> list[Row]:
        """Return one row for each point."""
        return [
            {
                **point.label.columns(),
                "flow": point.flow,
                **_columns("hours_to_release", point.hours),
                **_columns("share_found", point.share),
            }
            for point in self.points
        ]


def _columns(name: str, value: Interval) -> dict[str, object]:
    return {name: value.mean, f"{name}_low_95": value.low, f"{name}_high_95": value.high}


def detection_table(results: Sequence[ScenarioResult], judged: Sequence[Judged] = ()) -> DetectionTable | None:
    """Return hours and detection of each result, imports and exports; None if nothing is found in any.

    judged: of a comparison with the first result, what was found of each of the others.
    """
    against = (None, *judged) if judged else (None,) * len(results)
    points = [
        point
        for flow in FLOWS
        for result, one in zip(results, against, strict=True)
        if (point := _point(result, flow, one)) is not None
    ]
    return DetectionTable(tuple(points), footing_of(results[0].scenario)) if points else None


def _point(result: ScenarioResult, flow: Flow, against: Judged | None) -> DetectionPoint | None:
    from sim.experiment import summarise

    keys = [(metric, flow, "all") for metric, _ in (HOURS, SHARE)]
    wanted = {(item.metric, item.statistic): item for item in summarise(result, lambda key: key[:3] in keys)}
    hours, share = (interval_of(wanted.get(name)) for name in (HOURS, SHARE))
    if not (np.isfinite(hours.mean) and np.isfinite(share.mean)):
        return None
    changes = [None if against is None else _change(against, flow, name) for name in (HOURS, SHARE)]
    return DetectionPoint(flow, label_of(result.scenario), hours, share, *changes)


def _change(against: Judged, flow: Flow, name: tuple[str, str]) -> Change | None:
    key = (name[0], flow, "all", name[1])
    for effect in against.effects:
        if (effect.metric, effect.flow, effect.group, effect.statistic) == key:
            return change_of(against.told(effect))
    return None
