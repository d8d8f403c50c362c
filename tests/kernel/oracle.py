"""Two slow and plain models of a waiting line, against which the fast ones are held.

`simpy_line` is one SimPy process per customer; `event_line` goes from event to event and also knows server steps.
Both order equal times by the stated rule: all who arrive at an instant come before the start of any.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import simpy

from sim.kernel.clock import OpenHours


class Customer(NamedTuple):
    id: int
    arrival: float
    service: float
    priority: int = 0


@dataclass(frozen=True)
class Line:
    """A line to be modelled: `steps` are (time, servers); everyone is of one class unless `by_priority`."""

    steps: Sequence[tuple[float, int]]
    hours: OpenHours
    pauses: bool
    by_priority: bool

    def clock(self, t: float) -> float:
        return self.hours.to_open(t) if self.pauses else t

    def ready(self, customer: Customer) -> float:
        return self.clock(customer.arrival) if self.pauses else self.hours.next_open(customer.arrival)

    def rank(self, customer: Customer) -> tuple[float, ...]:
        return (customer.priority if self.by_priority else 0, customer.arrival, customer.id)

    def wall(self, begin: float, end: float) -> tuple[float, float]:
        if not self.pauses:
            return begin, end
        start = self.hours.to_wall_start(begin)
        return start, max(start, self.hours.to_wall_end(end))


Times = dict[int, tuple[float, float]]


def simpy_line(line: Line, customers: Sequence[Customer], servers: int) -> Times:
    """Return id -> (start, finish) in wall hours."""
    times: Times = {}
    first = min((line.ready(c) for c in customers), default=0.0)
    env = simpy.Environment(initial_time=min(first, 0.0))
    desk = simpy.PriorityResource(env, capacity=servers)

    def visit(customer: Customer) -> Generator[simpy.Event, Any, None]:
        yield env.timeout(line.ready(customer) - env.now)
        with desk.request(priority=customer.priority if line.by_priority else 0) as turn:
            yield turn
            begin = env.now
            yield env.timeout(customer.service)
            times[customer.id] = line.wall(begin, env.now)
            if not line.pauses:  # the desk is free again when it is open again
                yield env.timeout(line.hours.next_open(env.now) - env.now)

    for customer in sorted(customers, key=lambda c: (line.ready(c), *line.rank(c))):
        env.process(visit(customer))
    env.run()
    return times


def event_line(line: Line, customers: Sequence[Customer]) -> Times:
    """Return id -> (start, finish) in wall hours, +inf for those who are never served."""
    times: Times = {c.id: (math.inf, math.inf) for c in customers}
    steps = [(line.clock(t), n - before) for (_, before), (t, n) in zip(line.steps, line.steps[1:], strict=False)]
    coming, waiting, idle = list(customers), [], line.steps[0][1]
    working: list[tuple[float, bool]] = []  # until when, and whether the server stays afterwards
    instants = {t for t, _ in steps} | {line.ready(c) for c in customers} | {-math.inf}
    while instants:
        now = min(instants)
        instants.remove(now)
        idle += sum(stays for until, stays in working if until == now)
        working = [(until, stays) for until, stays in working if until != now]
        waiting += [c for c in coming if line.ready(c) <= now]
        coming = [c for c in coming if line.ready(c) > now]
        while steps and steps[0][0] <= now:
            idle, working = _changed(idle, working, steps.pop(0)[1])
        if not line.pauses and not line.hours.is_open(now):
            if math.isfinite(line.hours.next_open(now)):
                instants.add(line.hours.next_open(now))
            continue
        while waiting and idle:
            customer = min(waiting, key=line.rank)
            waiting.remove(customer)
            idle -= 1
            until = now + customer.service
            times[customer.id] = line.wall(now, until)
            working.append((until, True))
            instants.add(until)
    return times


def _changed(idle: int, working: list[tuple[float, bool]], change: int) -> tuple[int, list[tuple[float, bool]]]:
    """Add servers, or take away the idle ones and then those who are done first."""
    if change >= 0 or idle >= -change:
        return idle + change, working
    leaving = -change - idle
    staying = sorted(until for until, stays in working if stays)
    gone = [(until, False) for until, stays in working if not stays]
    return 0, [*gone, *((until, k >= leaving) for k, until in enumerate(staying))]
