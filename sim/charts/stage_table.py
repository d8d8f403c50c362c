"""The data of the stage chart: mean hours by stage, their total, and what each desk did with them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.charts.table import Change, Flow, Footing, Interval, Label, Row

STAGES: Mapping[Flow, tuple[str, str, str, str]] = {
    "import": ("unloading", "preparation", "clearance", "pick_up"),
    "export": ("preparation", "clearance", "after_release", "vessel_departure"),
}
TOTAL: Mapping[Flow, str] = {"import": "arrival_to_gate_out", "export": "arrival_to_departure"}
CHANGE: Mapping[Flow, str] = {"import": "arrival_to_release", "export": "arrival_to_departure"}
"""What the chart says of a reform: imports wait for their release, exports are released long before they sail."""

DESKS = ("review", "scan", "examine", "gate")
PARTS = ("closed", "queued", "service")


@dataclass(frozen=True)
class StageBar:
    """One scenario: mean hours of each stage of the flow, their total, and desk -> mean hours of each of PARTS."""

    label: Label
    hours: tuple[float, float, float, float]
    total: Interval
    change: Change | None = None
    """Change of the flow's CHANGE against the first bar; None for the first bar itself."""
    desks: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)

    def passes(self, desk: str) -> bool:
        """Return whether any box spent time at `desk`."""
        return any(hours > 0 for hours in self.desks.get(desk, ()))


@dataclass(frozen=True)
class StageTable:
    """The bars in the order drawn; in a comparison the first is the base."""

    bars: tuple[StageBar, ...]
    footing: Footing
    flow: Flow = "import"

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of the runs shown, in the order shown."""
        return tuple(bar.label.digest for bar in self.bars)

    def rows(self) -> list[Row]:
        """Return one row per scenario and number."""
        return [row for bar in self.bars for row in _rows(bar, self.flow)]


def _rows(bar: StageBar, flow: Flow) -> list[Row]:
    rows = [_row(bar, stage, "mean", _bare(mean)) for stage, mean in zip(STAGES[flow], bar.hours, strict=True)]
    rows.append(_row(bar, TOTAL[flow], "mean", bar.total))
    if bar.change is not None:
        rows.append(_row(bar, CHANGE[flow], "change", bar.change.size))
    for desk, parts in bar.desks.items():
        rows += [_row(bar, f"{desk}_{part}", "mean", _bare(mean)) for part, mean in zip(PARTS, parts, strict=True)]
    return rows


def _bare(mean: float) -> Interval:
    return Interval(mean, math.nan, math.nan)


def _row(bar: StageBar, metric: str, statistic: str, hours: Interval) -> Row:
    return {
        **bar.label.columns(),
        "metric": metric,
        "statistic": statistic,
        "hours": hours.mean,
        "low_95": hours.low,
        "high_95": hours.high,
    }
