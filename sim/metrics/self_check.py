"""The check that every run makes of itself, and what it says of it: what was checked, and how nearly it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.metrics.at_work import Work, against_plan
from sim.metrics.balance import Station, flow_balance, littles_law
from sim.metrics.conservation import conservation
from sim.metrics.lines import Line, lines
from sim.metrics.passage import Columns, entered, left
from sim.metrics.recounts import lots, recounts
from sim.metrics.stations_of_calls import more_than_there_is, rail_station, stations_of_calls
from sim.records import Mode, RunLog, Table

Span = tuple[float, float]


@dataclass(frozen=True)
class Checked:
    """What a run checked of itself.

    stations: those whose flow balance and Little's law were checked, over the whole run and over the window. boxes,
    calls: how many were checked. difference: the largest between the two sides of Little's law, as a share of the
    hours spent in that station, to two digits: what lies behind them is rounding.
    """

    stations: tuple[str, ...]
    boxes: int
    calls: int
    difference: float


def self_check(log: RunLog) -> tuple[tuple[str, ...], Checked]:
    """Return what does not hold in a run, a sentence each, and what was checked.

    That is conservation, the order of milestones, and every station by two records of it and by its plan.
    """
    ledger = _Ledger(log)
    for line in lines(log):
        ledger.line(line)
    for station in (*_port(log), *stations_of_calls(log), *rail_station(log)):
        ledger.station(station)
    found = [*conservation(log), *lots(log), *more_than_there_is(log), *ledger.found]
    difference = float(f"{max(ledger.differences):.2g}")
    return tuple(found), Checked(tuple(ledger.names), log.boxes["box"].size, log.calls["call"].size, difference)


class _Ledger:
    """Gathers what the stations are found to be."""

    def __init__(self, log: RunLog) -> None:
        self._log = log
        self._spans = tuple(dict.fromkeys([(0.0, log.end), log.window]))
        self.found: list[str] = []
        self.names: list[str] = []
        self.differences = [0.0]

    def line(self, line: Line) -> None:
        """Check a waiting line: its stays against its milestones, its plan, and the hours waited on its own clock."""
        work = Work.of(line)
        self.found += against_plan(line, work)
        self.found += recounts(self._log, line, work.done)
        loss = float(np.nansum(work.slack))
        stay = line.came + line.closed + line.queued + line.service if line.exact else None
        went, gone = np.where(work.done, line.went, np.nan), np.fmin(line.went, line.gone)
        self.station(Station(line.name, "boxes", line.came, went, line.came, gone, stay, loss))
        begun = np.where(work.done, work.begun, np.nan)
        # waiting, told by the plan and by the line, in open hours
        served = work.came + line.queued
        queue = Station(f"{line.name} (waiting)", "boxes", work.came, begun, work.came, begun, served, loss)
        for span in self._spans:
            first, last = line.shifts.opened(np.array(span)).tolist()
            self._little(queue, (first, last))

    def station(self, station: Station) -> None:
        """Check flow balance and Little's law of a station."""
        self.names.append(station.name)
        self.found += flow_balance(station, tuple(dict.fromkeys([*self._log.window, self._log.end])))
        for span in self._spans:
            self._little(station, span)

    def _little(self, station: Station, span: Span) -> None:
        difference, wrong = littles_law(station, span)
        self.differences.append(difference)
        self.found += wrong


def _port(log: RunLog) -> Iterator[Station]:
    """Yield each terminal as a store: quays and gates count what passes them; the boxes say how long they were there.

    What passes is counted whichever way a box should have taken.
    """
    boxes = log.boxes
    for code, key in enumerate(log.names.get("terminal", ())):
        rows = np.flatnonzero(boxes["terminal"] == code)
        if not rows.size:
            continue
        column = _of(boxes, rows)
        brought = np.flatnonzero(column("by_in") == Mode.ROAD)
        came = np.concatenate([column("t_discharged"), column("t_gate_in")[brought]])
        went = np.concatenate([column("t_loaded"), column("t_gate_out")])
        yield Station(f"terminal {key}", "boxes", came, went, entered(column), left(column))


def _of(boxes: Table, rows: NDArray[np.intp]) -> Columns:
    """Return the columns of some boxes, each taken once."""
    return cache(lambda name: boxes[name][rows])
