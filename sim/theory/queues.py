"""Closed forms for waiting lines in steady state; rates are per hour, times in hours.

Lines are first come, first served unless said otherwise. Sources: Kleinrock 1975; Gross, Shortle, Thompson and Harris
2008; Cobham 1954.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import poisson


def erlang_b(servers: int, load: float) -> float:
    """Return the share of customers lost in M/G/c/c; `load` is arrival rate times mean service (Erlang B)."""
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Return the share of customers who wait in M/M/c; `load` is rate times mean service, below `servers`."""
    lost = erlang_b(servers, load)
    return lost / (1 - load / servers * (1 - lost))


def wait_mmc(servers: int, rate: float, service: float) -> float:
    """Return the mean wait in M/M/c."""
    load = rate * service
    return erlang_c(servers, load) * service / (servers - load)


def wait_mg1(rate: float, service: float, cv: float) -> float:
    """Return the mean wait in M/G/1 (Pollaczek and Khinchine); `cv` of service is 0 for M/D/1."""
    load = rate * service
    return load * service * (1 + cv**2) / (2 * (1 - load))


def lost_mmck(servers: int, places: int, load: float) -> float:
    """Return the share of customers turned away in M/M/c/K; `places` counts those in service too."""
    return _states_mmck(servers, places, load)[-1]


def wait_mmck(servers: int, places: int, rate: float, service: float) -> float:
    """Return the mean wait of the customers let in to M/M/c/K."""
    states = _states_mmck(servers, places, rate * service)
    waiting = sum(max(0, n - servers) * p for n, p in enumerate(states))
    return waiting / (rate * (1 - states[-1]))


def _states_mmck(servers: int, places: int, load: float) -> list[float]:
    """Return the probabilities of 0 to `places` customers."""
    weights = [1.0]
    for n in range(1, places + 1):
        weights.append(weights[-1] * load / min(n, servers))
    total = sum(weights)
    return [weight / total for weight in weights]


def waits_by_rank(servers: int, rates: Sequence[float], service: float, cv: float) -> list[float]:
    """Return the mean wait of each rank without preemption (Cobham), all ranks with the same service.

    Exact for one server with any service, and for several with exponential service (cv 1).
    """
    load = sum(rates) * service
    remaining = load * service * (1 + cv**2) / 2 if servers == 1 else erlang_c(servers, load) * service / servers
    waits, before = [], 0.0
    for rate in rates:
        upto = before + rate * service / servers
        waits.append(remaining / ((1 - before) * (1 - upto)))
        before = upto
    return waits


def stay_jackson(rate: float, services: Sequence[float], rework: float) -> float:
    """Return the mean stay in single-server stations in a row; the last sends a share `rework` back to the first.

    Each station is M/M/1 at the rate of all passes (Jackson 1957).
    """
    through = rate / (1 - rework)
    return sum(service / (1 - through * service) for service in services) / (1 - rework)


def fork_join(first: float, second: float) -> float:
    """Return the mean of the later of two independent exponential times with these means."""
    return first + second - 1 / (1 / first + 1 / second)


def poisson_at_least(load: float, number: int) -> float:
    """Return the probability of `number` or more in an M/G/infinity yard with this mean content."""
    return float(poisson.sf(number - 1, load))


def wait_batch(rate: float, interval: float, capacity: int) -> float:
    """Return the mean wait for the next carrier with room, one every `interval` hours, each taking `capacity` boxes.

    Raises ValueError if that is more than the carriers can take, or nearly so.

    Boxes come as a Poisson process and go first come, first served. What a departure leaves behind is the bulk-service
    queue of Bailey (1954): a walk of steps A - capacity held above 0, so its mean is the sum over n of the mean of
    max(0, A_1 + ... + A_n - n capacity) / n (Spitzer 1956). A box waits half an interval longer than those left behind
    make it wait (Little).
    """
    mean = rate * interval
    if mean >= capacity:
        raise ValueError(f"{mean:g} boxes a carrier are more than its {capacity} places")
    left = 0.0
    for first in range(1, MOST_TERMS, 10_000):
        n = np.arange(first, first + 10_000)
        come, places = n * mean, n * capacity
        terms = (come * poisson.sf(places - 1, come) - places * poisson.sf(places, come)) / n
        left += float(terms.sum())
        if terms[-1] < 1e-16:
            return left / rate + interval / 2
    raise ValueError(f"{mean:g} boxes a carrier are too near to its {capacity} places")


MOST_TERMS = 1_000_000
"""Of a sum; enough for a load of 0.99, whatever the number of places."""
