"""The data of the chart of the yard: TEU in it over the measured days and by the hour of the week, and its room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.charts.of_results import footing_of, label_of
from sim.charts.of_runs import WEEK_H, Hours, Runs, read, runs, stock
from sim.charts.table import Footing, Label, Row

if TYPE_CHECKING:
    from sim.experiment import ScenarioResult

COLUMNS = ("by_in", "by_out", "t_gate_in", "t_discharged", "t_loaded", "t_gate_out", "shipside", "direct", "teu")
SHIP = ("sea", "barge")


@dataclass(frozen=True)
class YardCurve:
    """One scenario: mean TEU in the yard of all terminals over the replications.

    days: at every full hour of the measured days. week: by the hour of the week (168,). capacity: TEU, at the start of
    the measured days; 0 where the port does not say.
    """

    label: Label
    days: tuple[float, ...]
    week: tuple[float, ...]
    capacity: float

    @property
    def mean(self) -> float:
        """Mean over the measured days."""
        return float(np.mean(self.days))


@dataclass(frozen=True)
class YardTable:
    """The curves in the order drawn; the first is the base."""

    curves: tuple[YardCurve, ...]
    footing: Footing

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of the runs shown."""
        return tuple(curve.label.digest for curve in self.curves)

    def rows(self) -> list[Row]:
        """Return one row for each scenario and hour, of the measured days and of the week."""
        return [
            {**curve.label.columns(), "over": over, "hour": hour, "teu": teu, "capacity_teu": curve.capacity}
            for curve in self.curves
            for over, values in (("measured_days", curve.days), ("week", curve.week))
            for hour, teu in enumerate(values)
        ]


def yard_table(root: Path, results: Sequence[ScenarioResult]) -> YardTable | None:
    """Return the yards of those results that have box tables in the store at `root`; None if none has any."""
    found = [known for result in results if (known := runs(root, result, "boxes")).folders]
    if not found:
        return None
    number = min(len(known.folders) for known in found)
    return YardTable(tuple(_curve(known) for known in found), footing_of(found[0].scenario, number))


def _curve(known: Runs) -> YardCurve:
    days: Hours = np.zeros(known.hours.shape)
    for folder in known.folders:
        days += stock(*_stays(folder, known.hours)) / len(known.folders)
    week = np.zeros(WEEK_H) + known.by_hour_of_week(days)
    port = known.scenario.timeline.at(known.scenario.horizon.window[0])
    yards = [terminal.yard for terminal in port.terminals.values()]
    slots = [pool.teu.value for yard in yards for pool in (yard.dry, yard.reefer, yard.empty) if pool is not None]
    return YardCurve(label_of(known.scenario), tuple(days.tolist()), tuple(week.tolist()), float(sum(slots)))


def _stays(folder: Path, hours: Hours) -> tuple[Hours, Hours, Hours, Hours]:
    """Return when boxes come into the yard and leave it, the hours asked for, and their TEU.

    As the metrics of the yard have it: boxes taken at the ship's side or loaded off the truck are never in it.
    """
    boxes = read(folder, "boxes", COLUMNS)
    came = np.where(boxes["by_in"] == "road", boxes["t_gate_in"], boxes["t_discharged"])
    came[boxes["shipside"] | boxes["direct"]] = np.nan
    went = np.where(np.isin(boxes["by_out"], SHIP), boxes["t_loaded"], boxes["t_gate_out"])
    return came, went, hours, boxes["teu"].astype(np.float64)
