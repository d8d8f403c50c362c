"""How n busy servers spread over the phases of their services, and how fast one spread turns into another.

A spread is the number of servers in each phase, shape (phases,). Servers being alike, C(busy + phases - 1, busy)
spreads stand for phases ** busy states.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations_with_replacement
from math import comb

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Spread = tuple[int, ...]


def count_spreads(busy: int, phases: int) -> int:
    """Return how many spreads there are."""
    return comb(busy + phases - 1, busy)


@lru_cache(maxsize=256)
def spreads(busy: int, phases: int) -> tuple[Spread, ...]:
    """Return every spread of `busy` servers, in the order of all tables here."""
    return tuple(
        tuple(chosen.count(phase) for phase in range(phases))
        for chosen in combinations_with_replacement(range(phases), busy)
    )


@lru_cache(maxsize=256)
def places(busy: int, phases: int) -> dict[Spread, int]:
    """Return spread -> its place."""
    return {spread: place for place, spread in enumerate(spreads(busy, phases))}


def started(busy: int, phases: int) -> Matrix:
    """Return 1 where a spread becomes one of `busy` + 1 servers as one more begins its first phase."""
    there = places(busy + 1, phases)
    out = np.zeros((count_spreads(busy, phases), len(there)))
    for i, spread in enumerate(spreads(busy, phases)):
        out[i, there[moved(spread, None, 0)]] = 1.0
    return out


def inner(busy: int, phases: int, rate: float) -> Matrix:
    """Return the rates of steps from phase to phase; the diagonal takes all that leaves, the ends of services too."""
    there = places(busy, phases)
    out = np.diag(np.full(len(there), -busy * rate))
    for spread, i in there.items():
        for phase in range(phases - 1):
            if spread[phase]:
                out[i, there[moved(spread, phase, phase + 1)]] += spread[phase] * rate
    return out


def ended(busy: int, phases: int, rate: float, *, waiting: bool) -> Matrix:
    """Return the rates of ends of services: the next in line takes the server, or with nobody waiting it is free."""
    there = places(busy if waiting else busy - 1, phases)
    out = np.zeros((count_spreads(busy, phases), len(there)))
    for i, spread in enumerate(spreads(busy, phases)):
        if spread[-1]:
            out[i, there[moved(spread, phases - 1, 0 if waiting else None)]] = spread[-1] * rate
    return out


def moved(spread: Spread, source: int | None, target: int | None) -> Spread:
    """Return the spread with one server taken from a phase and put into another; None is out of service."""
    counts = list(spread)
    if source is not None:
        counts[source] -= 1
    if target is not None:
        counts[target] += 1
    return tuple(counts)
