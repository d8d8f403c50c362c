"""The data of the chart of flows: how boxes come into the port and how they leave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.charts.of_results import footing_of, label_of
from sim.charts.of_runs import DAY_H, Runs, frame, runs
from sim.charts.table import Footing, Label, OfOneRun, Row

if TYPE_CHECKING:
    from sim.experiment import ScenarioResult

COLUMNS = ("flow", "by_in", "by_out", "t_loaded", "t_gate_out")
FLOWS = ("import", "export", "transhipment", "domestic", "empty")
WAYS = ("sea", "barge", "road", "rail", "other")
"""How boxes come and leave; other: where the port does not say."""


@dataclass(frozen=True)
class Band:
    """Boxes a day of one flow that come one way and leave another."""

    flow: str
    way_in: str
    way_out: str
    boxes: float


@dataclass(frozen=True)
class FlowTable(OfOneRun):
    """The bands of one scenario, flow by flow: boxes that leave the port in the measured days, a day."""

    bands: tuple[Band, ...]
    label: Label
    footing: Footing

    @property
    def total(self) -> float:
        """Boxes a day in all."""
        return sum(band.boxes for band in self.bands)

    def out(self, way: str) -> float:
        """Return the boxes a day that leave by one way."""
        return sum(band.boxes for band in self.bands if band.way_out == way)

    def rows(self) -> list[Row]:
        """Return one row for each band."""
        return [
            {
                **self.label.columns(),
                "flow": band.flow,
                "in_by": band.way_in,
                "out_by": band.way_out,
                "boxes_per_day": band.boxes,
            }
            for band in self.bands
        ]


def flow_table(root: Path, results: Sequence[ScenarioResult]) -> FlowTable | None:
    """Return the flows of the first of the results with box tables in the store at `root`; None if none has any."""
    for result in results:
        known = runs(root, result, "boxes")
        if known.folders:
            bands = _bands(known)
            footing = footing_of(known.scenario, len(known.folders))
            return FlowTable(bands, label_of(known.scenario), footing) if bands else None
    return None


def _bands(known: Runs) -> tuple[Band, ...]:
    import polars as pl

    first, last = known.scenario.horizon.window
    by_ship = pl.col("by_out").cast(pl.String).is_in(["sea", "barge"])
    left = pl.when(by_ship).then(pl.col("t_loaded")).otherwise(pl.col("t_gate_out"))
    counts: Counter[tuple[str, str, str]] = Counter()
    for folder in known.folders:
        boxes = frame(folder, "boxes", COLUMNS).filter((left >= first) & (left < last))
        for flow, way_in, way_out, number in boxes.group_by("flow", "by_in", "by_out").len().iter_rows():
            counts[flow, way_in or "other", way_out or "other"] += number
    days = (last - first) / DAY_H * len(known.folders)
    ordered = sorted(counts.items(), key=lambda item: (FLOWS.index(item[0][0]), *map(WAYS.index, item[0][1:])))
    return tuple(Band(*key, number / days) for key, number in ordered)
