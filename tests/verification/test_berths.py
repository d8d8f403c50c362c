"""The quay as M/M/c: equal vessels on a quay of c berths, random calls, exponential berth service."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kernel.clock import OpenHours
from sim.kernel.station import Station
from sim.port.port import Port
from sim.records import RunLog
from sim.theory.queues import erlang_c, wait_mmc
from tests.small_port import number
from tests.verification.equivalence import assert_equivalent
from tests.verification.ports import berths, poisson_calls, run

SERVICE = 10.0


def quay(number_of: int, load: float, loa: float = 150.0) -> Port:
    """Return a quay of so many berths in use for a share `load` of the time, at which calls only load one box."""
    moves = berths(number_of, loa) | {
        "terminals__t1__quay__service": number(SERVICE, "h", "exponential"),
        "traffic__vessel_classes__feeder__exchange": number(1, "boxes"),
        "traffic__vessel_classes__feeder__discharge_share": number(0, "share"),
    }
    return poisson_calls(SERVICE / (number_of * load), **moves)


def waits(log: RunLog) -> np.ndarray:
    """Return the wait for a berth [h] of the calls that came in the window and were berthed."""
    arrived = log.calls["t_arrived"]
    wait = log.calls["t_assigned"] - arrived
    return wait[(arrived >= log.window[0]) & np.isfinite(wait)]


@pytest.mark.parametrize(("number_of", "loa"), [(1, 150.0), (3, 147.3), (7, 399.99)])
def test_a_quay_of_equal_berths_is_a_line_with_as_many_servers_call_by_call(number_of: int, loa: float) -> None:
    calls = run(quay(number_of, 0.85, loa), days=700, warm_up=0, replication=0).calls
    done = np.isfinite(calls["t_worked"])
    n = int(np.argmin(done)) if not done.all() else len(done)  # up to the first that is not done
    arrivals, services = calls["t_arrived"][:n], (calls["t_worked"] - calls["t_started"])[:n]
    line = Station(number_of, OpenHours.always())
    line.feed(np.arange(n), arrivals, services)
    served = line.advance(np.inf)
    assert n > 1000
    assert calls["t_assigned"][:n][served.ids] == pytest.approx(served.starts, abs=1e-6)


def test_waits_at_the_anchorage_follow_erlang() -> None:
    load, mean, share = 0.6, [], []
    for replication in range(8):
        wait = waits(run(quay(3, load), days=1200, warm_up=50, replication=replication))
        mean.append(wait.mean())
        share.append(np.mean(wait > 1e-9))
    assert_equivalent(share, erlang_c(3, 3 * load), margin=0.08)
    assert_equivalent(mean, wait_mmc(3, 3 * load / SERVICE, SERVICE), margin=0.12)


@pytest.mark.long
@pytest.mark.parametrize(("number_of", "load"), [(1, 0.5), (3, 0.75), (6, 0.8)])
def test_waits_at_the_anchorage_follow_erlang_closely(number_of: int, load: float) -> None:
    mean = [
        waits(run(quay(number_of, load), days=3600, warm_up=50, replication=replication)).mean()
        for replication in range(30)
    ]
    assert_equivalent(mean, wait_mmc(number_of, number_of * load / SERVICE, SERVICE), margin=0.05)


def test_as_many_berths_are_taken_as_come_times_how_long_they_stay() -> None:
    used = []
    for replication in range(8):
        log = run(quay(3, 0.6), days=600, warm_up=50, replication=replication)
        first, last = log.window
        until = np.where(np.isfinite(log.calls["t_unberthed"]), log.calls["t_unberthed"], log.end)
        held = np.clip(until, first, last) - np.clip(log.calls["t_berthed"], first, last)
        used.append(np.nansum(held) / (last - first))
    assert_equivalent(used, 3 * 0.6, margin=0.05)
