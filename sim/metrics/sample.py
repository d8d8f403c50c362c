"""What the families of metrics share of a run log."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from sim.metrics.groups import Chosen, choose
from sim.metrics.passage import Hours, entered, flows_of, left
from sim.records import Flow, RunLog

T = TypeVar("T")


class Sample:
    """A run log, and what several families of metrics ask of it, worked out once."""

    def __init__(self, log: RunLog) -> None:
        self.log = log
        self._chosen: dict[Flow, Chosen] = {}
        self._made: dict[Callable[[Sample], Any], Any] = {}

    def of(self, flow: Flow) -> Chosen:
        """Return the boxes of `flow` that are measured."""
        if flow not in self._chosen:
            self._chosen[flow] = choose(self.log, flow)
        return self._chosen[flow]

    def forget(self) -> None:
        """Let go of the columns that were gathered of measured boxes; in a long run they are a tenth of its memory."""
        self._chosen.clear()

    def once(self, work: Callable[[Sample], T]) -> T:
        """Return what `work` makes of this sample, as made the first time."""
        if work not in self._made:
            self._made[work] = work(self)
        made: T = self._made[work]
        return made

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The flows of which the log has a box."""
        return flows_of(self.log)

    @cached_property
    def bookings(self) -> bool:
        """Whether boxes are booked on the vessel calls; without bookings their loads are counts only."""
        return bool(np.any(self.log.boxes["booked"] >= 0))

    @cached_property
    def entered(self) -> Hours:
        """When each box of the log came into the port [h], shape (boxes,)."""
        return entered(self.log.boxes.__getitem__)

    @cached_property
    def left(self) -> Hours:
        """When each box of the log left the port [h], shape (boxes,)."""
        return left(self.log.boxes.__getitem__)
