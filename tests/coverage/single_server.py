"""M/M/1, of which everything is known: boxes come at random to one officer, and the hours until they are done.

The line is a station of the kernel; what is reported of it, sim.metrics. It starts in its steady state: the officer is
found with the work that a box finds there after endless time, none with probability 1 - load, else exponential. So
there is no warm-up to choose, and the hours of every box that comes in the window have the distribution known by
theory: exponential with the mean service / (1 - load).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.kernel.clock import OpenHours
from sim.kernel.draws import Draws
from sim.kernel.station import Station
from sim.metrics.summary import LIMITS_H, QUANTILES, Subject, describe
from sim.records import MetricRow

Hours = NDArray[np.float64]
METRIC, FLOW, GROUP = "arrival_to_release", "export", "all"


@dataclass(frozen=True)
class Line:
    """One officer. boxes: how many come in the mean while a run is measured. service: mean [h]. load: the share of
    the time in which the officer of the base is busy. faster: the service of this line over that of the base."""

    boxes: int
    load: float = 0.7
    service: float = 3.0
    faster: float = 1.0

    def reform(self) -> Line:
        """Return the line with an officer who takes a tenth less, for the same boxes."""
        return replace(self, faster=0.9)

    @property
    def stay(self) -> float:
        """Mean hours of a box."""
        return self.service * self.faster / (1 - self.load * self.faster)

    def true(self) -> dict[str, float]:
        """Return statistic -> what theory knows of the hours of a box."""
        quantiles = {name: -math.log1p(-p) * self.stay for name, p in QUANTILES.items()}
        shares = {name: -math.expm1(-limit / self.stay) for name, limit in LIMITS_H.items()}
        return {"mean": self.stay, **quantiles, **shares}

    def hours(self, seed: int, replication: int) -> Hours:
        """Return the hours of the boxes that come in one run, shape (boxes,).

        Gaps, work and start come from the same draws whatever the service: the first customer stands for the work
        that the officer is found with, and is not counted.
        """
        draws, most = Draws(seed, replication), self.boxes + 8 * math.isqrt(self.boxes) + 8
        gap = self.service / self.load
        arrivals = np.cumsum(_exponential(draws, "gaps", most)) * gap
        arrivals = arrivals[: np.searchsorted(arrivals, self.boxes * gap)]
        work = _exponential(draws, "work", most)[: arrivals.size] * self.service * self.faster
        busy, found = draws.uniform("start", "", 2)
        left = -math.log1p(-found) * self.stay if busy < self.load * self.faster else 0.0
        station = Station(1, OpenHours.always())
        station.feed(np.arange(arrivals.size + 1), np.append(0.0, arrivals), np.append(left, work))
        served = station.advance(math.inf)
        finishes = np.empty(arrivals.size + 1)
        finishes[served.ids] = served.finishes
        return np.asarray(finishes[1:] - arrivals)

    def rows(self, seed: int, replication: int) -> Iterator[MetricRow]:
        """Yield the rows that a run reports of its boxes."""
        yield from describe(Subject(METRIC, "h", FLOW, GROUP), self.hours(seed, replication))


def _exponential(draws: Draws, purpose: str, n: int) -> Hours:
    return np.asarray(-np.log1p(-draws.uniform(purpose, "", n)))
