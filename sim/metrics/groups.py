"""Which boxes are measured, and the groups they fall into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.records import Channel, Column, Flow, RunLog

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Chosen:
    """Some boxes of a run log: `rows` (n,) are their row numbers in the table of boxes."""

    log: RunLog
    rows: NDArray[np.intp]

    def column(self, name: str) -> Column:
        """Return one column (n,) of the chosen boxes."""
        return self.log.boxes[name][self.rows]

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


def choose(log: RunLog, flow: Flow) -> Chosen:
    """Return the boxes of `flow` whose vessel arrived in the window."""
    of_flow = log.boxes["flow"] == flow
    return Chosen(log, np.flatnonzero(of_flow & in_window(log, log.boxes["t_arrived"])))


def traders(chosen: Chosen) -> Iterator[tuple[str, Mask]]:
    """Yield all boxes, then each trader class of the port, as (group, mask (n,))."""
    yield "all", chosen.everyone()
    yield from _by_code(chosen, "trader")


def groups(chosen: Chosen) -> Iterator[tuple[str, Mask]]:
    """Yield every group of the chosen import boxes as (group, mask (n,)); groups overlap."""
    yield from traders(chosen)
    yield "inspected", chosen.inspected
    channel = chosen.column("channel")
    for kind in (Channel.GREEN, Channel.YELLOW, Channel.RED):
        yield kind.name.lower(), np.asarray(channel == kind)
    for flag in ("quarantine", "advance", "two_step", "shipside"):
        yield flag, chosen.column(flag)
    yield from _by_code(chosen, "goods")


def _by_code(chosen: Chosen, column: str) -> Iterator[tuple[str, Mask]]:
    codes = chosen.column(column)
    for code, name in enumerate(chosen.log.names.get(column, ())):
        yield name, np.asarray(codes == code)
