"""The data of the berth-time diagram: vessels of a week, where along the quay they lay, how long they waited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.charts.of_results import footing_of, label_of
from sim.charts.of_runs import DAY_H, WEEK_H, Runs, read, runs
from sim.charts.table import Footing, Label, OfOneRun, Row

if TYPE_CHECKING:
    from sim.experiment import ScenarioResult

FIGURES = ("t_arrived", "t_entered", "t_berthed", "t_unberthed", "position", "loa")
COLUMNS = ("call", "service", "terminal", "vessel_class", "barge", *FIGURES)


@dataclass(frozen=True)
class Stay:
    """A call of a sea vessel, in hours of the run: at the anchorage, into the channel, alongside, off the quay.

    place: of its bow line along the quay [m]. length: over all [m].
    """

    call: int
    service: str
    kind: str
    arrived: float
    entered: float
    berthed: float
    unberthed: float
    place: float
    length: float

    @property
    def wait(self) -> float:
        """Hours at the anchorage."""
        return self.entered - self.arrived


@dataclass(frozen=True)
class Quay:
    """A terminal's sea quay: its names, its length [m], and the stays of the week."""

    terminal: str
    zh: str
    en: str
    length: float
    stays: tuple[Stay, ...]


@dataclass(frozen=True)
class BerthTable(OfOneRun):
    """The quays of one replication over hours `first` to `last` of the run; `day`: the date of the first.

    kinds: vessel class -> its names (zh, en), in the order of the port.
    """

    quays: tuple[Quay, ...]
    kinds: dict[str, tuple[str, str]]
    first: float
    last: float
    day: date
    label: Label
    footing: Footing

    @property
    def stays(self) -> list[Stay]:
        """The stays at all quays."""
        return [stay for quay in self.quays for stay in quay.stays]

    @property
    def arrivals(self) -> list[Stay]:
        """The stays of those that arrive in these days."""
        return [stay for stay in self.stays if self.first <= stay.arrived < self.last]

    def rows(self) -> list[Row]:
        """Return one row for each call."""
        return [
            {
                **self.label.columns(),
                "terminal": quay.terminal,
                "call": stay.call,
                "service": stay.service,
                "vessel_class": stay.kind,
                "loa_m": stay.length,
                "position_m": stay.place,
                "arrived_h": stay.arrived,
                "entered_channel_h": stay.entered,
                "berthed_h": stay.berthed,
                "unberthed_h": stay.unberthed,
            }
            for quay in self.quays
            for stay in quay.stays
        ]


def berth_table(root: Path, results: Sequence[ScenarioResult]) -> BerthTable | None:
    """Return a week at the quays of the first of the results with tables in the store at `root`; None if none has any.

    It is the first whole week, from Monday on, of the measured days of the first replication that is there.
    """
    for result in results:
        known = runs(root, result, "calls")
        if known.folders:
            return _week(known)
    return None


def _week(known: Runs) -> BerthTable | None:
    scenario = known.scenario
    first, last = _span(known)
    calls = read(known.folders[0], "calls", COLUMNS)
    until = np.nan_to_num(calls["t_unberthed"], nan=np.inf)
    here = np.flatnonzero(~calls["barge"] & (calls["t_arrived"] < last) & (until > first))
    here = here[np.isfinite(calls["position"][here])]
    stays: dict[str, list[Stay]] = {}
    for row in here.tolist():
        stay = Stay(
            int(calls["call"][row]),
            str(calls["service"][row]),
            str(calls["vessel_class"][row]),
            *(float(calls[name][row]) for name in FIGURES),
        )
        stays.setdefault(str(calls["terminal"][row]), []).append(stay)
    port = scenario.timeline.at(first)
    quays = tuple(
        Quay(key, terminal.zh, terminal.en, terminal.quay.length.value, tuple(stays[key]))
        for key, terminal in port.terminals.items()
        if key in stays
    )
    if not quays:
        return None
    there = {stay.kind for quay in quays for stay in quay.stays}
    kinds = {key: (kind.zh, kind.en) for key, kind in port.traffic.vessel_classes.items() if key in there}
    day = scenario.horizon.start + timedelta(days=first / DAY_H)
    return BerthTable(quays, kinds, first, last, day, label_of(scenario), footing_of(scenario, 1))


def _span(known: Runs) -> tuple[float, float]:
    """Return the first whole week of the measured days, else the first seven of them, or as many as there are."""
    first, last = known.scenario.horizon.window
    monday = known.monday + WEEK_H * np.ceil((first - known.monday) / WEEK_H)
    begin = float(monday) if monday + WEEK_H <= last else first
    return begin, min(begin + WEEK_H, last)
