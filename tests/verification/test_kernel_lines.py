"""The lines that `nansha verify` builds of the kernel's stations, customer by customer against plain models of them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import numpy as np
import pytest
import simpy

from sim.kernel.draws import Draws
from sim.verify.case import poisson_arrivals, steady
from sim.verify.kernel_lines import CHAIN, CHAIN_RATE, LOSS, PLACES, REWORK, Door, _chain


@pytest.mark.parametrize("door", [LOSS, PLACES])
@pytest.mark.parametrize("seed", range(3))
def test_a_door_turns_away_whom_a_plain_loop_turns_away(door: Door, seed: int) -> None:
    draws, size = Draws(seed, 0), 2000
    arrivals = poisson_arrivals(door.rate, size, draws)
    work = door.work.quantile(door.service, draws.uniform("work", "", size))
    finishes, free, waits = [], [0.0] * door.servers, []
    for t, hours in zip(arrivals.tolist(), work.tolist(), strict=True):
        if sum(finish > t for finish in finishes) == door.places:
            waits.append(np.nan)
            continue
        free.sort()
        start = max(free[0], t)
        free[0] = start + hours
        finishes.append(start + hours)
        waits.append(start - t)
    kept = steady(np.array(waits))
    found = door.found(draws, size)
    assert found["lost"] == np.isnan(kept).mean()
    assert found["wait"] == pytest.approx(np.nanmean(kept))


@pytest.mark.parametrize("seed", range(3))
def test_the_chain_is_that_of_simpy(seed: int) -> None:
    draws, size = Draws(seed, 0), 1500
    arrivals = poisson_arrivals(CHAIN_RATE, size, draws)
    most = int(size * 1.2 / (1 - REWORK)) + 1000
    work = [-np.log1p(-draws.uniform("work", str(k), most)) * mean for k, mean in enumerate(CHAIN)]
    again = draws.uniform("rework", "", most) < REWORK
    env, left = simpy.Environment(), np.full(size, np.nan)
    desks = [simpy.Resource(env) for _ in CHAIN]
    passes: Iterator[int] = iter(range(most))

    def customer(number: int) -> Generator[simpy.Event, Any, None]:
        yield env.timeout(arrivals[number])
        while True:
            own = next(passes)
            for desk, hours in zip(desks, work, strict=True):
                with desk.request() as turn:
                    yield turn
                    yield env.timeout(hours[own])
            if not again[own]:
                break
        left[number] = env.now

    for number in range(size):
        env.process(customer(number))
    env.run()
    assert _chain(draws, size)["stay"] == pytest.approx(steady(left - arrivals).mean(), abs=1e-9)
