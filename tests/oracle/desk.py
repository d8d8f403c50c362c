"""A waiting line that keeps hours: customs desks, scanners, bays and gate lanes."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
from typing import Any, Literal

import simpy

from sim.kernel.clock import OpenHours
from tests.oracle.clock import Clock

Process = Generator[simpy.Event, Any, Any]


@dataclass(eq=False)
class Officer:
    """A server: at work or not, and until when."""

    until: float = -inf
    busy: bool = False


@dataclass(frozen=True)
class Visit:
    """How one customer's time at the desk was spent, in hours."""

    finish: float
    closed: float
    queued: float
    service: float


class Desk:
    """Smaller rank first, then first come first served: the smallest (rank, arrival, id) of all who wait.

    Work only begins in open hours. What is on the desk at closing time pauses until the next opening, or is finished
    ("finish"); the officer then goes home. An officer may be given a customer as soon as all who come at that instant
    have come. (simpy.PriorityResource gives a free server to the first request that is made, which at one instant is
    whichever event SimPy happens to process first; otherwise a desk is one.)

    steps: (hour, number of officers); the first number also holds before its hour. More officers begin at that hour;
    fewer means that the first ones to be free leave, after what they are doing.
    """

    def __init__(
        self, clock: Clock, steps: Sequence[tuple[float, int]], hours: OpenHours, at_close: Literal["pause", "finish"]
    ) -> None:
        self._clock, self._hours, self._pauses = clock, hours, at_close == "pause"
        self._shut = OpenHours.always().minus(hours)
        self._on_duty = [Officer() for _ in range(steps[0][1])]
        self._waiting: list[tuple[tuple[int, float, int], simpy.Event]] = []
        clock.process(self._roster(steps))

    def visit(self, number: int, rank: int, work: float) -> Process:
        """Wait for an officer and for the work to be done; a fragment of the customer's process. Returns a Visit."""
        arrival = self._clock.now
        turn = self._clock.event()
        heappush(self._waiting, ((rank, arrival, number), turn))
        self._clock.process(self._call_next())
        officer: Officer = yield turn
        start = self._clock.now
        finish = self._end_of(start, work)
        officer.until = finish
        self._clock.process(self._free(officer))
        yield self._clock.at(finish)
        closed = self._shut.open_between(arrival, finish if self._pauses else start)
        return Visit(finish, closed, self._hours.open_between(arrival, start), work)

    def _end_of(self, start: float, work: float) -> float:
        if not self._pauses:
            return start + work
        return max(start, self._hours.to_wall_end(self._hours.to_open(start) + work))

    def _free(self, officer: Officer) -> Process:
        """Let the officer take the next customer when the work is done."""
        yield self._clock.at(officer.until)
        officer.busy = False
        yield from self._call_next()

    def _call_next(self) -> Process:
        """Give every idle officer a customer, when the desk is open and all who come at this instant have come."""
        yield self._clock.at(self._hours.next_open(self._clock.now))
        yield self._clock.end_of_instant()
        idle = [officer for officer in self._on_duty if not officer.busy]
        for officer in idle[: len(self._waiting)]:
            officer.busy = True
            heappop(self._waiting)[1].succeed(officer)

    def _roster(self, steps: Sequence[tuple[float, int]]) -> Process:
        """Change the number of officers at its hours."""
        for t, number in steps[1:]:
            yield self._clock.at(t)
            while len(self._on_duty) > number:
                # one who is at work is no longer on duty when done: nobody calls on that officer again
                self._on_duty.remove(min(self._on_duty, key=lambda officer: officer.until))
            self._on_duty += [Officer() for _ in range(number - len(self._on_duty))]
            self._clock.process(self._call_next())
