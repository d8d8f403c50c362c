"""The calls of a trace: a row a call, in order of arrival."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.port.port import Port
from sim.port.traces import CallTrace
from sim.port.traffic import Service
from sim.scenario.cells import Cells, Flags, Integers
from sim.scenario.nearest import choice_of

NEEDED = ("call", "service", "t_arrived")
OPTIONAL = ("vessel_class", "draft", "discharge_boxes", "load_boxes")
DEEPEST = 30
"""Draft [m] beyond which a number is in another unit."""


@dataclass(frozen=True)
class Into:
    """The port that a trace is read into. start: day of hour 0. services: those that the trace stands for."""

    port: Port
    start: date
    services: Collection[str]

    @property
    def all_services(self) -> Mapping[str, Service]:
        """Every service of the port, in the order of the codes."""
        return self.port.traffic.services

    def in_basin(self, service: Integers) -> Flags:
        """Return which of these services are barge lines."""
        return np.array([one.berth == "basin" for one in self.all_services.values()])[service]

    def terminal(self, service: Integers) -> Integers:
        """Return the terminal of each of these services."""
        terminals = list(self.port.terminals)
        return np.array([terminals.index(one.terminal) for one in self.all_services.values()])[service]


@dataclass(frozen=True)
class Called:
    """The calls of a trace. ids: name of a call -> its row. cells: where they were read."""

    trace: CallTrace
    ids: Mapping[str, int]
    cells: Cells


def read_calls(cells: Cells, into: Into) -> Called | None:
    """Return the calls of a sheet; None after telling what is wrong with it."""
    before = len(cells.problems)
    if not cells.has(NEEDED, OPTIONAL):
        return None
    for column in NEEDED:
        cells.full(column)
    service = _services(cells, into)
    classes = cells.codes("vessel_class", numbered(into.port.traffic.vessel_classes), "vessel class")
    trace = CallTrace(
        t_arrived=cells.hours("t_arrived", into.start),
        service=service,
        vessel_class=np.where(classes >= 0, classes, _own_classes(into)[service]),
        draft=cells.numbers("draft", (0, DEEPEST)),
        discharge=cells.counts("discharge_boxes"),
        load=cells.counts("load_boxes"),
    )
    ids = _ids(cells)
    _in_order(cells, trace, into)
    _barges(cells, trace, into)
    return Called(trace, ids, cells) if len(cells.problems) == before else None


def numbered(names: Collection[str]) -> dict[str, int]:
    """Return name -> code, in their order."""
    return {name: code for code, name in enumerate(names)}


def _own_classes(into: Into) -> Integers:
    classes = list(into.port.traffic.vessel_classes)
    return np.array([classes.index(service.vessel_class) for service in into.all_services.values()])


def _services(cells: Cells, into: Into) -> Integers:
    service = cells.codes("service", numbered(into.all_services), "service")
    stood_for = np.array([name in into.services for name in into.all_services])
    remedy = f"name it under services: beside {choice_of(into.services)}, or leave its calls out"
    wrong = (service >= 0) & ~stood_for[service]
    cells.tell("service", wrong, "{} is not one of the services that the traces stand for", remedy)
    return service


def _ids(cells: Cells) -> dict[str, int]:
    words = cells.words("call")
    twice = (~words.is_first_distinct() & words.is_not_null()).to_numpy()
    cells.tell("call", twice, "{} stands in an earlier row already", "give each call a name of its own")
    return {str(word): row for row, word in enumerate(words.to_list()) if word is not None}


def _in_order(cells: Cells, trace: CallTrace, into: Into) -> None:
    early = trace.t_arrived < 0
    what = f"{{}} is before the start of the run, 00:00 of {into.start}"
    cells.tell("t_arrived", early, what, "leave this call out, or let horizon.start be earlier")
    back = np.zeros(len(trace), dtype=np.bool_)
    back[1:] = np.diff(trace.t_arrived) < 0
    cells.tell("t_arrived", back & ~early, "{} is earlier than in the row above", "sort the rows by t_arrived")


def _barges(cells: Cells, trace: CallTrace, into: Into) -> None:
    barge = into.in_basin(trace.service) & (trace.service >= 0)
    for column, said in (("discharge_boxes", trace.discharge), ("load_boxes", trace.load)):
        what = "{} of a barge: she brings and takes what there is, up to her capacity"
        cells.tell(column, barge & (said >= 0), what, "leave the cell empty")
