"""What the property tests draw from: calendars on the quarter hour, customers with ties, chunks of feeding."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from hypothesis import strategies as st

from sim.kernel.clock import OpenHours
from sim.kernel.waiting_line import Served, WaitingLine

from .oracle import Customer

# dyadic, so that sums are exact and times that should tie do
quarters = st.integers(-80, 320).map(lambda k: k / 4)
waits = st.integers(0, 40).map(lambda k: k / 4)
odd_times = st.floats(0, 80, allow_subnormal=False)


@st.composite
def calendars(draw: st.DrawFn, ends: bool = True) -> OpenHours:
    """Open hours that may begin at -inf and, unless `ends`, stay open after the last opening."""
    edges = sorted(draw(st.sets(quarters, min_size=2, max_size=16)))
    if draw(st.booleans()):
        edges = [-math.inf, *edges]
    if not ends and len(edges) % 2:
        edges = [*edges, math.inf]
    elif not ends:
        edges[-1] = math.inf
    return OpenHours.of(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def crowds(draw: st.DrawFn, exact: bool = False) -> list[Customer]:
    """Up to 40 customers, with times on the quarter hour or, unless `exact`, any."""
    arrivals, services = (quarters, waits) if exact or draw(st.booleans()) else (odd_times, odd_times)
    rows = draw(st.lists(st.tuples(arrivals, services, st.integers(0, 2)), max_size=40))
    ids = draw(st.permutations(range(len(rows))))
    return [Customer(key, *row) for key, row in zip(ids, rows, strict=True)]


@st.composite
def server_steps(draw: st.DrawFn) -> list[tuple[float, int]]:
    """A plan of server numbers that ends with at least one."""
    times = sorted(draw(st.sets(quarters, max_size=5)))
    counts = draw(st.lists(st.integers(0, 4), min_size=len(times), max_size=len(times)))
    return list(zip([-math.inf, *times], [*counts, draw(st.integers(1, 3))], strict=True))


def chunked(
    line: WaitingLine, customers: Sequence[Customer], cuts: Sequence[float], early: int
) -> Iterator[tuple[float, Served]]:
    """Feed the customers up to each cut, and those of `early` chunks more; yield what each advance settles."""
    marks = [*sorted(set(cuts)), math.inf]
    fed = -math.inf
    for k, now in enumerate(marks):
        ahead = marks[min(k + early, len(marks) - 1)]
        new = [c for c in customers if fed < c.arrival <= ahead]
        ids, arrivals, services, priorities = np.array(new).reshape(-1, 4).T
        line.feed(ids.astype(int), arrivals, services, priorities.astype(int))
        fed = ahead
        yield now, line.advance(now)
