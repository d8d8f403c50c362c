"""What no part of the port is: lines with limited places, and a network with rework. Built of the kernel's stations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.kernel.clock import OpenHours
from sim.kernel.distribution import Distribution, Exponential, LognormalMean
from sim.kernel.draws import Draws
from sim.kernel.station import Station
from sim.theory.queues import erlang_b, lost_mmck, stay_jackson, wait_mmck
from sim.verify.case import Case, poisson_arrivals, steady

Found = Mapping[str, float]


@dataclass(frozen=True)
class Door:
    """A station with a door before it: who finds all places taken, those in service too, goes away for good.

    The kernel has no such station; the door counts who is inside by the finishes that the station returns.
    """

    servers: int
    places: int
    rate: float
    service: float
    work: Distribution

    def found(self, draws: Draws, size: int) -> Found:
        """Return the share lost, and the mean wait of those let in."""
        arrivals = poisson_arrivals(self.rate, size, draws)
        work = self.work.quantile(self.service, draws.uniform("work", "", size))
        station = Station(self.servers, OpenHours.always())
        inside: list[float] = []
        waits = np.full(size, np.nan)
        for k, t in enumerate(arrivals.tolist()):
            inside = [finish for finish in inside if finish > t]
            if len(inside) < self.places:
                station.feed([k], arrivals[k : k + 1], work[k : k + 1])
                served = station.advance(t)
                inside.append(float(served.finishes[0]))
                waits[k] = served.queued[0]
        waits = steady(waits)
        return {"lost": float(np.isnan(waits).mean()), "wait": float(np.nanmean(waits))}


LOSS, PLACES = (
    Door(4, 4, 3.0, 1.0, LognormalMean(kind="lognormal_mean", cv=1.0)),
    Door(2, 5, 1.8, 1.0, Exponential(kind="exponential")),
)
ERLANG_B = Case(
    "erlang_b",
    "door",
    6_000,
    {"lost": 0.06},
    lambda: {"lost": erlang_b(LOSS.servers, LOSS.rate * LOSS.service)},
    LOSS.found,
)
M_M_2_5 = Case(
    "m_m_2_5",
    "door",
    8_000,
    {"lost": 0.08, "wait": 0.06},
    lambda: {"lost": lost_mmck(2, 5, 1.8), "wait": wait_mmck(2, 5, 1.8, 1.0)},
    PLACES.found,
)

CHAIN = (1.0, 0.8, 0.6)
"""Mean service of three stations in a row."""
REWORK, CHAIN_RATE = 0.25, 0.45


def _chain(draws: Draws, size: int) -> Found:
    """Return the mean stay of customers in a chain whose last station sends a share of them back to the first.

    Turn by turn, each station is carried on to the last departure from the one before it: whoever is not known by then
    comes later. Every pass through the chain has its own work and its own luck.
    """
    coming = poisson_arrivals(CHAIN_RATE, size, draws)
    most = int(size * 1.2 / (1 - REWORK)) + 1000
    exponential = Exponential(kind="exponential")
    work = [exponential.quantile(mean, draws.uniform("work", str(k), most)) for k, mean in enumerate(CHAIN)]
    again = draws.uniform("rework", "", most) < REWORK
    stations, last = [Station(1, OpenHours.always()) for _ in CHAIN], [0.0] * len(CHAIN)
    owner, left = np.empty(most, dtype=np.int64), np.full(size, np.nan)
    back, back_owner = np.empty(0), np.empty(0, dtype=np.int64)
    until, come, passes = float(coming[0]), 0, 0
    while come < size or back.size:
        if not back.size and coming[come] > until:
            until = float(coming[come])  # nobody is inside: go on to who comes next
        first, come = come, int(np.searchsorted(coming, until, "right"))
        ids = np.arange(passes, passes + come - first + len(back))
        passes += len(ids)
        times = np.concatenate([coming[first:come], back])
        order = np.argsort(times)
        owner[ids], times = np.concatenate([np.arange(first, come), back_owner])[order], times[order]
        for k, station in enumerate(stations):
            station.feed(ids, times, work[k][ids])
            served = station.advance(until)
            ids, times = served.ids, served.finishes
            last[k] = max(last[k], float(times.max(initial=0.0)))
            until = max(until, last[k])
        left[owner[ids[~again[ids]]]] = times[~again[ids]]
        back, back_owner = times[again[ids]], owner[ids[again[ids]]]
    return {"stay": float(steady(left - coming).mean())}


REWORKED = Case(
    "rework",
    "stations",
    6_000,
    {"stay": 0.05},
    lambda: {"stay": stay_jackson(CHAIN_RATE, CHAIN, REWORK)},
    _chain,
)

KERNEL_CASES: tuple[Case, ...] = (ERLANG_B, M_M_2_5, REWORKED)
