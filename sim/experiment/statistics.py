"""What replications can tell: a mean with its 95 % interval, and whether a difference is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

CONFIDENCE = 0.95
LESS_IS_BETTER_UNITS = frozenset({"h", "min", "d", "t", "kg/TEU", "CNY", "CNY/box"})
LESS_IS_BETTER = frozenset({"infringements_missed", "rolled_boxes", "left_boxes"})
MORE_IS_BETTER = frozenset(
    {
        "found_share",
        "infringements_found",
        "within_24h",
        "within_48h",
        "first_vessel",
        "direct_berthing",
        "moves_per_crane_hour",
        "filling",
        "filling_in",
        "departed_on_time",
        "throughput_teu_per_year",
    }
)
COUNTED = frozenset({"infringements_found"})
"""Metrics that are a count; any other count says only how many a mean is over."""

NEITHER = frozenset({"co2_shore_power"})
"""More of it may well stand for less in all."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over `n` replications with its 95 % interval; of fewer than two there is no interval: None."""

    mean: float
    low: float | None
    high: float | None
    n: int


class Verdict(StrEnum):
    """What a paired difference shows; `higher` and `lower` are for metrics without a good direction."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    NOT_SHOWN = "not_shown"


def interval(values: Sequence[float]) -> Interval:
    """Return the mean of `values`, one per replication, with Student's t interval."""
    n = len(values)
    sample = np.asarray(values, dtype=np.float64)
    mean = float(sample.mean())
    if n < 2:
        return Interval(mean, None, None, n)
    half = _quantile(n - 1) * float(sample.std(ddof=1)) / math.sqrt(n)
    return Interval(mean, mean - half, mean + half, n)


def intervals(samples: Sequence[Sequence[float]]) -> list[Interval]:
    """Return `interval` of each of many samples, to the bit, those of one length at once."""
    by_size: dict[int, list[int]] = {}
    for place, values in enumerate(samples):
        by_size.setdefault(len(values), []).append(place)
    found: dict[int, Interval] = {}
    for n, places in by_size.items():
        table = np.array([samples[place] for place in places], dtype=np.float64)
        means = table.mean(axis=1).tolist()
        if n < 2:
            found |= {place: Interval(mean, None, None, n) for place, mean in zip(places, means, strict=True)}
            continue
        halves = (_quantile(n - 1) * table.std(axis=1, ddof=1) / math.sqrt(n)).tolist()
        for place, mean, half in zip(places, means, halves, strict=True):
            found[place] = Interval(mean, mean - half, mean + half, n)
    return [found[place] for place in range(len(samples))]


def paired(base: Sequence[float], reform: Sequence[float]) -> Interval:
    """Return the mean of reform - base, replication by replication on common draws, with its interval."""
    return interval([after - before for before, after in zip(base, reform, strict=True)])


def direction(metric: str, statistic: str, unit: str) -> int:
    """Return -1 if less is better, 1 if more is, 0 if the metric has no good direction."""
    if metric in LESS_IS_BETTER or statistic == "unfinished":
        return -1
    if metric in NEITHER or (statistic == "count" and metric not in COUNTED):
        return 0
    if metric in MORE_IS_BETTER or statistic in MORE_IS_BETTER:
        return 1
    return -1 if unit in LESS_IS_BETTER_UNITS else 0


def verdict(difference: Interval, better: int) -> Verdict:
    """Return what `difference` shows; `better` as from `direction`. Without an interval nothing is shown."""
    low, high = difference.low, difference.high
    if low is None or high is None or low <= 0.0 <= high:
        return Verdict.NOT_SHOWN
    if better == 0:
        return Verdict.HIGHER if low > 0.0 else Verdict.LOWER
    return Verdict.BETTER if (low > 0.0) == (better > 0) else Verdict.WORSE


def _quantile(freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2))
