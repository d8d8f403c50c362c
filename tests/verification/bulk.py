"""What bulk service says of boxes that wait for carriers: no line but the room of the next one holds them up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import brentq


def wait_for_random_carriers(rate: float, interval: float, capacity: int) -> float:
    """Return the mean wait [h] of those who come at random for carriers at random, `interval` hours apart in the mean.

    Their number in line is geometric: its ratio r solves rate * interval = r + r^2 + ... + r^capacity.
    """
    r = brentq(lambda x: sum(x**k for k in range(1, capacity + 1)) - rate * interval, 0.0, 1.0, xtol=1e-14)
    return float(r / (1 - r) / rate)


def wait_on_lists(rate: float, interval: float, capacity: int, lists: float) -> float:
    """Return the same if a carrier takes only those whom a list has counted, one every `lists` hours.

    The number counted is a chain from list to list: some carriers come between two, and then the new ones are added.
    """
    size = int(capacity + 20 * (1 + rate * interval) / (1 - rate * interval / capacity))
    come, carriers = stats.poisson.pmf(np.arange(size), rate * lists), lists / interval
    number = np.arange(int(carriers + 12 * np.sqrt(carriers) + 12))
    gone = stats.poisson.pmf(number, carriers)
    there = come.copy()
    for _ in range(100_000):
        after = np.convolve(sum(p * _less(there, k * capacity) for k, p in zip(number, gone, strict=True)), come)[:size]
        if np.abs(after - there).max() < 1e-11:
            break
        there = after
    # the share of the time between two lists at which so many carriers have come
    meanwhile = stats.poisson.sf(number, carriers) / carriers
    line = sum(p * (_less(there, k * capacity) @ np.arange(size)) for k, p in zip(number, meanwhile, strict=True))
    return float(line / rate + lists / 2)


def _less(there: NDArray[np.float64], gone: int) -> NDArray[np.float64]:
    """Return the distribution of what is left of a number when `gone` of it, or all, have gone."""
    left = np.append(there[gone:], np.zeros(min(gone, len(there))))
    left[0] += there[:gone].sum()
    return left
