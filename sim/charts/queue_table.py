"""The data of the chart of queues: boxes that wait and are served at each desk, by the hour of the week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.charts.of_results import footing_of, label_of
from sim.charts.of_runs import WEEK_H, Columns, Hours, Runs, read, runs, stock
from sim.charts.stage_table import DESKS
from sim.charts.table import Footing, Label, Row

if TYPE_CHECKING:
    from sim.experiment import ScenarioResult

COLUMNS = (
    *("manual", "t_lodged", "t_at_site", "scan", "t_scanned", "t_gate_in"),
    *(f"{desk}_{part}" for desk in DESKS for part in ("closed", "queued", "service")),
)


@dataclass(frozen=True)
class DeskWeek:
    """One desk of one scenario: mean boxes that wait and that are served at each hour of the week, shape (168,) each.

    A job that pauses at closing counts as waiting until its last hours of work.
    """

    desk: str
    label: Label
    waiting: tuple[float, ...]
    served: tuple[float, ...]

    @property
    def peak(self) -> tuple[float, int]:
        """The most that wait, and the hour of the week."""
        hour = int(np.nanargmax(self.waiting))
        return self.waiting[hour], hour


@dataclass(frozen=True)
class QueueTable:
    """The desks in the order of clearance, of each scenario; the first scenario is the base."""

    weeks: tuple[DeskWeek, ...]
    labels: tuple[Label, ...]
    footing: Footing

    @property
    def digests(self) -> tuple[str, ...]:
        """The digests of the runs shown."""
        return tuple(label.digest for label in self.labels)

    @property
    def desks(self) -> tuple[str, ...]:
        """The desks that any scenario has."""
        return tuple(dict.fromkeys(week.desk for week in self.weeks))

    def of(self, desk: str) -> list[DeskWeek]:
        """Return the weeks of one desk, scenario by scenario."""
        return [week for week in self.weeks if week.desk == desk]

    def rows(self) -> list[Row]:
        """Return one row for each scenario, desk and hour of the week."""
        return [
            {**week.label.columns(), "desk": week.desk, "hour_of_week": hour, "waiting": waiting, "served": served}
            for week in self.weeks
            for hour, (waiting, served) in enumerate(zip(week.waiting, week.served, strict=True))
        ]


def queue_table(root: Path, results: Sequence[ScenarioResult]) -> QueueTable | None:
    """Return the queues of those results that have box tables in the store at `root`; None if none has any."""
    found = [known for result in results if (known := runs(root, result, "boxes")).folders]
    every = [week for known in found for week in _weeks(known)]
    weeks = tuple(week for desk in DESKS for week in every if week.desk == desk)
    if not weeks:
        return None
    number = min(len(known.folders) for known in found)
    return QueueTable(weeks, tuple(label_of(known.scenario) for known in found), footing_of(found[0].scenario, number))


def _weeks(known: Runs) -> Iterator[DeskWeek]:
    """Yield the week of every desk that any box passes."""
    sums = {desk: (np.zeros(WEEK_H), np.zeros(WEEK_H)) for desk in DESKS}
    for folder in known.folders:
        boxes = read(folder, "boxes", COLUMNS)
        for desk, (waiting, served) in sums.items():
            came, begun, done = _stays(boxes, desk)
            waiting += known.by_hour_of_week(stock(came, begun, known.hours)) / len(known.folders)
            served += known.by_hour_of_week(stock(begun, done, known.hours)) / len(known.folders)
    for desk, (waiting, served) in sums.items():
        if np.nansum(waiting) + np.nansum(served) > 0:
            yield DeskWeek(desk, label_of(known.scenario), tuple(waiting.tolist()), tuple(served.tolist()))


def _stays(boxes: Columns, desk: str) -> tuple[Hours, Hours, Hours]:
    """Return when each box comes to a desk, when its service begins and when it ends [h]; NaN for never."""
    closed, queued, service = (boxes[f"{desk}_{part}"].astype(np.float64) for part in ("closed", "queued", "service"))
    before = closed + queued
    if desk == "gate":
        came = boxes["t_gate_in"] - before - service
    elif desk == "review":
        came = np.where(boxes["manual"], boxes["t_lodged"], np.nan)
    elif desk == "scan":
        came = np.where(boxes["scan"], boxes["t_at_site"], np.nan)
    else:
        # what a scan finds suspect the tables tell by the examination that follows
        came = np.where(boxes["scan"], boxes["t_scanned"], boxes["t_at_site"])
        came = np.where(boxes["scan"] & np.isnan(service), np.nan, came)
    return came, came + before, came + before + service
