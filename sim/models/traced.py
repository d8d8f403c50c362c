"""Calls and boxes as a trace says, in the place of drawn ones; what it does not say keeps its draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.models.cohorts import Cohorts
from sim.port.port import Port, PortTimeline
from sim.port.traces import BoxTrace, Traces
from sim.records import Column

if TYPE_CHECKING:
    from sim.models.calls import Calls

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Block = dict[str, NDArray[Any]]
"""Columns of the calls of one service."""
Draw = Callable[[Floats, int], Block]
"""Hours of arrival, code of a vessel class -> columns of calls by such vessels, as they are drawn without a trace."""

ROUNDING = 1e-9
SAID = ("flow", "teu", "reefer", "goods", "trader", "by_in", "by_out", "onward", "planned")
"""Columns of a box trace that are -1, or NaN, where they are drawn."""


def is_traced(timeline: PortTimeline, service: int) -> bool:
    """Return whether the calls of a service are those of a trace."""
    return timeline.traces is not None and service in timeline.traces.services


def traced_calls(timeline: PortTimeline, service: int, draw: Draw, share: Callable[[Port], float]) -> Block:
    """Return the columns of a traced service's calls: place k in the service is its k-th call in the trace.

    share: the part of a nominal load that is booked.
    """
    traces = _given(timeline.traces)
    calls, rows = traces.calls, np.flatnonzero(traces.calls.service == service)
    block = _of_classes(calls.t_arrived[rows], calls.vessel_class[rows], draw)
    block["draft"] = np.where(np.isnan(calls.draft[rows]), block["draft"], calls.draft[rows])
    for name, said in (("discharge", calls.discharge[rows]), ("load", calls.load[rows])):
        block[name] = np.where(said >= 0, said, block[name])
    booked_share = Cohorts(timeline, calls.t_arrived[rows]).value(share)
    if traces.boxes is None:
        block["booked"] = np.rint(block["load"] * booked_share).astype(np.int64)
    else:
        off, booked = _moves(traces.boxes, len(calls))
        block["discharge"], block["booked"] = off[rows], booked[rows]
        # a load that is not said leaves the usual room, beside what is booked, to boxes off other vessels
        usual = np.ceil(booked[rows] / np.where(booked_share > 0, booked_share, 1.0) - ROUNDING)
        block["load"] = np.where(calls.load[rows] >= 0, calls.load[rows], usual.astype(np.int64))
    return block | {"trace": rows}


def _given(traces: Traces | None) -> Traces:
    if traces is None:
        raise TypeError("there are no traces")
    return traces


def _of_classes(arrived: Floats, classes: Integers, draw: Draw) -> Block:
    """Return the drawn columns of calls by vessels of several classes, each call's from its own class."""
    first, *others = np.unique(classes).tolist() or [0]
    block = draw(arrived, first)
    for code in others:
        mine = classes == code
        block = {name: np.where(mine, column, block[name]) for name, column in draw(arrived, code).items()}
    return block


def _moves(boxes: BoxTrace, calls: int) -> tuple[Integers, Integers]:
    """Return how many boxes each call of the trace discharges, and how many are booked on it."""
    off = boxes.booked < 0
    return np.bincount(boxes.call[off], minlength=calls), np.bincount(boxes.booked[~off], minlength=calls)


@dataclass(frozen=True)
class Said:
    """What a trace says of boxes. rows: their rows in a table; columns: name -> their values, -1 or NaN if not said."""

    rows: Rows = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    columns: Mapping[str, Column] = field(default_factory=dict)

    def over(self, name: str, drawn: Column) -> Column:
        """Put what is said of one column over what was drawn, in place, and return it."""
        if self.rows.size:
            values = self.columns[name]
            # planned hours may be negative, codes may not
            known = ~np.isnan(values) if values.dtype.kind == "f" else values >= 0
            drawn[self.rows[known]] = values[known]
        return drawn

    def fill(self, table: Mapping[str, Column], *names: str) -> None:
        """Put what is said over several columns of a table."""
        for name in names:
            self.over(name, table[name])

    def since(self, first: int) -> Said:
        """Return what is said of the rows from `first` on, which is then row 0."""
        later = self.rows >= first
        return Said(self.rows[later] - first, {name: column[later] for name, column in self.columns.items()})


def said_of(timeline: PortTimeline, calls: Calls) -> Said:
    """Return what the trace says of the boxes of a run, by the rows of its table.

    Beside the columns of the trace, `call` is the number of the barge call that brings a booked box.
    """
    if timeline.traces is None or timeline.traces.boxes is None:
        return Said()
    boxes, arrived = timeline.traces.boxes, timeline.traces.calls.t_arrived
    number = np.full(len(arrived) + 1, -1)  # the last is for no call
    mine = np.flatnonzero(calls.trace >= 0)
    number[calls.trace[mine]] = mine
    off = int(calls.discharge.sum())
    vessel = boxes.booked < 0
    parts = (
        _placed(np.where(vessel, number[boxes.call], -1), np.cumsum(calls.discharge) - calls.discharge),
        _placed(np.where(vessel, -1, number[boxes.booked]), off + np.cumsum(calls.booked) - calls.booked),
    )
    taken, rows = (np.concatenate(part) for part in zip(*parts, strict=True))
    columns = {name: getattr(boxes, name)[taken] for name in SAID}
    barge = np.where(vessel, -1, boxes.call)[taken]
    columns["call"] = number[barge]
    # a box that a barge brings is not there before her
    unsaid = np.isnan(columns["planned"]) & (barge >= 0)
    columns["planned"] = np.where(unsaid, arrived[barge], columns["planned"])
    return Said(rows, columns)


def _placed(owner: Integers, first: Integers) -> tuple[Rows, Rows]:
    """Return the boxes of the trace that have an owner in the run, call by call, and their rows in the box table.

    owner: number of the call that each belongs to, -1 for none. first: first row of each call.
    """
    order = np.argsort(owner, kind="stable")
    order = order[owner[order] >= 0]
    sorted_owner = owner[order]
    place = np.arange(len(order)) - np.searchsorted(sorted_owner, sorted_owner)
    return order, first[sorted_owner] + place
