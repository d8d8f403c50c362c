"""Many differences at once: Holm's adjustment, so that the risk of even one false finding in a family stays at 5 %.

Of a hundred numbers that no reform moves, five intervals on average would leave out 0. Holm (1979, Scandinavian Journal
of Statistics 6, 65-70) orders the p-values of a family and asks of the smallest 1/m of the risk, of the next 1/(m - 1),
and so on until one fails. Nothing is assumed of how the numbers hang together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.experiment.compare import Effect
from sim.experiment.statistics import CONFIDENCE, Verdict


@dataclass(frozen=True, slots=True)
class Adjusted:
    """An effect with the verdict that holds in its family, its p-value by itself (paired t), and Holm's.

    Both are None where there is no interval; the adjusted one also where the number is the same to the last digit on
    both sides in every replication: there is nothing to find, so that it does not count in the family.
    """

    effect: Effect
    p: float | None
    p_adjusted: float | None


def p_value(effect: Effect) -> float | None:
    """Return the two-sided p-value of the paired t statistic behind the interval of an effect; None without one."""
    from scipy.special import stdtr, stdtrit

    if effect.low is None or effect.high is None:
        return None
    half = (effect.high - effect.low) / 2
    if half == 0:
        return 1.0 if effect.difference == 0 else 0.0
    t = abs(effect.difference) / half * float(stdtrit(effect.n - 1, 0.5 + CONFIDENCE / 2))
    return float(2 * stdtr(effect.n - 1, -t))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return Holm's adjusted p-values, in the order given: at most the risk taken, and the number is a finding."""
    order = sorted(range(len(p_values)), key=lambda k: p_values[k])
    adjusted, floor = [0.0] * len(order), 0.0
    for place, k in enumerate(order):
        floor = max(floor, min(1.0, (len(order) - place) * p_values[k]))
        adjusted[k] = floor
    return adjusted


def adjusted(family: Sequence[Effect]) -> list[Adjusted]:
    """Return the effects of a family, in the order given, each with the verdict that Holm's adjustment leaves it."""
    p_values = [p_value(effect) for effect in family]
    counted = [k for k, effect in enumerate(family) if p_values[k] is not None and not _same(effect)]
    found = dict(zip(counted, holm([p_values[k] or 0.0 for k in counted]), strict=True))
    return [Adjusted(_judged(effect, found.get(k)), p_values[k], found.get(k)) for k, effect in enumerate(family)]


def _judged(effect: Effect, p_adjusted: float | None) -> Effect:
    risk = 1 - CONFIDENCE
    if p_adjusted is None or p_adjusted <= risk or math.isclose(p_adjusted, risk, rel_tol=1e-12):
        return effect
    return replace(effect, verdict=Verdict.NOT_SHOWN)


def _same(effect: Effect) -> bool:
    return effect.difference == effect.low == effect.high == 0
