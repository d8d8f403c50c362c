"""The import chain of a terminal, box by box on the same draws: as columns, and as processes of the peers.

A box comes off the ship, waits for its documents, is inspected by one of 30 bays if it is among the 5 %, waits to be
picked up, and passes one of 24 gate lanes. The draws are made before the clock of the benchmark starts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.kernel.clock import OpenHours
from sim.kernel.distribution import Exponential, Gamma, LognormalMean
from sim.kernel.draws import Draws
from sim.kernel.station import Station
from tests.benchmark import peers
from tests.benchmark.measure import in_child, timed, version_of
from tests.benchmark.table import TIMES, Row, rate

Floats = NDArray[np.float64]

BAYS, LANES, INSPECTED = 30, 24, 0.05
SEED = 20210301
TOLERANCE_H = 1e-6


@dataclass(frozen=True, eq=False)
class Chain:
    """Boxes in the order in which they come off the ship, shape (boxes,): that hour, and the hours of each step."""

    discharged: Floats
    documents: Floats
    inspected: NDArray[np.bool_]
    examination: Floats
    pick_up: Floats
    lane: Floats

    def __len__(self) -> int:
        return len(self.discharged)


def draw(boxes: int) -> Chain:
    """Return boxes, 342 an hour being 3 million a year: bays and lanes are then at work nine tenths of the time."""

    def u(purpose: str) -> Floats:
        return Draws(SEED, 0).uniform(purpose, "chain", boxes)

    return Chain(
        discharged=np.cumsum(Exponential(kind="exponential").quantile(1 / 342, u("gap"))),
        documents=LognormalMean(kind="lognormal_mean", cv=0.9).quantile(20, u("documents")),
        inspected=u("inspected") < INSPECTED,
        examination=Gamma(kind="gamma", shape=4).quantile(1.6, u("examination")),
        pick_up=LognormalMean(kind="lognormal_mean", cv=0.9).quantile(30, u("pick-up")),
        lane=Exponential(kind="exponential").quantile(0.063, u("lane")),
    )


def columns(chain: Chain) -> Floats:
    """Return the hours at which the boxes are through the gate, by whole columns through the kernel's lines."""
    always = OpenHours.always()
    released = chain.discharged + chain.documents
    rows = np.flatnonzero(chain.inspected)
    bays = Station(BAYS, always)
    bays.feed(rows, released[rows], chain.examination[rows])
    examined = bays.advance(math.inf)
    released[examined.ids] = examined.finishes
    lanes = Station(LANES, always)
    lanes.feed(np.arange(len(chain)), released + chain.pick_up, chain.lane)
    through = lanes.advance(math.inf)
    out = np.empty(len(chain))
    out[through.ids] = through.finishes
    return out


def simpy_processes(chain: Chain) -> Floats:
    """Return the same, by a SimPy process for each box."""
    env, out = simpy.Environment(), np.empty(len(chain))
    bays, lanes = simpy.Resource(env, BAYS), simpy.Resource(env, LANES)
    rows = zip(*(column.tolist() for column in vars(chain).values()), strict=True)

    def box(row: int, hours: tuple[Any, ...]) -> Generator[simpy.Event, Any, None]:
        _, documents, inspected, examination, pick_up, lane = hours
        yield env.timeout(documents)
        if inspected:
            with bays.request() as turn:
                yield turn
                yield env.timeout(examination)
        yield env.timeout(pick_up)
        with lanes.request() as turn:
            yield turn
            yield env.timeout(lane)
        out[row] = env.now

    def ship() -> Generator[simpy.Event, Any, None]:
        for row, hours in enumerate(rows):
            yield env.timeout(hours[0] - env.now)
            env.process(box(row, hours))

    env.process(ship())
    env.run()
    return out


WAYS: dict[str, tuple[Callable[[Chain], Floats], int]] = {
    "simpy": (simpy_processes, 50_000),
    "salabim": (peers.salabim_processes, 10_000),
    "ciw": (peers.ciw_individuals, 2_000),
}
"""Package -> the chain as it is written with it, and the boxes it is given: some seconds of work."""


def rows(rounds: int) -> list[Row]:
    """Return a row for each peer; the columns run beside it, on the same boxes, in every round."""
    return [in_child(row, name, rounds) for name in WAYS]


def row(package: str, rounds: int) -> Row:
    """Return the row of one peer: the median of the ratios of all rounds."""
    way, boxes = WAYS[package]
    what, release = f"import chain, {boxes:,} boxes", version_of(package)
    if release is None:
        return Row(what, "columns", f"{package} not installed: pip install nansha-sim[bench]", None, TIMES)
    chain = draw(boxes)
    ratios, ours, theirs = [], [], []
    way(draw(100))
    columns(draw(100))
    for _ in range(rounds):
        mine, expected = timed(lambda: columns(chain))
        other, found = timed(lambda: way(chain))
        refuse_apart(package, found, expected)
        ours.append(mine.busy)
        theirs.append(other.busy)
        ratios.append(other.busy / mine.busy)
    this, against = rate(boxes, median(ours)), rate(boxes, median(theirs))
    return Row(what, f"columns, {this}", f"{package} {release}, {against}", median(ratios), TIMES)


def refuse_apart(package: str, found: Floats, expected: Floats) -> None:
    """Stop if any box leaves at another hour than with the columns: then the two do not do the same work."""
    if not np.allclose(found, expected, rtol=0, atol=TOLERANCE_H):
        gap = np.nanmax(np.abs(found - expected))
        raise SystemExit(f"the chain of {package} gives other hours than the columns, by up to {gap:g} h")
