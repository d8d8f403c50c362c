"""The largest load, or the smallest number of servers, that still meets a target, with an interval.

One quantity x of the scenario is moved, all runs on common draws, and the place is sought at which a number of the
results crosses its target: by halving the range, for the mean and for both ends of its 95 % interval. The places at
which the ends cross are a 95 % interval of the place sought: wherever the true crossing lies, the interval of the mean
there holds the target in 95 of 100 experiments (the test of that place, turned round). What is asked of the model is
that the number rises or falls steadily with x.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from sim.errors import Problem, RunError
from sim.experiment.observe import Tally, observe_together
from sim.experiment.options import Progress, RunOptions
from sim.experiment.statistics import Interval, direction, interval
from sim.experiment.subject import Subject

if TYPE_CHECKING:
    from sim.scenario import Scenario

Build = Callable[[float], "Scenario"]
"""x -> the scenario at x."""
End = Literal["mean", "best", "worst"]
"""Of an interval, as seen from the target: the mean, the end that meets it sooner, the end that meets it later."""


@dataclass(frozen=True)
class Target:
    """The bound that a number has to keep: at most, or at least, so much."""

    subject: Subject
    value: float
    at_most: bool

    def excess(self, found: Interval, end: End = "mean") -> float:
        """Return by how much a number misses the target; not positive if it meets it."""
        low, high = (found.mean if bound is None else bound for bound in (found.low, found.high))
        best, worst = (low, high) if self.at_most else (high, low)
        value = {"mean": found.mean, "best": best, "worst": worst}[end]
        return value - self.value if self.at_most else self.value - value


@dataclass(frozen=True)
class Range:
    """Where x is sought: between two ends, to within `step`; whole numbers only, or any."""

    first: float
    last: float
    step: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Point:
    """The number at one x; None where the port cannot carry it, for the reason given."""

    x: float
    value: Interval | None
    reason: str = ""


@dataclass(frozen=True)
class Capacity:
    """The largest (or smallest) x that meets the target, its interval, and all points looked at, in rising order.

    low, high: None if the interval goes beyond the range. largest: whether small x meet the target and large ones do
    not. steady: whether the number rises or falls all the way; if not, the answer may be one
    crossing of several.
    """

    target: Target
    range: Range
    x: float
    low: float | None
    high: float | None
    largest: bool
    steady: bool
    points: tuple[Point, ...]


def target(subject: Subject, value: float, at_least: bool | None = None) -> Target:
    """Return the target: at most where less is better or neither is, at least where more is, unless it is said."""
    if at_least is None:
        at_least = direction(subject.metric, subject.statistic, subject.unit) > 0
    return Target(subject, value, not at_least)


def capacity(
    build: Build, within: Range, goal: Target, options: RunOptions, progress: Progress | None = None
) -> Capacity:
    """Return the place at which the target ceases to be met.

    Raises RunError if it is met at both ends of the range, or at neither.
    """
    search = _Search(build, within, goal, options, Tally(progress))
    first, last = search.misses(within.first, "mean"), search.misses(within.last, "mean")
    if first == last:
        raise RunError(_nowhere(search, first))
    found = {end: search.crossing(end, largest=last) for end in ("mean", "best", "worst")}
    middle = found["mean"]
    assert middle is not None  # both ends of the range differ
    low, high = (found["worst"], found["best"]) if last else (found["best"], found["worst"])
    points = tuple(search.points[x] for x in sorted(search.points))
    return Capacity(goal, within, middle, low, high, last, _steady(points if last else points[::-1], goal), points)


@dataclass
class _Search:
    build: Build
    within: Range
    goal: Target
    options: RunOptions
    tally: Tally
    points: dict[float, Point] = field(default_factory=dict)

    def misses(self, x: float, end: End) -> bool:
        """Return whether the target is missed at x."""
        return self._excess(x, end) > 0

    def crossing(self, end: End, *, largest: bool) -> float | None:
        """Return where the target ceases to be met, seen at one end of the interval; None if not within the range."""
        met, missed = (self.within.first, self.within.last) if largest else (self.within.last, self.within.first)
        if self.misses(met, end) or not self.misses(missed, end):
            return None
        for x in self.points:  # those that are known need not be halved again
            met, missed = self._narrowed(met, missed, x, end)
        while abs(missed - met) > self.within.step * (1 + 1e-9):
            met, missed = self._narrowed(met, missed, self._between(met, missed), end)
        return met if self.within.whole else self._interpolated(met, missed, end)

    def _narrowed(self, met: float, missed: float, x: float, end: End) -> tuple[float, float]:
        if not min(met, missed) < x < max(met, missed):
            return met, missed
        return (met, x) if self.misses(x, end) else (x, missed)

    def _between(self, met: float, missed: float) -> float:
        middle = (met + missed) / 2
        return float(math.floor(middle)) if self.within.whole else middle

    def _interpolated(self, met: float, missed: float, end: End) -> float:
        """Return where a straight line between the two crosses; the safe side where the port cannot carry the other."""
        below, above = self._excess(met, end), self._excess(missed, end)
        if math.isinf(above):
            return met
        return met + (missed - met) * below / (below - above)

    def _excess(self, x: float, end: End) -> float:
        if x not in self.points:
            self.points[x] = self._point(x)
        found = self.points[x].value
        return math.inf if found is None else self.goal.excess(found, end)

    def _point(self, x: float) -> Point:
        scenario = self.build(x)
        if scenario.replications < 2:
            what = "one replication has no interval, so that none can be given of the answer"
            raise RunError(Problem(what, remedy="use --replications 10 or more"))
        reason = cannot_carry(scenario)
        if reason:
            return Point(x, None, reason)
        numbers = range(scenario.replications)
        values = observe_together([scenario], numbers, [self.goal.subject], self.options, self.tally.next())
        return Point(x, interval(values[0, 0].tolist()))


def _steady(points: Sequence[Point], goal: Target) -> bool:
    """Return whether the number draws away from its target from point to point, but for what luck can do."""
    values = [point.value for point in points if point.value is not None]
    return all(
        goal.excess(later) > goal.excess(earlier) - max(_half(earlier), _half(later))
        or goal.excess(later) == goal.excess(earlier)
        for earlier, later in pairwise(values)
    )


def _half(found: Interval) -> float:
    return 0.0 if found.low is None else found.mean - found.low


def cannot_carry(scenario: Scenario) -> str:
    """Return why no steady state can carry a scenario, "" if one can."""
    from sim.models import impossibilities, offered_loads, traced_ports

    for port in scenario.timeline.ports:
        for problem in impossibilities(port):
            return problem.what
    for port in traced_ports(scenario.timeline, scenario.horizon):
        for load in offered_loads(port):
            if load.load >= 1:
                return f"{load.station} would be loaded to {100 * load.load:.0f} % of what it can serve"
    return ""


def _nowhere(search: _Search, missed: bool) -> Problem:
    within, goal = search.within, search.goal
    told = []
    for x in (within.first, within.last):
        point = search.points[x]
        value = point.reason if point.value is None else f"{point.value.mean:.4g} {goal.subject.unit}"
        told.append(f"at {x:g}: {value}")
    bound = f"{'at most' if goal.at_most else 'at least'} {goal.value:g} {goal.subject.unit}"
    where = "nowhere" if missed else "everywhere"
    what = f"{goal.subject.name} of {bound} is met {where} from {within.first:g} to {within.last:g} ({'; '.join(told)})"
    return Problem(what, remedy="widen the range with --from and --to, or choose another target")
