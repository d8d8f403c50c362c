"""Replications until one number is known precisely enough, and an interval that still covers after such stopping.

Whoever stops as soon as the interval is narrow stops too often where the spread happens to look small, and where values
have a long tail the mean looks small with it (Chow and Robbins 1965; Law 2015, section 9.4.1). Three things hold the
coverage: no stopping before LEAST replications, looks that lie apart instead of one after each replication, and
Willink's interval (2005), which leans with the skewness of the values and is Student's where there is none. The figures
of `tests/experiment/test_precision.py` say how well. The looks follow from the values alone, so that the number of
workers changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import Problem, RunError
from sim.experiment.options import Progress, RunOptions
from sim.experiment.result import ScenarioResult
from sim.experiment.run import run
from sim.experiment.statistics import CONFIDENCE, Interval
from sim.experiment.subject import Subject, find, values_of

if TYPE_CHECKING:
    from sim.scenario import Scenario

LEAST, GROWTH, STEP = 30, 1.25, 5
"""The first look, and how much later the next one is: by a quarter, by five at least."""

MOST = 200
"""Replications at most, unless asked for more."""

MARGIN = 1.1
"""On the replications that a precision not reached is said to need."""

REMEDY = "write it like --precision 2% of the number itself, or --precision 0.5 in its own unit, such as 0.5h"


@dataclass(frozen=True)
class Target:
    """Half the width that an interval may have: `size` in the unit of the number, or a share of its mean."""

    size: float
    relative: bool
    unit: str = ""
    """As written; empty is the number's own."""

    @staticmethod
    def read(text: str) -> Target:
        """Return the target in a text such as 2%, 0.5 or 0.5h. Raises RunError if it is none."""
        bare = text.strip()
        digits = bare.rstrip("%abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/ ")
        unit = bare[len(digits) :].strip()
        try:
            size = float(digits)
        except ValueError:
            size = math.nan
        if not (math.isfinite(size) and size > 0):
            raise RunError(Problem(f"{text!r} is no precision", "--precision", REMEDY))
        return Target(size / 100, True) if unit == "%" else Target(size, False, unit)

    def half(self, mean: float) -> float:
        """Return half the width that is asked for at this mean."""
        return self.size * abs(mean) if self.relative else self.size


@dataclass(frozen=True)
class Aim:
    """What is asked for: a number by its name (see `sim.experiment.subject`), how precise, in how many replications."""

    metric: str
    target: Target
    most: int = MOST


@dataclass(frozen=True)
class Precise:
    """How precisely a number is known: its interval, after which looks [replications], and what was asked for."""

    subject: Subject
    target: Target
    interval: Interval
    looks: tuple[int, ...]

    @property
    def half(self) -> float:
        """Half the width of the interval; infinite where there is none."""
        low, high = self.interval.low, self.interval.high
        return math.inf if low is None or high is None else (high - low) / 2

    @property
    def reached(self) -> bool:
        """Whether the interval is as narrow as asked for."""
        return self.half <= self.target.half(self.interval.mean)


def skewed_interval(values: Sequence[float]) -> Interval:
    """Return the mean of `values` (n,) with Willink's 95 % interval: Student's, leaning with their skewness.

    Willink, R. (2005): A confidence interval and test for the mean of an asymmetric distribution, equation 6.
    """
    from scipy.special import stdtrit

    sample = np.asarray(values, dtype=np.float64)
    n, mean = sample.size, float(sample.mean())
    if n < 3:
        return Interval(mean, None, None, n)
    apart = sample - mean
    error = float(sample.std(ddof=1)) / math.sqrt(n)
    if error == 0:
        return Interval(mean, mean, mean, n)
    third = float((apart**3).sum()) * n / ((n - 1) * (n - 2))
    lean = third / (6 * n**2 * error**3)
    quantile = float(stdtrit(n - 1, 0.5 + CONFIDENCE / 2))
    low, high = (mean - error * _leaning(t, lean) for t in (quantile, -quantile))
    return Interval(mean, low, high, n)


def _leaning(t: float, lean: float) -> float:
    """Return the place to which Student's `t` moves; for a `lean` of nought that is `t` itself."""
    if abs(lean) < 1e-9:
        return t
    return (math.cbrt(1 + 6 * lean * (t - lean)) - 1) / (2 * lean)


def looks(most: int) -> Iterator[int]:
    """Yield after how many replications to look, up to `most`."""
    n = min(LEAST, most)
    while n < most:
        yield n
        n = max(n + STEP, math.ceil(GROWTH * n))
    yield most


def run_precisely(
    scenario: Scenario, aim: Aim, options: RunOptions, progress: Progress | None = None
) -> tuple[ScenarioResult, Precise]:
    """Run replications until a number is known as precisely as asked for.

    Returns the result of all that were run. Raises RunError if the most allowed are not enough; `options.out`, which is
    needed, keeps them, as it does between the looks.
    """
    subject = _subject(scenario, aim, options)
    seen: list[int] = []
    for n in looks(aim.most):
        result = run([replace(scenario, replications=n)], options, progress)[0]
        seen.append(n)
        values = values_of(subject, result.metrics, scenario.name)
        precise = Precise(subject, aim.target, skewed_interval(values), tuple(seen))
        if precise.reached:
            return result, precise
    raise RunError(_not_reached(scenario, precise))


def _subject(scenario: Scenario, aim: Aim, options: RunOptions) -> Subject:
    """Return the number that is meant, which one replication tells. Raises RunError if there is none such."""
    first = run([replace(scenario, replications=1)], options)[0]
    subject, target = find(aim.metric, first.metrics[0]), aim.target
    if target.unit and target.unit != subject.unit:
        what = f"{subject.name} is in {subject.unit}, not in {target.unit}"
        raise RunError(Problem(what, "--precision", f"write --precision {target.size:g}{subject.unit}, or in %"))
    return subject


def _not_reached(scenario: Scenario, precise: Precise) -> Problem:
    subject, interval = precise.subject, precise.interval
    wanted = precise.target.half(interval.mean)
    what = (
        f"{subject.name} is {interval.mean:.4g} ± {precise.half:.2g} {subject.unit} after {interval.n} replications, "
        f"which is not ± {wanted:.2g}"
    )
    if wanted == 0:
        return Problem(what, scenario.name, "its mean is 0: give the precision in its own unit, not in %")
    needed = math.ceil(MARGIN * interval.n * (precise.half / wanted) ** 2)
    return Problem(
        what,
        scenario.name,
        f"about {needed:,} would do (--max-replications {needed}): what was run is kept and not run again; or ask for "
        f"less (--precision), or measure more days (--days)",
    )
