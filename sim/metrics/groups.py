"""Which boxes are measured, and the groups they fall into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.metrics.passage import Mask
from sim.records import Channel, Column, Flow, Mode, RunLog


@dataclass(frozen=True)
class Chosen:
    """Some boxes of a run log: `rows` (n,) are their row numbers in the table of boxes."""

    log: RunLog
    rows: NDArray[np.intp]
    _columns: dict[str, Column] = field(default_factory=dict, init=False, repr=False, compare=False)

    def column(self, name: str) -> Column:
        """Return one column (n,) of the chosen boxes; it is gathered once."""
        if name not in self._columns:
            self._columns[name] = self.log.boxes[name][self.rows]
        return self._columns[name]

    @property
    def inspected(self) -> Mask:
        """Boxes (n,) selected by risk, or checked on site under quarantine or food control."""
        return np.asarray(self.column("selected") | self.column("quarantine"))

    def everyone(self) -> Mask:
        """Return a mask (n,) of all chosen boxes."""
        return np.ones(self.rows.size, dtype=np.bool_)


def in_window(log: RunLog, times: Column) -> Mask:
    """Return which `times` [h] (n,) lie in the measured window, its end excluded; NaN does not."""
    first, last = log.window
    return np.asarray((times >= first) & (times < last))


def hours_in_window(log: RunLog, start: Column, end: Column) -> Column:
    """Return the hours (n,) of the window between `start` and `end` [h] (n,); what has no end lasts until the run's.

    What has no start has no hours.
    """
    first, last = log.window
    until = np.minimum(np.where(np.isfinite(end), end, log.end), last)
    return np.where(np.isfinite(start), np.maximum(until - np.maximum(start, first), 0.0), 0.0)


def choose(log: RunLog, flow: Flow) -> Chosen:
    """Return the boxes of `flow` whose vessel arrived in the window; booked boxes that came to the port in it."""
    of_flow = np.flatnonzero(log.boxes["flow"] == flow)
    return Chosen(log, of_flow[in_window(log, log.boxes["t_arrived"][of_flow])])


def traders(chosen: Chosen) -> Iterator[tuple[str, Mask]]:
    """Yield all boxes, then each trader class of the port, as (group, mask (n,))."""
    yield "all", chosen.everyone()
    yield from _by_code(chosen, "trader")


def import_groups(chosen: Chosen) -> Iterator[tuple[str, Mask]]:
    """Yield every group of the chosen import boxes as (group, mask (n,)); groups overlap.

    How they leave makes groups only where some leave by barge.
    """
    yield from traders(chosen)
    yield from _control(chosen)
    yield from flags(chosen, "quarantine", "advance", "two_step", "shipside")
    yield from _by_code(chosen, "goods")
    way = chosen.column("by_out")
    if np.any(way == Mode.BARGE):
        yield "by_road", np.asarray(way == Mode.ROAD)
        yield "by_barge", np.asarray(way == Mode.BARGE)


def export_groups(chosen: Chosen) -> Iterator[tuple[str, Mask]]:
    """Yield the groups of chosen export boxes as (group, mask (n,)): by road or barge they come, by rail they go."""
    yield from traders(chosen)
    yield from _control(chosen)
    yield from flags(chosen, "advance", "direct", "one_port", "europe")
    way = chosen.column("by_in")
    yield "by_road", np.asarray(way == Mode.ROAD)
    yield "by_barge", np.asarray(way == Mode.BARGE)
    yield "by_rail", np.asarray(chosen.column("by_out") == Mode.RAIL)


def flags(chosen: Chosen, *names: str) -> Iterator[tuple[str, Mask]]:
    """Yield the boxes that carry each flag as (flag, mask (n,))."""
    for name in names:
        yield name, chosen.column(name)


def places(log: RunLog, column: Column) -> Iterator[tuple[str, Mask]]:
    """Yield all rows, then those of each terminal, as (group, mask (n,)); column: terminal codes (n,)."""
    yield "all", np.ones(column.size, dtype=np.bool_)
    for code, name in enumerate(log.names.get("terminal", ())):
        yield name, np.asarray(column == code)


def _control(chosen: Chosen) -> Iterator[tuple[str, Mask]]:
    yield "inspected", chosen.inspected
    channel = chosen.column("channel")
    for kind in (Channel.GREEN, Channel.YELLOW, Channel.RED):
        yield kind.name.lower(), np.asarray(channel == kind)


def _by_code(chosen: Chosen, column: str) -> Iterator[tuple[str, Mask]]:
    codes = chosen.column(column)
    for code, name in enumerate(chosen.log.names.get(column, ())):
        yield name, np.asarray(codes == code)
