"""What queueing theory says of waiting lines in steady state; rates per hour, times in hours."""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial


def erlang_c(servers: int, load: float) -> float:
    """Return the share of customers who wait in M/M/c; `load` is arrival rate times mean service, below `servers`."""
    last = load**servers / factorial(servers) * servers / (servers - load)
    return last / (sum(load**k / factorial(k) for k in range(servers)) + last)


def wait_mmc(servers: int, rate: float, service: float) -> float:
    """Return the mean wait in M/M/c."""
    load = rate * service
    return erlang_c(servers, load) * service / (servers - load)


def wait_mg1(rate: float, service: float, cv: float) -> float:
    """Return the mean wait in M/G/1 (Pollaczek and Khinchine); `cv` of service is 0 for M/D/1."""
    load = rate * service
    return load * service * (1 + cv**2) / (2 * (1 - load))


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
