"""Which policy did it: the Shapley share of each policy of a reform in a change, on common draws."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sim.experiment import shapley
from sim.experiment.observe import observe_together
from sim.experiment.options import Progress, RunOptions
from sim.experiment.shapley import Orders, Values
from sim.experiment.statistics import Interval, interval
from sim.experiment.subject import Subject
from sim.experiment.switches import Switches

EXACT_UP_TO = 8
"""Policies of which all combinations are run."""

ORDERS = 16
"""Orders drawn where there are more policies: eight, and the reverse of each."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one policy does to a number: alone; added last, to all others; and its share in the change of all.

    part: the share as a part of the whole change; None where that change is not shown.
    """

    policy: str
    alone: Interval
    last: Interval
    share: Interval
    part: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """What two policies do together beyond what each does by itself, in the unit and with the sign of the number."""

    first: str
    second: str
    interaction: Interval


@dataclass(frozen=True)
class Attribution:
    """The change of one number from base to reform, shared among policies.

    orders: the number of orders drawn; None if the shares are exact. Then each interaction is the mean over all orders
    of adoption; of drawn orders it is that of the two policies by themselves.
    """

    subject: Subject
    base: Interval
    reform: Interval
    total: Interval
    shares: tuple[Share, ...]
    pairs: tuple[Pair, ...]
    orders: int | None


@dataclass(frozen=True)
class Plan:
    """Which coalitions are run: all of them, or those along drawn orders (pairs, 2, switches)."""

    switches: Switches
    coalitions: tuple[int, ...]
    orders: Orders | None


def plan(switches: Switches, orders: int = ORDERS, exact_up_to: int = EXACT_UP_TO) -> Plan:
    """Return what has to be run for exact shares of up to `exact_up_to` policies, or for so many drawn `orders`.

    Orders are drawn by the seed of the reform, in pairs of one and its reverse.
    """
    k = len(switches.keys)
    if k <= exact_up_to:
        return Plan(switches, tuple(shapley.every_coalition(k)), None)
    drawn = shapley.drawn_orders(k, max(2, math.ceil(orders / 2)), switches.reform.seed)
    pairs = {1 << i | 1 << j for i, j in combinations(range(k), 2)}
    ends = {1 << i for i in range(k)} | {switches.everything ^ 1 << i for i in range(k)}
    return Plan(switches, tuple(sorted(shapley.coalitions_of(drawn) | pairs | ends)), drawn)


def attribute(
    what: Plan, subjects: Sequence[Subject], options: RunOptions, progress: Progress | None = None
) -> tuple[Attribution, ...]:
    """Return the attribution of each number; what is stored is not run again."""
    scenarios = [what.switches.scenario(coalition) for coalition in what.coalitions]
    replications = range(what.switches.reform.replications)
    values = observe_together(scenarios, replications, subjects, options, progress)
    return tuple(
        attributed(what, subject, dict(zip(what.coalitions, values[:, number], strict=True)))
        for number, subject in enumerate(subjects)
    )


def attributed(what: Plan, subject: Subject, values: Values) -> Attribution:
    """Return the attribution of one number from its `values` of every coalition of the plan."""
    keys, everything = what.switches.keys, what.switches.everything
    total = interval((values[everything] - values[0]).tolist())
    shown = total.low is not None and total.high is not None and not total.low <= 0 <= total.high
    shares = _shares(what, values)
    return Attribution(
        subject,
        interval(values[0].tolist()),
        interval(values[everything].tolist()),
        total,
        tuple(
            Share(
                key,
                interval((values[1 << k] - values[0]).tolist()),
                interval((values[everything] - values[everything ^ 1 << k]).tolist()),
                shares[k],
                shares[k].mean / total.mean if shown else None,
            )
            for k, key in enumerate(keys)
        ),
        tuple(
            Pair(keys[i], keys[j], interval(found.tolist())) for (i, j), found in _interactions(what, values).items()
        ),
        None if what.orders is None else 2 * len(what.orders),
    )


def _shares(what: Plan, values: Values) -> list[Interval]:
    if what.orders is None:
        return [interval(share.tolist()) for share in shapley.shares(values, len(what.switches.keys))]
    return [with_sampling(drawn) for drawn in shapley.sampled_shares(values, what.orders)]


def with_sampling(drawn: NDArray[np.float64]) -> Interval:
    """Return the mean of contributions (pairs of orders, n), its interval widened by the error of drawing the orders.

    Replications and orders are crossed: the variance of the mean is at most the sum of that of the means by
    replication and that of the means by pair of orders. Both halves are t intervals; their squares are added.
    """
    of_runs, of_orders = interval(drawn.mean(axis=0).tolist()), interval(drawn.mean(axis=1).tolist())
    ends = of_runs.low, of_runs.high, of_orders.low, of_orders.high
    if any(end is None for end in ends):
        return of_runs
    low, high, orders_low, orders_high = (end for end in ends if end is not None)
    half = math.hypot((high - low) / 2, (orders_high - orders_low) / 2)
    return Interval(of_runs.mean, of_runs.mean - half, of_runs.mean + half, of_runs.n)


def _interactions(what: Plan, values: Values) -> Mapping[tuple[int, int], NDArray[np.float64]]:
    k = len(what.switches.keys)
    if what.orders is None:
        return shapley.interactions(values, k)
    return {(i, j): shapley.beyond(values, 0, i, j) for i, j in combinations(range(k), 2)}
