"""The oracle's own waiting line: where nothing ties and nothing closes, it is simpy.PriorityResource."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import simpy

from sim.kernel.clock import OpenHours
from tests.oracle.clock import Clock
from tests.oracle.desk import Desk


def crowd(seed: int) -> list[tuple[float, float, int]]:
    """Return customers as (arrival, work, rank), more than the servers can keep up with at first."""
    draws = np.random.default_rng(seed)
    arrivals, work = draws.uniform(0, 50, 80), draws.exponential(2.0, 80)
    return list(zip(arrivals.tolist(), work.tolist(), draws.integers(0, 3, 80).tolist(), strict=True))


def desk_finishes(customers: list[tuple[float, float, int]], servers: int, hours: OpenHours) -> list[float]:
    clock, finishes = Clock(), [np.nan] * len(customers)
    desk = Desk(clock, [(0.0, servers)], hours, "pause")

    def customer(number: int) -> Iterator[Any]:
        arrival, work, rank = customers[number]
        yield clock.at(arrival)
        visit = yield from desk.visit(number, rank, work)
        finishes[number] = visit.finish

    for number in range(len(customers)):
        clock.process(customer(number))
    clock.run(until=10_000)
    return finishes


def resource_finishes(customers: list[tuple[float, float, int]], servers: int) -> list[float]:
    env, finishes = simpy.Environment(), [np.nan] * len(customers)
    desk = simpy.PriorityResource(env, capacity=servers)

    def customer(number: int) -> Iterator[Any]:
        arrival, work, rank = customers[number]
        yield env.timeout(arrival)
        with desk.request(priority=rank) as turn:
            yield turn
            yield env.timeout(work)
            finishes[number] = env.now

    for number in range(len(customers)):
        env.process(customer(number))
    env.run()
    return finishes


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("servers", [1, 3])
def test_always_open(seed: int, servers: int) -> None:
    customers = crowd(seed)
    found = desk_finishes(customers, servers, OpenHours.always())
    assert found == pytest.approx(resource_finishes(customers, servers), abs=1e-9)


def test_work_pauses_while_closed() -> None:
    """Two customers of 3 h at a desk open from 0 to 4 and from 10 on: 3, and 1 + 2 hours in two parts."""
    hours = OpenHours.of([(0.0, 4.0), (10.0, 100.0)])
    assert desk_finishes([(0.0, 3.0, 0), (1.0, 3.0, 0)], 1, hours) == [3.0, 12.0]


def test_who_comes_while_closed_is_ranked_at_the_opening() -> None:
    hours = OpenHours.of([(10.0, 100.0)])
    assert desk_finishes([(1.0, 2.0, 5), (2.0, 2.0, 1), (1.0, 2.0, 5)], 1, hours) == [14.0, 12.0, 16.0]
