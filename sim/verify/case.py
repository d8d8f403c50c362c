"""What a case is, and the verdict on it: equivalence, judged on the whole interval.

A test that only fails to find a difference proves nothing: few or noisy replications always pass it. Here the 95 %
interval of the mean over the replications must lie within the margin about what theory expects, and the margin is
written down before anything is run. Noise makes the interval wide, and a wide interval fails.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.kernel.draws import Draws

Floats = NDArray[np.float64]
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Case:
    """One line, or network of lines, that theory knows.

    key: its name. place: the part of the port, or of the kernel, that it goes through. size: how many customers come in
    one replication. margins: measure -> the margin, a share of the expected value. expected, found: measure -> value
    by theory, and in one replication of some size.
    """

    key: str
    place: str
    size: int
    margins: Mapping[str, float]
    expected: Callable[[], Mapping[str, float]]
    found: Callable[[Draws, int], Mapping[str, float]]


class Verdict(StrEnum):
    """Whether the interval lies within the margin."""

    HOLDS = "holds"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Finding:
    """One measure of a case: what theory expects, the mean found over the replications with its 95 % interval."""

    case: str
    place: str
    measure: str
    expected: float
    found: float
    low: float
    high: float
    margin: float
    replications: int

    @property
    def verdict(self) -> Verdict:
        """Equivalent only if the interval lies wholly within the margin; NaN does not."""
        inside = self.expected * (1 - self.margin) <= self.low and self.high <= self.expected * (1 + self.margin)
        return Verdict.HOLDS if inside else Verdict.FAILS


def judged(case: Case, replications: Sequence[Mapping[str, float]], slack: float = 1.0) -> list[Finding]:
    """Return the findings of a case from its replications, two at least; `slack` multiplies the margins."""
    expected = case.expected()
    return [
        Finding(
            case.key,
            case.place,
            measure,
            expected[measure],
            *_interval([found[measure] for found in replications]),
            margin * slack,
            len(replications),
        )
        for measure, margin in case.margins.items()
    ]


def _interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the mean and its interval from independent replications (Student's t)."""
    sample, n = np.asarray(values, dtype=np.float64), len(values)
    mean = float(sample.mean())
    half = float(stdtrit(n - 1, 0.5 + CONFIDENCE / 2)) * float(sample.std(ddof=1)) / math.sqrt(n)
    return mean, mean - half, mean + half


def steady(values: Floats) -> Floats:
    """Return the values without the first tenth, where lines are still empty, and the last twentieth."""
    return values[len(values) // 10 : len(values) - len(values) // 20]


def poisson_arrivals(rate: float, number: int, draws: Draws) -> Floats:
    """Return the hours of so many arrivals of a Poisson process."""
    return np.asarray(np.cumsum(-np.log1p(-draws.uniform("arrivals", "", number)) / rate))
