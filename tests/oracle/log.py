"""What the oracle writes down: a table of calls, of boxes, of trains, and of the hours at which a gate was stopped."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from tests.oracle.clock import Clock, Order
from tests.oracle.desk import Desk

Process = Generator[simpy.Event, Any, Any]
Columns = dict[str, NDArray[np.float64]]


class Log:
    """One column a milestone, one row a vessel, box or train; an hour that has not come is NaN."""

    def __init__(self, clock: Clock, rows: int) -> None:
        self._clock, self._rows = clock, rows
        self._columns: dict[str, list[float]] = {}

    def write(self, row: int, name: str, value: float) -> None:
        """Set one number."""
        if name not in self._columns:
            self._columns[name] = [nan] * self._rows
        self._columns[name][row] = value

    def read(self, row: int, name: str) -> float:
        """Return a number that has been set."""
        return self._columns[name][row]

    def mark(self, row: int, *milestones: str) -> None:
        """Write down that it is now."""
        for milestone in milestones:
            self.write(row, milestone, self._clock.now)

    @property
    def columns(self) -> Columns:
        """All that is known."""
        return {name: np.array(column, dtype=np.float64) for name, column in self._columns.items()}


@dataclass(frozen=True)
class Diary:
    """One box's row of the log, and the ways in which it passes time."""

    clock: Clock
    log: Log
    row: int

    def write(self, name: str, value: float) -> None:
        """Set one number."""
        self.log.write(self.row, name, value)

    def mark(self, *milestones: str) -> None:
        """Write down that it is now."""
        self.log.mark(self.row, *milestones)

    def reach(self, milestone: str, t: float, order: Order = Order.NORMAL) -> Process:
        """Wait until hour `t`, and write it down."""
        yield self.clock.at(t, order)
        self.mark(milestone)

    def queue(self, desk: Desk, stage: str, rank: int, work: float) -> Process:
        """Queue at a desk, and write down what the time went on."""
        visit = yield from desk.visit(self.row, rank, work)
        for part in ("closed", "queued", "service"):
            self.write(f"{stage}_{part}", getattr(visit, part))
