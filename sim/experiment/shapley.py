"""Shares of a joint effect: Shapley values and interactions of switches, replication by replication.

A coalition is a set of switches that are on, written as a bit mask: switch k is bit k. The value of a coalition is any
number of a run under common draws. The share of a switch is its mean contribution over all orders in which the
switches could be turned on (Shapley 1953); shares add up to the whole change. The interaction of a pair is the mean
over the same orders of what the two do together beyond what each does alone (Grabisch and Roubens 1999).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Orders = NDArray[np.intp]
Values = Mapping[int, Floats]
"""Coalition -> its value in each replication (n,)."""


def every_coalition(switches: int) -> range:
    """Return all coalitions of so many switches, from none to all."""
    return range(1 << switches)


def shares(values: Values, switches: int) -> Floats:
    """Return the Shapley values (switches, n), from the values of every coalition."""
    return np.array([_share(values, switches, k) for k in range(switches)])


def interactions(values: Values, switches: int) -> dict[tuple[int, int], Floats]:
    """Return pair -> Shapley interaction index (n,), from the values of every coalition."""
    found = {}
    for i, j in combinations(range(switches), 2):
        without = [s for s in every_coalition(switches) if not s >> i & 1 and not s >> j & 1]
        weights = [1 / ((switches - 1) * comb(switches - 2, s.bit_count())) for s in without]
        found[i, j] = _sum(w * beyond(values, s, i, j) for w, s in zip(weights, without, strict=True))
    return found


def beyond(values: Values, coalition: int, i: int, j: int) -> Floats:
    """Return what i and j, added to a coalition, do together beyond what each does alone (n,)."""
    one, other = coalition | 1 << i, coalition | 1 << j
    return values[one | other] - values[one] - values[other] + values[coalition]


def drawn_orders(switches: int, pairs: int, seed: int) -> Orders:
    """Return random orders of the switches (pairs, 2, switches), each with its own reverse.

    Where a switch comes early in an order it comes late in the reverse, so that the errors of a pair partly cancel.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    forward = np.array([generator.permutation(switches) for _ in range(pairs)])
    return np.stack([forward, forward[:, ::-1]], axis=1)


def coalitions_of(orders: Orders) -> set[int]:
    """Return every coalition that is met on the way through these orders (..., switches)."""
    return {coalition for order in orders.reshape(-1, orders.shape[-1]) for coalition in _chain(order)}


def sampled_shares(values: Values, orders: Orders) -> Floats:
    """Return the contribution of each switch, averaged over each pair of orders (switches, pairs, n)."""
    rows = [[_contributions(values, order) for order in pair] for pair in orders]
    return np.moveaxis(np.array(rows).mean(axis=1), 0, 1)


def _share(values: Values, switches: int, k: int) -> Floats:
    without = [s for s in every_coalition(switches) if not s >> k & 1]
    weights = [1 / (switches * comb(switches - 1, s.bit_count())) for s in without]
    return _sum(w * (values[s | 1 << k] - values[s]) for w, s in zip(weights, without, strict=True))


def _contributions(values: Values, order: Sequence[int] | Orders) -> Floats:
    """Return what each switch adds when they are turned on in this order (switches, n)."""
    chain = [values[coalition] for coalition in _chain(order)]
    added = np.empty((len(order), len(chain[0])))
    for place, k in enumerate(order):
        added[k] = chain[place + 1] - chain[place]
    return added


def _chain(order: Sequence[int] | Orders) -> Iterator[int]:
    coalition = 0
    yield coalition
    for k in order:
        coalition |= 1 << int(k)
        yield coalition


def _sum(terms: Iterator[Floats]) -> Floats:
    return np.asarray(np.sum(list(terms), axis=0))
