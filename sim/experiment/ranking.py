"""The best of several systems with a guaranteed probability: the fully sequential procedure KN.

Kim and Nelson (2001), "A fully sequential procedure for indifference-zone selection in simulation", ACM TOMACS 11(3),
251-273. After a first stage, one more replication of every system still in the race is looked at, and a system leaves
as soon as another is so far ahead of it that luck can no longer be why. Common draws are allowed: only differences
between systems count, and the chance of error is split over the pairs.

What is promised: with probability `confidence` at least, the system selected is the best, if the best is better than
every other by `delta` or more; the smaller differences are those that the user is indifferent to. It holds if the
replications are independent of one another and their values normally distributed, as means over many boxes nearly are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Draw = Callable[[Sequence[int], range], Floats]
"""Systems and replications -> their values, more is better (systems, replications)."""

AHEAD = 5
"""Replications run at once; they are looked at one by one all the same, so that this changes no result."""


@dataclass(frozen=True)
class Race:
    """How to select: the smallest difference worth detecting, the promise, and the limits of the effort.

    first_stage: replications, 2 at least, before any system may leave. most: replications of a system at most.
    """

    delta: float
    first_stage: int = 10
    most: int = 500
    confidence: float = 0.95


@dataclass
class Standing:
    """How far a race has come: who is in it, the values of everyone, and after how many replications each one left.

    equal: system -> the earlier one with the same value in every replication of the first stage; it left at once.
    bound: replications after which the procedure ends at the latest.
    """

    values: dict[int, Floats]
    left: dict[int, int] = field(default_factory=dict)
    equal: dict[int, int] = field(default_factory=dict)
    looked_at: int = 0
    decided: bool = False
    bound: int = 0

    @property
    def survivors(self) -> list[int]:
        """The systems still in the race, in their order."""
        return [system for system in self.values if system not in self.left]

    @property
    def best(self) -> int:
        """The survivor with the best mean so far; the earliest of equals."""
        return max(self.survivors, key=lambda system: (self.mean(system), -system))

    @property
    def runs(self) -> int:
        """Replications run in all."""
        return sum(len(values) for values in self.values.values())

    def mean(self, system: int) -> float:
        """Return the mean of a system over the replications looked at while it was in the race."""
        return float(self.values[system][: self.left.get(system, self.looked_at)].mean())


def select(systems: int, draw: Draw, race: Race) -> Standing:
    """Run the race of systems 0, 1, ... and return how it ended; `decided` is False if `race.most` was not enough.

    A system equal to an earlier one in every replication of the first stage leaves as that one's double. Should the
    survivors differ by less than can be told apart within the bound of the procedure, the best mean wins (there the
    promise is that no other is better by `delta`).
    """
    first = draw(range(systems), range(race.first_stage))
    standing = Standing({system: first[system] for system in range(systems)}, looked_at=race.first_stage)
    _leave_doubles(standing)
    boundary = _Boundary(standing.survivors, first, race)
    while True:
        _eliminate(standing, boundary)
        standing.bound = boundary.longest(standing.survivors) + 1
        if len(standing.survivors) == 1 or standing.looked_at >= standing.bound:
            standing.decided = True
            return standing
        if standing.looked_at == race.most:
            return standing
        if standing.looked_at == len(standing.values[standing.survivors[0]]):
            _draw_more(standing, draw, race)
        standing.looked_at += 1


def longest_first(spread: Floats, race: Race, systems: int) -> Floats:
    """Return after how many replications pairs with these variances of their difference are told apart at the latest.

    spread: variances of the first stage (any shape).
    """
    eta = ((2 * (1 - race.confidence) / max(1, systems - 1)) ** (-2 / (race.first_stage - 1)) - 1) / 2
    return np.asarray(2 * eta * (race.first_stage - 1) * spread / race.delta**2)


class _Boundary:
    """How far behind a system may be after r replications: a line that falls to 0 (c = 1)."""

    def __init__(self, systems: Sequence[int], first: Floats, race: Race) -> None:
        self._place = {system: k for k, system in enumerate(systems)}
        values = first[list(systems)]
        spread = np.var(values[:, None, :] - values[None, :, :], axis=2, ddof=1)
        self._ends, self._delta = longest_first(spread, race, len(systems)), race.delta

    def allowed(self, system: int, other: int, looked_at: int) -> float:
        """Return W: how far the mean of `system` may be behind that of `other`."""
        end = float(self._ends[self._place[system], self._place[other]])
        return max(0.0, self._delta / (2 * looked_at) * (end - looked_at))

    def longest(self, systems: Sequence[int]) -> int:
        """Return the replications after which nothing more can be told between any two of these."""
        places = [self._place[system] for system in systems]
        return int(self._ends[np.ix_(places, places)].max())


def _eliminate(standing: Standing, boundary: _Boundary) -> None:
    systems, looked_at = standing.survivors, standing.looked_at
    means = {system: standing.mean(system) for system in systems}
    for system in systems:
        for other in systems:
            if means[other] - means[system] > boundary.allowed(system, other, looked_at):
                standing.left[system] = looked_at
                break


def _leave_doubles(standing: Standing) -> None:
    seen: dict[bytes, int] = {}
    for system, values in standing.values.items():
        earlier = seen.setdefault(values.tobytes(), system)
        if earlier != system:
            standing.equal[system], standing.left[system] = earlier, standing.looked_at


def _draw_more(standing: Standing, draw: Draw, race: Race) -> None:
    systems = standing.survivors
    more = draw(systems, range(standing.looked_at, min(race.most, standing.looked_at + AHEAD)))
    for system, values in zip(systems, more, strict=True):
        standing.values[system] = np.concatenate([standing.values[system], values])
