"""What all waiting lines share: the servers, the customers that were fed but not yet served, and the record."""

from __future__ import annotations

import heapq
import math
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.kernel.agenda import Agenda
from sim.kernel.clock import OpenHours

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
AtClose = Literal["pause", "finish"]
ServerSteps = int | Sequence[tuple[float, int]]


@dataclass(frozen=True, eq=False)
class Served:
    """Customers whose start is settled: arrays of one length, all times in hours, +inf where never.

    finish - arrival = closed + queued + service: `closed` while the station was shut (under "finish": only before
    the start), `queued` in open hours with every server taken, `service` in hours of work.
    """

    ids: Integers
    starts: Floats
    finishes: Floats
    closed: Floats
    queued: Floats
    service: Floats


class Customers(NamedTuple):
    """Columns of customers in the order (arrival, id); `ready` is the arrival on the clock that the line runs on.

    Ids and priorities are floats here, exact up to 2**53: so all columns are the rows of one array.
    """

    arrivals: Floats
    ids: Floats
    services: Floats
    priorities: Floats
    ready: Floats


class Servers:
    """The servers as the times at which they are next free, and the planned changes of their number.

    An increase comes online at its time. A decrease retires the servers that are first free from its time on, so one
    at work finishes its job. A change at the instant of a start comes before it.
    """

    def __init__(self, steps: Sequence[tuple[float, int]]) -> None:
        # an eternal server that is never free, so that the heap has a top when there is nobody
        self.free = [-math.inf] * steps[0][1] + [math.inf]
        self._changes = deque((t, count - before) for (_, before), (t, count) in pairwise(steps))
        self._look_ahead()

    def _look_ahead(self) -> None:
        # NaN for none: no start is at or after it, not even one at +inf
        self.next_change = self._changes[0][0] if self._changes else math.nan

    def change(self) -> None:
        """Carry out the next planned change; there must be one."""
        t, more = self._changes.popleft()
        self._look_ahead()
        for _ in range(more):
            heapq.heappush(self.free, t)
        for _ in range(-more):
            heapq.heappop(self.free)


class WaitingLine(ABC):
    """Feed customers at any time before they arrive, then advance; the chunks never change the times.

    Under "pause" the line runs on the open clock of `hours`, so work stops at closing and goes on at opening; under
    "finish" a job starts only in open hours and then runs on. `servers` is a number, or steps (time [h], number) in
    order of time; the first number also rules before its time. Raises ValueError on steps that are not that.
    """

    def __init__(self, servers: ServerSteps, hours: OpenHours, at_close: AtClose = "pause") -> None:
        steps = [(-math.inf, servers)] if isinstance(servers, int) else list(servers)
        times = [t for t, _ in steps]
        if not steps or times != sorted(set(times)) or min(count for _, count in steps) < 0:
            raise ValueError("servers need steps whose times rise and whose numbers are not negative")
        self._steps = steps
        self._hours = hours
        self._shut = OpenHours.always().minus(hours)
        self._pauses = at_close == "pause"
        # the line's own clock only meets closing times under "finish"
        self._stops = not self._pauses and not hours.never_closes
        self._servers = Servers([(hours.to_open(t), n) for t, n in steps] if self._pauses else steps)
        self._now = -math.inf
        self._agenda = Agenda(len(Customers._fields))
        self.pending = 0

    @property
    def hours(self) -> OpenHours:
        """The calendar of the station."""
        return self._hours

    @property
    def step_times(self) -> tuple[float, ...]:
        """The wall times [h] at which the number of servers is set, in order."""
        return tuple(t for t, _ in self._steps)

    def servers_at(self, t: float) -> int:
        """Return the planned number of servers at wall time `t` [h]."""
        return next((count for start, count in reversed(self._steps) if start <= t), self._steps[0][1])

    def feed(
        self, ids: ArrayLike, arrivals: ArrayLike, services: ArrayLike, priorities: ArrayLike | None = None
    ) -> None:
        """Add customers, all of shape (n,), in any order: arrival in wall hours, service in hours of work.

        Raises ValueError on unequal lengths, on times that are not finite or negative services, and on an arrival
        not after the last `advance`: its past is settled, so feeding it late is a bug of the caller.
        """
        due, keys, work = np.asarray(arrivals, dtype=np.float64), np.asarray(ids), np.asarray(services)
        ranks = np.zeros(due.shape) if priorities is None else np.asarray(priorities)
        if not due.shape == keys.shape == work.shape == ranks.shape:
            raise ValueError(f"columns of unequal shape: {keys.shape}, {due.shape}, {work.shape}, {ranks.shape}")
        if not due.size:
            return
        fed = np.empty((len(Customers._fields), len(due)))
        fed[0], fed[1], fed[2], fed[3] = due, keys, work, ranks
        if not (np.isfinite(fed[:4]).all() and fed[2].min() >= 0):
            raise ValueError("arrivals and services must be finite, and services not negative")
        if due.min() <= self._now:
            raise ValueError(f"an arrival at {due.min():g} h is fed after the line was advanced to {self._now:g} h")
        fed[4] = self._hours.to_open(due) if self._pauses else self._hours.next_open(due)
        self._agenda.add(fed)
        self.pending += len(due)

    @abstractmethod
    def advance(self, now: float) -> Served:
        """Return the customers whose start became settled by the arrivals up to wall time `now` [h].

        Raises ValueError if `now` lies before the last one.
        """

    def _arrived(self, now: float) -> Customers:
        """Take out the customers that have arrived by `now`, in the order (arrival, id)."""
        if now < self._now:
            raise ValueError(f"the line stands at {self._now:g} h and cannot go back to {now:g} h")
        self._now = now
        return Customers(*self._agenda.take(now))

    def _served(self, customers: Customers, begins: Floats) -> Served:
        """Take the starts on the line's own clock back to wall time, and split the time of each customer."""
        arrivals, services, hours = customers.arrivals, customers.services, self._hours
        if self._pauses:
            # there and back through the open clock may lose a bit in the last place
            starts = np.maximum(hours.to_wall_start(begins), arrivals)
            # no work at a closing: done at the start, which is the next opening
            finishes = np.maximum(hours.to_wall_end(begins + services), starts)
            queued, until = begins - customers.ready, finishes
        else:
            starts, finishes = begins, begins + services
            queued, until = hours.open_between(arrivals, starts), starts
        self.pending -= len(begins)
        ids, closed = customers.ids.astype(np.int64), self._shut.open_between(arrivals, until)
        return Served(ids, starts, finishes, closed, queued, services)


NOBODY_SERVED = Served(np.empty(0, np.int64), *(np.empty(0) for _ in range(5)))
