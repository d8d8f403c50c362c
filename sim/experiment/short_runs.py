"""Which intervals not to trust: those of runs that are too short, or that have too few boxes of a group.

Student's t asks that the numbers of the replications spread about the true one evenly. Those of a short run do not:
the percentile of few boxes lies below that of endless time, and one long queue in ten runs pulls a mean up. Then the
interval is too narrow. What gives it away is that replications differ by much, compared with the boxes themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from sim.experiment.result import Key

Values = Mapping[Key, tuple[str, Mapping[int, float]]]
"""As `ScenarioResult.values`."""

LIMITS = {"mean": 0.2, "p90": 0.5, "p95": 0.7}
"""Statistic -> standard deviation between replications, over the spread of boxes, beyond which 95 % intervals of ten
replications held the true value in less than about 93 % of cases: measured, see docs/intervals.md. A median
hardly suffers."""

OF_SHARES = 0.6
"""The same of shares, over the smaller of the share and its rest."""

FEWEST = 5
"""Replications: of fewer the standard deviation itself is too unsure to judge by."""

SPREAD = math.log(20) - math.log(2)
"""From the 50th to the 95th percentile of an exponential distribution, in its standard deviations. So the upper half of
the boxes says how far they are apart: its long tail is what makes intervals too narrow."""


def short(values: Values) -> frozenset[Key]:
    """Return the numbers whose intervals are not to be trusted; of fewer than FEWEST replications none are named."""
    return frozenset(_short(values))


def _short(values: Values) -> Iterator[Key]:
    limits = {
        key: allowed
        for key, (_, by_replication) in values.items()
        if len(by_replication) >= FEWEST and (allowed := _allowed(values, key)) is not None
    }
    by_size: dict[int, list[Key]] = {}
    for key in limits:
        by_size.setdefault(len(values[key][1]), []).append(key)
    for keys in by_size.values():
        deviations = np.std([list(values[key][1].values()) for key in keys], axis=1, ddof=1)
        yield from (key for key, deviation in zip(keys, deviations.tolist(), strict=True) if deviation > limits[key])


def _allowed(values: Values, key: Key) -> float | None:
    """Return the standard deviation between replications that a number may have; None where nothing tells."""
    (unit, own), statistic = values[key], key[3]
    if statistic in LIMITS:
        half, top = (values.get((*key[:3], name)) for name in ("p50", "p95"))
        if half is None or top is None:
            return None
        return LIMITS[statistic] * (_mean(top[1]) - _mean(half[1])) / SPREAD
    if unit == "share":
        share = _mean(own)
        return OF_SHARES * min(share, 1 - share)
    return None


def _mean(by_replication: Mapping[int, float]) -> float:
    return sum(by_replication.values()) / len(by_replication)
